"""How people call a paragraph: "op8", "par. 8", "paragraphe 12 a)", "PP 3"; which paragraph they mean."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from msgspec import Struct

from resdiff.language import Language
from resdiff.messages import LANGUAGES
from resdiff.model import Comparison
from resdiff.report.wording import label

__all__ = ["called", "called_on_either_side", "is_call", "nearest_called"]

DIGITS = 9  # of a number that is compared with those of paragraphs
RE_CALL = re.compile(r"\d+|[^\W\d_]+|§")
RE_PATH = re.compile(r"[/\\]|\.\w{3,}$")  # a symbol, a file


class _Words(Struct, frozen=True):
    """The words with which paragraphs are called, of all languages: the part each is for, those that tell the text
    meant, and those that a call may do without."""

    parts: dict[str, str]
    old: frozenset[str]
    new: frozenset[str]
    idle: frozenset[str]


@cache
def _words() -> _Words:
    tables = [language.calls for language in Language.all() if language.knows("calls")]
    parts = {word: "par" for table in tables for word in table.operative.words}
    parts |= {word: "pp" for table in tables for word in table.preambular.words}
    old, new, idle = (
        frozenset(word for table in tables for word in getattr(table, name).words) for name in ("old", "new", "idle")
    )
    return _Words(parts, old, new, idle | old | new)


def _call(text: str) -> tuple[str, ...]:
    """How a paragraph is called, whoever calls it: its words and numbers, one word for one thing.

    >>> _call("par. 12 a)") == _call("op12.a") == _call("Paragraphe 12, al. a) du dispositif") == _call("12 a")
    True
    >>> _call("PP\xa03") == _call("pp3") == _call("alinéa 3 du préambule") == _call("preambular paragraph 3")
    True
    """
    known = _words()
    words = [known.parts.get(word, word) for word in RE_CALL.findall(text.lower()) if word not in known.idle]
    if words and words[0].isdecimal():
        words.insert(0, "par")
    if words[:1] == ["par"] and words[-1] == "pp":  # "paragraphe 3 du préambule"
        words[0] = "pp"
    if words[:1] in (["par"], ["pp"]):
        words[1:] = [word for word in words[1:] if word not in ("par", "pp")]
    return tuple(words)


def is_call(text: str) -> bool:
    """Whether a text calls a paragraph by its part and number.

    >>> [is_call(text) for text in ("par. 9", "op9.a", "PP 3", "78/226", "par.", "x.docx")]
    [True, True, True, False, False, False]
    """
    part, *steps = _call(text) or ("",)
    return part in ("par", "pp") and bool(steps) and steps[0].isdecimal() and not RE_PATH.search(text)


def called(ids: Iterable[str], text: str) -> set[str]:
    """Of these ids those of the paragraphs that are called so; of an id itself that one alone."""
    known, call = set(ids), _call(text)
    return {text} & known or {id_ for id_ in known if call in _calls(id_)}


def called_on_either_side(comparison: Comparison, text: str) -> tuple[set[str], set[str]]:
    """The ids of the paragraphs of the old text and of the new one that are called so."""
    words = set(RE_CALL.findall(text.lower()))
    old, new = (
        called((paragraph.id for paragraph in body), text) if words.isdisjoint(other) else set[str]()
        for other, body in ((_words().new, comparison.old.body), (_words().old, comparison.new.body))
    )
    return old, new


@lru_cache(maxsize=4096)
def _calls(id_: str) -> frozenset[tuple[str, ...]]:
    """Every way in which a paragraph is called."""
    return frozenset(_call(way) for way in (id_, *(label(id_, lang) for lang in LANGUAGES)))


def nearest_called(ids: Iterable[str], text: str, lang: str) -> str:
    """What the paragraph is called that was perhaps meant: of its part the one of the nearest number, else one that is
    spelt alike; empty where none is near."""
    from difflib import get_close_matches  # for a mistake alone

    labels = {id_: label(id_, lang) for id_ in ids}
    part, *steps = _call(text) or ("",)
    if steps and steps[0].isdecimal():
        plain = {
            id_: call for id_ in labels if len(call := _call(id_)) == 2 and call[0] == part and call[1].isdecimal()
        }
        if plain:
            return labels[min(plain, key=lambda id_: abs(int(plain[id_][1]) - int(steps[0][:DIGITS])))]
    return next(iter(get_close_matches(text, labels.values(), 1)), "")
