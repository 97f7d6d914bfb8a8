"""The words of a sentence: templates filled with parts, lists, dates, numbers, names of texts.

French is UN French: numbers up to nine in words, the first of a month is "1er", lists end in "et".
"""

import re
from collections.abc import Iterable, Sequence

from resdiff.data import table
from resdiff.model import TopicChange
from resdiff.report.blocks import Inline, Sentence, Strong

__all__ = [
    "Parts",
    "count",
    "counted",
    "date",
    "figure",
    "join",
    "name",
    "plain",
    "say",
    "sentence",
    "told",
    "topic_label",
    "word",
]

Parts = tuple[Inline, ...]

RE_SLOT = re.compile(r"\{(\d)\}|\*\*(.+?)\*\*")


def word(key: str, lang: str) -> str:
    """The raw message of that key, not filled: "modifié" for ``kind.modified``."""
    section, _, row = key.partition(".")
    text: str = table("messages")[section][row][lang]
    return text


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


def told(key: str, values: Sequence[str], lang: str) -> str:
    """The message of that key, filled; a message that is not in the table is told by its code and its values.

    A new flag or notice without its sentence, or with other values than it expects, must not stop a run.
    """
    section, _, row = key.partition(".")
    template = table("messages").get(section, {}).get(row)
    if template is None:
        return " ".join([row, *values])
    text: str = template[lang]
    try:
        return text.format(*values)
    except IndexError:
        return " ".join([row, *values])


def counted(key: str, number: int, lang: str) -> str:
    """The message of that key in its form for one or for many, filled with the number in figures."""
    return word(f"{key}-{'one' if number == 1 else 'many'}", lang).format(number)


def plain(said: Sentence) -> str:
    """The sentence as bare text."""
    return "".join(
        part if isinstance(part, str) else part.text if isinstance(part, Strong) else part.label for part in said.parts
    )


def sentence(parts: Parts) -> Sentence:
    """The parts as a sentence: capital letter first, plain text runs joined.

    >>> sentence(("par. 3", " : texte."))
    Sentence(parts=('Par. 3 : texte.',))
    """
    joined = list(_joined(parts))
    if joined and isinstance(joined[0], str | Strong):
        first = joined[0]
        text = first if isinstance(first, str) else first.text
        capital = text[:1].upper() + text[1:]
        joined[0] = capital if isinstance(first, str) else Strong(capital)
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


def topic_label(topic: TopicChange, lang: str) -> str:
    """The label of a topic in the language of the reader, where the topic table has it."""
    return dict(topic.labels).get(lang, topic.label)


def _joined(parts: Iterable[Inline]) -> Parts:
    """Neighbouring strings made one, empty ones dropped."""
    joined: list[Inline] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return tuple(joined)
