"""The pages beside the report: a series, agreed language, a draft, proposals, a next edition; and long work."""

import asyncio
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

starlette = pytest.importorskip("starlette", reason="the extra resdiff[web] is not installed")

from slowly import slowly, some_lost  # noqa: E402
from visitors import BASE, word_file  # noqa: E402

from resdiff import limits  # noqa: E402
from resdiff.cli.desk import Desk  # noqa: E402
from resdiff.errors import InputError, NotFoundError, UsageError  # noqa: E402
from resdiff.messages import explained  # noqa: E402
from resdiff.web import indexing  # noqa: E402
from resdiff.web.app import Settings, make_app  # noqa: E402
from resdiff.web.pages import check, series, work  # noqa: E402
from resdiff.web.shown import said  # noqa: E402

CORPUS = Path(__file__).parents[1] / "corpus"
OWN = {"origin": BASE, "sec-fetch-site": "same-origin"}
TOOLS = ("series", "search", "check", "compile", "draft")
TEXT = """\
L’Assemblée générale,

Rappelant sa résolution 74/175 du 18 décembre 2019,

1. Engage les États Membres à renforcer la coopération internationale ;

2. Prie l’Office d’étudier les ballons dirigeables des archipels lointains ;

3. Décide de rester saisie de la question.
"""
BAD = [
    ("vide.txt", b""),
    ("vide.txt", b"  \n"),
    ("binaire.txt", bytes(range(256)) * 20),
    ("coupé.docx", b"PK\x03\x04" + b"\0" * 50),
    ("coupé.pdf", b"%PDF-1.4 rien"),
    ("image.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield make_app(Settings(port=8000, corpus=CORPUS, workers=1))


def done(client, answer):
    """What long work leads to: the page of the work is asked again until it is over."""
    for _ in range(60):
        if not answer.url.path.startswith("/work/"):
            return answer
        if 'data-events="' not in answer.text:
            return answer
        client.get(f"{answer.url.path}/events")  # ends when the work does
        answer = client.get(answer.url.path)
    raise AssertionError("the work does not end")


def sent(client, address, files=(), **fields):
    """What comes of a form."""
    parts = [(name, (None, value)) for name, value in (fields | {"of": "test"}).items()] + list(files)
    return done(client, client.post(address, files=parts, headers=OWN))


def policy(answer):
    return answer.headers["content-security-policy"]


# ---- the forms ------------------------------------------------------------------------------------------------------


def test_each_tool_is_one_click_away_and_speaks_both_languages(visitor):
    client = visitor()
    home = client.get("/").text
    for tool in TOOLS:
        assert f'href="/{tool}"' in home
        page = client.get(f"/{tool}")
        assert page.status_code == 200
        assert f'<a href="/{tool}" aria-current="page">' in page.text
        assert '<html lang="en">' in client.get(f"/{tool}?lang=en").text
        client.get("/?lang=fr")


# ---- a series -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_series_is_told_whole_by_paragraph_and_by_origin(visitor):
    client = visitor()
    lives = sent(client, "/series", series="assistance-technique-terrorisme", view="lives")
    assert lives.status_code == 200
    assert re.fullmatch(r"/series/[\w-]+/lives", lives.url.path)
    assert "78/226" in lives.text
    assert 'href="/search"' in lives.text
    assert "style-src 'sha256-" in policy(lives)
    assert "form-action 'self'; frame-ancestors 'none'" in policy(lives)
    one = client.get(f"{lives.url.path}?par=par. 9")
    assert one.text.count('class="life"') < lives.text.count('class="life"') / 5
    origins = client.get(lives.url.path.replace("lives", "origins"))
    assert 'class="shares"' in origins.text
    for form, start in (("docx", b"PK"), ("json", b"{"), ("md", b"#")):
        file = client.get(f"{origins.url.path}.{form}")
        assert file.content.startswith(start)
        assert file.headers["content-disposition"].startswith("attachment")
    assert b'class="live"' not in client.get(f"{lives.url.path}.html").content
    assert client.get(f"{lives.url.path}.docx").status_code == 404
    assert client.get(f"{lives.url.path}?par=par. 999").status_code == 404
    assert "72/194 → 78/226" in client.get("/series").text


def test_the_origins_of_a_text_go_up_to_it(visitor):
    page = sent(visitor(), "/series", text_symbol="74/175", view="origins")
    assert page.url.path.endswith("/origins")
    assert "74/175" in page.text
    assert "78/226" not in page.text


def test_files_are_a_series_in_the_order_of_their_days(visitor):
    later = TEXT.replace("74/175 du 18 décembre 2019", "76/1 du 1er mars 2022").replace("Engage", "Exhorte")
    files = [("text_file", ("b.txt", later)), ("text_file", ("a.docx", word_file(TEXT)))]
    page = sent(visitor(), "/series", files, view="lives")
    assert page.status_code == 200
    assert "Exhorte" in page.text
    alone = sent(visitor(), "/series", files[:1], view="lives")
    assert alone.url.path == "/series"
    assert "il faut au moins deux éditions" in alone.text


# ---- agreed language ------------------------------------------------------------------------------------------------


def test_words_are_found_in_the_corpus(visitor, app):
    client = visitor()
    answer = done(client, client.get("/search?q=preuves électroniques"))
    assert answer.status_code == 200
    assert "74/175" in answer.text
    assert 'value="preuves électroniques"' in answer.text
    assert app.app.state.indexing.known.texts == 3
    assert not list(CORPUS.rglob("*.index"))
    assert "Textes dans l’index\N{NO-BREAK SPACE}: 3" in client.get("/search").text
    data = client.get("/search.json?q=preuves électroniques")
    assert json.loads(data.content)["hits"]
    part = client.get("/search?q=preuves électroniques&part=preamble&since=2018")
    assert part.status_code == 200
    refined = client.get("/search?q=preuves&since=2018&edit=1").text
    assert 'value="2018"' in refined


@pytest.mark.parametrize("asked", ["q=---", "q=" + "mot+" * 2_600, "q=paix&since=hier", "q=paix&language=zz", "q=%00"])
def test_a_question_that_is_none_is_told(visitor, asked):
    client = visitor()
    answer = done(client, client.get(f"/search?{asked}"))
    assert answer.status_code == 200
    assert 'name="q"' in answer.text


def test_what_was_asked_is_shown_as_words(visitor):
    client = visitor()
    for query in ('"><script>alert(1)</script>', "paix <b>"):
        answer = done(client, client.get("/search", params={"q": query}))
        assert "<script>alert" not in answer.text
        assert "paix <b>" not in answer.text


# ---- a draft --------------------------------------------------------------------------------------------------------


def test_a_draft_comes_back_as_comments_in_its_own_file(visitor):
    client = visitor()
    page = sent(client, "/check", [("text_file", ("projet.docx", word_file(TEXT)))])
    assert page.status_code == 200
    assert "ballons dirigeables" in page.text
    assert f'href="{page.url.path}/comments"' in page.text
    file = client.get(f"{page.url.path}/comments?take=1")
    assert file.headers["content-disposition"].endswith("projet%20%E2%80%93%20commentaires.docx")
    with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
        assert "<w:commentRangeStart" in packed.read("word/document.xml").decode()
        assert "74/175" in packed.read("word/comments.xml").decode()
    for form, start in (("docx", b"PK"), ("html", b"<!doctype"), ("md", b"#"), ("json", b"{")):
        assert client.get(f"{page.url.path}.{form}").content.startswith(start)
    assert "projet.docx" in client.get("/check").text


def test_a_pasted_passage_and_a_symbol_are_checked(visitor):
    client = visitor()
    pasted = sent(client, "/check", lines=TEXT)
    assert "ballons dirigeables" in pasted.text
    assert client.get(f"{pasted.url.path}/comments").status_code == 404
    assert "100" in sent(client, "/check", text_symbol="74/175").text


# ---- proposals ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_drafts_become_one_text_and_each_comes_back(visitor):
    client = visitor()
    own = TEXT.replace("Engage", "Exhorte")
    other = TEXT.replace("Engage", "Invite").replace("lointains", "voisins")
    files = [
        ("base_file", ("base.docx", word_file(TEXT))),
        ("draft_1", ("projet.docx", word_file(own))),
        ("draft_3", ("projet.docx", word_file(other))),
    ]
    page = sent(client, "/compile", files, name_1="France", name_3="Chili")
    assert page.status_code == 200
    assert "France" in page.text
    assert 'class="cf ' in page.text  # a contested passage
    at = page.url.path
    for form, start in (("docx", b"PK"), ("html", b"<!doctype"), ("json", b"{")):
        assert client.get(f"{at}.{form}").content.startswith(start)
    listed = client.get(f"{at}/texts")
    assert listed.text.index("France") < listed.text.index("Chili")
    taken = client.get(f"{at}/texts/2.txt").text
    assert "Invite les États" in taken
    assert "voisins" in taken
    assert "Engage" in client.get(f"{at}/texts/0.txt").text
    assert client.get(f"{at}/texts/1.docx").content.startswith(b"PK")
    assert client.get(f"{at}/texts/3.txt").status_code == 404
    again = sent(
        client, "/compile/texts", [("compilation_file", ("c.docx", client.get(f"{at}.docx").content))]
    )  # fmt: skip
    assert "Chili" in again.text
    assert client.get(f"{again.url.path}/2.txt").text == taken


@pytest.mark.slow
def test_one_file_with_the_proposals_of_all_is_base_and_drafts(visitor):
    client = visitor()
    files = [
        ("base_file", ("base.docx", word_file(TEXT))),
        ("draft_1", ("a.docx", word_file(TEXT.replace("Engage", "Exhorte")))),
        ("draft_2", ("b.docx", word_file(TEXT.replace("lointains", "voisins")))),
    ]
    made = sent(client, "/compile", files, name_1="France", name_2="Chili")
    word = client.get(f"{made.url.path}.docx").content
    alone = sent(client, "/compile", [("base_file", ("tous.docx", word))])
    assert "2 délégations, 2 propositions" in alone.text
    told = sent(client, "/compile", [("base_file", ("tous.docx", word)), ("draft_1", ("a.txt", TEXT))])
    assert "choisissez de les prendre toutes" in told.text
    taken = sent(
        client, "/compile", [("base_file", ("tous.docx", word)), ("draft_1", ("a.txt", TEXT))], pending="reject"
    )
    assert "Compilation" in taken.text


def test_a_base_or_a_draft_that_is_missing_is_told(visitor):
    client = visitor()
    assert "Il manque le texte de base" in sent(client, "/compile", name_1="France").text
    assert "n’a pas de fichier" in sent(client, "/compile", base_symbol="74/175", name_1="France").text
    alone = sent(client, "/compile", base_symbol="74/175")
    assert "Aucune proposition" in alone.text
    assert "--" not in re.search(r'role="alert".*?</p>', alone.text, re.DOTALL)[0]
    reserved = sent(client, "/compile", [("draft_1", ("a.txt", TEXT))], base_symbol="74/175", name_1="BASE")
    assert "nom réservé" in reserved.text
    twice = [(f"draft_{row}", ("a.txt", TEXT)) for row in (1, 2)]
    assert "nommée deux fois" in sent(client, "/compile", twice, base_symbol="74/175", name_1="FR", name_2="FR").text


# ---- a next edition -------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_next_edition_is_begun(visitor):
    client = visitor()
    page = sent(client, "/draft", text_symbol="78/226", session="80")
    assert page.status_code == 200
    assert "quatre-vingtième" in page.text
    assert client.get(f"{page.url.path}.docx").content.startswith(b"PK")
    for wrong in ("12", "x", "-4", "٨١"):
        answer = sent(client, "/draft", text_symbol="78/226", session=wrong)
        assert answer.url.path == "/draft"
        assert 'role="alert"' in answer.text
        assert f'value="{wrong}"' in answer.text


def test_a_page_names_no_option_of_the_command():
    """What went wrong is told otherwise on a page where the sentence of the command names an option."""
    values = ("x", "fr", "en")
    errors = [UsageError("editions-language", *values), NotFoundError("symbol-language", *values)]
    errors += [InputError(f"tracked-all-{way}", "x.docx") for way in ("deleted", "inserted")]
    for error in errors:
        for lang in ("fr", "en"):
            assert "--" in explained(error, lang)
            assert "--" not in said(error, lang)


# ---- what is given may be wrong -------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("name", "data"), BAD)
def test_what_cannot_be_read_is_told_on_the_form(visitor, name, data):
    client = visitor()
    bad = (name, data)
    forms = [
        ("/series", [("text_file", bad), ("text_file", ("b.txt", TEXT))]),
        ("/check", [("text_file", bad)]),
        ("/compile", [("base_file", bad), ("draft_1", ("b.txt", TEXT))]),
        ("/compile", [("base_file", ("b.txt", TEXT)), ("draft_1", bad)]),
        ("/compile/texts", [("compilation_file", bad)]),
        ("/draft", [("text_file", bad)]),
    ]
    for address, files in forms:
        answer = sent(client, address, files)
        assert answer.url.path == "/" + address.split("/")[1], address
        assert re.search(r'role="alert".*?' + re.escape(name), answer.text, re.DOTALL), address


def test_nothing_given_and_unknown_symbols_are_told(visitor, tmp_path):
    client = visitor()
    (tmp_path / "secret.txt").write_text("mot de passe")
    for address, field in (("/series", "text_symbol"), ("/check", "text_symbol"), ("/draft", "text_symbol")):
        assert "Il manque un texte" in sent(client, address).text
        for symbol in ("99/999", "n’importe quoi", str(tmp_path / "secret.txt"), "../../etc/passwd"):
            answer = sent(client, address, **{field: symbol})
            assert 'role="alert"' in answer.text
            assert "--" not in re.search(r'role="alert".*?</p>', answer.text, re.DOTALL)[0]
            assert "mot de passe" not in answer.text
            assert str(tmp_path) not in re.sub(r'value="[^"]*"', "", answer.text)
    assert "Aucune série" in sent(client, "/series", series="../corpus").text
    told = sent(client, "/compile", [("draft_1", ("a.txt", TEXT))], base_symbol="99/999", name_1="Chili")
    assert "99/999" in told.text
    assert 'value="Chili"' in told.text
    assert 'value="Chili"' not in client.get("/compile").text


def test_too_many_files_or_too_large_ones_are_refused(visitor):
    client = visitor()
    many = [("text_file", (f"{n}.txt", TEXT)) for n in range(25)]
    assert client.post("/series", files=many, headers=OWN).status_code == 400
    large = [("text_file", ("grand.txt", b"mot " * 5_500_000))]
    assert 'role="alert"' in sent(client, "/check", large).text
    assert client.post("/check", data={"lines": "a" * 150_000}, headers=OWN).status_code == 400


@pytest.mark.slow
def test_two_persons_never_see_what_the_other_made(visitor):
    one, other = visitor(), visitor()
    files = [("base_file", ("base.txt", TEXT)), ("draft_1", ("fr.txt", TEXT.replace("Engage", "Prie")))]
    made = [
        sent(one, "/series", series="assistance-technique-terrorisme"),
        sent(one, "/check", lines=TEXT),
        sent(one, "/compile", files),
        sent(one, "/draft", text_symbol="74/175"),
    ]
    for page in made:
        assert one.get(page.url.path).status_code == 200
        assert other.get(page.url.path).status_code == 404
        assert other.get(f"{page.url.path}.html").status_code == 404
    for tool in TOOLS:
        assert "Récemment" not in other.get(f"/{tool}").text


# ---- long work ------------------------------------------------------------------------------------------------------


def test_long_work_tells_how_far_it_is_and_is_stopped(visitor, app, monkeypatch):
    monkeypatch.setattr(work, "GRACE", 0.05)
    monkeypatch.setattr(series, "trace_texts", slowly)
    client = visitor()
    page = client.post("/series", data={"series": "x"}, headers=OWN)
    at = page.url.path
    assert at.startswith("/work/")
    assert '<noscript><meta http-equiv="refresh"' in page.text
    assert "<progress" in page.text
    assert visitor().get(at).status_code == 404
    assert visitor().get(f"{at}/events").status_code == 404

    async def told():
        task = next(iter(client_session(app, client).tasks.values()))
        while not task.total:
            await task.changed(5)
        return task.phase, task.total

    assert client.portal.call(told) == ("trace", 1000)
    before = set(app.app.state.workers.processes)
    stopped = client.post(f"{at}/stop", data={}, headers=OWN)
    assert "Arrêté" in stopped.text
    last = client.get(f"{at}/events").text
    assert json.loads(last.removeprefix("data: "))["over"] is True
    monkeypatch.undo()
    assert sent(client, "/check", lines=TEXT).status_code == 200  # by the process that took its place
    assert set(app.app.state.workers.processes).isdisjoint(before)


def test_a_person_has_few_pieces_of_work_at_once_and_is_told_how_one_failed(visitor, monkeypatch):
    monkeypatch.setattr(work, "GRACE", 0)
    client = visitor()
    failed = done(client, client.post("/series", data={"text_symbol": "99/999"}, headers=OWN))
    assert failed.url.path.startswith("/work/")
    assert "99/999" in failed.text
    assert '<a class="go-btn" href="/series">' in failed.text
    monkeypatch.setattr(limits, "TASKS", 1)
    monkeypatch.setattr(series, "trace_texts", slowly)
    page = client.post("/series", data={"series": "x"}, headers=OWN)
    second = client.post("/series", data={"series": "x"}, headers=OWN)
    assert "déjà en cours" in second.text
    assert "Arrêté" in client.post(f"{page.url.path}/stop", headers=OWN).text


def test_an_index_that_was_taken_away_is_made_again(visitor, app):
    client = visitor()
    done(client, client.get("/search?q=paix"))
    app.app.state.indexing.known.path.unlink()
    told = client.get("/search?q=paix")
    assert 'role="alert"' in told.text  # and it may be under way again
    assert done(client, client.get("/search?q=coopération")).text.count("<mark>") > 1


def test_without_a_folder_of_caches_the_index_lies_in_one_that_goes_with_the_page(monkeypatch):
    monkeypatch.setattr(indexing, "index_place", lambda folder: None)
    made = indexing.Indexing(None, CORPUS, None)
    place = made._place()
    assert place.parent.is_dir()
    assert place.parent.stat().st_mode & 0o077 == 0
    assert not place.is_relative_to(CORPUS)
    made.close()
    assert not place.parent.exists()


def test_the_index_is_made_once_and_stopped_when_nobody_waits(monkeypatch):
    class Slow:
        calls = ended = 0

        async def run(self, *_, on_step, **__):
            self.calls += 1
            on_step(1, 9)
            try:
                await asyncio.sleep(30)
            except asyncio.CancelledError:
                self.ended += 1
                raise

    async def two_wait():
        slow, told = Slow(), []
        index = indexing.Indexing(slow, CORPUS, asyncio.Semaphore(1))
        waiting = [asyncio.ensure_future(index.ready(lambda *step: told.append(step))) for _ in range(2)]
        while not told:
            await asyncio.sleep(0.01)
        waiting[0].cancel()
        await asyncio.sleep(0.01)
        still = slow.ended
        waiting[1].cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await asyncio.sleep(0.01)
        return slow.calls, still, slow.ended, set(told)

    assert asyncio.run(two_wait()) == (1, 0, 1, {("index", 1, 9)})


def test_what_a_desk_is_handed_is_never_a_path(tmp_path):
    (tmp_path / "a.txt").write_text("non")
    name = str(tmp_path / "a.txt")
    desk = Desk(given={name: TEXT.encode()})
    assert desk.resolution(name).body[0].text.startswith("Rappelant")


def client_session(app, client):
    return app.sessions.find(client.cookies[app.cookie])


def test_a_file_that_lacks_comments_tells_so_and_is_saved(visitor, monkeypatch):
    monkeypatch.setattr(check, "comment_draft", some_lost)
    client = visitor()
    page = sent(client, "/check", [("text_file", ("projet.docx", word_file(TEXT)))])
    told = done(client, client.get(f"{page.url.path}/comments"))  # where the machine is slow it is work too
    assert "2 alinéas perdus" in told.text
    assert f'content="0;url={page.url.path}/comments?take=1"' in told.text
    assert client.get(f"{page.url.path}/comments?take=1").content == b"PK"
