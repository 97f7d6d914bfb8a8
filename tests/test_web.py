"""The local page: the way from two texts to the files; each check before it has an attack that must fail."""

import asyncio
import contextlib
import io
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

starlette = pytest.importorskip("starlette", reason="the extra resdiff[web] is not installed")

from serving import left, processes, serving  # noqa: E402
from starlette.datastructures import Headers  # noqa: E402
from starlette.testclient import TestClient  # noqa: E402
from visitors import BASE, word_file  # noqa: E402

from resdiff import limits  # noqa: E402
from resdiff.corpus import pins_of  # noqa: E402
from resdiff.model import Pin  # noqa: E402
from resdiff.parsing import parse  # noqa: E402
from resdiff.reading import read  # noqa: E402
from resdiff.web.app import Settings, make_app  # noqa: E402
from resdiff.web.corrections import Correction, CorrectionError, Sort, corrected  # noqa: E402
from resdiff.web.guard import host_of  # noqa: E402
from resdiff.web.jobs import catalogue  # noqa: E402
from resdiff.web.pages.links import as_toml  # noqa: E402
from resdiff.web.sessions import Pair, Sessions, Text, Tokens  # noqa: E402

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
OWN = {"origin": BASE, "sec-fetch-site": "same-origin"}

OLD = """\
L’Assemblée générale,

Rappelant sa résolution 70/1 du 25 septembre 2015,

Consciente des difficultés des pays en développement,

1. Prie le Secrétaire général de lui présenter un rapport à sa soixante-dixième session ;

2. Décide de rester saisie de la question.
"""
NEW = OLD.replace("Prie le", "Prie instamment le").replace("soixante-dixième", "soixante-douzième")


# ---- a page, and who asks for it ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def app():
    return make_app(Settings(port=8000, corpus=CORPUS, workers=1))


def given(client, old=OLD, new=NEW, **fields):
    """What comes of two texts that are given: files where they are bytes or text, symbols where they are short."""
    parts = {name: (None, value) for name, value in fields.items()}
    for side, text in (("old", old), ("new", new)):
        if isinstance(text, str) and len(text) < 20:
            parts[f"{side}_symbol"] = (None, text)
        elif text:
            named = text if isinstance(text, tuple) else (f"{side}.txt", text)
            parts[f"{side}_file"] = named
    return client.post("/texts", files=parts, headers=OWN)


def address(response):
    return re.match(r"/texts/[\w-]+", response.url.path)[0]


# ---- the way --------------------------------------------------------------------------------------------------------


def test_two_files_become_a_report_and_files(visitor):
    client = visitor()
    page = given(client)
    assert page.status_code == 200
    assert "Voici ce qui a été lu" in page.text
    assert re.search(r"<dt>alinéas</dt><dd>2</dd>", page.text)
    at = address(page)
    report = client.get(f"{at}/report")
    assert "instamment" in report.text
    assert f'href="{at}/report.docx"' in report.text
    assert "script-src 'sha256-" in report.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in report.headers["content-security-policy"]
    for form, start in (("docx", b"PK"), ("table", b"PK"), ("html", b"<!doctype"), ("json", b"{"), ("md", b"# ")):
        file = client.get(f"{at}/report.{form}")
        assert file.status_code == 200
        assert file.content.startswith(start)
        assert file.headers["content-disposition"].startswith("attachment")
    assert b'class="live"' not in client.get(f"{at}/report.html").content
    assert f'href="{at}/report"' in client.get("/").text


@pytest.mark.slow
def test_symbols_and_a_series_of_the_corpus(visitor):
    client = visitor()
    assert "72/194" in client.get("/").text
    page = given(client, "72/194", "A/RES/74/175")
    assert "Lu dans le corpus" in page.text
    last = client.post("/texts", data={"series": "assistance-technique-terrorisme"}, headers=OWN)
    assert last.url.path.endswith("/report")
    assert "78/226" in last.text
    assert client.get("/symbols?q=contre la drogue 74").json()[0]["symbol"] == "74/175"


