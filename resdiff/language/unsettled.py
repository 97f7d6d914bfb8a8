"""What a draft sets around its words while they are negotiated: square brackets, and whose wording it is.

"[UE, Suisse : Exhorte les États]" asks what "Exhorte les États" asks; "[Égypte : réserve]" asks nothing, and a line of
nothing else is no paragraph.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain, pairwise

from resdiff.data import load
from resdiff.data.schema import Twins
from resdiff.language import Language
from resdiff.language.fold import REMEMBERED, fold, fold_all
from resdiff.language.forms import (
    added,
    alternative,
    behind_label,
    later,
    of_items,
    opens_aside,
    square_brackets,
    struck,
)

__all__ = [
    "before_name",
    "behind_tag",
    "choices",
    "is_annotation",
    "is_remark",
    "is_settled",
    "plain_draft",
    "says_where_from",
    "side_by_side",
    "tags",
    "wanted_by",
]

# Names before a colon: "[G77 and China, Switzerland:"; only short words may have no capital.
RE_TAG = re.compile(r"\[\s*([A-ZÀ-Ý0-9][^\[\]:;]{0,80}?)\s?:\s*")
RE_NAMES = re.compile(r"\s?[–-]\s([A-ZÀ-Ý][^\[\]:;–]*)$")  # "[… – Greece]"
RE_WORD = re.compile(r"[^\W_]+")
RE_SYMBOL = r"(?:\b[a-z]+/)*\b\d{1,3}/\d{1,3}\b|\b\d{1,4} \(\d{4}\)?"  # folded
RE_LABEL = r"(?P<called>[^\W\d_]+)\.?\s?\d{1,3}"  # "OP1", "par. 3"
RE_FURTHER = r"\s?(?:,|-|–|[a-z]{1,3}\s)\s?(?:[a-z]+\.?\s?)?\d{1,3}"  # ", OP2 and OP3"
LONGEST_NAMES, LONGEST_OPINION = 80, 25  # characters of names, words of what somebody thinks
LONGEST_FATE = 18  # words of what became of a paragraph
SMALL = 3  # letters of a word of a name that may have no capital: "and", "des"
REMARK, LONGEST = 4, 200  # words, and characters, of a remark at most: "delete", "réserve générale"


@lru_cache(REMEMBERED)  # acts, conditions and figures are looked for apart
def plain_draft(text: str) -> str:
    """The text without its square brackets and what is not its own in them, each letter in its place.

    Wordings to choose from keep their brackets: nobody knows yet which of them the text will have.

    >>> plain_draft("Prie [instamment] les États [Égypte : réserve] d’agir")
    'Prie  instamment  les États                    d’agir'
    >>> plain_draft("[EU, US: Urges States to act;]"), plain_draft("[Urges] [Invites] States to act")
    ('         Urges States to act; ', '[Urges] [Invites] States to act')
    >>> plain_draft("[Urges] [EU: Invites] States")
    '[Urges] [    Invites] States'
    """
    closes, remarks = _brackets(text)
    plain = list(text)
    for first, last in remarks.items():
        plain[first : last + 1] = " " * (last + 1 - first)
    choices = side_by_side(text, closes)
    for first, last in closes.items():
        behind, before, kept = behind_tag(text, first), before_name(text, first, last), first in choices
        plain[first + kept : behind] = " " * (behind - first - kept)
        plain[before : last + 1 - kept] = " " * (last + 1 - kept - before)
    return "".join(plain)


def is_annotation(line: str) -> bool:
    """Whether a line of a draft is about its text, and no part of it.

    >>> said = "[Russian Federation: delete paragraph 2]", "OP1 agreed ad ref", "Note du facilitateur : à revoir"
    >>> [is_annotation(line) for line in (*said, "[Deleted]", "[Urges States to act]", "OP1 Agrees to act;")]
    [True, True, True, True, False, False]
    >>> said = "Paragraphes 1 et 2 : agréés ad referendum", "OP2 – deleted", "OP2 bis (Cuba) : retiré", "PP4 del."
    >>> [is_annotation(line) for line in (*said, "OP8 streamlined", "Réserve du Japon sur OP1")]
    [True, True, True, True, True, True]
    >>> is_annotation("EU: what does “distortions” cover?"), is_annotation("India: the Fund is to report;")
    (True, False)
    >>> said = "(Agreed ad ref)", "USA: bracket", "Égypte, Cuba : PP7 à supprimer", "[Suisse : préfère le texte]"
    >>> [is_annotation(line) for line in (*said, "UE : Prie les États d’agir ;", "Le Secrétariat : ses tâches")]
    [True, True, True, True, False, False]
    >>> said = "Russie : ne peut accepter ceci.", "Mandat : aider les États.", "US, Japan: no", "Japan: States act;"
    >>> [is_annotation(line) for line in said]
    [True, False, True, False]
    >>> is_annotation("[OP2 closed]"), is_annotation("[OP2: pending]"), is_annotation("[OP2 Closed sessions are held]")
    (True, True, False)
    >>> said = "PP1 approuvé ad referendum.", "Supprimé par la facilitatrice en première lecture.", "Supprimer le mot"
    >>> [is_annotation(line) for line in said]
    [True, True, False]
    """
    flat = fold(line)
    if (opens_aside(line) and ":" in flat) or _settled().fullmatch(flat):
        return True
    if flat.rstrip(" ])").endswith((";", ",")):  # "[Keep the peace;]"
        return False
    if _is_fate(flat):
        return True
    is_apart = line[:1] + line[-1:] in ("[]", "()")
    bare = line[1:-1] if is_apart else line
    if is_remark(bare) or _is_called_and_judged(bare, is_apart=is_apart):
        return True
    return line.startswith("[") and (
        struck().fullmatch(line) is not None or not any(map(str.isalnum, plain_draft(line)))
    )


def _is_fate(flat: str) -> bool:
    """Whether a folded line says that a paragraph was agreed on ad referendum, or given up, and by whom or when."""
    found = RE_WORD.findall(flat)
    if len(found) > LONGEST_FATE or not found:
        return False
    return found[0] in _given_up() or _referendum().search(flat) is not None


@cache
def _given_up() -> frozenset[str]:
    return frozenset(word for word in fold_all(of_items("struck")) if " " not in word)


@cache
def _referendum() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(fold_all(of_items('referendum')))})\b")


def is_remark(words: str, *, names: bool = False) -> bool:
    """Whether words that stand by themselves, or in round brackets, say what somebody thinks of a text, or what is to
    be done with it; ``names``: or whose it is, or what somebody would have in its place.

    >>> said = "(agreed ad ref)", "AGREED", "(Costa Rica, Mexico: retain)", "(former PP8 – African Group)", "(Geneva)"
    >>> [is_remark(words) for words in said], is_remark("(Pakistan on behalf of OIC)", names=True)
    ([True, True, True, True, False], True)
    """
    bare = words.strip(" ()[]")
    flat = fold(bare)
    if _settled().fullmatch(flat):
        return True
    name, colon, said = bare.partition(":")
    if colon and _is_name(name):
        is_asked = said.rstrip(" ’”»\"'").endswith("?")
        if words.startswith("["):  # in which a wording may stand
            return _is_remark(said) or (not _opens(said) and bool(_reference().search(fold(said))))
        is_opinion = not _opens(said) and (is_asked or _judges(said) or bool(_reference().search(fold(said))))
        is_opinion |= said.lstrip()[:1].islower() and bare[-1] not in ";," and _is_delegation(name)
        return bool(said.strip()) and (names or is_opinion)
    if names and words.startswith("(") and words.endswith(")") and _reference().match(flat):
        return not _opens(bare.partition(" ")[2])
    if names and _is_name(bare) and (words.startswith("(") or "," in bare):
        return re.search(r"\d", re.sub(r"\b[A-Z]{1,4}\s?\d{1,3}\b|\b77\b", "", bare)) is None  # no "(A/76/1)"
    first = RE_WORD.search(flat)
    is_noted = first is not None and first[0] in _remarks() | _opinions() | _fates()
    return (
        is_noted
        and ((words.startswith("(") and len(flat) <= LONGEST) or _reference().search(flat) is not None)
        and bare[-1:] not in ".;,"
    )


def is_settled(remark: str) -> bool:
    """Whether a remark but says that a paragraph is agreed on.

    >>> [is_settled(said) for said in ("OP1 agreed ad ref", "(Agréé ad referendum.)", "Chile: agreed in part")]
    [True, True, False]
    """
    return _settled().fullmatch(fold(remark).strip()) is not None


def says_where_from(words: str) -> bool:
    """Whether words in brackets behind a paragraph only say that it is new, or from which text it was taken.

    >>> said = "(78/175 OP2)", "[A/RES/78/175, PP3, updated]", "(NEW)", "(paragraph 2 of resolution 2242 (2015))"
    >>> [says_where_from(words) for words in (*said, "(resolution 78/175)", "(agreed)", "(OP2 as in the Charter)")]
    [True, True, True, True, False, False, False]
    """
    flat = fold(words).strip(" ()[].")
    bare, calls = _reference_whole().subn(" ", re.sub(RE_SYMBOL, " ", flat))
    others = RE_WORD.findall(bare)
    return bool(re.fullmatch(added(), flat)) or (calls > 0 and _sources().issuperset(others))


@cache
def _reference_whole() -> re.Pattern[str]:
    """The same with what stands behind its number: "par. 3 bis", "op5 (a)"."""
    return re.compile(rf"{_reference().pattern}\d*(?:\s?{later()})?(?:\s?\([a-z]\))?")


@cache
def _sources() -> frozenset[str]:
    return frozenset(fold_all(of_items("sources")))


def _is_called_and_judged(line: str, *, is_apart: bool) -> bool:
    """Whether a line calls a paragraph by its label, and says that it is agreed on, given up, or what else; in brackets
    anything that begins as no paragraph does."""
    label = _label().match(line)
    if label is None or fold(label["called"]).rstrip("s") not in _calls():
        return False
    rest = line[label.end() :]
    if struck().fullmatch(rest) or (is_apart and rest[:1].islower() and len(RE_WORD.findall(rest)) <= LONGEST_FATE):
        return True
    return line[-1] not in ".,;:" and (_is_remark(rest) or (rest[:1].islower() and _judges(rest)))


def _is_name(words: str) -> bool:
    """Whether words are names alone: only short ones have no capital, and none is a verb that opens a paragraph."""
    found = RE_WORD.findall(words)
    if not found or not found[0][:1].isupper() or len(words) > LONGEST_NAMES:
        return False
    if found[-1].islower() and fold(found[-1]) not in _words_of_names():  # "Danger pay: review of level"
        return False
    return fold(found[0]) not in _opening_words() and all(
        not word.islower() or len(word) <= SMALL or fold(word) in _words_of_names() for word in found
    )


def _is_delegation(names: str) -> bool:
    """Whether names are those of States, or of groups by their letters: "Russie, UE"."""
    return all(
        name.strip().isupper() or f" {fold(name.strip())} " in _states() for name in re.split(r",| et | and ", names)
    )


@cache
def _states() -> str:
    """The folded names of States, in French and in English, one behind the other."""
    forms = chain.from_iterable(load("common", "twins", Twins).countries.pairs)
    return f" {' | '.join(fold_all(name for form in forms for name in form.split('|')))} "


def _opens(words: str) -> bool:
    """Whether words begin as a paragraph does, with a capital: a wording that somebody proposes."""
    first = RE_WORD.search(words)
    return first is not None and first[0][:1].isupper() and fold(first[0]) in _opening_words()


def _judges(words: str) -> bool:
    """Whether words that are no wording hold one that says what is to be done, or what somebody thinks."""
    found = RE_WORD.findall(fold(words))
    said = {*found, *map(" ".join, pairwise(found))}
    return len(found) <= LONGEST_OPINION and not said.isdisjoint(_remarks() | _opinions())


@cache
def _label() -> re.Pattern[str]:
    """The label of a paragraph that is spoken of, or of several: "OP2 bis (Cuba) :", "Paragraphes 1 et 2 :"."""
    further = rf"(?:{RE_FURTHER})*"
    return re.compile(rf"(?i:{RE_LABEL}(?:\s?{later()})?{further}){behind_label()}\s?[.:–-]?\s")


@cache
def _reference() -> re.Pattern[str]:
    """A paragraph called by its label, within something folded: "OP7", "par. 3"."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_calls())))})s?\.?\s?\d")


