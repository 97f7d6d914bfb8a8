"""The labels of drafts, written as in a text that was adopted: "OP2 bis (new) [Urges", "[2 bis. Urges … ;]".

While a text is negotiated its paragraphs are called by names, PP1 and OP1, what comes between two of them is 1 bis,
another wording of one is its alt, and what is not agreed on stands in square brackets, label and all. The label is
written as a number with its point, without who proposes the paragraph ("OP2 alt (Egypt)"), and the bracket goes behind
it: it is a sign of the text, not of its numbers. Each line keeps its length, so that what is found in a text stands at
the same place in its source.
"""

import re
from functools import cache

from resdiff.language.forms import added, in_draft, joins, later, proposed, square_brackets

__all__ = ["plain_labels"]

RE_OPENS = r"[\[«“\"A-ZÀ-Ý]"


def plain_labels(text: str) -> str:
    """The text, as long as it was, with its labels as numbers, and a bracket before one behind it.

    >>> plain_labels("[2 bis. Exige des comptes ;]"), plain_labels("OP3 [Urges States;]")
    ('2 bis. [Exige des comptes ;]', '3.  [Urges States;]')
    >>> plain_labels("[1 ter] Decides"), plain_labels("1 bis (new). Decides"), plain_labels("2.alt Decides")
    ('1 ter.  Decides', '1 bis.       Decides', '2 alt.Decides')
    >>> plain_labels("OP2 alt (Egypt) Invites States;"), plain_labels("OP2 alt 2 (UE) : Invite")
    ('2 alt.          Invites States;', '2 alt 2.         Invite')
    >>> plain_labels("[1] Resolution 70/1."), plain_labels("[(b) To publish data;]")
    ('[1] Resolution 70/1.', '(b) [To publish data;]')
    >>> plain_labels("[2. Exige une trêve ;] ou"), plain_labels("[2. Exige [une trêve ;] ou rien")
    ('2. [Exige une trêve ;] ou', '[2. Exige [une trêve ;] ou rien')
    """
    closes = square_brackets(text)

    def put_behind(match: re.Match[str]) -> str:
        last = closes.get(match.start())
        return f"{match[1]}[" if last is not None and _closed().match(text, last + 1) else match[0]

    return _labelled().sub(_numbered, _inside().sub(put_behind, text))


def _numbered(match: re.Match[str]) -> str:
    number, behind = re.findall(rf"(\d{{1,3}})\s?\.?\s?({in_draft()}?)", match[0])[0]
    label = f"{number} {behind}." if behind else f"{number}."
    return label.ljust(len(match[0])) if len(label) <= len(match[0]) else match[0]


# ---- the patterns ---------------------------------------------------------------------------------------------------


@cache
def _inside() -> re.Pattern[str]:
    """A label behind the bracket of its paragraph."""
    number = rf"{_number()}{added()}\s?"
    point = rf"\(?[a-z]{{1,2}}(?:\s{later()})?\)"
    label = rf"(?:OP\s?{number}[.:)]?|PP\s?{number}[.:)]?|{number}\.|{point})"
    return re.compile(rf"^\[({label}[^\S\n]+)(?=\S)", re.MULTILINE)


@cache
def _closed() -> re.Pattern[str]:
    """What may follow the bracket that closes a paragraph, up to the end of its line."""
    return re.compile(rf"[^\S\n]*[;.,:]?[^\S\n]*(?:{joins()}[^\S\n]*)?$", re.MULTILINE)


@cache
def _labelled() -> re.Pattern[str]:
    """A label that is more than a number and its point."""
    return re.compile(
        rf"^(?:\[(?:OP\s?{_number()}|\d{{1,3}}\s?{in_draft()}){added()}\s?\.?\]|OP\s?{_number()}{added()}\s?[.:)]?|"
        rf"\d{{1,3}}\s?\.?\s?{in_draft()}{added()}[^\S\n]?\.?){proposed()}[^\S\n]+(?={RE_OPENS})",
        re.MULTILINE,
    )


def _number() -> str:
    return rf"\d{{1,3}}(?:\s?\.?\s?{in_draft()})?"