def test_sides_are_swapped_named_and_compared_in_part(visitor):
    client = visitor()
    at = address(given(client))
    client.post(f"{at}/swap", headers=OWN)
    report = client.post(f"{at}/settle", data={"label_old": "projet", "part": "operative"}, headers=OWN)
    assert "projet" in report.text
    figures = client.get(f"{at}/report.json").json()
    assert {id_ for change in figures["changes"] for id_ in change["old"]} == {"op1", "op2"}


def test_a_reading_is_corrected_and_the_correction_taken_back(visitor):
    client = visitor()
    at = address(given(client))
    joined = client.post(f"{at}/correct", data={"side": "old", "sort": "join", "paragraph": "pp1"}, headers=OWN)
    assert re.search(r"<dt>alinéa</dt><dd>1</dd>", joined.text)
    words = {"side": "old", "sort": "split", "paragraph": "pp1", "words": "Consciente des"}
    again = client.post(f"{at}/correct", data=words, headers=OWN)
    assert not re.search(r"<dt>alinéa</dt><dd>1</dd>", again.text)
    for _ in range(2):
        again = client.post(f"{at}/correct", data={"side": "old", "do": "undo"}, headers=OWN)
    assert "n’en font qu’un." not in again.text.partition('<ol class="done">')[2]
    wrong = client.post(f"{at}/correct", data=words | {"words": "jamais écrit"}, headers=OWN)
    assert "ne se trouve pas" in wrong.text


@pytest.mark.parametrize(
    ("call", "line"),
    [("20153,", "3) Voir la résolution 70/1, annexe."), ("2015 [9],", "(9) Voir 70/1, annexe.")],
)
def test_a_line_that_is_a_footnote_is_tied_to_its_call(call, line):
    source = read(f"{OLD.replace('2015,', call)}\n{line}\n".encode())
    wrong = next(p for p in parse(source).paragraphs if "annexe" in p.text)
    _, text = corrected(source, (Correction(Sort.NOTE, wrong.id),), parse)
    (note,) = text.footnotes
    assert (note.paragraph, note.label) == ("pp1", call.strip("2015 [],"))
    assert note.text.endswith("70/1, annexe.")
    assert not [p for p in text.paragraphs if "annexe" in p.text]
    assert text.notices == ()


def test_a_footnote_between_two_halves_of_a_paragraph_stays_when_they_are_joined():
    text = OLD.replace("2015,", "20153,").replace(
        "difficultés des", "difficultés de certains,\n\n3 Voir 70/1.\n\nSachant les"
    )
    source = read(text.encode())
    assert [note.text for note in parse(source).footnotes] == ["Voir 70/1."]
    _, joined = corrected(source, (Correction(Sort.JOIN, "pp2"),), parse)
    assert [p.id for p in joined.body] == ["pp1", "pp2", "op1", "op2"]
    assert joined.body[1].text.endswith("de certains, Sachant les pays en développement,")
    assert [note.text for note in joined.footnotes] == ["Voir 70/1."]


def test_a_correction_that_the_parser_does_not_follow_is_told():
    with pytest.raises(CorrectionError, match="op1"):
        corrected(read(OLD.encode()), (Correction(Sort.JOIN, "op1"),), parse)


def test_links_are_corrected_compared_again_and_saved(visitor):
    client = visitor()
    at = address(given(client))
    parted = client.post(f"{at}/links", data={"old": "op1", "new": "op1", "do": "part"}, headers=OWN)
    assert parted.url.path == f"{at}/report"
    saved = client.get(f"{at}/links.toml").text
    assert pins_of(saved) == (Pin(("op1",), ("op1",), forbidden=True),)
    kinds = {change["kind"] for change in client.get(f"{at}/report.json").json()["changes"]}
    assert {"added", "removed"} <= kinds
    lines = '[[link]]\nold = "op1"\nnew = "op1"\n'
    client.post(f"{at}/links", data={"lines": lines}, headers=OWN)
    assert client.get(f"{at}/links.toml").text == as_toml((Pin(("op1",), ("op1",)),))
    for wrong in ('[[link]]\nold = "op99"\nnew = "op1"\n', "[[link", "x = 1\n" * 9):
        assert client.post(f"{at}/links", data={"lines": wrong}, headers=OWN).status_code in (200, 400, 422)
        assert client.get(f"{at}/links.toml").text == as_toml((Pin(("op1",), ("op1",)),))


