"""The form of a resolution in every language resdiff knows of: a text is parsed before its language is known.

What the languages say in ``parse.toml`` is taken together, and with what is of no language, ``common/page.toml``.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from resdiff.data import load
from resdiff.data.schema import Needed, Page
from resdiff.language import Language, pattern
from resdiff.language.fold import REMEMBERED, fold, fold_all, fold_same_length

__all__ = [
    "Forms",
    "added",
    "agenda_item",
    "agreed",
    "alternative",
    "annex_heading",
    "annex_title",
    "article_heading",
    "aside",
    "before_silence",
    "behind_label",
    "beyond_brackets",
    "body_articles",
    "closing_line",
    "counts",
    "dated",
    "day_mark",
    "elsewhere",
    "first_halves",
    "formulas",
    "furniture",
    "in_draft",
    "joins",
    "later",
    "latin_numbers",
    "leading_words",
    "masthead",
    "meeting",
    "misread_letters",
    "month_joint",
    "months",
    "next_text",
    "note_over",
    "note_sign",
    "note_start",
    "of_items",
    "once",
    "opens_aside",
    "origin",
    "own_annex",
    "proposer",
    "recital",
    "reference_words",
    "second_halves",
    "section_word",
    "session_words",
    "square_brackets",
    "stem",
    "struck",
    "sure_note",
    "sure_note_end",
    "symbol_line",
    "tells_a_state",
    "variants",
]

RE_SQUARE = re.compile(r"[\[\]]")


class Forms:
    """What one of many patterns says, of which a text needs few: one is compiled when a text first holds its word."""

    def __init__(self, tables: Iterable[Needed]) -> None:
        self._rows = tuple((word, written) for table in tables for word, each in table.items() for written in each)

    def begins(self, text: str) -> bool:
        """Whether one of the patterns is found at the beginning of a text."""
        return any(word in text and pattern(written).match(text) for word, written in self._rows)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in a text where one of the patterns is found."""
        found = (pattern(written).search(text) for word, written in self._rows if word in text)
        return min(filter(None, found), key=re.Match.start, default=None)


@cache
def symbol_line() -> Forms:
    """A symbol alone on its line, as printed."""
    return Forms([_page().symbol.line])


@cache
def furniture() -> Forms:
    """A folded line of page furniture: running heads, page and job numbers."""
    return Forms([*(language.parse.furniture.folded for language in Language.all()), _page().furniture.folded])


@cache
def note_start() -> re.Pattern[str]:
    """The beginning of a folded footnote."""
    rows = (row for language in Language.all() for row in language.parse.note.folded)
    return _any((*rows, *_page().note.folded))


@cache
def sure_note() -> Forms:
    """The beginning of a folded block that is a footnote, whatever its label."""
    return Forms([*(language.parse.note.sure for language in Language.all()), _page().note.sure])


@cache
def note_sign() -> re.Pattern[str]:
    """What stands near the start of a footnote that :func:`sure_note` knows, as printed."""
    rows = (row for language in Language.all() for row in language.parse.note.signs)
    return _any((*rows, *_page().note.signs))


@cache
def sure_note_end() -> Forms:
    """With what a folded block ends that is a footnote, whatever it begins with."""
    return Forms(language.parse.note.ends for language in Language.all())


@cache
def note_over() -> re.Pattern[str]:
    """Where a footnote ends behind which the text goes on."""
    return _any(language.parse.note.over for language in Language.all() if language.parse.note.over)


@cache
def next_text() -> Forms:
    """A folded line that belongs to the text printed after a resolution."""
    return Forms(language.parse.closing.next for language in Language.all())


@cache
def closing_line() -> Forms:
    """A folded line that closes a resolution."""
    return Forms(language.parse.closing.folded for language in Language.all())


@cache
def annex_heading() -> re.Pattern[str]:
    """A folded heading that opens an annex: "annexe II", "appendice :"."""
    return re.compile(rf"^(?:{_annexes()})(?:\s+(?:[ivxl]+|[a-z]|\d{{1,2}}))?\s*[.:]?$")


@cache
def annex_title() -> re.Pattern[str]:
    """The beginning of a folded heading with the title of an annex, or the list of the annexes, on the same line."""
    return re.compile(rf"^(?:{_annexes()})\s(?:[ivxl]+|[a-z]|\d{{1,2}})(?:[.:]|\s?[-–—])?\s\S")


