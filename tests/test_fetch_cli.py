"""Fetching from the command: only when asked, kept for ever, told as official, with the way out when it fails."""

import hashlib
import json

import pytest
from handmade_pdf import drawn

pytest.importorskip("httpx2", reason="the extra [fetch] is not installed")
pytest.importorskip("pytest_httpserver", reason="pytest-httpserver is not installed")

ACCESS = "/api/symbol/access"
LINES = (
    "A/RES/70/177",
    "L'Assemblee generale,",
    "Rappelant sa resolution 68/187 du 18 decembre 2013,",
    "1. Prie le Secretaire general de lui faire rapport ;",
    "2. Decide de rester saisie de la question.",
)
DRAWN = b"".join(b"1 0 0 1 80 %d Tm (%s) Tj " % (700 - 24 * n, line.encode()) for n, line in enumerate(LINES))
PDF = drawn(b"BT /F 10 Tf %s ET" % DRAWN)


@pytest.fixture
def online(command, httpserver, tmp_path):
    """The command, with a document service that has A/RES/70/177 in French and nothing else."""
    query = {"s": "A/RES/70/177", "l": "fr", "t": "pdf"}
    httpserver.expect_request(ACCESS, query_string=query).respond_with_data(PDF)
    httpserver.expect_request(ACCESS).respond_with_data(b"")
    setting = {
        "RESDIFF_SERVICE": httpserver.url_for(""),
        "XDG_CACHE_HOME": str(tmp_path / "caches"),
        "SOURCE_DATE_EPOCH": "1766016000",
    }
    return lambda *args, **options: command(*args, env=setting | options.pop("env", {}), **options)


def clear(errors):
    return errors.startswith("resdiff : ") and errors.count("\n") == 1 and "Traceback" not in errors


def test_a_text_is_fetched_kept_and_told(online, tmp_path):
    code, out, errors = online("fetch", "70/177", "-o", "copie.pdf")
    assert (code, errors) == (0, "")
    digest = hashlib.sha256(PDF).hexdigest()
    for word in ("A/RES/70/177 (fr)", "application/pdf", digest, "2025-12-18", "s=A%2FRES%2F70%2F177"):
        assert word in out
    assert (tmp_path / "caches/resdiff/documents" / digest).read_bytes() == PDF
    assert (tmp_path / "copie.pdf").read_bytes() == PDF


@pytest.mark.slow
def test_what_is_kept_is_not_fetched_again_unless_asked(online, httpserver):
    for _ in range(3):
        assert online("fetch", "70/177")[0] == 0
    assert len(httpserver.log) == 1
    assert online("fetch", "70/177", "--refresh")[0] == 0
    assert len(httpserver.log) == 2


@pytest.mark.slow
def test_a_symbol_that_the_corpus_has_not_is_fetched_and_compared(online, httpserver):
    code, out, errors = online("70/177", "72/194", "--fetch", "--format", "json")
    assert (code, errors) == (0, "")
    old = json.loads(out)["old"]
    assert old["symbol"] == "A/RES/70/177"
    assert [p["id"] for p in old["paragraphs"] if p["part"] != "preface"] == ["pp1", "op1", "op2"]
    assert old["provenance"]["kind"] == "official"
    assert old["provenance"]["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert old["provenance"]["url"].startswith(httpserver.url_for(""))
    assert len(httpserver.log) == 1  # 72/194 is in the corpus


def test_nothing_goes_online_without_being_asked(online, httpserver):
    code, _, errors = online("70/177", "72/194")
    assert code == 66
    assert clear(errors)
    assert "--fetch" in errors
    assert "resdiff add" in errors
    assert httpserver.log == []


def test_a_fetched_text_is_shown(online):
    code, out, _ = online("show", "70/177", "--fetch")
    assert code == 0
    assert "texte officiel" in out
    assert "op2" in out


def test_the_folder_can_be_chosen(online, tmp_path):
    assert online("fetch", "70/177", "--documents", "ici")[0] == 0
    assert len(list((tmp_path / "ici").iterdir())) == 2


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("fetch", "99/1"), 66),
        (("fetch", "70/177", "--language", "xx"), 2),
        (("fetch", "rapport.txt"), 2),
        (("fetch", "70/177", "--service", "http://127.0.0.1:9"), 69),
        (("fetch", "70/177", "--service", "pas une adresse"), 69),
        (("99/1", "72/194", "--fetch"), 66),
    ],
)
def test_what_goes_wrong_is_one_sentence(online, args, code):
    done, out, errors = online(*args)
    assert (done, out) == (code, "")
    assert clear(errors)


@pytest.mark.slow
def test_another_text_than_was_asked_for_is_not_taken(command, httpserver, tmp_path):
    httpserver.expect_request(ACCESS).respond_with_data(PDF)
    setting = {"RESDIFF_SERVICE": httpserver.url_for(""), "XDG_CACHE_HOME": str(tmp_path / "caches")}
    for call in (("70/178", "72/194", "--fetch"), ("show", "70/178", "--fetch")):
        code, out, errors = command(*call, env=setting)
        assert (code, out) == (69, "")
        assert clear(errors)
        assert "70/177 au lieu de 70/178" in errors


@pytest.mark.slow
def test_a_text_without_a_symbol_is_not_called_official(command, httpserver, tmp_path):
    nameless = drawn(b"BT /F 10 Tf %s ET" % DRAWN.replace(b"A/RES/70/177", b"Nations Unies"))
    httpserver.expect_request(ACCESS).respond_with_data(nameless)
    setting = {"RESDIFF_SERVICE": httpserver.url_for(""), "XDG_CACHE_HOME": str(tmp_path / "caches")}
    code, out, _ = command("70/177", "72/194", "--fetch", "--format", "json", env=setting)
    assert code == 0
    assert json.loads(out)["old"]["provenance"]["kind"] == "unknown"


@pytest.mark.slow
def test_a_folder_of_documents_that_cannot_be_used_stops_no_comparison(online, tmp_path):
    (tmp_path / "plein").write_text("")
    assert online("70/177", "72/194", "--fetch", "--documents", "plein", "--format", "json")[0] == 0
    assert online("fetch", "70/177", "--documents", "plein", "-o", "x.pdf")[0] == 0
    assert (tmp_path / "x.pdf").read_bytes() == PDF
    code, _, errors = online("fetch", "70/177", "--documents", "plein")
    assert code == 73
    assert clear(errors)


def test_a_copy_does_not_take_the_place_of_what_is_kept(online, tmp_path):
    assert online("fetch", "70/177", "--documents", "d")[0] == 0
    (tmp_path / "x.pdf").symlink_to(tmp_path / "d" / hashlib.sha256(PDF).hexdigest())
    assert online("fetch", "70/177", "--documents", "d", "-o", "x.pdf")[0] == 73
