"""The words of a report: messages filled with parts, lists, dates, numbers, names of texts, addresses of paragraphs.

French is UN French: numbers up to nine in words, the first of a month is "1er", lists end in "et". Paragraphs are
called as negotiators call them: "PP 3", "par. 12 a)", "annexe, par. 3", "ancien par. 12" in the old text.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from resdiff import symbol as symbols
from resdiff.judgement.case import is_sure
from resdiff.language import Language
from resdiff.language.fold import fold
from resdiff.language.forms import later
from resdiff.messages import plural
from resdiff.messages import template as word
from resdiff.model import Age, Borrowed, Change, Kind, Link, Part, Rival, Side, Status, TopicChange, Weight
from resdiff.report.blocks import Address, Inline, Note, Semicolon, Sentence, Strong, Struck, Told

__all__ = [
    "MOST_ITEMS",
    "NEAR",
    "Crossing",
    "Item",
    "Named",
    "Parts",
    "address",
    "addresses",
    "already",
    "as_text",
    "became",
    "cited_as",
    "cited_together",
    "cites_resolution",
    "count",
    "counted",
    "crossings",
    "date",
    "dated",
    "figure",
    "in_brackets",
    "in_number",
    "in_one_sentence",
    "in_quotes",
    "in_turn",
    "inner",
    "inner_marks",
    "join",
    "kind_of",
    "kind_word",
    "label",
    "light_weight",
    "line_by_line",
    "listed",
    "name",
    "nearest",
    "numbered",
    "of_address",
    "of_label",
    "of_old",
    "one_more_note",
    "outcome",
    "outcomes",
    "over",
    "places",
    "say",
    "sentence",
    "since",
    "the_addresses",
    "told_status",
    "topic_label",
    "topic_names",
    "unchanged",
    "with_article",
    "with_notes",
    "word",
]

RE_HEAD = re.compile(r"[^\s'’]+")
RE_OPENING = re.compile(r"«\s?")
RE_CLOSING = re.compile(r"\s?»")

LEAST_NEW, LEAST_GROWN, LEAST_GONE = 7, 9, 9  # priorities of topics that may be told as new, as grown, as gone

Parts = tuple[Inline, ...]

RE_SLOT = re.compile(r"\{(\d)\}|\*\*(.+?)\*\*")
RE_STEP = re.compile(r"(pp(?=\d)|op|annex(?=\d)|art(?=\d)|[phsu](?=\d)|tail(?=(?:-\d+)?$))?(\w*?)(?:-(\d+))?")
RE_PLAIN = re.compile(r"(pp|op)(\d+)$")
# A paragraph or a point: "par. 13", "par. 13 a)".
RE_NUMBERED = re.compile(r"(pp|op)\d+(?:[a-z]+\d?)?(?:\.(?!(?:tail|[hsu]\d))\w+)*$")
NO_BREAK = "\u00a0"
LEAST_SPAN = 3  # paragraphs that follow one another, for the first and the last to stand for them

CITED, CITED_OF = ("resolution", "decision", "treaty"), ("rights", "social", "commission", "environment")
"""The sorts of citations that are called by a word; the others are symbols."""
MOST_PLACES = 3  # where words were adopted before
MOST_ITEMS = 6  # items named in one sentence; the others are counted
MOST_ADDRESSES = 3  # of what is told in brackets


def since(ages: Sequence[Age], lang: str, *, gone: bool = False) -> str:
    """Since when paragraphs stand in their series, or stood where they are gone, by the oldest of them; empty where
    nothing is known.

    >>> age = Age("op4", "A/RES/66/178", "2011-12-19", at_least=False)
    >>> since([age], "fr"), since([age], "fr", gone=True)
    ('depuis 66/178 (2011)', 'y figurait depuis 66/178 (2011)')
    """
    if not ages:
        return ""
    oldest = min(ages, key=lambda age: (not age.at_least, age.adopted))
    name = dated(symbols.short(oldest.symbol), oldest.adopted)
    key = f"history.{'stood' if gone else 'since'}{'-first' if oldest.at_least else ''}"
    return word(key, lang).format(name)


def dated(name: str, adopted: str) -> str:
    """The name of a text with the year of its ISO date, where that is known and not in the name.

    >>> dated("74/175", "2019-12-18"), dated("1805 (2008)", "2008-03-20"), dated("74/175", "")
    ('74/175 (2019)', '1805 (2008)', '74/175')
    """
    year = adopted[:4]
    return f"{name} ({year})" if year and year not in name else name


def already(words: Sequence[Borrowed], lang: str) -> str:
    """Where words that came were adopted before, at most three places; empty where nothing is known.

    >>> already([Borrowed("op2", "sans délai", "S/RES/2462 (2019)", "op5", "2019-03-28")], "fr")
    'déjà dans 2462 (2019), par.\\xa05'
    """
    places = dict.fromkeys(f"{symbols.short(each.symbol)}, {label(each.source, lang)}" for each in words)
    if not places:
        return ""
    shown = [*places][:MOST_PLACES]
    return word("history.already", lang).format(
        word("word.semicolon", lang).join(shown) + "…" * (len(places) > MOST_PLACES)
    )


# ---- messages and sentences -----------------------------------------------------------------------------------------


def in_turn(clauses: Sequence[Parts], between: Inline) -> Parts:
    """The clauses one behind the other, with that between them."""
    return tuple(part for index, clause in enumerate(clauses) for part in ((between, *clause) if index else clause))


def say(key: str, *values: Inline | Parts, lang: str) -> Parts:
    """The message of that key as parts: ``{0}`` is filled with the parts given, ``**word**`` is stressed."""
    parts: list[Inline] = []
    template = word(key, lang)
    position = 0
    for match in RE_SLOT.finditer(template):
        parts.append(template[position : match.start()])
        if match[1]:
            value = values[int(match[1])]
            parts.extend(value if isinstance(value, tuple) else (value,))
        else:
            parts.append(Strong(match[2]))
        position = match.end()
    parts.append(template[position:])
    return _joined(parts)


def with_notes(said: Parts, notes: Iterable[Parts], lang: str) -> Parts:
    """What is said with the notes on it in one bracket; without one where there is none.

    >>> with_notes(("par. 16",), [("réunit les par. 14 et 15",), (), ("voir aussi le par. 12",)], "fr")
    ('par. 16 (réunit les par. 14 et 15\\xa0; voir aussi le par. 12)',)
    """
    inside = in_turn([note for note in notes if note], word("word.semicolon", lang))
    return _joined([*said, " (", *inside, ")"]) if inside else said


def one_more_note(said: Parts, note: Parts, lang: str) -> Parts:
    """What ends with notes in a bracket, with one more.

    >>> one_more_note(("par. 16 (ajouté)",), ("voir aussi le par. 12",), "fr")
    ('par. 16 (ajouté\\xa0; voir aussi le par. 12)',)
    """
    last = said[-1]
    if not note or not isinstance(last, str):
        return said
    return _joined([*said[:-1], last.removesuffix(")"), word("word.semicolon", lang), *note, ")"])


def counted(key: str, number: int, lang: str) -> str:
    """The message of that key in its form for one or for many, filled with the number in figures."""
    return word(f"{key}-{plural(number, lang)}", lang).format(number)


def numbered(key: str, sentences: Sequence[Sentence], lang: str) -> str:
    """The message of that key for as many sentences as have a number; where none has, how the rest of them is called.

    >>> numbered("changes.rest", [Sentence(("a",)), Sentence(("b",), uncited=True)], "en")
    'The rest of the summary (1 point)'
    """
    number = sum(not each.uncited for each in sentences)
    return counted(key, number, lang) if number else word("changes.rest", lang)


def unchanged(number: int, part: Part, lang: str) -> str:
    """How many paragraphs of a part did not change: "2 alinéas inchangés" of a preamble."""
    return counted("changes.unchanged-alineas" if part is Part.PREAMBLE else "changes.unchanged", number, lang)


def in_number(key: str, number: int, lang: str) -> str:
    """The word of that key for so many: in the singular, or in the plural, which is its row ``-many``."""
    return word(key if plural(number, lang) == "one" else f"{key}-many", lang)


def as_text(said: Sentence) -> str:
    """The sentence as bare text, struck words in square brackets.

    >>> as_text(Sentence(("« le ", Struck("Comité"), " ", Strong("Conseil"), " »")))
    '« le [Comité] Conseil »'
    """
    return "".join([part if isinstance(part, str) else _bare(part) for part in said.parts])


def _bare(part: Address | Semicolon | Strong | Struck) -> str:
    match part:
        case Strong(text):
            return text
        case Struck(text):
            return f"[{text}]"
        case Address():
            return part.label
        case Semicolon(text):
            return text


def sentence(parts: Parts) -> Sentence:
    """The parts as a sentence: capital letter first, plain text runs joined.

    >>> sentence(("par. 3", " : texte.")).parts
    ('Par. 3 : texte.',)
    """
    joined = list(_joined(parts))
    match joined:
        case [str(text), *_]:
            joined[0] = text[:1].upper() + text[1:]
        case [Strong(text), *_]:
            joined[0] = Strong(text[:1].upper() + text[1:])
        case [Address() as address, *_]:
            joined[0] = replace(address, label=address.label[:1].upper() + address.label[1:])
    return Sentence(tuple(joined))


def join(items: Sequence[Parts], lang: str, *, last: str = "") -> Parts:
    """The items as a list in a sentence; ``last`` stands before the last of them instead of "et".

    >>> join([("les prisons",), ("le genre",), ("l’eau",)], "fr")
    ('les prisons, le genre et l’eau',)
    """
    last = last or f" {word('word.and', lang)} "
    parts: list[Inline] = []
    for index, item in enumerate(items):
        if index:
            parts.append(last if index == len(items) - 1 else ", ")
        parts.extend(item)
    return _joined(parts)


def count(number: int, lang: str, *, feminine: bool = False) -> str:
    """A number in words up to nine, in figures beyond.

    >>> count(1, "fr"), count(1, "fr", feminine=True), count(9, "fr"), count(18, "fr")
    ('un', 'une', 'neuf', '18')
    """
    if not 0 < number < 10:
        return str(number)
    if number == 1 and feminine:
        return word("word.one-feminine", lang)
    return word("word.numbers", lang).split()[number - 1]


def figure(value: float, lang: str) -> str:
    """A score with two decimals.

    >>> figure(0.834, "fr"), figure(0.834, "en")
    ('0,83', '0.83')
    """
    return f"{value:.2f}".replace(".", word("word.decimal", lang)).replace("-", "−")


def date(iso: str, lang: str) -> str:
    """An ISO date written out; what is no ISO date comes back as it is.

    >>> date("2017-12-19", "fr"), date("2016-07-01", "fr"), date("2016-07-01", "en")
    ('19\\xa0décembre 2017', '1er\\xa0juillet 2016', '1\\xa0July 2016')
    """
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", iso)
    if not match or not 1 <= int(match[2]) <= 12:
        return iso
    month = word("word.months", lang).split()[int(match[2]) - 1]
    day = int(match[3])
    first = word("word.first", lang) if day == 1 else str(day)
    return f"{first}\u00a0{month} {match[1]}"


def name(symbol: str) -> str:
    """What a reader calls a text.

    >>> name("A/RES/72/194"), name("S/RES/1805 (2008)"), name("A/HRC/RES/41/8")
    ('72/194', '1805\\xa0(2008)', 'A/HRC/RES/41/8')
    """
    return re.sub(r"^[AS]/RES/", "", symbol).replace(" (", "\u00a0(")


class Named(Struct, frozen=True):
    """A name as it stands in a sentence, and whether its verb is in the plural."""

    text: str
    plural: bool = False


def with_article(name: str, lang: str = "fr") -> Named:
    """A proper name with the article of its first noun; a name whose noun is not in the table is quoted instead, or has
    the article of all others.

    In a language that puts no article there, one without that table, the name stands alone.

    >>> names = "Union interparlementaire", "Comité contre le terrorisme", "Règles Nelson Mandela"
    >>> [with_article(name).text for name in names]
    ['l’Union interparlementaire', 'le Comité contre le terrorisme', 'les Règles Nelson Mandela']
    >>> [with_article(name).text for name in ("Haut-Commissariat aux droits de l’homme", "INTERPOL", "Wikipédia")]
    ['le Haut-Commissariat aux droits de l’homme', 'INTERPOL', '«\\xa0Wikipédia\\xa0»']
    >>> [with_article(n, "en").text for n in ("2030 Agenda for Sustainable Development", "UN-Women", "INTERPOL")]
    ['the 2030 Agenda for Sustainable Development', 'UN-Women', 'INTERPOL']
    """
    if not Language.of(lang).knows("articles"):
        return Named(name)
    head = RE_HEAD.match(name)
    noun = head[0] if head else ""
    gender = _genders(lang).get(noun, "")
    rows = Language.of(lang).articles
    if gender == "bare":
        return Named(name)
    if not gender:
        return Named(f"{rows.other} {name}" if rows.other else f"«\u00a0{name}\u00a0»")
    article = rows.printed[gender]
    if gender != "plural" and noun not in rows.aspirated and fold(noun[:1]) in rows.elided_before:
        article = rows.printed["elided"]
    gap = "" if article.endswith("’") else " "
    return Named(f"{article}{gap}{name}", gender == "plural")


@cache
def _genders(lang: str) -> dict[str, str]:
    rows = Language.of(lang).articles
    sorts = {"masculine": rows.masculine, "feminine": rows.feminine, "plural": rows.plural, "bare": rows.bare}
    return {noun: gender for gender, nouns in sorts.items() for noun in nouns}


def topic_label(topic: TopicChange, lang: str) -> str:
    """The label of a topic in the language of the reader, where the topic table has it."""
    return dict(topic.labels).get(lang, topic.label)


def cited_as(text: str, lang: str) -> str:
    """A citation as a reader calls it: the words beside its number in the language of the reader.

    >>> cited_as("résolution 72/284", "en"), cited_as("résolution 72/284", "fr"), cited_as("A/72/111", "en")
    ('resolution 72/284', 'résolution 72/284', 'A/72/111')
    >>> cited_as("résolution 35/19 du Conseil des droits de l’homme", "en")
    'Human Rights Council resolution 35/19'
    """
    for owner in CITED_OF:
        behind = word(f"word.cited-of-{owner}", "fr").removeprefix("{0}")
        if text.endswith(behind):
            return word(f"word.cited-of-{owner}", lang).format(cited_as(text.removesuffix(behind), lang))
    for sort in CITED:
        before = word(f"word.cited-{sort}", "fr")
        if text.startswith(before):
            return word(f"word.cited-{sort}", lang) + text[len(before) :]
    return text


def cites_resolution(text: str) -> bool:
    """Whether a citation is a resolution told by its number alone, as those of the organ of the text are.

    >>> cites_resolution("résolution 72/284"), cites_resolution("résolution 35/19 du Conseil des droits de l’homme")
    (True, False)
    """
    owned = tuple(word(f"word.cited-of-{owner}", "fr").removeprefix("{0}") for owner in CITED_OF)
    return text.startswith(word("word.cited-resolution", "fr")) and not text.endswith(owned)


def cited_together(texts: Sequence[str], lang: str) -> str:
    """Citations as a reader calls them; of several, all resolutions, the word for them once.

    >>> cited_together(["résolution 72/284", "résolution 73/1", "résolution 74/2"], "fr")
    'résolutions 72/284, 73/1 et 74/2'
    """
    if len(texts) == 1:
        return cited_as(texts[0], lang)
    numbers = [(text.removeprefix(word("word.cited-resolution", "fr")),) for text in texts]
    return word("word.cited-resolutions", lang) + "".join(map(str, join(numbers, lang)))


def topic_names(labels: Iterable[str]) -> str:
    """Topics by their names in one line, told apart by what no name holds: many of them hold commas.

    >>> topic_names(["désarmement, démobilisation et réintégration", "genre"])
    'désarmement, démobilisation et réintégration\\xa0· genre'
    """
    return f"{NO_BREAK}· ".join(labels)


def _joined(parts: Iterable[Inline]) -> Parts:
    """Neighbouring strings made one, empty ones dropped."""
    joined: list[Inline] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return tuple(joined)


# ---- addresses ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def label(paragraph: str, lang: str) -> str:
    """What a negotiator calls a paragraph.

    >>> [label(id, "fr") for id in ("pp3", "op12", "op12.a", "op12.a.ii", "annex1.op3", "annex2")]
    ['PP\\xa03', 'par.\\xa012', 'par.\\xa012\\xa0a)', 'par.\\xa012\\xa0a)\\xa0ii)', 'annexe, par.\\xa03', \
'annexe\\xa0II']
    >>> label("s2.op3", "fr"), label("op7.s2.a", "fr"), label("annex1.art4.op1", "fr")
    ('section\\xa0II, par.\\xa03', 'par.\\xa07, section\\xa0II\\xa0a)', 'annexe, art.\\xa04, par.\\xa01')
    >>> [label(id, "fr") for id in ("op12.tail", "op12.tail-2", "op3-2")]
    ['par.\\xa012 (suite)', 'par.\\xa012 (suite\\xa02)', 'par.\\xa03 (2)']
    >>> label("op2bis", "fr"), label("op2alt.a", "fr"), label("op2quater", "fr")
    ('par.\\xa02\\xa0bis', 'par.\\xa02\\xa0alt\\xa0a)', 'par.\\xa02\\xa0quater')
    >>> label("op2alt2", "fr")
    'par.\\xa02\\xa0alt\\xa02'
    >>> label("op2.bbis", "fr"), label("op2.iter", "fr")
    ('par.\\xa02\\xa0b\xa0bis)', 'par.\\xa02\\xa0i\xa0ter)')
    >>> label("op.u1.a", "fr")
    'par. sans numéro\\xa01\\xa0a)'
    """
    words = ""
    for index, step in enumerate(paragraph.split(".")):
        match = RE_STEP.fullmatch(step)
        kind, number, again = match.groups(default="") if match else ("", step, "")
        if kind == "tail":  # the second one is "suite 2", no second "suite"
            number, again = again, ""
        words += _step(kind, number, lang, first=index == 0, opened=bool(words))
        words += f" ({again})" if again else ""
    return words or paragraph


def _step(kind: str, number: str, lang: str, *, first: bool, opened: bool) -> str:
    """The words of one step of an id: a paragraph, a point below it, an annex, a part, a heading."""
    comma = ", " if opened else ""
    parts = re.fullmatch(rf"(.*?[\da-z])({later()})(\d?)", number)  # "1 bis", "b ter", "2 alt 1"
    number = NO_BREAK.join(filter(None, parts.groups())) if parts else number
    if kind in ("pp", "op", "p", "h", "u"):
        head = {"pp": "pp", "h": "heading", "u": "unnumbered"}.get(kind, "op")
        # "op" alone only says in which part a heading stands
        return f"{comma}{word(f'word.{head}', lang)}\u00a0{number}" if number else ""
    if kind == "art":
        return f"{comma}{word('word.article', lang)}\u00a0{number}"
    if kind in ("annex", "s"):
        return comma + word("word.annex" if kind == "annex" else "word.section", lang) + _roman(number)
    if kind == "tail":
        return f" ({word('word.tail', lang)}{NO_BREAK + number if number else ''})"
    if first:
        return word("word.part", lang).format(number.upper())
    return f"{NO_BREAK if opened else ''}{word('word.point', lang).format(number)}"


def address(side: Side, paragraph: str, lang: str, *, marked: bool = False) -> Address:
    """The address of a paragraph; ``marked`` says "ancien" before one of the old text.

    >>> address(Side.OLD, "op12", "fr", marked=True).label
    'ancien par.\\xa012'
    """
    text = label(paragraph, lang)
    if marked and side is Side.OLD:
        text = of_old(text, lang)
    return Address(side, paragraph, text)


def of_old(label: str, lang: str, *, several: bool = False) -> str:
    """What a paragraph is called, or several are, as one of the old text.

    >>> of_old("par.\xa03", "fr"), of_old("par. 3 et 4", "fr", several=True), of_old("annexe, art.\xa04", "fr")
    ('ancien par.\xa03', 'anciens par. 3 et 4', 'ancienne annexe, art.\xa04')
    """
    is_feminine = label.startswith((word("word.annex", lang), word("word.section", lang)))
    sort = "paragraphs" if several else "feminine" if is_feminine else "paragraph"
    return word(f"word.old-{sort}", lang).format(label)


def of_label(label: str, lang: str) -> str:
    """What a paragraph is called, as that with which something is compared.

    >>> [of_label(each, "fr") for each in ("par. 3", "intertitre 5", "section II", "ancien PP 3")]
    ['du par. 3', 'de l’intertitre 5', 'de la section II', 'de l’ancien PP 3']
    """
    return word(f"word.of-{_article(label)}", lang).format(label)


def _article(label: str) -> str:
    return "vowel" if label[0] in "aeiou" else "feminine" if label.startswith(("note", "section")) else "other"


def of_address(side: Side, paragraph: str, lang: str) -> Parts:
    """The same with its address; one of the old text is told apart."""
    at = address(side, paragraph, lang, marked=True)
    return (of_label(at.label, lang).removesuffix(at.label), at)


def the_addresses(side: Side, paragraphs: Sequence[str], lang: str) -> Parts:
    """The addresses of paragraphs, each with its article, as a list in a sentence.

    >>> "".join(getattr(p, "label", p) for p in the_addresses(Side.OLD, ("op7", "pp10"), "fr"))
    'l’ancien par.\\xa07 et l’ancien PP\\xa010'
    >>> "".join(getattr(p, "label", p) for p in the_addresses(Side.NEW, ("op7",), "fr"))
    'le par.\\xa07'
    """
    at = [address(side, paragraph, lang, marked=True) for paragraph in paragraphs]
    articles = [word(f"word.the-{_article(each.label)}", lang).format("") for each in at]
    return join([(article, each) if article else (each,) for article, each in zip(articles, at, strict=True)], lang)


def all_the_addresses(side: Side, paragraphs: Sequence[str], lang: str) -> Parts:
    """The same with one article where several are of one kind.

    >>> "".join(getattr(p, "label", p) for p in all_the_addresses(Side.OLD, ("op7", "op10"), "fr"))
    'les anciens par.\\xa07 et 10'
    >>> "".join(getattr(p, "label", p) for p in all_the_addresses(Side.OLD, ("pp4", "op2"), "fr"))
    'l’ancien PP\\xa04 et l’ancien par.\\xa02'
    """
    if len(paragraphs) == 1 or len({kind_of(paragraph) for paragraph in paragraphs}) > 1:
        return the_addresses(side, paragraphs, lang)
    return say("word.the-several", addresses(side, paragraphs, lang, marked=True), lang=lang)


def addresses(
    side: Side,
    paragraphs: Sequence[str],
    lang: str,
    *,
    marked: bool = False,
    most: int = 0,
    long: bool = False,
    spans: bool = False,
) -> Parts:
    """The addresses of several paragraphs as a list in a sentence, the common word said once.

    After the first ``most`` of them (0: all) an ellipsis stands for the rest. ``long`` says "paragraphe", not "par.";
    with ``spans`` three or more that follow one another are told by the first and the last of them.

    >>> "".join(getattr(p, "label", p) for p in addresses(Side.NEW, ("pp19", "op6", "op7"), "fr"))
    'PP\\xa019, par.\\xa06 et 7'
    >>> "".join(getattr(p, "label", p) for p in addresses(Side.OLD, ("op1", "op1bis"), "fr", marked=True))
    'anciens par.\\xa01 et 1\\xa0bis'
    >>> "".join(getattr(p, "label", p) for p in addresses(Side.NEW, ("op1b", "op1sexies"), "fr"))
    'par.\\xa01b et 1\\xa0sexies'
    >>> "".join(getattr(p, "label", p) for p in addresses(Side.NEW, ("op13", "op13.a", "op13.c"), "fr"))
    'par.\\xa013, 13\\xa0a) et 13\\xa0c)'
    >>> four = ("op4", "op5", "op6", "op9")
    >>> "".join(getattr(p, "label", p) for p in addresses(Side.OLD, four, "fr", marked=True, spans=True))
    'anciens par.\\xa04 à 6 et 9'
    """
    listed = paragraphs[:most] if most else paragraphs
    shown = _spans(listed) if spans else [(id_,) for id_ in listed]
    kinds = ["", *(found[1] if (found := RE_NUMBERED.match(first)) else "" for first, *_ in shown), ""]
    items: list[Parts] = []
    for (paragraph, *last), before, kind, after in zip(shown, kinds, kinds[1:], kinds[2:], strict=False):
        if kind and kind == before:
            first = Address(side, paragraph, _number(paragraph, lang))
        else:
            several = bool(kind) and (bool(last) or kind == after)
            first = _first(side, paragraph, lang, marked=marked, several=several, long=long)
        items.append((first,))
        for id_ in last:
            items[-1] += (f" {word('word.up-to', lang)} ", Address(side, id_, id_.removeprefix(kind)))
    if most and len(paragraphs) > most:
        return join([*items, ("…",)], lang, last=", ")
    return join(items, lang)


def _spans(paragraphs: Sequence[str]) -> list[tuple[str, ...]]:
    """The paragraphs, of ``LEAST_SPAN`` and more that follow one another the first and the last as one."""
    runs: list[list[str]] = []
    for id_ in paragraphs:
        plain, before = RE_PLAIN.match(id_), RE_PLAIN.match(runs[-1][-1]) if runs else None
        if plain and before and plain[1] == before[1] and int(plain[2]) == int(before[2]) + 1:
            runs[-1].append(id_)
        else:
            runs.append([id_])
    spans = ([(run[0], run[-1])] if len(run) >= LEAST_SPAN else [(id_,) for id_ in run] for run in runs)
    return [*chain.from_iterable(spans)]


def _first(side: Side, paragraph: str, lang: str, *, marked: bool, several: bool, long: bool) -> Address:
    """The address that says the common word, in the plural before others of its kind, and that of ``marked`` ones that
    they are of the old text."""
    text = label(paragraph, lang)
    if (long or several) and (found := RE_NUMBERED.match(paragraph)) and found[1] == "op":
        name = f"word.op-{'long' if long else 'short'}-{'many' if several else 'one'}"
        text = f"{word(name, lang)}{NO_BREAK}{_number(paragraph, lang)}"
    if marked and side is Side.OLD:
        text = of_old(text, lang, several=several)
    return Address(side, paragraph, text)


def _number(paragraph: str, lang: str) -> str:
    """What stands behind the common word: "13", "13 a)"."""
    return label(paragraph, lang).partition(NO_BREAK)[2]


# ---- lists ----------------------------------------------------------------------------------------------------------


class Item(Struct, frozen=True):
    """Something to say with its paragraphs: the words, where, a note on them, whether their verb is in the plural."""

    text: str
    side: Side
    paragraphs: tuple[str, ...]
    note: str = ""
    plural: bool = False


def listed(
    key: str, items: Sequence[Item], more: str, lang: str, *, always_many: bool = False, last: str = "word.and"
) -> list[Parts]:
    """One sentence that lists the items, each with its paragraphs, or all with the paragraphs they share; ``more`` is
    the message that counts those there is no room for, ``last`` the one before the last of them: "ni" in a sentence
    that denies."""
    if not items:
        return []
    shown = items[:MOST_ITEMS] if len(items) > MOST_ITEMS + 1 else items
    shared = len(shown) > 1 and len({(item.paragraphs, item.note) for item in shown}) == 1
    places = [in_brackets(item.side, item.paragraphs, lang, note=item.note) for item in shown]
    said: list[Parts] = [(item.text,) if shared else (item.text, *at) for item, at in zip(shown, places, strict=True)]
    if rest := len(items) - len(shown):
        said.append((counted(more, rest, lang),))
    parts = join(said, lang, last=f" {word(last, lang)} ") + (places[0] if shared else ())
    form = "many" if len(items) > 1 or items[0].plural or always_many else "one"
    return [say(f"{key}-{form}", parts, lang=lang)]


def in_brackets(
    side: Side, paragraphs: Sequence[str], lang: str, *, note: str = "", most: int = MOST_ADDRESSES
) -> Parts:
    """Paragraphs and a note on them in brackets behind what is said of them; nothing where there are none.

    >>> "".join(getattr(p, "label", p) for p in in_brackets(Side.OLD, ("op3",), "fr", note="supprimé"))
    ' (ancien par.\\xa03\\xa0; supprimé)'
    """
    inside: Parts = addresses(side, paragraphs, lang, marked=True, most=most)
    if note:
        inside = (*inside, word("word.semicolon", lang) if inside else "", note)
    return (" (", *inside, ")") if inside else ()


def in_one_sentence(clauses: Sequence[Parts], lang: str) -> list[Parts]:
    """The clauses as one sentence, set apart by semicolons; those there is no room for are counted."""
    if not clauses:
        return []
    shown = list(clauses[:MOST_ITEMS] if len(clauses) > MOST_ITEMS + 1 else clauses)
    if rest := len(clauses) - len(shown):
        shown.append((counted("summary.more", rest, lang),))
    return [(*in_turn(shown, word("word.semicolon", lang)), ".")]


def line_by_line(paragraphs: Sequence[Parts], lang: str) -> Parts:
    """What several paragraphs say, each on a line of its own where a report has lines."""
    return in_turn(paragraphs, Semicolon(word("word.semicolon", lang)))


def over(key: str, items: Sequence[Parts], lang: str) -> Parts:
    """The message of that key, and below it what it says of several paragraphs, each on a line of its own."""
    return say(key, (Semicolon(""), *line_by_line(items, lang)), lang=lang)


# ---- what became of paragraphs --------------------------------------------------------------------------------------


def places(change: Change, lang: str) -> str:
    """Where a change stands: "PP 3 → PP 2", "par. 4" where the number is the same, "ancien PP 2" when removed; several
    paragraphs of a side in the order in which the marks have them."""
    old, new = ([label(paragraph, lang) for paragraph in side] for side in (change.olds, change.news))
    if not new:
        return of_old(", ".join(old), lang)
    return ", ".join(new) if old in (new, []) else f"{', '.join(old)} → {', '.join(new)}"


@lru_cache(maxsize=4096)
def kind_of(paragraph: str) -> str:
    """What the id of a paragraph says of its part.

    >>> kind_of("pp3"), kind_of("op12.a"), kind_of("annex1.op2")
    ('pp', 'op', 'op')
    """
    steps = paragraph.split(".")
    return next((kind for kind in ("pp", "op") if any(s.startswith(kind) and s[2:3].isdecimal() for s in steps)), "")


class Crossing(Struct, frozen=True):
    """Paragraphs that went from one part of a text to the other: the old ones, the new ones, and into which part."""

    went: tuple[str, ...]
    came: tuple[str, ...]
    into: str


def crossings(old: Iterable[str], new: Iterable[str]) -> tuple[Crossing, ...]:
    """What of the paragraphs of a link stood in one part and stands in the other; an annex is neither.

    >>> crossings(["op3", "op4"], ["pp7", "op2"]), crossings(["op3"], ["annex1.op3"])
    ((Crossing(went=('op3', 'op4'), came=('pp7',), into='preamble'),), ())
    """
    was, now = _by_part(old), _by_part(new)
    ways = (("op", "pp", "preamble"), ("pp", "op", "operative"))
    return tuple(Crossing(was[here], now[there], into) for here, there, into in ways if was[here] and now[there])


def _by_part(ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    body = [id_ for id_ in ids if not id_.startswith("annex")]
    return {part: tuple(id_ for id_ in body if kind_of(id_) == part) for part in ("pp", "op")}


NEAR = 0.5
"""A probability of a link that is told though no link is made. Of labelled pairs above it half belong together."""


def nearest(link: Link) -> Rival | None:
    """The likeliest pair of a paragraph without a partner, where it is likely enough to be told."""
    close = [] if link.old and link.new else [rival for rival in link.reason.rivals if rival.score >= NEAR]
    return max(close, key=lambda rival: rival.score, default=None)


def outcome(change: Change, lang: str, notes: Sequence[Note] = ()) -> str:
    """What became of a change, in words: "modifié, déplacé"; "déplacé" alone where nothing else did."""
    kind, moved = kind_word(change, lang, notes), word("kind.moved", lang)
    if not change.moved:
        return kind
    return moved if _is_same(change, notes) and not change.in_points else f"{kind}, {moved}"


def outcomes(change: Change, lang: str, notes: Sequence[Note] = ()) -> list[str]:
    """The kind of a change, that its typography alone is another, or that of a footnote, that it is but retouched or
    brought up to date, that it moved, that its number is another."""
    light = light_weight(change)
    facts = {
        "retouched": light is Weight.EDITORIAL,
        "updated": light is Weight.ROUTINE,
        "moved": change.moved,
        "renumbered": change.renumbered,
    }
    said = [kind_word(change, lang, notes), reset(change, lang, notes)]
    return [*filter(None, said), *(word(f"kind.{fact}", lang) for fact, true in facts.items() if true)]


def reset(change: Change, lang: str, notes: Sequence[Note] = ()) -> str:
    """That the typography of a paragraph alone is another, or that of a footnote of it; empty for any other change."""
    if not _is_same(change, notes) or change.in_points:
        return ""
    if change.weight is Weight.TYPOGRAPHIC:
        return word("kind.typography", lang)
    return word("footnote.typography", lang) if any(note.change.weight > Weight.NONE for note in notes) else ""


def _is_same(change: Change, notes: Sequence[Note]) -> bool:
    """Whether neither the paragraph nor a footnote of it reads otherwise."""
    return change.kind is Kind.UNCHANGED and not any(note.change.differs for note in notes)


def light_weight(change: Change) -> Weight:
    """:attr:`Weight.EDITORIAL` of a paragraph that was but retouched, :attr:`Weight.ROUTINE` of one that was brought up
    to date, or both: a date or a resolution says more than a word set otherwise. Of any other :attr:`Weight.NONE`, or
    its weight where its typography alone changed."""
    if change.kind is not Kind.MODIFIED or change.in_points or change.weight > Weight.EDITORIAL:
        return Weight.NONE
    return Weight.ROUTINE if any(edit.weight is Weight.ROUTINE for edit in change.edits) else change.weight


def became(change: Change, lang: str) -> str:
    """What became of paragraphs as a table says it, where no remark tells that the match is to be checked."""
    is_doubtful = change.link.old and change.link.new and not is_sure(change.link)
    return ", ".join([*outcomes(change, lang), *([word("kind.doubtful", lang)] if is_doubtful else [])])


def kind_word(change: Change, lang: str, notes: Sequence[Note] = ()) -> str:
    """The word for the kind of a change; of a paragraph that is the same but for its footnotes, that they change, of
    one that may stand in a gap of the other copy, that nobody knows, of one of which some may stand in the other text,
    that it may be written anew, of one renewed by its number, where, of one whose points did, so."""
    if change.renewed_in:
        places = [label(paragraph, lang) for paragraph in change.renewed_in]
        return word("kind.renewed", lang).format(", ".join(places))
    if change.in_gap:
        return word(f"kind.no-partner-{Side.NEW if change.link.old else Side.OLD}", lang)
    if change.may_stand:
        return word(f"kind.{change.kind}-or-rewritten", lang)
    if change.in_points:
        return word("kind.inside", lang)
    differing = [note for note in notes if note.change.differs]
    if change.kind is not Kind.UNCHANGED or not differing:
        return word(f"kind.{change.kind}", lang)
    return word(f"footnote.only-{plural(len(differing), lang)}", lang)


def _roman(number: str) -> str:
    """The number of a second or later annex; the first is called by no number."""
    numerals = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    value = int(number or 1)
    if value <= 1:
        return ""
    return "\u00a0" + (numerals[value - 1] if value <= len(numerals) else str(value))


def in_quotes(words: str, lang: str) -> str:
    """The words in quotation marks, with the inner marks within them.

    >>> in_quotes("selon le «\\xa0Pacte\\xa0» adopté", "fr")
    '«\\xa0selon le “Pacte” adopté\\xa0»'
    """
    return word("word.quote", lang).format(inner(words, lang))


def inner(quote: str, lang: str) -> str:
    """The words as they stand inside a quotation: one inside it has the inner marks, and is closed where it was cut.

    >>> inner("intitulée «\\xa0Examen de la Stratégie …", "fr")
    'intitulée “Examen de la Stratégie …”'
    """
    opening, closing, first, last = _quotation_marks(lang)
    marks = {"«": "»", first: last}
    if not any(mark in quote for mark in marks):
        return quote
    text = inner_marks(quote, lang)
    if first == "«":
        return text + closing * (text.count(opening) - text.count(closing))
    cut = sum(quote.count(before) - quote.count(behind) for before, behind in marks.items())  # ’ is an apostrophe too
    return text + closing * cut


@cache
def _quotation_marks(lang: str) -> tuple[str, ...]:
    """The marks of a quotation inside another, and those of the other, bare: opening, closing, opening, closing."""
    return *word("word.inner-quotes", lang).split(), *word("word.quote", lang).replace(NO_BREAK, "").split("{0}")


def inner_marks(piece: str, lang: str) -> str:
    """A piece of what stands inside a quotation, with the inner marks; the other one of a pair may stand in another
    piece.

    >>> inner_marks("intitulée «\\xa0Examen", "fr")
    'intitulée “Examen'
    """
    opening, closing, first, last = _quotation_marks(lang)
    text = RE_CLOSING.sub(closing, RE_OPENING.sub(opening, piece)) if "«" in piece or "»" in piece else piece
    return text if first == "«" else text.replace(first, opening).replace(last, closing)


def told_status(topic: TopicChange) -> Told | None:
    """What a reader is told of a topic; None where that is nothing.

    One that did not pass the counter-test is neither new nor gone; nor is one of less weight, that is at most named in
    passing: readings found one such claim in three wrong, and nearly all that a lesser topic is gone; of 68 that said
    that a topic is named in what came or went, and may stand elsewhere, they found nine wrong and few worth saying. Nor
    did a topic grow of which the other text says nothing, or has but a hint. Of one that both texts have it is never
    told that it shrank: of 37 such claims 18 were wrong; and that it grew only of one of the first weight: of 31 on
    any, six were.
    """
    least = {Status.NEW: LEAST_NEW, Status.DROPPED: LEAST_GONE}
    if topic.status in least and topic.words and topic.priority >= least[topic.status]:
        return Told(topic.status)
    grew = topic.status is Status.EXPANDED and not topic.hinted and topic.priority >= LEAST_GROWN
    return Told.EXPANDED if grew else None