@cache
def article_heading() -> re.Pattern[str]:
    """A folded heading of an article of an annex, with its number, or the word for the first: "article premier"."""
    forms = [language.parse.annex for language in Language.all()]
    names, firsts = "|".join(w for row in forms for w in row.articles), "|".join(w for row in forms for w in row.first)
    return re.compile(rf"^(?:{names})\s+(?:(?P<number>\d{{1,2}})|{firsts})\s*[.:]?$")


def _annexes() -> str:
    return "|".join(row for language in Language.all() for row in language.parse.annex.folded)


@cache
def own_annex() -> Forms:
    """A folded reference of a text to an annex of its own."""
    return Forms(language.parse.annex.own for language in Language.all())


def misread_letters() -> dict[str, str]:
    """The letters of points that a scan reads, each with the one that was printed."""
    return _page().letter.misread


@cache
def formulas() -> dict[str, tuple[str, str]]:
    """Organ and language by the opening formula as printed.

    >>> formulas()["Le Conseil de sécurité,"]
    ('S', 'fr')
    """
    return {row.text: (row.organ, language.code) for language in Language.all() for row in language.parse.formula}


@cache
def body_articles() -> tuple[str, ...]:
    """With what the name of a body begins that speaks in a formula nobody listed: "La Conférence des Parties,"."""
    return tuple(article for language in Language.all() for article in language.parse.bodies)


@cache
def months() -> dict[str, int]:
    """The number of a month, 1 to 12, by its folded name.

    >>> months()["aout"], months()["may"]
    (8, 5)
    """
    listed = (fold_all(language.parse.date.months) for language in Language.all())
    return {name: number for names in listed for number, name in enumerate(names, 1)}


@cache
def day_mark() -> str:
    """The pattern of what may stand behind the figures of a day: "er", "th"."""
    return _either(mark for language in Language.all() for mark in language.parse.date.marks)


@cache
def month_joint() -> str:
    """The pattern of what may stand before a month and before a year: "5 de mayo de 2010"."""
    return _either(word for language in Language.all() for word in language.parse.date.within)


@cache
def dated() -> re.Pattern[str]:
    """A date behind a number, which is that of a text: "72/194 du 19 décembre 2017".

    >>> [dated().match(f" {said}") is not None for said in ("du 19 decembre 2017", "of 3 june 2010", "le 3 juin 2010")]
    [True, True, False]
    """
    before = _either(word for language in Language.all() for word in language.parse.date.before)
    joint = month_joint()
    return re.compile(rf" {before} \d{{1,2}}{day_mark()}? (?:{joint} )?[^\W\d_]+ (?:{joint} )?\d{{4}}\b")


@cache
def meeting() -> re.Pattern[str]:
    """The number of a meeting as printed below a text: "4162e séance", "73rd plenary meeting".

    >>> [meeting().search(said)[1] for said in ("A la 4162e séance", "73rd plenary meeting")]
    ['4162', '73']
    """
    rows = [language.parse.meeting for language in Language.all()]
    mark = _either(("°", "º", '"', "’", *(mark for row in rows for mark in row.marks)))
    return re.compile(rf"(?i)\b(\d{{1,4}})\s?{mark}?\s*{_either(word for row in rows for word in row.words)}")


@cache
def masthead() -> re.Pattern[str]:
    """A line by which the masthead of a printed text is known."""
    rows = (*(language.parse.masthead for language in Language.all()), _page().masthead)
    return re.compile(rf"(?m)^{_either(line for row in rows for line in row.lines)}$")


def tells_a_state(line: str) -> bool:
    """Whether a line above a text tells but which state of a draft it is, by a number, a date, or neither, or whose
    and for whom.

    >>> said = "Projet révisé 2 – 14 novembre", "Rev.1 – 21 October", "Zero draft (as of 3 March 2026)", "Projet de loi"
    >>> [tells_a_state(line) for line in said]
    [True, True, True, False]
    >>> said = "Chile and Mexico: draft resolution", "Projet de résolution présenté par le Chili", "8 novembre 2006"
    >>> [tells_a_state(line) for line in said]
    [True, True, True]
    >>> said = "Facilitator’s compilation – 16 September 2024 (after the first reading)", "Compilation of proposals"
    >>> [tells_a_state(line) for line in (*said, "Original : anglais", "Distr.: Limited", "World summit of May 2005")]
    [True, True, True, True, False]
    """
    flat = fold(line)
    if _about().search(flat):
        return True
    states, between, rounds = _states()
    begins = states.match(flat)
    rest = re.findall(r"[^\W\d_]+|\d+", flat[begins.end() if begins else 0 :])
    is_dated = any(word in months() for word in rest)
    if is_dated and rounds.search(flat):
        return True
    return bool(begins or is_dated) and all(word.isdecimal() or word in months() or word in between for word in rest)