def test_a_word_file_comes_back_with_its_changes_tracked(visitor):
    client = visitor()
    base = word_file(OLD)
    page = given(client, ("base.docx", base), NEW)
    report = client.get(f"{address(page)}/report")
    assert f'href="{address(page)}/onto"' in report.text
    file = client.get(f"{address(page)}/onto?take=1")
    assert file.headers["content-disposition"].endswith("base%20%E2%80%93%20modifications%20suivies.docx")
    with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
        xml = packed.read("word/document.xml").decode()
    assert "<w:ins " in xml
    assert "instamment" in xml


def test_the_page_speaks_english_when_asked_and_goes_on_to(visitor):
    client = visitor()
    assert "Comparer deux textes" in client.get("/").text
    assert "Compare two texts" in client.get("/?lang=en").text
    assert "This is what was read" in given(client).text


def test_each_page_leads_to_the_help_and_its_pictures_are_there_in_each_language(visitor):
    client = visitor()
    at = address(given(client))
    for path in ("/", at, f"{at}/report", f"{at}/links", "/nowhere"):
        assert 'href="/aide"' in client.get(path).text, path
    for lang, said in (("fr", "Enregistrer en Word"), ("en", "Save as Word")):
        page = client.get(f"/aide?lang={lang}").text
        assert said in page
        pictures = re.findall(r'<img src="(/static/help-\w+\.\w\w\.png)" width="(\d+)" height="(\d+)" alt="[^"]+', page)
        assert len(pictures) == 4
        for place, width, height in pictures:
            picture = client.get(place)
            assert picture.headers["content-type"] == "image/png"
            assert struct.unpack(">II", picture.content[16:24]) == (int(width), int(height))
            assert f".{lang}." in place


def test_the_pictures_are_small_and_those_of_the_docs_the_same():
    pictures = sorted((ROOT / "resdiff/web/static").glob("help-*.png"))
    assert sum(path.stat().st_size for path in pictures) < 400_000
    shown = [path for path in pictures if path.stem.endswith(".fr")]
    assert [path.name for path in shown] == sorted(path.name for path in (ROOT / "docs/img").glob("help-*"))
    assert all(path.read_bytes() == (ROOT / "docs/img" / path.name).read_bytes() for path in shown)


