"""The labels of drafts, written as in a text that was adopted: "OP2 bis (new) [Urges", "[2 bis. Urges … ;]".

While a text is negotiated its paragraphs are called by names, PP1 and OP1, what comes between two of them is 1 bis,
another wording of one is its alt, and what is not agreed on stands in square brackets, label and all. The label is
written as a number with its point, without who proposes the paragraph ("OP2 alt (Egypt)"), and the bracket goes behind
it: it is a sign of the text, not of its numbers. What is remarked behind a paragraph ("… ; (agreed ad ref)") goes on a
line of its own. Each line keeps its length, so that what is found in a text stands at the same place in its source.
"""

import re
from functools import cache

from resdiff.language.forms import (
    added,
    agreed,
    aside,
    behind_label,
    elsewhere,
    in_draft,
    joins,
    later,
    once,
    origin,
    recital,
    square_brackets,
    variants,
)
from resdiff.language.unsettled import is_remark, says_where_from
from resdiff.parsing.openings import opens_operative, opens_preamble

__all__ = ["is_drafted", "plain_labels"]

RE_OPENS = r"(?:[\[«“\"A-ZÀ-Ý]|\((?:[^\s()]+ ){4,}[^()\n]*\)[^\S\n]*$)"  # a paragraph may be in brackets as a whole
RE_NAME = r"[A-ZÀ-Ý][^\[\]:;\n]{1,40}"
RE_SAID = r"[^\S\n]\[(?P<said>[A-ZÀ-Ý][^\[\]\n]{1,80})\](?:\s?:)?"  # "OP2 [Chile: move to OP7] Invites"
# The blank before what stands behind a paragraph, at its end: "… ; (USA, UK)", "… ;] [Chili : supprimer]".
RE_BEHIND = re.compile(
    r"(?<=[;,.\]])(?<!\d\.)[^\S\n](?=(\([^()\n]{2,120}\)|\[[A-ZÀ-Ý][^\[\]\n]{2,120}\]|[A-Z]{5,}(?: [A-Z]+)?)[^\S\n]*"
    r"(?:\n[^\S\n]*(?=\n|\Z|\[|\(|(?:OP|PP)\s?\d|\d{1,3}\s?\.|[a-z]{1,2}\))|\Z))"
)
# The same where it says where the paragraph is from, within its bracket too: "… ; (78/175 OP2)", "… ; (NEW)]".
RE_SOURCE = re.compile(
    r"(?<=[;,.\]])[^\S\n]?[(\[](?P<said>[^()\[\]\n]{2,60}(?:\(\d{4}\)[^()\[\]\n]{0,20})?)[)\]](?P<close>\]?)"
    r"(?=[;,.]?[^\S\n]*$)",
    re.MULTILINE,
)
RE_WORD = re.compile(r"[^\W\d_]{2,}")
FEWEST_BEFORE = 2  # words of a paragraph behind which it is said where it is from
MOST_BEHIND = 6  # remarks behind one paragraph
# The end of a line below which the paragraph stands.
RE_ALONE = r"[^\S\n]*\n\s*(?=(?!\[|\(|(?:OP|PP)\s?\d|\d)(?P<next>[«“\"A-ZÀ-Ý][^\n]{0,80}))"
RE_NOTED = r"\((?P<noted>[^()\n]*)\)|[–-][^\S\n]?(?P<whose>[^()\n:]{1,40}):"
NEAR = 5_000  # characters before a label in which the one before it is looked for


def is_drafted(text: str) -> bool:
    """Whether a text surely is a draft, so that labels and remarks stand in it: by labels that no other text has, by
    brackets around them or with names, by asides, or by what is remarked behind a paragraph.

    >>> said = ("[2. Exige", "OP2 Exige", "2 bis. Exige", "Exige la paix ; (agréé ad ref)", "[UE : Exige la paix ;]")
    >>> [is_drafted(line) for line in said], is_drafted("Exige la paix ; (Genève)"), is_drafted("[Adopted by vote.]")
    ([True, True, True, True, True], False, False)
    """
    return _drafted().search(text) is not None or _has_remarks(text)


def _has_remarks(text: str) -> bool:
    return any(is_remark(found[1]) or says_where_from(found[1]) for found in RE_BEHIND.finditer(text))