def before_silence(line: str) -> str:
    """A line above a draft up to what it says of the time in which delegations may object: no date of the draft's own.

    >>> before_silence("Rev.1 – 27 September 2024. Under silence procedure until 30 September 2024")
    'Rev.1 – 27 September 2024. Under '
    """
    flat = fold_same_length(line)
    return line[: min((at for words in _silence() if (at := flat.find(words)) >= 0), default=len(line))]


@cache
def _silence() -> tuple[str, ...]:
    return tuple(fold_all(word for language in Language.all() for word in language.parse.masthead.silence))


@cache
def _about() -> re.Pattern[str]:
    """A folded line that names those who propose a draft, "Chili : projet de résolution", or says for whom it is."""
    rows = [language.parse.masthead for language in Language.all()]
    return _any(words for row in rows for words in (*row.sponsors, *row.written))


@cache
def _states() -> tuple[re.Pattern[str], frozenset[str], re.Pattern[str]]:
    """How a line begins that tells the state of a draft, the words that may stand between its numbers, and those that
    tell it beside a date."""
    rows = [language.parse.masthead for language in Language.all()]
    begins = _either(re.escape(fold(words)) for row in rows for words in sorted(row.states, key=len, reverse=True))
    rounds = _either(map(re.escape, fold_all(word for row in rows for word in row.rounds)))
    between = frozenset(fold_all(word for row in rows for word in row.between))
    return re.compile(rf"{begins}(?![^\W\d_])"), between, re.compile(rf"\b{rounds}\b")


def agenda_item(text: str) -> str:
    """The item of the agenda that a masthead names; empty where it names none.

    >>> agenda_item("Point 107 de l’ordre du jour")
    '107'
    """
    rows = (language.parse.masthead.agenda for language in Language.all())
    found = (re.search(written, text, re.MULTILINE) for written in rows if written)
    return next((match[1] for match in found if match), "")


def of_items(*rows: str) -> list[str]:
    """The words of these rows on items and drafts, of all languages."""
    return [word for language in Language.all() for row in rows for word in getattr(language.parse.item, row)]


@cache
def joins() -> str:
    """The pattern of what stands behind the sign with which an item ends that is not the last one: "et", "and"."""
    return _either(of_items("joins"))


@cache
def variants() -> str:
    """The pattern of the words before the number of one of several wordings: "Variante 2"."""
    return _either(of_items("alternatives"))


@cache
def alternative() -> str:
    """The pattern of a folded text that a draft offers in the place of the one before: "[Variante 2 : Prend note"."""
    words = variants()
    return rf"\[?\s?{words}\.?\s?(?:\d{{1,2}}|[a-e])?\s?[:.)–-]"


@cache
def struck() -> re.Pattern[str]:
    """What a draft has in the place of a paragraph that was given up, with its number kept: "[Supprimé]".

    >>> said = ("[Supprimé]", "(Deleted)", "[Deleted.]", "Paragraphe supprimé", "[Moved to OP5]", "[Deletes] the word")
    >>> [bool(struck().fullmatch(each)) for each in said]
    [True, True, True, True, True, False]
    >>> said = ("[Deleted – moved to OP6 bis]", "(deleted, repeats PP3)", "[Deleted] (repeats PP11 – Mexico)")
    >>> [bool(struck().fullmatch(each)) for each in said]
    [True, True, True]
    """
    rows = [language.parse.item for language in Language.all()]
    words = _either(re.escape(word) for row in rows for word in row.struck)
    why = rf"[\[(]\s?(?:{elsewhere()}\b[^\[\]()]{{0,60}}|{words}\s?[–,:-][^\[\]()]{{1,60}})[\])]"
    gone = rf"(?:[\[(]?\s?{words}\s?\.?\s?[\])]?|{why})(?:\s?\([^()]{{2,80}}\))?"
    return re.compile(rf"(?i)(?:{gone})\s*[.;]?\s*")