# ---- what is given may be wrong -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("vide.txt", b"  \n"),
        ("binaire.txt", bytes(range(256)) * 20),
        ("coupé.docx", b"PK\x03\x04" + b"\0" * 50),
        ("coupé.pdf", b"%PDF-1.4 rien"),
        ("image.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_other_text(visitor, name, data):
    page = given(visitor(), (name, data), NEW)
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert name in page.text
    assert page.text.count('class="ti"') == 1


def test_a_symbol_is_never_a_path(visitor, tmp_path):
    secret = tmp_path / "72-194.txt"
    secret.write_text(OLD)
    for wrong in (str(secret)[-19:], "../../../etc", "/etc/passwd", "-", "99/999"):
        page = given(visitor(), wrong, NEW)
        assert 'role="alert"' in page.text
        assert str(CORPUS) not in page.text


@pytest.mark.slow
def test_no_page_and_no_file_tells_a_path_of_the_machine(visitor):
    client = visitor()
    at = address(given(client, "72/194", "74/175"))
    for path in (
        at,
        f"{at}/report",
        f"{at}/links",
        f"{at}/report.json",
        f"{at}/report.md",
        "/nowhere",
        f"{at}/report.zip",
    ):
        assert str(ROOT) not in client.get(path).text


def test_html_in_names_and_titles_is_text(visitor):
    client = visitor()
    evil = '<img src=x onerror=alert(1)>"><script>alert(2)</script>'
    text = OLD.replace("L’Assemblée", f"{evil}\n\nL’Assemblée", 1).replace("pays", f"pays {evil}")
    page = given(client, (f"{evil}.txt", text), NEW)
    at = address(page)
    client.post(f"{at}/settle", data={"label_old": evil[:60]}, headers=OWN)
    for path in (at, f"{at}/report", f"{at}/links", "/"):
        page = client.get(path).text
        assert "<img src=x" not in page
        assert "<script>alert" not in page


@pytest.mark.slow
def test_a_zip_bomb_is_refused_in_a_sentence(visitor):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"<" * 60_000_000)
    page = given(visitor(), ("bombe.docx", packed.getvalue()), NEW)
    assert 'role="alert"' in page.text


# ---- what stands before every page ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example:8000", "127.0.0.1.evil.example", "", "127.0.0.1@evil.example", "[::2]:8000"]
)
def test_a_page_elsewhere_that_leads_its_name_here_is_refused(visitor, host):
    client = visitor()
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert client.post("/texts", data={}, headers={"host": host, "origin": f"http://{host}"}).status_code == 421


def test_two_names_at_once_are_none():
    assert host_of(Headers(raw=[(b"host", b"localhost"), (b"host", b"evil.example")])) == ""


def test_a_token_opens_once(app, served):
    token = app.tokens.mint()
    first, second, third = (TestClient(app, base_url=BASE) for _ in range(3))
    opened = first.get(f"/open?token={token}")
    cookie = opened.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert second.get(f"/open?token={token}").status_code == 403
    assert third.get("/open").status_code == 403
    assert third.get("/open?token=%C3%A9").status_code == 403


