"""The document service, played by a real server on this machine: every answer it is known to give, slow ones too."""

import hashlib
import json

import pytest
from msgspec.structs import replace

from resdiff.errors import NotFoundError, ServiceError, UsageError
from resdiff.fetch import Service, fetch

pytest.importorskip("httpx2", reason="the extra [fetch] is not installed")
pytest.importorskip("pytest_httpserver", reason="pytest-httpserver is not installed")
from werkzeug import Response

PDF = b"%PDF-1.7\n%texte"
ACCESS = "/api/symbol/access"
DAY = "2026-11-24"


@pytest.fixture
def service(httpserver):
    return Service(base=httpserver.url_for("").rstrip("/"), time_limit=4.0, pace=0.0, sleep=lambda seconds: None)


def code(error):
    return error.value.code


def test_the_symbol_is_encoded_and_the_redirect_followed(httpserver, service, tmp_path):
    query = {"s": "A/RES/72/194", "l": "fr", "t": "pdf"}
    httpserver.expect_request(ACCESS, query_string=query).respond_with_response(
        Response(status=302, headers={"Location": "/doc/n1746058.pdf"})
    )
    httpserver.expect_request("/doc/n1746058.pdf").respond_with_data(PDF, content_type="text/plain")
    got = fetch("72/194", tmp_path, DAY, service=service)
    assert (got.symbol, got.media_type, got.date) == ("A/RES/72/194", "application/pdf", DAY)
    assert got.path.read_bytes() == PDF
    assert got.path.name == got.sha256 == hashlib.sha256(PDF).hexdigest()
    assert "s=A%2FRES%2F72%2F194" in got.url


@pytest.mark.parametrize(
    "symbol", ["A/RES/103(I)", "A/RES/S-13/2", "A/RES/36/97 C", "S/RES/1805 (2008)", "A/HRC/RES/41/8"]
)
def test_every_form_of_symbol_reaches_the_service_as_it_is(httpserver, service, tmp_path, symbol):
    httpserver.expect_request(ACCESS, query_string={"s": symbol, "l": "fr", "t": "pdf"}).respond_with_data(PDF)
    assert fetch(symbol, tmp_path, DAY, service=service).symbol == symbol


@pytest.mark.parametrize(
    ("start", "media_type"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "application/msword"),
        (b"\xffWPC", "application/vnd.wordperfect"),
        (b"{\\rtf1", "application/rtf"),
        (PDF, "application/pdf"),
    ],
)
def test_the_bytes_tell_the_format_not_the_request(httpserver, service, tmp_path, start, media_type):
    httpserver.expect_request(ACCESS).respond_with_data(start, content_type="application/pdf")
    assert fetch("72/194", tmp_path, DAY, form="doc", service=service).media_type == media_type


def test_an_empty_answer_means_not_published(httpserver, service, tmp_path):
    httpserver.expect_request(ACCESS).respond_with_data(b"")
    with pytest.raises(NotFoundError) as error:
        fetch("99/1", tmp_path, DAY, service=service)
    assert code(error) == "not-published"
    assert "docs.un.org/fr/A/RES/99/1" in error.value.values[1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "answer",
    [
        Response(b"", status=202, headers={"x-amzn-waf-action": "challenge"}),
        Response(b"<!DOCTYPE html><html>Just a moment</html>", status=200),
        Response(b"  <html><body>choisir une langue</body></html>", status=200),
    ],
)
def test_a_page_for_browsers_is_told_with_the_address(httpserver, service, tmp_path, answer):
    httpserver.expect_request(ACCESS).respond_with_response(answer)
    with pytest.raises(ServiceError) as error:
        fetch("72/194", tmp_path, DAY, service=service)
    assert code(error) == "service-challenge"
    assert error.value.values[1].startswith("https://docs.un.org/fr/")


def test_patience_is_kept_as_asked(httpserver, service, tmp_path):
    waits = []
    httpserver.expect_ordered_request(ACCESS).respond_with_response(Response(status=503, headers={"Retry-After": "3"}))
    httpserver.expect_ordered_request(ACCESS).respond_with_response(Response(status=429))
    httpserver.expect_ordered_request(ACCESS).respond_with_data(PDF)
    patient = replace(service, sleep=waits.append, pace=1.0)
    assert fetch("72/194", tmp_path, DAY, service=patient).media_type == "application/pdf"
    assert 3.0 in waits
    assert all(wait >= 1.0 for wait in waits)


