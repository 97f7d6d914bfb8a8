"""The labels of drafts, written as in a text that was adopted: "OP2 bis (new) [Urges", "[2 bis. Urges … ;]".

While a text is negotiated its paragraphs are called by names, PP1 and OP1, what comes between two of them is 1 bis,
another wording of one is its alt, and what is not agreed on stands in square brackets, label and all. The label is
written as a number with its point, without who proposes the paragraph ("OP2 alt (Egypt)"), and the bracket goes behind
it: it is a sign of the text, not of its numbers. What is remarked behind a paragraph ("… ; (agreed ad ref)") goes on a
line of its own. Each line keeps its length, so that what is found in a text stands at the same place in its source.
"""

import re
from functools import cache

from resdiff.language.fold import fold
from resdiff.language.forms import added, agreed, behind_label, in_draft, joins, later, once, origin, square_brackets
from resdiff.language.unsettled import is_remark, opening_words

__all__ = ["has_labels", "plain_labels"]

RE_OPENS = r"[\[«“\"A-ZÀ-Ý]"
RE_NAME = r"[A-ZÀ-Ý][^\[\]:;\n]{1,40}"
# The blank before what stands behind a paragraph on its last line: "… ; (USA, UK)", "… ; AGREED".
RE_BEHIND = re.compile(r"(?<=[;,.\]])[^\S\n](?=(\([^()\n]{2,120}\)|[A-Z]{5,}(?: [A-Z]+){0,2})[^\S\n]*$)", re.MULTILINE)
RE_NEXT = (
    r"[^\S\n]*\n\s*(?!\[|\(|(?:OP|PP)\s?\d|\d)(?=[«“\"A-ZÀ-Ý])"  # a line of words, with no label, comes behind this
)
NEAR = 5_000  # characters before a label in which the one before it is looked for