def test_without_a_session_there_is_no_page(app, served):
    stranger = TestClient(app, base_url=BASE)
    assert stranger.get("/").status_code == 403
    assert stranger.post("/texts", data={}, headers=OWN).status_code == 403
    stranger.cookies.set("resdiff-8000", "x" * 43)
    assert stranger.get("/").status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:3000", "sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:8001"},
        {"origin": "https://127.0.0.1:8000"},
        {"origin": BASE + ".evil.example"},
        {"origin": BASE, "sec-fetch-site": "cross-site"},
        {"origin": BASE, "sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_page_is_refused(visitor, headers):
    client = visitor()
    assert client.post("/texts", data={"old_symbol": "72/194"}, headers=headers).status_code == 403
    assert "/texts/" not in client.get("/").text


def test_another_page_may_not_ask_for_ours(visitor):
    client = visitor()
    assert client.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.get("/", headers={"sec-fetch-site": "same-site"}).status_code == 403
    assert client.request("PUT", "/texts", headers=OWN).status_code == 405


def test_every_answer_forbids_what_a_page_does_not_need(visitor):
    client = visitor()
    for path in ("/", "/healthz", "/static/web.css", "/nowhere", "/open"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_no_page_has_a_script_or_a_style_of_its_own(visitor):
    client = visitor()
    at = address(given(client))
    for path in ("/", at, f"{at}/links", "/nowhere"):
        page = client.get(path).text
        assert not re.search(r"<style|<script>| style=| on\w+=|https?://(?!www\.w3\.org)", page)


def test_texts_of_two_people_never_meet(visitor):
    first, second = visitor(), visitor()
    at = address(given(first))
    for path in (at, f"{at}/report", f"{at}/links", f"{at}/report.docx", f"{at}/links.toml", f"{at}/onto"):
        assert second.get(path).status_code == 404
    assert second.post(f"{at}/swap", headers=OWN).status_code == 404
    assert at not in second.get("/").text


def test_a_path_leads_nowhere(visitor):
    client = visitor()
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/texts/../../etc/passwd"):
        answer = client.get(path)
        assert answer.status_code in (403, 404), path
        assert "import" not in answer.text


def test_what_is_too_large_is_refused_in_a_sentence(visitor, monkeypatch):
    client = visitor()
    monkeypatch.setattr(limits, "UPLOAD", 5_000)
    answer = given(client, "x" * 9_000, NEW)
    assert answer.status_code == 413
    assert "trop gros" in answer.text

    def without_length():
        yield from (b"x" * 3_000 for _ in range(4))

    sort = {"content-type": "multipart/form-data; boundary=b"}
    assert client.post("/texts", content=without_length(), headers=OWN | sort).status_code in (400, 413)


def test_many_fields_many_files_and_other_sorts_of_bodies_are_refused(visitor):
    client = visitor()
    assert client.post("/texts", data={str(n): "x" for n in range(99)}, headers=OWN).status_code == 400
    files = [("old_file", (f"{n}.txt", b"x")) for n in range(4)]
    assert client.post("/texts", files=files, headers=OWN).status_code == 400
    for sort in ("application/json", "text/plain", "multipart/form-data"):
        answer = client.post("/texts", content=b'{"old_symbol":"72/194"}', headers=OWN | {"content-type": sort})
        assert answer.status_code in (400, 415)


def test_what_is_sent_slowly_is_given_up(app, monkeypatch):
    monkeypatch.setattr(limits, "UPLOAD_SECONDS", 0.05)
    key = app.sessions.open()
    sent = []

    async def receive():
        await asyncio.sleep(60)

    async def send(message):
        sent.append(message)

    headers = [(b"host", b"127.0.0.1:8000"), (b"origin", BASE.encode()), (b"cookie", f"resdiff-8000={key}".encode())]
    headers += [(b"content-type", b"multipart/form-data; boundary=b"), (b"content-length", b"4000000")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/texts",
        "raw_path": b"/texts",
        "query_string": b"",
        "headers": headers,
    }
    scope |= {"http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 1)}
    start = time.monotonic()
    asyncio.run(app(scope, receive, send))
    assert sent[0]["status"] == 408
    assert time.monotonic() - start < 60


@contextlib.asynccontextmanager
async def listening(app):
    """The page behind a real socket, as ``resdiff serve`` sets it up: the reader and the writer of a connection."""
    import uvicorn
    from uvicorn.server import ServerState

    from resdiff.web.connections import Punctual

    setup = uvicorn.Config(
        app, http=Punctual, ws="none", log_level="critical", h11_max_incomplete_event_size=limits.HEAD
    )
    setup.load()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Punctual(setup, ServerState(), {}), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        yield reader, writer
        writer.close()


@pytest.mark.slow
def test_a_head_that_comes_slowly_is_given_up(app, monkeypatch):
    monkeypatch.setattr(limits, "HEAD_SECONDS", 0.3)

    async def drip(first):
        async with listening(app) as (reader, writer):
            writer.write(first)
            start = time.monotonic()
            with contextlib.suppress(ConnectionError):  # given up while a letter was on its way
                while not reader.at_eof() and time.monotonic() - start < 60:
                    with contextlib.suppress(TimeoutError):
                        writer.write(b"x")
                        await asyncio.wait_for(reader.read(1), 0.05)
            return time.monotonic() - start

    whole = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n"
    for first in (b"", b"GET / HTTP/1.1\r\nHo", whole, whole + b"X-Slow: "):
        assert asyncio.run(drip(first)) < 30


@pytest.mark.slow
def test_a_head_in_time_is_answered_and_the_connection_used_again(app, monkeypatch):
    monkeypatch.setattr(limits, "HEAD_SECONDS", 2.0)

    async def ask():
        async with listening(app) as (reader, writer):
            for _ in range(3):
                writer.write(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n")
                head = await reader.readuntil(b"\r\n\r\n")
                assert head.startswith(b"HTTP/1.1 200")
                assert await reader.readexactly(3) == b"ok\n"
                await asyncio.sleep(0.8)  # longer than the limit in all, far from it each time

    asyncio.run(ask())


def test_a_huge_head_is_refused(app):
    async def ask():
        async with listening(app) as (reader, writer):
            with contextlib.suppress(ConnectionError):
                for _ in range(40):
                    writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nX-Long: " if not _ else b"x" * 10_000)
                    await writer.drain()
                return await asyncio.wait_for(reader.read(), 60)

    assert (asyncio.run(ask()) or b"HTTP/1.1 400").startswith(b"HTTP/1.1 400")


def test_no_answer_leads_elsewhere(visitor):
    client = visitor()
    client.follow_redirects = False
    evil = "//evil.example/texts"
    answer = client.post("/texts", data={"old_symbol": "72/194", "then": evil, "next": evil, "url": evil}, headers=OWN)
    assert re.fullmatch(r"/texts/[\w-]+", answer.headers["location"])
    for path in (
        "//evil.example",
        "//evil.example/",
        "/\\evil.example",
        "/open?token=x&next=//evil.example",
        "/texts/",
    ):
        answer = client.get(BASE + path, headers={"referer": "http://evil.example/"})
        assert "location" not in answer.headers
        assert answer.status_code in (403, 404)


def test_a_name_adds_no_line_to_a_head(visitor):
    client = visitor()
    at = address(given(client))
    client.post(f"{at}/settle", data={"label_old": 'a"\r\nSet-Cookie: x=1', "label_new": "b;\\é/../c"}, headers=OWN)
    headers = client.get(f"{at}/report.md").headers
    assert "set-cookie" not in headers
    plain = re.match(r'attachment; filename="([^"]*)"; filename\*=UTF-8\'\'[\w.%~-]+$', headers["content-disposition"])
    assert re.fullmatch(r"[\w. -]+", plain[1])


def test_a_file_and_a_report_are_kept_by_no_cache(visitor):
    client = visitor()
    at = address(given(client))
    for path in (at, f"{at}/report", f"{at}/report.docx", f"{at}/report.html", f"{at}/links.toml", "/symbols?q=x"):
        headers = client.get(path).headers
        assert headers["cache-control"] == "no-store", path
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"


def test_a_script_of_a_report_may_ask_for_nothing(visitor):
    """Were a script smuggled into a report, and allowed, it could not send a word, nor read another page."""
    client = visitor()
    policy = client.get(f"{address(given(client))}/report").headers["content-security-policy"]
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert not {"connect-src", "frame-src", "worker-src", "child-src", "media-src"} & set(rules)
    assert rules["form-action"] == "'self'"
    assert "unsafe" not in policy
    assert "*" not in policy


def test_a_cookie_of_another_port_opens_nothing(app, visitor):
    """Cookies know no ports: each page has a name of its own for its cookie, and knows its own values alone."""
    client, other = visitor(), make_app(Settings(port=8001, corpus=CORPUS, workers=1))
    mine, theirs = client.cookies["resdiff-8000"], other.sessions.open()
    assert other.cookie == "resdiff-8001"
    assert other.sessions.find(mine) is None
    thief = TestClient(app, base_url=BASE)
    for name, value in (("resdiff-8001", mine), ("resdiff-8000", theirs), ("resdiff-8000", mine[:-1])):
        thief.cookies.clear()
        thief.cookies.set(name, value)
        assert thief.get("/").status_code == 403


# ---- workers --------------------------------------------------------------------------------------------------------


def test_a_worker_that_is_killed_loses_one_request(visitor, app):
    client = visitor()
    workers = app.app.state.workers
    client.portal.call(_killed_soon, workers)
    lost = client.portal.call(_lost, workers)
    assert lost == "lost"
    assert given(client).status_code == 200


async def _killed_soon(workers):
    (pid,) = workers.processes
    asyncio.get_running_loop().call_later(0.2, os.kill, pid, signal.SIGKILL)


async def _lost(workers):
    try:
        await workers.run(time.sleep, 30)
    except Exception as error:
        return error.code


def test_a_worker_that_is_killed_at_rest_loses_none(visitor, app):
    client = visitor()
    os.kill(app.app.state.workers.processes[0], signal.SIGKILL)
    time.sleep(0.1)
    assert given(client).status_code == 200


def test_a_long_job_tells_how_far_it_is_and_is_stopped(visitor, app):
    workers, steps = app.app.state.workers, []

    async def told():
        await workers.run(catalogue, CORPUS, on_step=lambda *step: steps.append(step))

    async def stopped():
        (before,) = workers.processes
        job = asyncio.ensure_future(workers.run(time.sleep, 30))
        await asyncio.sleep(0.2)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        return before, workers.processes

    client = visitor()
    client.portal.call(told)
    assert steps == [(1, 3), (2, 3), (3, 3)]
    before, after = client.portal.call(stopped)
    assert before not in after
    assert len(after) == 1


def test_a_job_past_its_time_is_ended_and_the_next_one_done(visitor, app):
    async def slow():
        try:
            await app.app.state.workers.run(time.sleep, 30, seconds=0.2)
        except Exception as error:
            return error.code

    client = visitor()
    assert client.portal.call(slow) == "slow"
    assert given(client).status_code == 200


def test_a_fault_is_told_without_a_word_of_the_text(visitor, app, monkeypatch, capsys):
    monkeypatch.setattr("resdiff.web.pages.home.page", lambda *_, **__: {}["mot secret"])
    answer = visitor().get("/")
    assert answer.status_code == 500
    assert "erreur de resdiff" in answer.text
    told = capsys.readouterr()
    assert "secret" not in told.err + told.out + answer.text
    assert "KeyError" in told.err


# ---- memory ---------------------------------------------------------------------------------------------------------


def test_who_was_away_longest_goes_first(monkeypatch):
    monkeypatch.setattr(limits, "SESSIONS", 3)
    sessions = Sessions()
    keys = [sessions.open() for _ in range(3)]
    sessions.find(keys[0])
    sessions.open()
    assert sessions.find(keys[0]) is not None
    assert sessions.find(keys[1]) is None


def test_what_all_hold_together_is_bounded(monkeypatch):
    monkeypatch.setattr(limits, "HELD", 1_000)
    sessions = Sessions()
    session = sessions.find(sessions.open())
    for number in range(5):
        session.put(Pair(str(number), old=Text("x", _Read(), data=b"x" * 400)))
    sessions.make_room()
    assert list(session.pairs) == ["3", "4"]


def test_what_other_pages_keep_is_bounded_with_the_rest(monkeypatch):
    monkeypatch.setattr(limits, "HELD", 1_000)
    sessions = Sessions()
    session = sessions.find(sessions.open())
    for name in "abc":
        session.keep(name, name.upper(), 400)
    sessions.make_room()
    assert [session.kept(name) for name in "abc"] == [None, "B", "C"]


class _Read:
    kept = b""


def test_few_tokens_are_open_at_once():
    tokens = Tokens()
    first = tokens.mint()
    for _ in range(Tokens.MOST):
        tokens.mint()
    assert not tokens.take(first)


# ---- the command ----------------------------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_told(command):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = command("serve", "--no-browser", "--port", taken.getsockname()[1])
    code, _, told = run
    assert code == 73
    assert "--port 8001" in told and "déjà pris" in told


@pytest.mark.parametrize(
    ("call", "code", "said"),
    [
        (("--host", "256.1.1.1"), 73, "n’est pas une adresse de cette machine"),
        (("--host", "192.0.2.1"), 73, "n’est pas une adresse de cette machine"),
        (("--name", "a b"), 2, "n’est pas un nom"),
        (("--name", "a/b"), 2, "n’est pas un nom"),
    ],
)
def test_an_address_that_nobody_can_ask_for_is_told(command, call, code, said):
    """The port was blamed for it; under a name with a blank the page was there for nobody."""
    done, _, told = command("serve", "--no-browser", "--port", "0", *call)
    assert (done, told.count("\n")) == (code, 1)
    assert said in told


def test_a_corpus_that_is_not_there_is_told(command):
    code, _, told = command("serve", "--no-browser", "--corpus", "nulle-part")
    assert code == 66
    assert "nulle-part" in told


def test_a_missing_extra_is_told(tmp_path):
    code = (
        "import importlib.util as u, sys; real = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'uvicorn' else real(name, *a)\n"
        "sys.argv[1:] = ['serve']\nfrom resdiff.cli import main; main()"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 2
    assert "pip install 'resdiff[web] @ git+https" in run.stderr


def serve(cache, *more):
    """The command, on a port that is free."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache), "RESDIFF_CORPUS": str(CORPUS)}
    return serving([sys.executable, "-m", "resdiff", "serve", "--no-browser", "--port", "0", *more], env=environment)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_page_that_is_stopped_leaves_no_process(tmp_path, how):
    with serve(tmp_path) as page:
        client = page.visitor()
        files = {"old_file": ("old.txt", OLD.encode()), "new_file": ("new.txt", NEW.encode())}
        assert client.post("/texts", files=files, data={"then": "compare"}).url.path.endswith("/report")
        started = processes(page.process.pid)
        assert len(started) > 2
        assert page.stop(how) in (0, 130, 143)
    assert left(started) == set()


@pytest.mark.slow
def test_a_page_that_is_stopped_at_work_ends_in_seconds(tmp_path):
    """A job is running, an upload is half there, a connection says nothing: Ctrl-C waits for none of them long."""
    with serve(tmp_path) as page:
        client = page.visitor()
        started = processes(page.process.pid)
        (forks,) = (number for number in started if processes(number))
        for number in processes(forks):
            os.kill(number, signal.SIGSTOP)  # at work for ever
        host, port = client.base_url.host, client.base_url.port
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        head = f"HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: http://{host}:{port}\r\nCookie: {cookies}\r\n"
        form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
        asked = f"POST /texts {head}{form}17\r\n\r\nold_symbol=72/194"
        half = f"POST /texts {head}{form}90000\r\n\r\nold_"
        with contextlib.ExitStack() as open_ones:
            for said in (asked, half, ""):
                connection = open_ones.enter_context(socket.create_connection((host, port)))
                connection.sendall(said.encode())
            time.sleep(1)
            start = time.monotonic()
            assert page.stop() in (0, 130)
            assert time.monotonic() - start < 20
    assert left(started) == set()


@pytest.mark.slow
def test_a_page_that_is_killed_leaves_no_process(tmp_path):
    with serve(tmp_path) as page:
        page.visitor()
        started = processes(page.process.pid)
        page.process.kill()
        page.process.wait()
    assert left(started) == set()


@pytest.mark.slow
def test_a_second_page_takes_another_port_and_the_first_one_lives_on(tmp_path, command):
    with serve(tmp_path) as page:
        first = page.visitor()
        port = first.base_url.port
        code, _, told = command("serve", "--no-browser", "--port", port)
        assert code == 73
        assert "--port 0" in told
        with serve(tmp_path) as other:
            second = other.visitor()
            cookie = f"resdiff-{port}={first.cookies[f'resdiff-{port}']}"
            second.cookies.clear()
            assert second.get("/", headers={"cookie": cookie}).status_code == 403
        assert first.get("/").status_code == 200
        assert page.stop() in (0, 130)
    with serve(tmp_path, "--port", port) as again:  # the port is free again at once
        assert again.visitor().base_url.port == port