def opens_aside(line: str) -> bool:
    """Whether a line begins as what a draft says beside its text, in brackets or not.

    >>> said = "Note du facilitateur : voir", "[Chair’s comment: see", "Présidence : alinéa déplacé", "NB : à revoir"
    >>> [opens_aside(line) for line in (*said, "Note verbale : la présidence", "Note with concern", "Auteurs")]
    [True, True, True, True, False, False, False]
    """
    return _asides().match(line) is not None


@cache
def _asides() -> re.Pattern[str]:
    roles = of_items("drafters", "offices")
    alone = _either(map(re.escape, [*of_items("notes"), *roles]))
    return re.compile(rf"(?i)[\[(]?\s?(?:{_noted_by(roles)}|{alone}\s?:)")


@cache
def aside() -> str:
    """The pattern of the beginning of an aside that drafts alone have: "Note du facilitateur", "Drafters’ comment"."""
    return _noted_by(of_items("drafters"))


def _noted_by(roles: Iterable[str]) -> str:
    notes, whose = _either(map(re.escape, of_items("notes"))), _either(map(re.escape, roles))
    return rf"(?:{notes}(?:\s[^\W\d_]{{2,9}}){{1,3}}\s{whose}|{whose}(?:[’']s?)?\s{notes})\b"


@cache
def added() -> str:
    """The pattern of what a draft calls a paragraph that came in: "1 bis (new)"."""
    return _either(sorted(of_items("added"), key=len, reverse=True))


@cache
def agreed() -> str:
    """The pattern of how a draft says that a paragraph is agreed on: "agréé ad ref"."""
    return rf"{_either(of_items('agreed'))}(?:\s{_either(of_items('referendum'))})?|{_either(of_items('referendum'))}"


@cache
def recital() -> str:
    """The pattern of what stands before the number of a recital in a draft: "PP", "Alinéa"."""
    return _either(("PP", *(rf"{word}\s" for word in of_items("recitals"))))


@cache
def origin() -> str:
    """The pattern of what a draft calls the paragraph in whose place others are offered: "OP3 initial"."""
    return _either(of_items("origin"))


@cache
def elsewhere() -> str:
    """The pattern of how a draft says that a paragraph was merged, or went elsewhere."""
    return _either(of_items("elsewhere"))


@cache
def behind_label() -> str:
    """The pattern of what a draft says behind the number of a paragraph, if anything: that it came in, what it was
    before, whose it is.

    >>> said = ("(new)", "(former PP11)", "(nouveau, UE) :", "[new]", "– nouveau –", "– Suisse :", " initial", "")
    >>> [re.fullmatch(behind_label(), words) is not None for words in (*said, "(ex OP5) (EU)", "(a)")]
    [True, True, True, True, True, True, True, True, True, False]
    """
    words = sorted(of_items("added", "origin", "elsewhere"), key=len, reverse=True)
    new, capitals = _either(words), _either(map(str.upper, words))
    bare = rf"(?:{new}|{capitals})\b"  # "OP3 initial", "OP2 bis NEW", and no "OP1 New York"
    noted = r"(?![a-z]{1,2}\)|[ivx]+\))[^()\n]{2,60}"  # no point
    whose = rf"[–-][^\S\n]?(?:{new}[^\S\n]?[–-]?|[A-ZÀ-Ý][^()\n:]{{1,40}}:)"
    return rf"(?:[^\S\n]?(?:(?:\({noted}\)|\[(?i:{new})\]|{bare})(?:[^\S\n]?[:.])?|{whose})){{0,2}}"


@cache
def once() -> str:
    """The pattern of how a draft says in brackets behind the number of a paragraph what it was before: "(ancien 2)"."""
    words = _either(of_items("once"))
    return rf"\((?i:{words})\b[^()\n]{{1,60}}\)"


def proposer(label: str) -> str:
    """Who proposes the paragraph that a draft calls so; empty where it names nobody.

    >>> proposer("OP2 alt 1 (Egypt)"), proposer("1 bis – UE :"), proposer("PP2 (new)"), proposer("OP3.")
    ('Egypt', 'UE', '', '')
    >>> proposer("OP1 bis (nouveau, UE)"), proposer("PP7 bis (former PP11)"), proposer("OP2 alt [Chine]")
    ('UE', '', 'Chine')
    """
    found = re.search(r"\d[^()\[–-]*(?:[(\[](.+?)[)\]]|[–-](.+?):)", label)
    said = re.split(r"[,;]\s*", found[1] or found[2]) if found else []
    return ", ".join(part.strip() for part in said if re.match(r"\s*(?!(?:OP|PP)\s?\d)[A-ZÀ-Ý]", part))


