"""The corpus: what ships is right, what is asked for is found, a person's links are read."""

import os
from pathlib import Path

import build
import pytest
from conftest import person

from resdiff.changelog import build_changelog, check_changelog
from resdiff.cli.desk import Desk, ReadingOptions
from resdiff.corpus import Corpus, locate, pins
from resdiff.errors import InputError, NotFoundError
from resdiff.model import Part, Pin, TextKind

COUNTS = {"72/194": (14, 19), "74/175": (19, 30), "78/226": (20, 36)}


@pytest.mark.parametrize("symbol", COUNTS)
def test_the_shipped_texts_have_their_paragraphs(corpus, symbol):
    text = corpus.get(symbol)
    parts = [p.part for p in text.body]
    assert (parts.count(Part.PREAMBLE), parts.count(Part.OPERATIVE)) == COUNTS[symbol]
    assert all("'" not in p.text for p in text.body)
    assert not [notice.code for notice in text.notices]


def test_the_shipped_texts_say_what_they_are(corpus):
    assert corpus.get("74/175").provenance.kind is TextKind.SCAN
    for symbol in ("72/194", "78/226"):
        assert corpus.get(symbol).provenance.kind is TextKind.TRANSLATION


def test_the_notes_of_the_scan_are_called_where_they_stand(corpus):
    text = corpus.get("74/175")
    called = {note.paragraph for note in text.footnotes}
    assert {"pp1", "pp7", "op2", "op24"} <= called
    assert all(note.text for note in text.footnotes)


def test_a_symbol_of_the_corpus_that_ships_is_found_beside_an_own_one(tmp_path):
    with pytest.raises(NotFoundError) as error:
        Corpus(tmp_path).get("72/194")
    assert error.value.code == "symbol-shipped"


def test_an_unknown_symbol_names_the_nearest(corpus):
    with pytest.raises(NotFoundError) as error:
        corpus.get("72/195")
    assert error.value.code == "symbol-unknown"
    assert "72/194" in error.value.values[2]


def test_another_language_is_told(corpus):
    with pytest.raises(NotFoundError) as error:
        corpus.find("72/194", "ru")
    assert error.value.code == "symbol-language"


def test_the_editions_of_a_series_stand_in_the_order_of_sessions(tmp_path):
    folder = tmp_path / "serie"
    folder.mkdir()
    for stem in ("A-RES-104-1", "A-RES-9-2", "A-RES-74-175"):
        (folder / f"{stem}.fr.md").write_text("x")
    (shelf,) = Corpus(tmp_path).shelves
    assert [edition.stem for edition in shelf.editions] == ["A-RES-9-2", "A-RES-74-175", "A-RES-104-1"]
    (folder / "series.toml").write_text('editions = ["104/1", "9/2", "74/175"]')
    (shelf,) = Corpus(tmp_path).shelves
    assert [edition.stem for edition in shelf.editions] == ["A-RES-104-1", "A-RES-9-2", "A-RES-74-175"]


def test_locate_refuses_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(NotFoundError):
        locate(tmp_path / "nulle-part")


def test_pins_are_read(tmp_path):
    file = tmp_path / "links.toml"
    assert pins(file) == ()
    file.write_text('[[link]]\nold = "op3"\nnew = ["op4", "op8"]\n\n[[forbid]]\nold = "pp1"\nnew = "pp2"\n')
    assert pins(file) == (Pin(("op3",), ("op4", "op8")), Pin(("pp1",), ("pp2",), forbidden=True))


@pytest.mark.parametrize("text", ["[[link]", "[[link]]\nold = 3\nnew = 'op1'", "[[link]]\nold = 'op1'", "link = 3"])
def test_broken_pins_are_an_error(tmp_path, text):
    file = tmp_path / "links.toml"
    file.write_text(text)
    with pytest.raises(InputError):
        pins(file)


# ---- what does not belong in a corpus --------------------------------------------------------------------------------

TEXT = "*L’Assemblée générale*,\n\n1. *Prie* l’Office d’agir{} ;\n"


@pytest.fixture
def shelf(tmp_path):
    folder = tmp_path / "corpus" / "serie"
    folder.mkdir(parents=True)
    for number in (1, 2):
        (folder / f"A-RES-90-{number}.fr.md").write_text(TEXT.format(" vite" * number), encoding="utf-8")
    return folder


