"""The labels of drafts, written as in a text that was adopted: "OP2 bis (new) [Urges", "[2 bis. Urges … ;]".

While a text is negotiated its paragraphs are called by names, PP1 and OP1, what comes between two of them is 1 bis,
another wording of one is its alt, and what is not agreed on stands in square brackets, label and all. The label is
written as a number with its point, without who proposes the paragraph ("OP2 alt (Egypt)"), and the bracket goes behind
it: it is a sign of the text, not of its numbers. Each line keeps its length, so that what is found in a text stands at
the same place in its source.
"""

import re
from functools import cache

from resdiff.language.fold import fold
from resdiff.language.forms import added, behind_label, in_draft, joins, later, once, square_brackets
from resdiff.language.unsettled import opening_words

__all__ = ["plain_labels"]

RE_OPENS = r"[\[«“\"A-ZÀ-Ý]"
RE_NAME = r"[A-ZÀ-Ý][^\[\]:;\n]{1,40}"


def plain_labels(text: str) -> str:
    """The text, as long as it was, with its labels as numbers, and a bracket before one behind it.

    >>> plain_labels("[2 bis. Exige des comptes ;]"), plain_labels("OP3 [Urges States;]")
    ('2 bis. [Exige des comptes ;]', '3.  [Urges States;]')
    >>> plain_labels("[1 ter] Decides"), plain_labels("1 bis (new). Decides"), plain_labels("2.alt Decides")
    ('1 ter.  Decides', '1 bis.       Decides', '2 alt.Decides')
    >>> plain_labels("OP2 alt (Egypt) Invites States;"), plain_labels("OP2 alt 2 (UE) : Invite")
    ('2 alt.          Invites States;', '2 alt 2.         Invite')
    >>> plain_labels("OP2 [Chine] Invite"), plain_labels("OP2 [Prie] [Invite] l’ONU"), plain_labels("3. (ex-2) Prie")
    ('2.          Invite', '2.  [Prie] [Invite] l’ONU', '3.        Prie')
    >>> plain_labels("[1] Resolution 70/1."), plain_labels("[(b) To publish data;]"), plain_labels("(b) bis To act;")
    ('[1] Resolution 70/1.', '(b) [To publish data;]', '(b bis) To act;')
    >>> plain_labels("[2. Exige une trêve ;] ou"), plain_labels("[2. Exige [une trêve ;] ou rien")
    ('2. [Exige une trêve ;] ou', '[2. Exige [une trêve ;] ou rien')
    """
    closes = square_brackets(text)

    def put_behind(match: re.Match[str]) -> str:
        last = closes.get(match.start())
        return f"{match[1]}[" if last is not None and _closed().match(text, last + 1) else match[0]

    return _point().sub(r"\1\3\2", _labelled().sub(_numbered, _inside().sub(put_behind, text)))


def _numbered(match: re.Match[str]) -> str:
    number, behind = re.findall(rf"(\d{{1,3}})\s?\.?\s?({in_draft()}?)", match[0])[0]
    label = f"{number} {behind}." if behind else f"{number}."
    own = re.search(r"\w+", match["own"] or "")
    is_words = own is not None and fold(own[0]) in opening_words()  # "OP2 [Urges] [Invites] States"
    end = match.start("own") - match.start() if is_words else len(match[0])
    return label.ljust(end) + match[0][end:] if len(label) <= end else match[0]


# ---- the patterns ---------------------------------------------------------------------------------------------------


@cache
def _inside() -> re.Pattern[str]:
    """A label behind the bracket of its paragraph."""
    number = rf"{_number()}{behind_label()}\s?"
    point = rf"\(?[a-z]{{1,2}}(?:\s{later()})?\)"
    label = rf"(?:OP\s?{number}[.:)]?|PP\s?{number}[.:)]?|{number}\.|{point})"
    return re.compile(rf"^\[({label}[^\S\n]+)(?=\S)", re.MULTILINE)


@cache
def _point() -> re.Pattern[str]:
    """The letter of a point with what stands behind its bracket: "(b) bis To"."""
    return re.compile(rf"^(\(?[a-z]{{1,2}})(\))([^\S\n]{later()})(?=[^\S\n])", re.MULTILINE)


@cache
def _closed() -> re.Pattern[str]:
    """What may follow the bracket that closes a paragraph, up to the end of its line."""
    return re.compile(rf"[^\S\n]*[;.,:]?[^\S\n]*(?:{joins()}[^\S\n]*)?$", re.MULTILINE)


@cache
def _labelled() -> re.Pattern[str]:
    """A label that is more than a number and its point."""
    behind, later_one = behind_label(), rf"\d{{1,3}}\s?\.?\s?{in_draft()}"
    return re.compile(
        rf"^(?:(?:\({added()}\)[^\S\n]?)?(?:\[(?:OP\s?{_number()}|{later_one}){behind}\s?\.?\]|OP\s?{_number()}\s?[.:)]?{behind}|"
        rf"{later_one}[^\S\n]?\.?{behind})|\d{{1,3}}\.[^\S\n]?{once()})(?P<own>[^\S\n]\[{RE_NAME}\])?"
        rf"[^\S\n]+(?={RE_OPENS})",
        re.MULTILINE,
    )


def _number() -> str:
    return rf"\d{{1,3}}(?:\s?\.?\s?{in_draft()})?"
