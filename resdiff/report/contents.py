"""The front page of a changelog: which pairs of which series, with a link to each page."""

from collections.abc import Sequence

from resdiff.report.blocks import Index, Listing, Numbers, Pair, Report, Sentence, Summary, Title
from resdiff.report.phrase import counted, say, sentence, word

__all__ = ["entry", "index", "numbers_line"]

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
            numbers = numbers_line(block, report.lang)
        elif isinstance(block, Summary):
            sentences = block.sentences[:FIRST_SENTENCES]
    return Pair(old, new, stem, numbers, sentences)


def numbers_line(numbers: Numbers, lang: str) -> Sentence:
    """The numbers in one line, the kinds that do not occur left out."""
    kinds = [counted(f"kind.{kind}", number, lang) for kind, number in numbers.kinds if number]
    if numbers.moved:
        kinds.append(counted("kind.moved", numbers.moved, lang))
    return sentence(say("summary.line", str(numbers.old), str(numbers.new), ", ".join(kinds), lang=lang))
