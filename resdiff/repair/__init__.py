"""Repairs a text that was read by an English OCR engine: named fixes, run until nothing changes, logged, replayable.

    text ─ looks_scanned ─▶ 0..1          is this a scan at all?
    text ─ repair ─▶ text, fixes          each fix with its name, its place, what it read and what it wrote
    text, fixes ─ replay ─▶ text          the same repair again, from the log alone

A fix is a function from a text to the edits it wants. The damage that shows by itself is a list of regular expressions
(``data/fr/repair.toml``); a word list decides over unknown words (:mod:`.words`); a few rules of grammar over à and the
article (:mod:`.grammar`); the numbers of footnotes follow from their neighbours. The list of all is loaded for a text
that is repaired (:mod:`.fixes`): most texts are only asked whether they look scanned. What is repaired is in a language
that has a table of repairs, French so far.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Literal

from resdiff.language import Language
from resdiff.language.tongues import is_foreign
from resdiff.model import Fix, Span
from resdiff.repair import rows
from resdiff.repair.edit import Edit, Level

__all__ = ["SCANNED", "is_damaged", "looks_scanned", "rejoin", "repair", "replay", "was_printed"]

# Traces of an English OCR engine in a hundred words at which a text is surely a scan. Measured: four scans have 3.5 to
# 6.5, 38 clean resolutions of 2003 to 2023 at most 0.05, 13 of 1964 to 1968 none.
SURE = 2.0
SCANNED = 0.5  # the score from which a text is treated as a scan: one trace in a hundred words

SAMPLE = 1500  # characters that tell the language of a text of which little is asked

# How often the list is run at most: real scans are stable after three rounds.
ROUNDS = 20

# A letter with a digit in it, the call of a note grown on a word or a year, a sign between letters, "1er" in letters:
# "V1H", "occidenta1327", "général'6", "1994v", "lerjuin", "ter février", "S126843". A straight quotation mark without
# another is one of them too: what a raised figure was read as. "OP1bis", as drafts call a paragraph, is none. Each
# begins with a sign, a figure or one letter, and looks back from there: a fifth of the time of trying all of them at
# each letter.
RE_BROKEN = (
    r"\d(?:(?<=[^\W\d_]\d)(?<!\b[OoPp][Pp]\d)[^\W\d_]|(?<=[a-zà-ÿ]{4}\d)|°\d)|[&%$§_](?<=[a-zà-ÿ].)[a-zà-ÿ]"
    r"|['’\"”](?<=[a-zà-ÿ].)(?:\d|(?<=[a-zà-ÿ]{3}[\"”])['’])|l(?<=\bl)er(?:[a-zà-ÿ]|\b)|/(?<![:/]/)/(?!/)"
    r"|[A-Z](?<=\b[A-Z])(?:[A-Z][a-zà-ÿ]{2}|(?<=[SAE]);\d{3}|(?<=[SA])1\d{5}\b|(?<=S)1(?:19|20)\d\d/)"
    r"|[12](?<=\b[12])(?:(?<=1)9|(?<=2)0)\d\d(?:[a-rt-zà-ÿ°]|['’](?!s))"
)
BROKEN = 2  # of them: one may be a name
# Words that no language has, one of which tells: "rw■cil", "Assemb1ée".
RE_MISREAD = r"[■∎](?<=\S[■∎])|[■∎](?=\w)|1(?<=[a-zà-ÿ]1)(?=[a-zà-ÿ])|0(?<=[a-zà-ÿ]0)(?=[a-zà-ÿ])"
RE_SPECK = re.compile(r"[\"'’”°*~^](?=\s?(?:[;,.:)]|$)|\s[a-zà-ÿ(«])")  # what may be left of the call of a note
RE_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
HEADING = 60  # characters in which a resolution names its year: "73 (1949). Résolution du 11 août 1949"
FILES = "1993"  # the first year of which the document service of the United Nations has what was typed, not scanned
RE_WORD = re.compile(r"[^\W\d_]+")
RE_BLOCK = re.compile(r"(?:[^\n\f]|\n(?![^\S\n]*\n))+")  # up to a blank line
FEWEST = 12  # words of a block that may be in another language than the rest: fewer do not tell


@cache
def _trace(language: Language) -> re.Pattern[str]:
    """What such an engine leaves behind.

    Each trace begins with its sign and looks back from there: the search then steps from sign to sign, twenty times as
    quick as trying all of them everywhere.
    """
    rows = language.traces.trace
    return re.compile("|".join(re.escape(sign) + row.around for row in rows for sign in row.signs))


@cache
def _damage(name: Literal["broken", "misread"]) -> re.Pattern[str]:
    """What nobody wrote, in whatever language: of that list of ``traces.toml``."""
    rows_of_all = [
        row.pattern.replace("MONTH", "|".join(language.parse.date.months))
        for language in Language.all()
        for row in getattr(language.traces, name)
    ]
    return re.compile("|".join((RE_BROKEN if name == "broken" else RE_MISREAD, *rows_of_all)))


@cache
def _repairable() -> tuple[Language, ...]:
    """The languages whose scans can be repaired."""
    return tuple(language for language in Language.all() if language.knows("repair"))


def looks_scanned(text: str) -> float:
    """How much the text looks like one read by an English OCR engine: 0 not at all, 1 surely.

    The traces of such an engine are counted (``1’Office``, ``maniére``, ``a la lutte``, ``&`` for ``à``) and set
    against the number of words. Straight apostrophes and capitals without accents are no traces: old resolutions are
    printed so. A text in a language whose scans cannot be repaired scores 0.

    >>> looks_scanned("Prie 1’Office de contribuer a la lutte de maniére intégrée") >= SCANNED
    True
    >>> looks_scanned("Prie l'Office d'aider les Etats qui ont engagé la lutte")
    0.0
    """
    return max((_share_of_traces(text, language) for language in _repairable()), default=0.0)


def is_damaged(text: str) -> bool:
    """Whether words stand in the text that nobody wrote: read by an engine, though too well for a repair.

    >>> is_damaged("le peuple du Sahara occidenta1327 … la lutte contre le V1H/sida")
    True
    >>> is_damaged("prendre à cette fm les mesures voulues")
    True
    >>> is_damaged("l’intégrité territoria1le de tous les États")
    True
    >>> is_damaged("la résolution du ter février, le Protocole du 20 novembre 1994v")
    True
    >>> is_damaged("la lettre publiée sous la cote S126843, concernant la Géorgie (République de Géorgie)\\",")
    True
    >>> is_damaged("les amies de poing et les munitions, comme il est dit dans le document S11996/467")
    True
    >>> is_damaged("la 4199e séance, le document S/2002/1176/Add.1 et le 1er octobre")
    False
    >>> is_damaged("PP2ter Rappelant la Charte, OP1bis Prie les États d’agir ; OP1ter Prie l’Office d’agir ;")
    False
    """
    broken = sum(1 for _, _ in zip(_damage("broken").finditer(text), range(BROKEN), strict=False))
    return broken + text.count('"') % 2 >= BROKEN or _damage("misread").search(text) is not None


def was_printed(text: str) -> bool:
    """Whether a text is headed by a year, and names none, in which resolutions were not yet kept as files: what anybody
    has of it was read from print, however well it reads. A draft of today that cites old treaties has no such heading.

    >>> was_printed("Résolution 246 (1968) du 14 mars 1968\\n\\nLe Conseil de sécurité,")
    True
    >>> was_printed("L’Assemblée générale,\\n\\nRappelant la Déclaration universelle des droits de l’homme de 1948")
    False
    """
    head = RE_YEAR.search(text, 0, HEADING)
    return head is not None and head[0] < FILES and max(RE_YEAR.findall(text)) < FILES


def _share_of_traces(text: str, language: Language) -> float:
    traces = sum(1 for _ in _trace(language).finditer(text))
    if not traces or is_foreign(text, language):
        return 0.0
    words = len(RE_WORD.findall(text))
    return min(1.0, 100 * traces / words / SURE) if words else 0.0


def repair(text: str, level: str = "safe") -> tuple[str, tuple[Fix, ...]]:
    """The repaired text and the fixes that made it, in order.

    ``level`` is ``safe`` (certain rules), ``full`` (probable ones too) or ``off``. A clean French text comes out as it
    is, and so does one in another language, or a block of one in a French text; repairing twice is repairing once.

    >>> repair("manière claire, conformément a la 1égislation interne")[0]
    'manière claire, conformément à la législation interne'
    >>> repair("elle a engagé les États à lutter")
    ('elle a engagé les États à lutter', ())
    """
    wanted = Level(level)
    language = next((language for language in _repairable() if not is_foreign(text, language)), None)
    if wanted is Level.OFF or language is None:
        return text, ()
    from resdiff.repair.fixes import FIXES

    mixed = any(_foreign(text, language))
    scanned = False
    log: list[Fix] = []
    for _ in range(ROUNDS):
        count = len(log)
        scanned = scanned or looks_scanned(text) >= SCANNED  # asked again: a fix can bring the next trace to light
        for fixes in FIXES:
            for name, find in fixes(wanted, scanned, language):
                edits = _within(text, find(text), language) if mixed else find(text)
                text = _apply(text, name, edits, log)
        if len(log) == count:
            break
    return text, tuple(log)


def rejoin(text: str, level: str = "safe") -> tuple[str, tuple[Fix, ...]]:
    """The text with its words whole where a hyphen of a lost line end stands in them or two letters were run together,
    without the signs that are left of the calls of notes and with what the rows of any text mend; and the fixes that
    did it.

    Print has such hyphens, scanned or not, and a text read well has such letters and signs, so that this is asked of
    any text. ``level`` as for :func:`repair`; what is in another language comes out as it is.

    >>> rejoin("l’insti-tution du sous-secteur, afm de contribuer")[0]
    'l’institution du sous-secteur, afin de contribuer'
    >>> rejoin("l'Accord d'Abuja', signé le 19 août 1995'';")[0]
    "l'Accord d'Abuja, signé le 19 août 1995;"
    """
    if Level(level) is Level.OFF:
        return text, ()
    cut, misread, specked = "-" in text, _damage("misread").search(text) is not None, RE_SPECK.search(text) is not None
    log: list[Fix] = []
    for language in _repairable():
        if is_foreign(text[:SAMPLE], language):  # before its word list is opened
            continue
        for name, find in rows.everywhere(language):
            text = _apply(text, name, find(text), log)
        if cut:
            from resdiff.repair.hyphens import broken_words

            text = _apply(text, "line-end-hyphen", broken_words(text, language), log)
        if misread:
            from resdiff.repair.together import run_together

            text = _apply(text, "run-together", run_together(text, language), log)
        if specked:
            from resdiff.repair.specks import specks

            text = _apply(text, "call-as-sign", _within(text, specks(text, language), language), log)
    return text, tuple(log)


def replay(text: str, fixes: Iterable[Fix]) -> str:
    """The text with these fixes made again, one after the other.

    >>> text = "de maniére a prévenir"
    >>> replay(text, repair(text)[1])
    'de manière à prévenir'
    """
    for fix in fixes:
        text = text[: fix.span.start] + fix.after + text[fix.span.end :]
    return text


def _apply(text: str, name: str, edits: Iterable[Edit], log: list[Fix]) -> str:
    """The text with the edits made from left to right; each is logged with its place at that moment."""
    pieces: list[str] = []
    copied = shift = 0
    for start, end, after in edits:
        before = text[start:end]
        if before != after:
            log.append(Fix(name, Span(start + shift, end + shift), before, after))
            pieces += [text[copied:start], after]
            copied, shift = end, shift + len(after) - len(before)
    return "".join([*pieces, text[copied:]]) if pieces else text


def _foreign(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """The places of the blocks of a text that are in another language than that."""
    return (match.span() for match in RE_BLOCK.finditer(text) if _is_foreign_block(match[0], language))


@lru_cache(maxsize=4096)
def _is_foreign_block(block: str, language: Language) -> bool:
    return block.count(" ") + block.count("\n") >= FEWEST and is_foreign(block, language)


def _within(text: str, edits: Iterable[Edit], language: Language) -> Iterator[Edit]:
    """The edits that touch no block in another language; both come in order."""
    blocks = _foreign(text, language)
    start, end = next(blocks, (len(text), len(text)))
    for edit in edits:
        while end < edit[0]:
            start, end = next(blocks, (len(text), len(text)))
        if edit[1] <= start:
            yield edit