def plain_labels(text: str) -> str:
    """The text, as long as it was, with its labels as numbers, and a bracket before one behind it.

    >>> plain_labels("[2 bis. Exige des comptes ;]"), plain_labels("OP3 [Urges States;]")
    ('2 bis. [Exige des comptes ;]', '3.  [Urges States;]')
    >>> plain_labels("[1 ter] Decides"), plain_labels("1 bis (new). Decides"), plain_labels("2.alt Decides")
    ('1 ter.  Decides', '1 bis.       Decides', '2 alt.Decides')
    >>> plain_labels("OP2 alt (Egypt) Invites States;"), plain_labels("OP2 alt 2 (UE) : Invite")
    ('2 alt.          Invites States;', '2 alt 2.         Invite')
    >>> plain_labels("OP2 [UE] Invite"), plain_labels("OP2 [Prie] [Invite] l’ONU"), plain_labels("3. (ex-2) Prie")
    ('2.       Invite', '2.  [Prie] [Invite] l’ONU', '3.        Prie')
    >>> plain_labels("OP2 (strongly) Condemns"), plain_labels("OP2 [The Council] Decides"), plain_labels("OP1 New York")
    ('2.  (strongly) Condemns', '2.  [The Council] Decides', '1.  New York')
    >>> plain_labels("NEW OP2bis (Cuba): Urges"), plain_labels("PP3 initial Notant"), plain_labels("[UE : 3. Exige ;]")
    ('2 bis.             Urges', 'PP3         Notant', '3. [UE : Exige ;]')
    >>> plain_labels("5. Variante 2 (Russie) : Engage"), plain_labels("PP9 and PP10 merged (EU): Noting")
    ('5 alt 2.                 Engage', 'PP9                       Noting')
    >>> plain_labels("[1] Resolution 70/1."), plain_labels("[(b) To publish data;]"), plain_labels("(b) bis To act;")
    ('[1] Resolution 70/1.', '(b) [To publish data;]', '(b bis) To act;')
    >>> plain_labels("[2. Exige une trêve ;] ou"), plain_labels("[2. Exige [une trêve ;] ou rien")
    ('2. [Exige une trêve ;] ou', '[2. Exige [une trêve ;] ou rien')
    >>> plain_labels("[2 bis Requests;]"), plain_labels("OP1 bis – G77 and China: Urges")
    ('2 bis.[Requests;]', '1 bis.                   Urges')
    >>> plain_labels("[OP2 Urges States;] (USA, UK)"), plain_labels("OP3 (EU)\\nUrges States;")
    ('2.  [Urges States;]\\n(USA, UK)', '3.      \\nUrges States;')
    >>> plain_labels("Alinéa 2 bis. [Mali : Notant la paix,]"), plain_labels("Alinéa 3 : Notant la paix,")
    ('PP2bis        [Mali : Notant la paix,]', 'PP3        Notant la paix,')
    >>> plain_labels("OP2 Urges States; (78/175 OP2)"), plain_labels("[OP3 Urges States; (NEW)]")
    ('2.  Urges States;             ', '3.  [Urges States;]      ')
    """
    text = RE_SOURCE.sub(_without_source, text)
    for _ in range(MOST_BEHIND):
        text, before = RE_BEHIND.sub(_apart, text), text
        if text == before:
            break
    closes = square_brackets(text)

    def put_behind(match: re.Match[str]) -> str:
        last = closes.get(match.start())
        is_whole = last is not None and _closed().match(text, last + 1) is not None
        return f"{match['label']}[{match['whose'] or ''}" if is_whole else match[0]

    return _point().sub(r"\1\3\2", _labelled().sub(_numbered, _inside().sub(put_behind, text)))


def _without_source(match: re.Match[str]) -> str:
    before = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
    is_behind_text = len(RE_WORD.findall(before)) >= FEWEST_BEFORE  # and no label: "9. [Moved, see OP3]"
    return match["close"].ljust(len(match[0])) if is_behind_text and says_where_from(match["said"]) else match[0]


def _apart(match: re.Match[str]) -> str:
    return "\n" if _is_remark(match[1]) else match[0]


def _numbered(match: re.Match[str]) -> str:
    number, behind = re.findall(rf"(\d{{1,3}})\s?\.?\s?({in_draft()}?)", match[0])[0]
    end = _end(match)
    is_alone = match["next"] is not None and end == len(match[0])
    if is_alone and (_is_called(match, number) or not _opens(match["next"])):
        return match[0]
    if match["variant"]:
        label = f"{number} alt {match['which']}."
    elif match["recital"]:
        letter = re.search(r"\(([a-z])\)", match["recital"])
        label = f"PP{number}{letter[1] if letter else behind}"
    else:
        label = f"{number} {behind}." if behind else f"{number}."
    return label.ljust(end) + match[0][end:] if len(label) <= end else match[0]


def _end(match: re.Match[str]) -> int:
    """Where a label ends: before the first words in brackets that do not say of the paragraph that it is new, what it
    was, whose it is or what is to be done with it: "OP2 [Urges] [Invites] States", "OP2 (strongly) Condemns"."""
    if match["said"] is not None and not _says_whose(match["said"]):
        return match.start("said") - 1 - match.start()
    for found in re.finditer(RE_NOTED, match[0]):
        words = found["noted"] or found["whose"]
        is_letter = found["noted"] is not None and len(words) == 1
        if not (is_letter or re.match(_about(), words) or _is_remark(f"({words})")):
            return found.start("whose") if found["whose"] else found.start()
    return len(match[0])


def _says_whose(said: str) -> bool:
    """Whether words in square brackets behind a label, in which a wording may stand, are surely none."""
    if ":" in said:
        return is_remark(f"[{said}]")
    return _is_remark(f"({said})") and ("," in said or said.isupper())


