"""Bytes to a Source: encodings, formats told by content, Markdown by its tokens, and every refusal in a sentence."""

import contextlib
import hashlib

import pytest
from conftest import person
from hypothesis import given, settings
from hypothesis import strategies as st
from test_tongues import TEXTS

from resdiff import limits
from resdiff.errors import InputError, NotFoundError, ResdiffError
from resdiff.messages import message
from resdiff.model import TextKind
from resdiff.parsing import parse
from resdiff.reading import read

FRENCH = (
    "L’Assemblée générale,\n\nRappelant l’œuvre accomplie à Genève, où « l’État » siège,\n\n1. Prie les États d’agir.\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_every_encoding_gives_the_same_text(encoding):
    assert read(FRENCH.encode(encoding)).text == FRENCH


WIDE = ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("encoding", WIDE)
def test_wide_letters_are_told_with_and_without_their_mark(encoding, mark):
    for text in (FRENCH, "Prie l’Office."):
        assert read((mark + text).encode(encoding)).text.lstrip("\ufeff") == text


@pytest.mark.parametrize("encoding", ["iso8859_15", "cp850", "cp1252", "mac_roman"])
def test_old_encodings_are_told_apart(encoding):
    for text in (
        FRENCH,
        "Réaffirmant son œuvre, à Genève, et sa volonté de coopérer",
        "la manière à l'Étranger, ça et là",
    ):
        plain = text.replace("’", "'").replace("œ", "oe") if encoding == "cp850" else text.replace("’", "'")
        assert read(plain.encode(encoding)).text == plain


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859_15", "mac_roman", "cp850", "cp1250"])
@pytest.mark.parametrize("code", TEXTS)
def test_the_letters_of_other_languages_are_those_that_were_written(code, encoding):
    text = TEXTS[code].replace("’", "'").translate(str.maketrans("șțȘȚ", "şţŞŢ"))
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("this encoding has not the letters of that language")
    assert read(data).text == text


def test_a_guessed_encoding_is_told():
    assert [n.code for n in read(FRENCH.encode("cp1252")).notices] == ["encoding-guessed"]
    assert read(FRENCH.encode()).notices == ()


def test_one_broken_byte_does_not_make_a_text_another_encoding():
    broken = FRENCH.encode().replace(b"agir", b"ag\xffir")
    source = read(broken)
    assert "générale" in source.text and [n.values for n in source.notices] == [("1",)]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028"])
def test_line_ends_are_made_one(end):
    assert read(FRENCH.replace("\n", end).encode()).text == FRENCH


def test_decomposed_accents_are_composed():
    assert read("ge\u0301ne\u0301rale".encode()).text == "générale"


def test_form_feeds_make_pages():
    source = read(b"page un\fpage deux")
    assert [source.text[page.start : page.end] for page in source.pages] == ["page un", "page deux"]


def test_the_digest_is_of_the_bytes():
    data = FRENCH.encode("cp1252")
    assert read(data).sha256 == hashlib.sha256(data).hexdigest()


def test_a_scan_is_repaired_and_says_so():
    source = read("Prie 1’Office de contribuer a la lutte de maniére intégrée".encode())
    assert source.scanned and source.fixes
    assert source.text == "Prie l’Office de contribuer à la lutte de manière intégrée"
    assert read("Prie 1’Office de contribuer a la lutte de maniére intégrée".encode(), repair="off").fixes == ()


# ---- refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data, code",
    [
        (b"", "file-empty"),
        (b" \n\t\r\n", "file-empty"),
        (b"\xef\xbb\xbf\n", "file-empty"),
        ("\u00a0\u2003\n".encode(), "file-empty"),
        (b"Prie\x00 les", "file-binary"),
        (bytes(range(1, 32)) * 30, "file-binary"),
        (b"%PDF-1.7 ...", "pdf-broken"),
        (b"<?xml version='1.0'?><akomaNtoso/>", "format-xml"),
        (b"\x89PNG\r\n", "format-picture"),
        (b"a" * (limits.FILE + 1), "file-too-large"),
        (b"a " * limits.CHARACTERS, "text-too-long"),
        (b"a\n" * (limits.LINES + 1), "text-too-many-lines"),
        (b"a " * limits.LINE, "line-too-long"),
        (b"---\nsymbol: [1\n---\n\ntexte", "front-matter-broken"),
        (b"---\nsymbol: x\n\ntexte", "front-matter-broken"),
        (b"---\ntitle: {a: 1}\n---\n\ntexte", "front-matter-broken"),
        (b"---\nsource: texte\n---\n\ntexte", "front-matter-broken"),
        (b"---\nsource: {kind: papyrus}\n---\n\ntexte", "front-matter-broken"),
        (b"---\nadopted: \"??\"\n---\n\ntexte", "front-matter-broken"),
        (b"---\nadopted: 18 d\xc3\xa9cembre 2019\n---\n\n*texte*", "front-matter-broken"),
        (b"---\n- un\n- deux\n---\n\ntexte", "front-matter-broken"),
        (b"---\nadopted: 2019-99-99\n---\n\ntexte", "front-matter-broken"),
        (b"---\na: " + b"[" * 2000 + b"\n---\n\ntexte", "front-matter-broken"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_sentence(data, code):
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.code == code
    for lang in ("fr", "en"):
        sentence = message(f"error.{code}", *caught.value.values, lang=lang)
        assert sentence.endswith(".") and "{" not in sentence


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    with pytest.raises(NotFoundError, check=lambda error: error.code == "file-missing"):
        read(tmp_path / "absent.txt")
    with pytest.raises(InputError, check=lambda error: error.code == "file-directory"):
        read(tmp_path)
    with pytest.raises(
        NotFoundError, check=lambda error: error.code == "file-missing"
    ):  # a name the system cannot hold names no file
        read(tmp_path / ("a" * 300))


@person
def test_a_forbidden_file_is_told(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(FRENCH)
    path.chmod(0)
    with pytest.raises(InputError, check=lambda error: error.code == "file-forbidden"):
        read(path)


def test_the_line_of_a_broken_header_is_named():
    with pytest.raises(InputError) as caught:
        read(b"---\nsymbol: A/RES/1/1\ntitle:\n  - un\n---\n\ntexte", origin="x.md")
    assert caught.value.values == ("x.md", "3")


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
@pytest.mark.slow
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(ResdiffError):
        parse(read(data))


# ---- Markdown -----------------------------------------------------------------------------------------------------

MARKDOWN = """---
symbol: A/RES/74/175
title: "Assistance technique"
session: 74
adopted: 2019-12-18
unknown: [1, 2]
source:
  kind: scan
  note: Un scan.
---

# Titre

*L’Assemblée générale*,

*Rappelant* la Charte[^1] et
la suite du texte,

12. *Prie* les États :

a) D’agir ;

14. *Engage* **l’Office** <b>à</b> aider [le lien](http://x) &c ;

    1) Premier ;

    - Tiret.

1986\\. Une année

[^1]: Résolution 53/243,
annexe.

[^2]: Jamais appelée.
"""


def test_markdown_comes_out_as_printed():
    source = read(MARKDOWN.encode(), origin="x.md")
    assert source.media_type == "text/markdown"
    assert source.text.split("\n\n") == [
        "Titre",
        "L’Assemblée générale,",
        "Rappelant la Charte[^1] et\nla suite du texte,",
        "12. Prie les États :",
        "a) D’agir ;",
        "14. Engage l’Office <b>à</b> aider [le lien](http://x) &c ;",
        "1) Premier ;",
        "- Tiret.",
        "1986. Une année",
        "[^1]: Résolution 53/243,\nannexe.",
        "[^2]: Jamais appelée.\n",
    ]


def test_front_matter_becomes_the_header():
    header = read(MARKDOWN.encode()).header
    assert (header.symbol, header.session, header.adopted) == ("A/RES/74/175", "74", "2019-12-18")
    assert (header.provenance.kind, header.provenance.note) == (TextKind.SCAN, "Un scan.")


def test_plain_text_in_markdown_dress_is_the_same_resolution(tmp_path):
    path = tmp_path / "x.md"
    path.write_text(FRENCH)
    assert parse(read(path)).body == parse(read(FRENCH.encode())).body


@given(st.text(alphabet="ab1.)-*_#>`~|[]^:!<&\\ \n", max_size=120))
@settings(max_examples=300, deadline=None)
def test_markdown_loses_no_letter(text):
    try:
        source = read(text.encode(), origin="x.md")
    except InputError:
        return
    for letter in "ab":
        assert source.text.count(letter) >= text.count(letter)


def test_a_joiner_beside_a_blank_is_no_change():
    old = read(b"1. Recalls the Framework 2015\xe2\x80\x932030, the Agenda and the Pact ;")
    new = read("1. Recalls the Framework 2015\u200d–\u200d2030,\u200d the Agenda and\u200b the\u2060 Pact ;".encode())
    assert new.text.replace("\u200d–\u200d", "–") == old.text
