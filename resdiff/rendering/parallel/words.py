"""The words around a concordance that all formats share: its heading, its figures, what differs in a row each."""

from collections.abc import Iterator

from msgspec import Struct

from resdiff.messages import message
from resdiff.parallel import Concordance, Quote
from resdiff.report import counted, label, word

__all__ = ["Line", "cautions", "columns", "figures", "heading", "lines", "marks", "tongue"]


class Line(Struct, frozen=True):
    """A difference in words: where, of what sort, what either text has there; ``number`` counts from 1."""

    number: int
    place: str
    sort: str
    one: str
    other: str


def heading(held: Concordance, lang: str) -> str:
    """The heading: which text is held against itself."""
    text = held.one.symbol or held.other.symbol or held.one.title or word("word.untitled", lang)
    return message("parallel.heading", text, lang=lang)


def columns(held: Concordance, names: tuple[str, str], lang: str) -> tuple[str, str]:
    """The heads of both columns: the language of each text, its name where both are in one language."""
    if held.one.language == held.other.language:
        return names
    return tongue(held.one.language, lang), tongue(held.other.language, lang)


NAMED = frozenset({"fr", "en", "es"})


def tongue(code: str, lang: str, *, alone: bool = True) -> str:
    """What a language is called: "anglais" alone, "l’anglais" in a sentence."""
    code = code or "fr"
    return message(f"parallel.{'in' if alone else 'the'}-{code}", lang=lang) if code in NAMED else code


def figures(held: Concordance, lang: str) -> str:
    """How many paragraphs have a twin, and how much differs."""
    twins = sum(bool(each.one and each.other) for each in held.twins)
    differing = len(held.differences)
    return message(
        "parallel.figures",
        counted("parallel.twins", twins, lang),
        counted("parallel.differences", differing, lang) if differing else message("parallel.none", lang=lang),
        lang=lang,
    )


def cautions(held: Concordance, lang: str) -> list[str]:
    """What must be known before it is read: two texts in one language, a language of which little is known."""
    codes = [held.one.language or "fr", held.other.language or "fr"]
    said = [message("parallel.one-language", lang=lang)] if codes[0] == codes[1] else []
    if held.one.symbol and held.other.symbol and held.one.symbol != held.other.symbol:
        said.append(message("parallel.two-texts", held.one.symbol, held.other.symbol, lang=lang))
    if unknown := [code for code in dict.fromkeys(codes) if code not in ("fr", "en")]:
        said.append(message("parallel.unknown", ", ".join(unknown), lang=lang))
    return [*said, message("parallel.caution", lang=lang)]


def lines(held: Concordance, lang: str) -> list[Line]:
    """The differences in words, in the order of the text."""
    return [
        Line(
            number,
            label(difference.one.paragraph or difference.other.paragraph, lang),
            message(f"parallel.sort-{difference.sort.value}", lang=lang),
            _said(difference.one, lang),
            _said(difference.other, lang),
        )
        for number, difference in enumerate(held.differences, 1)
    ]


def _said(quote: Quote, lang: str) -> str:
    if quote.text:
        return quote.text
    return message("parallel.nothing" if quote.paragraph else "parallel.no-twin", lang=lang)


def marks(held: Concordance, paragraph: str, *, first: bool) -> Iterator[tuple[int, int, int]]:
    """Where words of a paragraph differ: from where, to where, the number of the difference; none inside another."""
    quotes = enumerate((each.one if first else each.other for each in held.differences), 1)
    places = [(quote.start, quote.end, n) for n, quote in quotes if quote.paragraph == paragraph and quote.end]
    end = 0
    for start, stop, number in sorted(places):
        if start >= end:
            yield start, stop, number
            end = stop
