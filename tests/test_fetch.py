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

PDF = b"%PDF-1.7\n%texte\n%%EOF\n"
ACCESS = "/api/symbol/access"
DAY = "2026-11-24"


@pytest.fixture
def service(httpserver):
    # far more than an answer takes on a machine with other work; what is slow sets its own
    return Service(base=httpserver.url_for("").rstrip("/"), time_limit=120.0, pace=0.0, sleep=lambda seconds: None)


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
    assert got.url == httpserver.url_for("/doc/n1746058.pdf")  # where it was in the end


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
        (b"{\\rtf1}", "application/rtf"),
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


@pytest.mark.slow
def test_a_document_too_large_is_not_kept(httpserver, service, tmp_path):
    httpserver.expect_request(ACCESS).respond_with_data(PDF + b"x" * 5000)
    with pytest.raises(ServiceError) as error:
        fetch("72/194", tmp_path, DAY, service=replace(service, size_limit=1000))
    assert code(error) == "service-too-large"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
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
        fetch("72/194", tmp_path, DAY, service=Service(base="http://127.0.0.1:9", time_limit=60.0, pace=0.0))
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


@pytest.mark.parametrize("cut", [PDF[:-8], b"PK\x03\x04" + b"x" * 99, b"{\\rtf1 texte"])
def test_a_document_that_was_cut_is_told_and_not_kept(httpserver, service, tmp_path, cut):
    httpserver.expect_ordered_request(ACCESS).respond_with_data(cut)
    httpserver.expect_ordered_request(ACCESS).respond_with_data(PDF)
    with pytest.raises(ServiceError) as error:
        fetch("72/194", tmp_path, DAY, service=service)
    assert code(error) == "service-cut"
    assert list(tmp_path.iterdir()) == []
    assert fetch("72/194", tmp_path, DAY, service=service).data == PDF


def test_a_document_that_was_cut_and_kept_before_is_fetched_again(httpserver, service, tmp_path, monkeypatch):
    httpserver.expect_ordered_request(ACCESS).respond_with_data(PDF[:-8])
    httpserver.expect_ordered_request(ACCESS).respond_with_data(PDF)
    with monkeypatch.context() as patched:
        patched.setattr("resdiff.fetch._is_whole", lambda data: True)
        fetch("72/194", tmp_path, DAY, service=service)
    assert fetch("72/194", tmp_path, DAY, service=service).data == PDF


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


# ---- what is not the United Nations', or not what was asked for -----------------------------------------------------


@pytest.mark.parametrize(
    "location",
    [
        "http://documents.un.org/x.pdf",
        "https://documents.un.org.example.org/x.pdf",
        "https://example.org/documents.un.org",
        "https://documents.un.org@example.org/x.pdf",
        "https://documents.un.org:8443/x.pdf",
        "file:///etc/passwd",
        "//example.org/x.pdf",
    ],
)
def test_a_redirect_to_elsewhere_is_not_followed(httpserver, service, tmp_path, location):
    httpserver.expect_request(ACCESS).respond_with_response(Response(status=302, headers={"Location": location}))
    with pytest.raises(ServiceError) as error:
        fetch("72/194", tmp_path, DAY, service=service)
    assert code(error) in ("service-elsewhere", "service-unreachable")
    assert len(httpserver.log) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "base",
    ["", "http://a\nb", "http://a b", "ftp://documents.un.org", "http://", "http://[", "http://a:x", "x\x1b[31m"],
)
def test_what_is_no_address_of_a_service_is_told(tmp_path, base):
    with pytest.raises(ServiceError) as error:
        fetch("72/194", tmp_path, DAY, service=Service(base=base))
    assert code(error) == "service-address"


@pytest.mark.parametrize("wait", ["²", "٣", "-1", "9" * 400, "1e9", ""])
def test_a_wait_that_is_no_number_is_no_trace(httpserver, service, tmp_path, wait):
    answer = Response(status=503)
    answer.headers["Retry-After"] = wait.encode("utf-8").decode("latin-1")
    httpserver.expect_request(ACCESS).respond_with_response(answer)
    with pytest.raises(ServiceError) as error:
        fetch("72/194", tmp_path, DAY, service=service)
    assert code(error) == "service-busy"


@pytest.mark.slow
def test_headers_that_come_byte_by_byte_end_at_the_deadline(tmp_path):
    import socket
    import threading
    import time

    server = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def drip():
        peer, _ = server.accept()
        with peer:
            peer.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not ended.wait(0.05):
                try:
                    peer.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    start = time.monotonic()
    slow = Service(base=f"http://127.0.0.1:{server.getsockname()[1]}", time_limit=0.8, pace=0.0)
    try:
        with pytest.raises(ServiceError) as error:
            fetch("72/194", tmp_path, DAY, service=slow)
    finally:
        ended.set()
        thread.join()
        server.close()
    assert code(error) == "service-slow"
    assert time.monotonic() - start < 3


# ---- the folder of what was fetched ---------------------------------------------------------------------------------


def test_a_folder_that_others_can_write_in_is_neither_read_nor_written(httpserver, service, tmp_path):
    httpserver.expect_request(ACCESS).respond_with_data(PDF)
    first = fetch("72/194", tmp_path / "d", DAY, service=service)
    assert first.path.parent.stat().st_mode & 0o777 == 0o700
    (tmp_path / "d").chmod(0o777)
    again = fetch("72/194", tmp_path / "d", DAY, service=service)
    assert (again.path, again.data, len(httpserver.log)) == (None, PDF, 2)


def test_a_full_disk_does_not_lose_the_text(httpserver, service, tmp_path, monkeypatch):
    from resdiff import files
    from resdiff.errors import OutputError

    def full(path, data):
        raise OutputError("output-unwritable", path, "No space left on device")

    monkeypatch.setattr(files, "write", full)
    httpserver.expect_request(ACCESS).respond_with_data(PDF)
    assert fetch("72/194", tmp_path, DAY, service=service).data == PDF
    assert fetch("72/194", None, DAY, service=service).path is None