@cache
def _settled() -> re.Pattern[str]:
    """A folded line that says but that a paragraph is agreed on: "2 agreed ad ref", "[Paragraphe 1 : accord]"."""
    agreed, surely = ("|".join(fold_all(of_items(row))) for row in ("agreed", "referendum"))
    words = rf"(?:{agreed})(?:\s(?:{surely}))?|{surely}"
    called = "|".join(map(re.escape, _calls()))
    number = rf"\d{{1,3}}(?:\s?{later()})?(?:{RE_FURTHER})*"
    label = rf"(?:(?:{called})s?\.?\s?(?:{number})?|{number})\s?[:.–-]?\s"
    return re.compile(rf"[\[(]?(?:{label})?(?:{words})\.?[\])]?\.?")


@cache
def _calls() -> frozenset[str]:
    """The words before the number of a paragraph, of all languages."""
    tables = [language.calls for language in Language.all() if language.knows("calls")]
    return frozenset(word for table in tables for row in (table.operative, table.preambular) for word in row.words)


def choices(text: str) -> set[tuple[int, int]]:
    """Where in a text the wordings begin and end of which one is to be chosen.

    >>> choices("Urges States to act by [2030] [2035], and [UE: also] [Egypt: reserves] regularly")
    {(23, 36)}
    """
    return set(side_by_side(text, _brackets(text)[0]).values())


