"""The labels of drafts, written as in a text that was adopted: "OP2 bis (new) [Urges", "[2 bis. Urges … ;]".

While a text is negotiated its paragraphs are called by names, PP1 and OP1, what comes between two of them is 1 bis,
another wording of one is its alt, and what is not agreed on stands in square brackets, label and all. The label is
written as a number with its point, and the bracket goes behind it: it is a sign of the text, not of its numbers. Each
line keeps its length, so that what is found in a text stands at the same place in its source.
"""

import re

from resdiff.language.forms import square_brackets
from resdiff.parsing.lines import LATER, RE_LATER, RE_NEW

__all__ = ["plain_labels"]

_NUMBER = rf"\d{{1,3}}(?:\s?\.?\s?{RE_LATER})?"
_POINT = rf"\(?[a-z]{{1,2}}(?:\s(?:{LATER}))?\)"
_PARAGRAPH = rf"(?:OP\s?{_NUMBER}{RE_NEW}\s?[.:)]?|PP\s?{_NUMBER}{RE_NEW}\s?[.:)]?|{_NUMBER}{RE_NEW}\s?\.|{_POINT})"
_OPENS = r"[\[«“\"A-ZÀ-Ý]"
RE_INSIDE = re.compile(rf"^\[({_PARAGRAPH}[^\S\n]+)(?=\S)", re.MULTILINE)
RE_CLOSED = re.compile(r"[^\S\n]*[;.,:]?[^\S\n]*(?:(?:and|et)[^\S\n]*)?$", re.MULTILINE)
RE_LABELLED = re.compile(
    rf"^(?:\[(?:OP\s?{_NUMBER}|\d{{1,3}}\s?{RE_LATER}){RE_NEW}\s?\.?\]|OP\s?{_NUMBER}{RE_NEW}\s?[.:)]?|"
    rf"\d{{1,3}}\s?\.?\s?{RE_LATER}{RE_NEW}[^\S\n]?\.?)[^\S\n]+(?={_OPENS})",
    re.MULTILINE,
)
RE_PARTS = re.compile(rf"(\d{{1,3}})\s?\.?\s?((?:{LATER})?)")


def plain_labels(text: str) -> str:
    """The text, as long as it was, with its labels as numbers, and a bracket before one behind it.

    >>> plain_labels("[2 bis. Exige des comptes ;]"), plain_labels("OP3 [Urges States;]")
    ('2 bis. [Exige des comptes ;]', '3.  [Urges States;]')
    >>> plain_labels("[1 ter] Decides"), plain_labels("1 bis (new). Decides"), plain_labels("2.alt Decides")
    ('1 ter.  Decides', '1 bis.       Decides', '2 alt.Decides')
    >>> plain_labels("[1] Resolution 70/1."), plain_labels("[(b) To publish data;]")
    ('[1] Resolution 70/1.', '(b) [To publish data;]')
    """
    closes = square_brackets(text)

    def put_behind(match: re.Match[str]) -> str:
        last = closes.get(match.start())
        return f"{match[1]}[" if last is not None and RE_CLOSED.match(text, last + 1) else match[0]

    return RE_LABELLED.sub(_numbered, RE_INSIDE.sub(put_behind, text))


def _numbered(match: re.Match[str]) -> str:
    number, later = RE_PARTS.findall(match[0])[0]
    label = f"{number} {later}." if later else f"{number}."
    return label.ljust(len(match[0])) if len(label) <= len(match[0]) else match[0]
