"""The corpus: what ships is right, what is asked for is found, a person's links are read."""

import pytest

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