def _brackets(text: str) -> tuple[dict[int, int], dict[int, int]]:
    """Where brackets open and close that hold words of the text, and those that hold but a remark on it, or the name of
    somebody who would have nothing there: "[UE : –]"."""
    closes = square_brackets(text)
    said = {first: text[behind_tag(text, first) : last] for first, last in closes.items()}
    remarks = {first: last for first, last in closes.items() if _says_but_remarks(said[first])}
    return {first: last for first, last in closes.items() if first not in remarks}, remarks


def _says_but_remarks(words: str) -> bool:
    """Whether words in a bracket, behind its names, are a remark or several, or nothing: "delete; EU, US: retain"."""
    parts = words.split(";")
    return not _says_anything(words) or all(
        _is_remark(part.rpartition(":")[2]) for part in parts if _says_anything(part)
    )


def _says_anything(words: str) -> bool:
    return any(map(str.isalnum, words))


def side_by_side(text: str, closes: Mapping[int, int]) -> dict[int, tuple[int, int]]:
    """By where a bracket opens, where the wordings to choose from begin and end that stand side by side, each in its
    brackets, of which it is one.

    >>> side_by_side("by [2030] [2035]/[2040], or [so]", {3: 8, 10: 15, 17: 22, 28: 31})
    {3: (3, 23), 10: (3, 23), 17: (3, 23)}
    """
    found: dict[int, tuple[int, int]] = {}
    for first in sorted(closes.keys()):
        row = [] if first in found else list(_row(text, closes, first))
        if len(row) > 1:
            found |= dict.fromkeys(row, (first, closes[row[-1]] + 1))
    return found


