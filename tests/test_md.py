"""A plain Markdown file is read without the libraries, and says the same; any other one is left to them."""

import subprocess
import sys
from pathlib import Path

import pytest
from build import paragraph, resolution
from hypothesis import given, settings
from hypothesis import strategies as st

from resdiff.errors import InputError
from resdiff.model import Footnote, Header, Provenance, TextKind
from resdiff.reading.md import read_any, read_plain
from resdiff.record import markdown

ROOT = Path(__file__).resolve().parent.parent
CORPUS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus").glob("*/*.md"))}
FRONT = "---\nsymbol: A/RES/1/1\nsource:\n  kind: scan\n---\n\n"
SIGNS = "*_[]<>&`\\#1.)(;,:!-+~|^\"'{}%@?=y \u00a0\u2009\ufeff\t\n\r\x0b\x85/é’«–²2"
# What Markdown and YAML give a meaning to, put together.
PIECES = st.sampled_from(
    ["*", "**", "_", "`", "\\", "\n", "\n\n", "\n\n\n", "  \n", "    ", "\t", "[^1]", "[^1]:", "[^1]: ", "[^a b]",
     "^[a]", "[", "]", "](", "![", "<b>", "&amp;", "&", "- ", "* ", "+ ", "1. ", "12) ", "1.", "1.  ", "# ", "> ",
     "---", "```", "===", "http://un.org", "<http://un.org>", "a", "é", "Prie ", "*Prie*", "« a »", "–", "’", "\u00a0",
     "\u2003", "|", "\\*", "\\[", "\\#", "\\1", "\\é", "~~", "$", ":", "null", '"', "yes", "2019-12-18", "1e3"]
)  # fmt: skip


def outcome(reader, text):
    """What a reader makes of a text: a source, none, or the error it raises."""
    try:
        return reader(text, "a.md")
    except InputError as error:
        return error.code, error.values


def same(text):
    """Whether the text is plain; the libraries have the same to say about it."""
    plain = outcome(read_plain, text)
    assert plain is None or plain == outcome(read_any, text)
    return plain is not None


@pytest.mark.parametrize("name", CORPUS)
def test_the_files_of_the_corpus_are_plain(name):
    assert same(CORPUS[name])


def test_no_library_is_loaded_for_them():
    code = (
        "import sys, resdiff.reading as r, pathlib; [r.read(pathlib.Path(p)) for p in sys.argv[1:]];"
        "print(sorted({'yaml', 'markdown_it', 'mdit_py_plugins'} & set(sys.modules)))"
    )
    files = [str(path) for path in (ROOT / "corpus").glob("*/*.md")]
    done = subprocess.run([sys.executable, "-c", code, *files], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


LEADS = st.sampled_from(["Prie", "Prend note", "S’inquiétant", "Se félicite,", ""])
BODIES = st.text(SIGNS + "abc", max_size=40).map(lambda text: " ".join(text.split()))


@st.composite
def records(draw):
    """Resolutions as the corpus keeps them, with signs of Markdown in any place."""
    paragraphs, notes = [], []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        lead = draw(LEADS)
        text = f"{lead} {draw(BODIES)}".strip() or "Prie"
        printed = draw(st.sampled_from(["", str(number), "a", "–", "1 bis"]))
        paragraphs.append(paragraph(f"op{number}", text, number=printed, lead=lead))
        notes.append(Footnote(str(number), draw(BODIES), f"op{number}", draw(st.integers(0, len(text)))))
    title, note = draw(BODIES), draw(BODIES)
    header = Header(provenance=Provenance(TextKind.SCAN, note, "https://docs.un.org/fr/A/RES/72/194"))
    about = {"symbol": "A/RES/72/194", "title": title, "session": "72", "adopted": "2017-12-19"}
    made = resolution(*paragraphs, footnotes=tuple(notes), **about)
    return markdown(made, header)


@given(records())
def test_a_record_is_read_the_same(text):
    same(text)


def test_a_record_in_plain_french_is_plain():
    note = Footnote("7", "Résolution 217 A (III), « annexe ».", "op1", 12)
    title, text = 'Le "titre" \\ *', "Prie l’Office [sic] d’aider & d’agir ;"
    made = resolution(text, symbol="A/RES/1/1", title=title, session="1", footnotes=(note,))
    assert same(markdown(made, Header()))


@st.composite
def perturbed(draw):
    """A few blocks of a file of the corpus with some places of the front matter or of the text disturbed."""
    front, fence, body = draw(st.sampled_from(list(CORPUS.values()))).partition("\n---\n\n")
    blocks = body.split("\n\n")
    at = draw(st.integers(0, len(blocks) - 2))
    text = front + fence + "\n\n".join(blocks[at : at + 2]).rstrip("\n") + "\n"
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + draw(PIECES) + text[start + draw(st.integers(0, 3)) :]
    return text


@pytest.mark.slow
@given(perturbed())
@settings(max_examples=300)
def test_a_file_with_a_slip_of_the_hand_is_read_the_same(text):
    same(text)


@pytest.mark.slow
@given(st.lists(st.one_of(PIECES, st.text(SIGNS, max_size=3)), max_size=12).map("".join))
@settings(max_examples=300)
def test_any_body_is_read_the_same(body):
    same(f"{FRONT}{body}\n")


@pytest.mark.slow
@given(st.lists(st.one_of(PIECES, st.text(SIGNS, max_size=3)), max_size=5).map("".join), st.booleans())
@settings(max_examples=300)
def test_any_value_is_read_the_same(value, quoted):
    same(f"---\ntitle: {f'{chr(34)}{value}{chr(34)}' if quoted else value}\n---\n\nPrie.\n")


@pytest.mark.parametrize(
    "body",
    [
        "- point", "* point", "+ point", "# Titre", "> mot", "1. 2. double", "1. - point", "1.", "1.  deux", "[^1]:",
        "[^1]: [^2]: note", "wrapped\nline", "deux  \nlignes", "Prie.\n\n\nPrie.", "    code", "a _b_ c", "a **b** c",
        "a * b", "*a *b*", "*a*b*", "* a*", "un `mot`", "<b>mot</b>", "a > b", "[lien](x)", "![x](y)", "[x]: y",
        "&amp;", "A & B", "\\é", "\\1", "fin\\", "\ttab", "\u00a0Prie", "Prie\u2003", "Prie ", "[^a b]", "[^*]", "---",
    ],
)  # fmt: skip
def test_markdown_that_could_mean_more_is_left_to_the_library(body):
    assert read_plain(f"{FRONT}{body}\n", "a.md") is None


@pytest.mark.parametrize(
    "front",
    [
        "session: 72", "adopted: 2017-12-19", "title: yes", "title: Null", "title: ~", "title: 'a'", "title: a b",
        "title: a: b", "title: a #b", 'title: "a\\nb"', 'title: "a" # b', 'title: "a"b"', "title:", "title: |\n  a",
        "title: [a]", "title: {a: b}", "title: &a b", "title: *a", "# title", "", "auteur: moi", "symbol: a\nsymbol: b",
        "source: scan", "source:\n   kind: scan", "source:\n kind: scan", "  kind: scan", "source:\nsource:",
        "source:\n  title: scan", "source:\n  sha256: " + "1" * 64, "source:\n  sha256: 0b" + "1" * 62,
        "source:\n  kind: scan\nsymbol: a\n  note: b", "title : a", "title:  a", "title: a ", "symbol: 72/194", "...",
    ],
)  # fmt: skip
def test_yaml_that_could_mean_more_is_left_to_the_library(front):
    assert read_plain(f"---\n{front}\n---\n\nPrie.\n", "a.md") is None


@pytest.mark.parametrize("text", ["Prie.\n", "---\nsymbol: a\n---\nPrie.\n", f"{FRONT}Prie.", f"{FRONT}\n", FRONT])
def test_a_file_in_another_form_is_left_to_the_library(text):
    assert read_plain(text, "a.md") is None


def test_a_kind_nobody_knows_is_an_error_on_its_line():
    text = "---\nsymbol: a\nsource:\n  kind: brouillon\n---\n\nPrie.\n"
    assert same(text)
    with pytest.raises(InputError) as error:
        read_plain(text, "a.md")
    assert error.value.values == ("a.md", "4")