def latin_numbers() -> tuple[str, ...]:
    """What stands behind the number of a paragraph for those that came in behind it, in order: "bis", "ter"."""
    return _page().number.between


@cache
def later() -> str:
    """The pattern of what stands behind the number of a paragraph that came between two, or in the place of one: "bis",
    "alt"."""
    return _either((*latin_numbers(), *_page().number.instead))


@lru_cache(REMEMBERED)
def stem(id_: str) -> str:
    """The id of the paragraph in whose place a draft offers one: the same of all its alternatives.

    >>> stem("op2alt1"), stem("op2alt"), stem("op2"), stem("op2bis")
    ('op2', 'op2', 'op2', 'op2bis')
    """
    return re.sub(rf"(?<=\d){_either(_page().number.instead)}\d?$", "", id_)


@cache
def in_draft() -> str:
    """The same in a draft, which may offer several in the place of one: "alt 2"."""
    between, instead = (_either(words) for words in (latin_numbers(), _page().number.instead))
    return rf"(?:{between}|{instead}(?:\s?\d)?)"


def square_brackets(text: str) -> dict[int, int]:
    """Of each square bracket that is closed, where it opens and where it closes, those within others first.

    >>> square_brackets("[a [b] c] d] [e")
    {3: 5, 0: 8}
    """
    found: dict[int, int] = {}
    opened: list[int] = []
    for bracket in RE_SQUARE.finditer(text):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif opened:
            found[opened.pop()] = bracket.start()
    return found


def beyond_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a stretch of a text begins and ends with the other one of a square bracket, where that stands right beside.

    >>> text = "by [2030] or [well] before"
    >>> [text[slice(*beyond_brackets(text, *place))] for place in ((0, 8), (14, 26), (4, 8))]
    ['by [2030]', '[well] before', '2030']
    """
    opened = text.count("[", start, end) - text.count("]", start, end)
    return start - (opened < 0 and text[start - 1 : start] == "["), end + (opened > 0 and text[end : end + 1] == "]")


@cache
def section_word() -> str:
    """The pattern of a word before the number of a section: "Partie"."""
    return _either(of_items("sections"))


@cache
def session_words() -> frozenset[str]:
    """The folded words of which the number of a session is made: "soixante", "quinzieme", "seventy", "fifth".

    >>> sorted(session_words() & {"soixante", "quinzieme", "et", "soixantieme", "seventy", "fifth", "and"})
    ['fifth', 'quinzieme', 'seventy', 'soixante', 'soixantieme']
    """
    tables = [language.quantities.spelt for language in Language.all() if language.knows("quantities")]
    spelt = (
        word for words in tables for word in (words.first, *words.units, *chain.from_iterable(words.tens.values()))
    )
    return frozenset(part for word in fold_all(spelt) if " " not in word for part in word.split("-"))


@cache
def reference_words() -> frozenset[str]:
    """Folded words before a number that make it a reference and no footnote call: "paragraphe 11"."""
    return frozenset(fold_all(word for language in Language.all() for word in language.parse.note.reference))


@cache
def leading_words() -> frozenset[str]:
    """Folded words that lead to a number in square brackets, on which a draft does not agree yet: "de [24] mois"."""
    return frozenset(fold_all(word for language in Language.all() for word in language.parse.note.leading))


@cache
def counts() -> re.Pattern[str]:
    """What stands behind a number that counts: it is no footnote call. "90 jours"."""
    words = "|".join(sorted(fold_all(word for language in Language.all() for word in language.parse.note.counted)))
    return re.compile(rf"\s?(?:{words or '(?!)'})\b")


@cache
def first_halves() -> frozenset[str]:
    """Halves before a hyphen at the end of a line that keep it: "sous-"."""
    return frozenset().union(*(language.parse.hyphen.before for language in Language.all()))


@cache
def second_halves() -> frozenset[str]:
    """Halves after a hyphen at the end of a line that keep it: "-même"."""
    return frozenset().union(*(language.parse.hyphen.after for language in Language.all()))


@cache
def _page() -> Page:
    return load("common", "page", Page)


def _either(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(dict.fromkeys(patterns))})"


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))