def _row(text: str, closes: Mapping[int, int], first: int) -> Iterator[int]:
    """Where the brackets open that stand side by side from that one on."""
    while first in closes:
        yield first
        between = _joint().match(text, closes[first] + 1)
        first = between.end() if between else -1


@cache
def _joint() -> re.Pattern[str]:
    """What stands between two wordings to choose from, up to the next bracket, if anything: "/", "or"."""
    words = "|".join(("/", *(word for language in Language.all() for word in language.parse.item.choices)))
    return re.compile(rf"\s*(?:(?:{words})\s*)?(?=\[)")


def behind_tag(text: str, first: int) -> int:
    """Where the words of a bracket begin: behind the names of those who want them so, or what they are an option of.

    >>> [behind_tag(text, 0) for text in ("[UE : réserve]", "[Alt 2: States]", "[Urges: (a)]", "[the Forum: its]")]
    [6, 8, 1, 1]
    >>> behind_tag("[Arabie saoudite, République islamique d’Iran : aux", 0)
    48
    >>> behind_tag("[Mali – nouvel alinéa : Notant", 0)
    24
    """
    tag = RE_TAG.match(text, first)
    if tag is None:
        return first + 1
    words = RE_WORD.findall(_behind_names().sub("", tag[1]))
    small = (word for word in words if word.islower() and len(word) > SMALL)
    is_named = (
        all(fold(word) in _remarks() | _words_of_names() for word in small) and fold(words[0]) not in _opening_words()
    )
    return tag.end() if is_named or re.match(alternative(), fold(tag[0])) else first + 1


