"""From a comparison to a report: a flat tuple of typed blocks that every renderer understands.

All sentences are made here, in the language of the reader, so that HTML, Word, Markdown and the terminal say the same.
``build(comparison)`` makes the report of a pair, ``index(listings)`` the front page of a changelog.
"""

from resdiff.report.addresses import address, label, places
from resdiff.report.blocks import (
    Actors,
    Address,
    Block,
    Changes,
    Citations,
    Concordance,
    Index,
    Inline,
    Listing,
    Notices,
    Numbers,
    Obligations,
    Pair,
    Picture,
    Provenance,
    Report,
    Row,
    Sentence,
    Strong,
    Summary,
    Terms,
    Title,
    Topics,
    Verbs,
)
from resdiff.report.compose import build
from resdiff.report.contents import entry, index, numbers_line
from resdiff.report.phrase import counted, plain, told, topic_label, word
from resdiff.report.reasons import explain, reason

__all__ = [
    "Actors",
    "Address",
    "Block",
    "Changes",
    "Citations",
    "Concordance",
    "Index",
    "Inline",
    "Listing",
    "Notices",
    "Numbers",
    "Obligations",
    "Pair",
    "Picture",
    "Provenance",
    "Report",
    "Row",
    "Sentence",
    "Strong",
    "Summary",
    "Terms",
    "Title",
    "Topics",
    "Verbs",
    "address",
    "build",
    "counted",
    "entry",
    "explain",
    "index",
    "label",
    "numbers_line",
    "places",
    "plain",
    "reason",
    "told",
    "topic_label",
    "word",
]