def test_a_mistyped_table_of_links_is_told(tmp_path):
    """The correction of a person was left aside without a word."""
    file = tmp_path / "links.toml"
    file.write_text('[about]\nby = "x"\n[[lnk]]\nold = "op1"\nnew = "op2"\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        pins(file)
    assert caught.value.values == (str(file), "[lnk]\u00a0: link ?")


def test_a_pipe_a_device_and_a_link_to_elsewhere_are_not_read(shelf, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text(TEXT.format(" en secret"), encoding="utf-8")
    os.mkfifo(shelf / "A-RES-90-3.fr.md")
    (shelf / "A-RES-90-4.fr.md").symlink_to("/dev/zero")
    (shelf / "A-RES-90-5.fr.md").symlink_to(secret)
    (shelf / "A-RES-90-6.fr.md").symlink_to("A-RES-90-6.fr.md")
    (shelf / "A-RES-90-7.fr.md").mkdir()
    (shelf / "A-RES-90-8.fr.md").symlink_to("A-RES-90-1.fr.md")  # inside: it is read
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "A-RES-91-1.fr.md").write_text(TEXT.format(""), encoding="utf-8")
    (shelf.parent / "out").symlink_to(tmp_path / "elsewhere")
    for name in ("links.toml", "series.toml"):
        os.mkfifo(shelf / name)
    corpus = Corpus(shelf.parent)
    assert [edition.stem[-1] for s in corpus.shelves for edition in s.editions] == ["1", "2", "8"]
    assert [path.name[9:10] for path, _ in corpus.left_out()] == ["", "3", "4", "5", "6", "7"]
    assert {error.code for _, error in corpus.left_out()} == {"file-not-own"}
    (one,) = corpus.shelves
    assert (one.title, one.pins()) == ("serie", ())
    with pytest.raises(NotFoundError) as error:
        corpus.find("90/3")
    assert error.value.code == "symbol-unknown"


@pytest.mark.parametrize("name", ["._A-RES-90-1.fr.md", ".#A-RES-90-1.fr.md"], ids=["macOS", "emacs"])
def test_what_a_system_or_an_editor_hides_in_a_folder_is_no_text(shelf, name):
    (shelf / name).symlink_to("nobody@nowhere")
    corpus = Corpus(shelf.parent)
    assert [edition.stem for s in corpus.shelves for edition in s.editions] == ["A-RES-90-1", "A-RES-90-2"]
    assert corpus.left_out() == ()


def test_a_broken_text_spoils_no_later_pair(shelf, tmp_path):
    (shelf / "A-RES-90-3.fr.md").write_text(TEXT.format(" enfin"), encoding="utf-8")
    (shelf / "A-RES-90-1.fr.md").write_bytes(b"")
    outcome = build_changelog(Corpus(shelf.parent), tmp_path / "out")
    assert [place for place, _ in outcome.failed] == ["serie/A-RES-90-1_A-RES-90-2.fr"]
    assert outcome.built == 1


def test_a_broken_text_stops_no_comparison_of_later_ones(tmp_path):
    build.corpus(tmp_path / "corpus", build.THREE)
    (tmp_path / "corpus" / "s" / "A-RES-90-1.fr.md").write_bytes(b"")
    comparison = Desk(ReadingOptions(corpus=tmp_path / "corpus")).compare("91/1", "92/1")
    assert (comparison.old.symbol, comparison.new.symbol) == ("A/RES/91/1", "A/RES/92/1")


@person
def test_a_folder_that_may_not_be_read_is_told(shelf, tmp_path, command):
    shelf.chmod(0)
    corpus = Corpus(shelf.parent)
    assert [(path, error.code) for path, error in corpus.left_out()] == [(shelf, "file-forbidden")]
    shelf.parent.chmod(0)
    try:
        with pytest.raises(InputError):
            _ = Corpus(shelf.parent).shelves
        code, _, errors = command("72/194", "74/175", "--corpus", shelf.parent)
    finally:
        shelf.parent.chmod(0o700)
        shelf.chmod(0o700)
    assert code == 65
    assert errors.startswith("resdiff : Impossible de lire")


@person
def test_a_page_that_may_not_be_read_is_not_current(shelf, tmp_path):
    build_changelog(Corpus(shelf.parent), tmp_path / "out")
    page = tmp_path / "out" / "index.md"
    page.chmod(0)
    assert [each.name for each in check_changelog(Corpus(shelf.parent), tmp_path / "out").stale] == ["index.md"]


def test_a_broken_text_does_not_spoil_the_hint(shelf):
    (shelf / "A-RES-90-3.fr.md").write_text("---\nsymbol: [\n---\n")
    with pytest.raises(NotFoundError) as error:
        Corpus(shelf.parent).find("90/4")
    assert "A-RES-90-3" in error.value.values[2]


def test_a_name_that_is_no_text_is_left_out(shelf):
    try:
        (shelf / os.fsdecode(b"A-RES-90-3\xff.fr.md")).write_text(TEXT.format(""))
    except OSError:
        pytest.skip("the system has no such names")
    ((path, error),) = Corpus(shelf.parent).left_out()
    assert error.code == "name-unprintable"
    assert str(error).encode("utf-8")
    assert path not in [edition.path for s in Corpus(shelf.parent).shelves for edition in s.editions]


def test_the_same_symbol_in_two_series_is_told_where_the_texts_differ(shelf):
    other = shelf.parent / "autre"
    other.mkdir()
    copy = other / "A-RES-90-1.fr.md"
    copy.write_bytes((shelf / "A-RES-90-1.fr.md").read_bytes())
    assert Corpus(shelf.parent).find("90/1")[0].key == "autre"
    assert Corpus(shelf.parent).left_out() == ()
    copy.write_text(TEXT.format(" autrement"), encoding="utf-8")
    with pytest.raises(NotFoundError) as error:
        Corpus(shelf.parent).find("90/1")
    assert error.value.code == "symbol-twice"
    assert [error.code for _, error in Corpus(shelf.parent).left_out()] == ["symbol-twice"]


def test_a_figure_that_is_no_number_orders_no_text(tmp_path):
    for name in ("²", "A-RES-1-1"):
        (tmp_path / "s").mkdir(exist_ok=True)
        (tmp_path / "s" / f"{name}.fr.md").write_text("1. Prie.\n", encoding="utf-8")
    assert [edition.stem for edition in Corpus(tmp_path).shelves[0].editions] == ["A-RES-1-1", "²"]


def test_links_without_end_are_refused():
    with pytest.raises(InputError) as error:
        pins(Path("/dev/zero"))
    assert error.value.code == "file-too-large"