@pytest.mark.parametrize("header", [{}, {"Retry-After": "86400"}, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}])
def test_a_service_that_stays_busy_is_told(httpserver, service, tmp_path, header):
    httpserver.expect_request(ACCESS).respond_with_response(Response(status=503, headers=header))
    with pytest.raises(ServiceError) as error:
        fetch("72/194", tmp_path, DAY, service=service)
    assert code(error) == "service-busy"


def test_a_slow_service_is_told(httpserver, service, tmp_path):
    import time

    httpserver.expect_request(ACCESS).respond_with_handler(lambda request: time.sleep(1.2) or Response(PDF))
    with pytest.raises(ServiceError) as error:
        fetch("72/194", tmp_path, DAY, service=replace(service, time_limit=0.8))
    assert code(error) == "service-slow"


def test_a_document_too_large_is_not_kept(httpserver, service, tmp_path):
    httpserver.expect_request(ACCESS).respond_with_data(PDF + b"x" * 5000)
    with pytest.raises(ServiceError) as error:
        fetch("72/194", tmp_path, DAY, service=replace(service, size_limit=1000))
    assert code(error) == "service-too-large"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("status", "wanted"), [(403, "service-refused"), (404, "not-published"), (410, "service-refused")]
)
def test_a_refusal_is_told(httpserver, service, tmp_path, status, wanted):
    httpserver.expect_request(ACCESS).respond_with_data(b"non", status=status)
    with pytest.raises((ServiceError, NotFoundError)) as error:
        fetch("72/194", tmp_path, DAY, service=service)
    assert code(error) == wanted


def test_redirects_without_end_are_an_error(httpserver, service, tmp_path):
    httpserver.expect_request(ACCESS).respond_with_response(Response(status=302, headers={"Location": ACCESS}))
    with pytest.raises(ServiceError) as error:
        fetch("72/194", tmp_path, DAY, service=service)
    assert code(error) == "service-unreachable"


def test_bytes_that_are_no_document_are_told(httpserver, service, tmp_path):
    httpserver.expect_request(ACCESS).respond_with_data(b"\x00\x01\x02")
    with pytest.raises(ServiceError) as error:
        fetch("72/194", tmp_path, DAY, service=service)
    assert code(error) == "service-strange"


def test_no_server_is_one_error(tmp_path):
    with pytest.raises(ServiceError) as error:
        fetch("72/194", tmp_path, DAY, service=Service(base="http://127.0.0.1:9", time_limit=2.0, pace=0.0))
    assert code(error) == "service-unreachable"


def test_what_came_is_kept_for_ever_and_a_reissue_beside_it(httpserver, service, tmp_path):
    httpserver.expect_ordered_request(ACCESS).respond_with_data(PDF)
    httpserver.expect_ordered_request(ACCESS).respond_with_data(PDF + b" nouveau tirage")
    first = fetch("72/194", tmp_path, DAY, service=service)
    assert fetch("72/194", tmp_path, "2030-01-01", service=service) == first
    second = fetch("72/194", tmp_path, "2030-01-01", refresh=True, service=service)
    assert first.sha256 != second.sha256
    assert first.path.read_bytes() == PDF
    assert fetch("72/194", tmp_path, "2031-01-01", service=service) == second
    rows = json.loads((tmp_path / "A-RES-72-194.fr.pdf.json").read_text())
    assert [row["date"] for row in rows] == [DAY, "2030-01-01"]


def test_a_damaged_cache_is_fetched_again(httpserver, service, tmp_path):
    httpserver.expect_request(ACCESS).respond_with_data(PDF)
    first = fetch("72/194", tmp_path, DAY, service=service)
    first.path.write_bytes(b"abime")
    assert fetch("72/194", tmp_path, DAY, service=service).path.read_bytes() == PDF
    (tmp_path / "A-RES-72-194.fr.pdf.json").write_text("{")
    assert fetch("72/194", tmp_path, DAY, service=service).path.read_bytes() == PDF


@pytest.mark.parametrize("symbol", ["rapport", "", "../../etc/passwd"])
def test_what_is_no_symbol_never_reaches_the_network(tmp_path, symbol):
    with pytest.raises(UsageError):
        fetch(symbol, tmp_path, DAY, service=Service(base="http://127.0.0.1:9"))
