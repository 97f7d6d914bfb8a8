"""The front page of a changelog: which pairs of which series, with a link to each page."""

from collections.abc import Sequence

from resdiff.report.blocks import Index, Listing, Numbers, Pair, Report, Sentence, Summary, Title
from resdiff.report.phrase import say, sentence, word

__all__ = ["entry", "index"]

FIRST_SENTENCES = 3


def index(entries: Sequence[Listing], lang: str = "fr") -> Index:
    """The front page that lists those series."""
    return Index(word("heading.index", lang), lang, tuple(entries))


def entry(report: Report, stem: str) -> Pair:
    """The line of the front page for a report whose files are called ``stem``."""
    old, new, numbers = "", "", Sentence(())
    sentences: tuple[Sentence, ...] = ()
    for block in report.blocks:
        if isinstance(block, Title):
            old, new = block.names
        elif isinstance(block, Numbers):
            numbers = _line(block, report.lang)
        elif isinstance(block, Summary):
            sentences = block.sentences[:FIRST_SENTENCES]
    return Pair(old, new, stem, numbers, sentences)


def _line(numbers: Numbers, lang: str) -> Sentence:
    """The numbers in one line, the kinds that do not occur left out."""
    kinds = [f"{count} {word(f'kind.{kind}-{_form(count)}', lang)}" for kind, count in numbers.kinds if count]
    if numbers.moved:
        kinds.append(f"{numbers.moved} {word(f'kind.moved-{_form(numbers.moved)}', lang)}")
    return sentence(say("summary.line", str(numbers.old), str(numbers.new), ", ".join(kinds), lang=lang))


def _form(number: int) -> str:
    return "one" if number == 1 else "many"
