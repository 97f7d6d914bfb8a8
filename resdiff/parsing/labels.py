"""The labels of drafts, written as in a text that was adopted: "OP2 bis (new) [Urges", "[2 bis. Urges … ;]".

While a text is negotiated its paragraphs are called by names, PP1 and OP1, what comes between two of them is 1 bis,
another wording of one is its alt, and what is not agreed on stands in square brackets, label and all. The label is
written as a number with its point, and the bracket goes behind it: it is a sign of the text, not of its numbers. Each
line keeps its length, so that what is found in a text stands at the same place in its source.
"""

import re

__all__ = ["plain_labels"]

_LATER = r"(?:bis|ter|quater|quinquies|alt(?:\s?\d)?)"
_NUMBER = rf"\d{{1,3}}(?:\s?\.?\s?{_LATER})?"
_NEW = r"(?:\s?\((?:new|nouveau)\))?"
_PARAGRAPH = rf"(?:OP\s?{_NUMBER}{_NEW}\s?[.:)]?|PP\s?{_NUMBER}{_NEW}\s?[.:)]?|{_NUMBER}{_NEW}\s?\.|\(?[a-z]{{1,2}}\))"
_OPENS = r"[\[«“\"A-ZÀ-Ý]"
RE_INSIDE = re.compile(rf"^\[({_PARAGRAPH}[^\S\n]+)(?=\S)", re.MULTILINE)
RE_BRACKETS = re.compile(r"[\[\]]")
RE_CLOSED = re.compile(r"[^\S\n]*[;.,:]?[^\S\n]*(?:(?:and|et)[^\S\n]*)?$", re.MULTILINE)
RE_LABELLED = re.compile(
    rf"^(?:\[(?P<alone>OP\s?{_NUMBER}|\d{{1,3}}\s?{_LATER}){_NEW}\s?\.?\]|(?P<op>OP\s?{_NUMBER}){_NEW}\s?[.:)]?|"
    rf"(?P<later>\d{{1,3}}(?:\s?\.?\s?{_LATER}(?=.*\S))){_NEW}\s?\.?)[^\S\n]+(?={_OPENS})",
    re.MULTILINE,
)
RE_PARTS = re.compile(rf"(?:OP\s?)?(\d{{1,3}})\s?\.?\s?({_LATER}|)")
RE_DIGIT_OF_LATER = re.compile(r"\s?\d$")


def plain_labels(text: str) -> str:
    """The text, as long as it was, with its labels as numbers, and a bracket before one behind it.

    >>> plain_labels("[2 bis. Exige des comptes ;]"), plain_labels("OP3 [Urges States;]")
    ('2 bis. [Exige des comptes ;]', '3.  [Urges States;]')
    >>> plain_labels("[1 ter] Decides"), plain_labels("1 bis (new). Decides"), plain_labels("2.alt Decides")
    ('1 ter.  Decides', '1 bis.       Decides', '2 alt.Decides')
    >>> plain_labels("[1] Resolution 70/1."), plain_labels("[(b) To publish data;]")
    ('[1] Resolution 70/1.', '(b) [To publish data;]')
    """
    behind = _closed(text)

    def put_behind(match: re.Match[str]) -> str:
        end = behind.get(match.start())
        return f"{match[1]}[" if end is not None and RE_CLOSED.match(text, end) else match[0]

    return RE_LABELLED.sub(_numbered, RE_INSIDE.sub(put_behind, text))


def _closed(text: str) -> dict[int, int]:
    """By where a bracket opens, the place behind the one that closes it."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for bracket in RE_BRACKETS.finditer(text):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif opened:
            found[opened.pop()] = bracket.end()
    return found


def _numbered(match: re.Match[str]) -> str:
    parts = RE_PARTS.match(match["alone"] or match["op"] or match["later"])
    if parts is None:
        return match[0]
    later = RE_DIGIT_OF_LATER.sub("", parts[2])
    label = f"{parts[1]} {later}." if later else f"{parts[1]}."
    return label.ljust(len(match[0])) if len(label) <= len(match[0]) else match[0]