def has_labels(text: str) -> bool:
    """Whether a line begins, or ends, as those of drafts do.

    >>> said = ("[2. Exige", "OP2 Exige", "2 bis. Exige", "Exige la paix ; (agréé ad ref)", "Exige la paix ; (Genève)")
    >>> [has_labels(line) for line in said]
    [True, True, True, True, False]
    """
    return _drafted().search(text) is not None or any(is_remark(found[1]) for found in RE_BEHIND.finditer(text))


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
    >>> plain_labels("NEW OP2bis (Cuba): Urges"), plain_labels("PP3 initial Notant"), plain_labels("[UE : 3. Exige ;]")
    ('2 bis.             Urges', 'PP3         Notant', '3. [UE : Exige ;]')
    >>> plain_labels("[1] Resolution 70/1."), plain_labels("[(b) To publish data;]"), plain_labels("(b) bis To act;")
    ('[1] Resolution 70/1.', '(b) [To publish data;]', '(b bis) To act;')
    >>> plain_labels("[2. Exige une trêve ;] ou"), plain_labels("[2. Exige [une trêve ;] ou rien")
    ('2. [Exige une trêve ;] ou', '[2. Exige [une trêve ;] ou rien')
    >>> plain_labels("[OP2 Urges States;] (USA, UK)"), plain_labels("OP3 (EU)\\nUrges States;")
    ('2.  [Urges States;]\\n(USA, UK)', '3.      \\nUrges States;')
    """
    text = RE_BEHIND.sub(lambda found: "\n" if is_remark(found[1], names=True) else found[0], text)
    closes = square_brackets(text)

    def put_behind(match: re.Match[str]) -> str:
        last = closes.get(match.start())
        is_whole = last is not None and _closed().match(text, last + 1) is not None
        return f"{match['label']}[{match['whose'] or ''}" if is_whole else match[0]

    return _point().sub(r"\1\3\2", _labelled().sub(_numbered, _inside().sub(put_behind, text)))


def _numbered(match: re.Match[str]) -> str:
    number, behind = re.findall(rf"(\d{{1,3}})\s?\.?\s?({in_draft()}?)", match[0])[0]
    if match["alone"] is not None and _is_called(match, number):
        return match[0]
    own = re.search(r"\w+", match["own"] or "")
    is_words = own is not None and fold(own[0]) in opening_words()  # "OP2 [Urges] [Invites] States"
    end = match.start("own") - match.start() if is_words else len(match[0])
    if match["recital"]:
        letter = re.search(r"\(([a-z])\)", match["recital"])
        label = f"PP{number}{letter[1] if letter else behind}"
    else:
        label = f"{number} {behind}." if behind else f"{number}."
    return label.ljust(end) + match[0][end:] if len(label) <= end else match[0]


def _is_called(match: re.Match[str], number: str) -> bool:
    """Whether the label before one that stands alone has its number: it is a remark on that paragraph then."""
    kind = "PP" if match["recital"] else "(?:OP)?"
    before = match.string[max(0, match.start() - NEAR) : match.start()]
    labels = re.findall(rf"^\[?{kind}\s?(\d{{1,3}})\b", before, re.MULTILINE)
    return labels[-1:] == [number]


# ---- the patterns ---------------------------------------------------------------------------------------------------


@cache
def _drafted() -> re.Pattern[str]:
    """The beginning of a line as those of drafts begin: "[2. Exige", "OP2 Exige", "2 bis. Exige"."""
    numbered = rf"\d{{1,3}}(?:\s?\.?\s?{later()}|\.\s?(?:{once()}|{_settled()}))"
    opens = rf"\[(?!\^)|(?:{_before()})?(?:OP|PP)\s?\d|(?:{_before()})?{numbered}|\(?[a-z]{{1,2}}\)\s{later()}"
    return re.compile(rf"^(?:{opens}|{_before()}\d{{1,3}}\.)", re.MULTILINE)


@cache
def _before() -> str:
    """The pattern of what a draft may say before a label: "NEW OP2 bis", "(nouveau) OP2 bis"."""
    return rf"[\[(]?(?i:{added()}|{origin()})[\])]?[^\S\n]+"


@cache
def _settled() -> str:
    """The pattern of how a label says that its paragraph is agreed on: "2. (agreed ad ref)"."""
    return rf"\((?i:{agreed()})\)"


@cache
def _inside() -> re.Pattern[str]:
    """A label behind the bracket of its paragraph, and behind the name of those who want it."""
    number = rf"{_number()}{behind_label()}\s?"
    point = rf"\(?[a-z]{{1,2}}(?:\s{later()})?\)(?:\s{later()})?"
    label = rf"(?:OP\s?{number}[.:)]?|PP\s?{number}[.:)]?|{number}\.|{point})"
    return re.compile(rf"^\[(?P<whose>{RE_NAME}\s?:[^\S\n]+)?(?P<label>{label}[^\S\n]+)(?=\S)", re.MULTILINE)


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
    behind, numbered = behind_label(), rf"\d{{1,3}}\s?\.?\s?{in_draft()}"
    recital = rf"(?P<recital>PP\s?{_number()}(?:\s?\([a-z]\))?)\s?[.,:)]?{behind}"
    called = rf"\[(?:OP\s?{_number()}|{numbered}){behind}\s?\.?\]|OP\s?{_number()}\s?[.:)]?{behind}"
    plain = rf"{_before()}\d{{1,3}}\.|\d{{1,3}}\.[^\S\n]?(?:{once()}|{_settled()})"
    label = rf"(?:{_before()})?(?:{recital}|{called}|{numbered}[^\S\n]?\.?{behind})|{plain}"
    ends = rf"[^\S\n]+(?={RE_OPENS})|(?P<alone>)(?={RE_NEXT})"
    return re.compile(rf"^(?:{label})(?P<own>[^\S\n]\[{RE_NAME}\])?(?:{ends})", re.MULTILINE)


def _number() -> str:
    return rf"\d{{1,3}}(?:\s?\.?\s?{in_draft()})?"