def _is_remark(words: str) -> bool:
    """Whether words in round brackets say whose a paragraph is, or what is to be done with it: "(Notant la paix)"."""
    return is_remark(words, names=True) and not _opens(words.strip("([])"))


def _opens(line: str) -> bool:
    """Whether a line opens as a paragraph does."""
    return opens_preamble(line) or opens_operative(line)


def _is_called(match: re.Match[str], number: str) -> bool:
    """Whether the label before one that stands alone has its number: it is a remark on that paragraph then."""
    kind = "PP" if match["recital"] else "(?:OP)?"
    before = match.string[max(0, match.start() - NEAR) : match.start()]
    labels = re.findall(rf"^\[?{kind}\s?(\d{{1,3}})\b", before, re.MULTILINE)
    return labels[-1:] == [number]


# ---- the patterns ---------------------------------------------------------------------------------------------------


@cache
def _drafted() -> re.Pattern[str]:
    """The beginning of a line as drafts alone have it: "[2. Exige", "[UE : Exige", "OP2 Exige", "2 bis. Exige"."""
    before = rf"(?:{_before()})?"
    point = rf"\(?[a-z]{{1,2}}(?:\s{later()})?\)"
    bracket = rf"\[(?:{before}(?:OP|PP)?\s?\d|{point}|[A-ZÀ-Ý][^\[\]:\n]{{1,60}}:)|\d{{1,3}}\.\s\[(?![\d^])"
    numbered = rf"\d{{1,3}}(?:\s?\.?\s?(?:{later()}|(?i:{variants()})\s?\d)|\.\s?(?:{once()}|{_settled()}))"
    numbered += rf"|(?:OP|PP)\s?\d|{recital()}\d{{1,3}}\s?{later()}"
    label = rf"{before}(?:{numbered})|\(?[a-z]{{1,2}}\)\s{later()}|{_before()}\d{{1,3}}\."
    return re.compile(rf"^(?:{bracket}|{label}|[\[(]?(?i:{aside()})\s?:)", re.MULTILINE)


@cache
def _about() -> str:
    """How words in brackets begin that say that a paragraph is new, what it was or what became of it."""
    return rf"(?i:{added()}|{origin()}|{elsewhere()})\b|{once()[2:-2]}"


@cache
def _before() -> str:
    """The pattern of what a draft may say before a label: "NEW OP2 bis", "(nouveau) OP2 bis"."""
    words = rf"(?i:{added()}|{origin()})"
    return rf"(?:\[{words}\]|\({words}\)|{words})[^\S\n]+"


@cache
def _settled() -> str:
    """The pattern of how a label says that its paragraph is agreed on: "2. (agreed ad ref)"."""
    return rf"\((?i:{agreed()})\)"


@cache
def _inside() -> re.Pattern[str]:
    """A label behind the bracket of its paragraph, and behind the name of those who want it."""
    number = rf"{_number()}{behind_label()}\s?"
    point = rf"\(?[a-z]{{1,2}}(?:\s{later()})?\)(?:\s{later()})?"
    label = (
        rf"(?:OP\s?{number}[.:)]?|PP\s?{number}[.:)]?|{number}\.|\d{{1,3}}\s?\.?\s?{in_draft()})[^\S\n]+(?=[^a-zà-ÿ\s])"
    )
    whose = rf"(?P<whose>{RE_NAME}\s?:[^\S\n]+)?"  # and no "[EU: OP2 is still open]"
    return re.compile(rf"^\[{whose}(?P<label>(?:{_before()})?(?:{label}|{point}[^\S\n]+(?=\S)))", re.MULTILINE)


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
    others = rf"(?:\s?(?:/|&|,|{joins()})\s?(?:OP|PP)?\s?\d{{1,3}})?"  # "PP9 and PP10 merged"
    variant = rf"(?P<variant>(?:OP\s?)?\d{{1,3}}\s?\.?[^\S\n](?i:{variants()})\s?(?P<which>\d)){behind}"
    recitals = rf"(?P<recital>{recital()}\s?{_number()}(?:\s?\([a-z]\))?){others}\s?[.,:)]?{behind}"
    called = rf"\[(?:OP\s?{_number()}|{numbered}){behind}\s?\.?\]|OP\s?{_number()}{others}\s?[.:)]?{behind}"
    plain = rf"{_before()}\d{{1,3}}\.|\d{{1,3}}\.[^\S\n]?(?:{once()}|{_settled()})"
    label = rf"(?:{_before()})?(?:{recitals}|{variant}|{called}|{numbered}[^\S\n]?[.:]?{behind})|{plain}"
    ends = rf"[^\S\n]+(?={RE_OPENS})|(?={RE_ALONE})"
    return re.compile(rf"^(?:{label})(?:{RE_SAID})?(?:{ends})", re.MULTILINE)


def _number() -> str:
    return rf"\d{{1,3}}(?:\s?\.?\s?{in_draft()})?"