def wanted_by(text: str) -> tuple[str, ...]:
    """Who wants words of a paragraph, or all of it, as its brackets say, in their order, each once.

    >>> wanted_by("[LDC Group: Urges States to act;]"), wanted_by("[Alt 2: Urges States]"), wanted_by("[Urges States;]")
    (('LDC Group',), (), ())
    >>> wanted_by("Urges [EU, Japan: all] States [Egypt: delete; UK, France: retain] [to act – Romania]")
    ('EU', 'Japan', 'Romania')
    """
    found = list[str]()
    closes, remarks = _brackets(text)
    asked_out = {
        first: last for first, last in remarks.items() if not _says_anything(text[behind_tag(text, first) : last])
    }
    for first, last in sorted((closes | asked_out).items()):
        behind = behind_tag(text, first)
        if behind > first + 1 and not re.match(alternative(), fold(text[first:behind])):
            found.append(_behind_names().sub("", text[first + 1 : behind].strip(" :")))
        elif (before := before_name(text, first, last)) < last:
            found.append(text[before:last].strip(" –-"))
    return tuple(dict.fromkeys(name.strip() for names in found for name in names.split(",")))


@cache
def _behind_names() -> re.Pattern[str]:
    """What may stand behind names before their colon: "[Mali – nouvel alinéa :"."""
    return re.compile(rf"\s?[–,-]\s?{added()}\Z")


def tags(text: str) -> str:
    """What the square brackets of a text hold beside its words, one behind the other: names of those who want theirs
    so, and remarks.

    >>> tags("Urges States [EU, US: to act] [by 2030] [Egypt: reservation]")
    'EU, US: Egypt: reservation'
    """
    closes, remarks = _brackets(text)
    said = {first: text[first + 1 : behind_tag(text, first)] for first in closes}
    said |= {first: text[first + 1 : last] for first, last in remarks.items()}
    said |= {
        before: text[before:last] for first, last in closes.items() if (before := before_name(text, first, last)) < last
    }
    return " ".join(filter(None, (said[place].strip(" –") for place in sorted(said))))


def before_name(text: str, first: int, last: int) -> int:
    """Where the words of a bracket end that opens and closes there: before the names of those who want them so.

    >>> before_name("[and women – Greece]", 0, 19), before_name("[and women – or men]", 0, 19)
    (10, 19)
    """
    found = RE_NAMES.search(text, max(first + 1, last - LONGEST_NAMES), last)
    return found.start() if found is not None and _is_name(found[1]) else last


@cache
def _opening_words() -> frozenset[str]:
    """The folded words with which a paragraph may open, of all languages."""
    leads = [language.leads for language in Language.all()]
    return frozenset(fold_all(word for row in leads for word in (*row.operative.first, *row.preamble.first)))


def _is_remark(words: str) -> bool:
    """Whether words in brackets only say what is to be done with those before them, or that they are agreed."""
    found = RE_WORD.findall(fold(words)) if len(words) <= LONGEST else []
    return len(found) <= REMARK and not _remarks().isdisjoint((" ".join(found[:1]), " ".join(found[:2])))


@cache
def _opinions() -> frozenset[str]:
    """The folded words by which a remark is known that says what somebody thinks; a wording may have them too."""
    return frozenset(fold_all(of_items("opinions")))


@cache
def _fates() -> frozenset[str]:
    """The folded words that say what became of a paragraph, or what it was."""
    return frozenset(fold_all((*of_items("elsewhere"), *of_items("once"), *of_items("struck"))))


@cache
def _words_of_names() -> frozenset[str]:
    """The folded words of names of delegations that have no capital: "Arabie saoudite", "on behalf of"."""
    return frozenset(fold_all((*of_items("behalf"), *of_items("names"))))


@cache
def _remarks() -> frozenset[str]:
    return frozenset(fold_all(of_items("remarks")))
