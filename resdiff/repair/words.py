"""Which words are French, and which known word an unknown one was before it was scanned.

A dictionary decides (simplemma's, and the words of ``data/fr/repair.toml`` that it lacks). A word that is not known is
repaired when exactly one of the readings that the table of confusions allows is known; otherwise it is left alone.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from resdiff.language import Language
from resdiff.repair.dictionary import holds

__all__ = ["is_adverb", "is_infinitive", "is_known", "is_participle", "reading"]

MOST_READINGS = 30  # of one confusion: a longer list is not combined, the time would grow with its square
SHORTEST_SURE = 2  # letters behind an elision of more than one, "qu": it is no chance
SHORTEST_ELIDED = 5  # letters: "Parme" must not become "l’arme"
SHORT_NAME = 5  # letters: "Comet" is no Cornet


@cache
def _listed(language: Language) -> frozenset[str]:
    """The words that the dictionary lacks, and the proper names."""
    return language.repair.words.known.union(language.repair.names.known)


@lru_cache(maxsize=65536)
def is_known(word: str, language: Language) -> bool:
    """Whether the word is French: in the dictionary, listed, or an adverb made of a known adjective.

    >>> french = Language.of("fr")
    >>> [is_known(w, french) for w in ("manière", "maniére", "étroitement", "sous-régional", "Genève")]
    [True, False, True, True, True]
    """
    if not word:
        return False
    if "-" in word:
        return all(is_known(part, language) for part in word.split("-") if part)
    listed = _listed(language)
    if word in listed or word.lower() in listed:
        return True
    if word.lower() in language.repair.words.misspelt:
        return False
    return holds(word.lower(), language) or is_adverb(word.lower(), language)


def is_adverb(word: str, language: Language) -> bool:
    """Whether the word is a known adjective with -ment: the dictionary has few adverbs.

    >>> french = Language.of("fr")
    >>> [is_adverb(w, french) for w in ("activement", "récemment", "document")]
    [True, True, False]
    """
    stem = word.removesuffix("ment")
    if stem == word or len(stem) < 3:
        return False
    if stem.endswith(("am", "em")):
        return is_known(stem[:-1] + "nt", language)
    ends = (stem, stem + "e", stem[:-1] + "e") if stem[-1] in "aiué" else (stem,)
    return any(is_known(form, language) for form in ends)


@lru_cache(maxsize=16384)
def is_infinitive(word: str, language: Language) -> bool:
    """Whether the word is the infinitive of a verb.

    >>> french = Language.of("fr")
    >>> [is_infinitive(w, french) for w in ("continuer", "prévenir", "mettre", "premier", "ordre")]
    [True, True, True, False, False]
    """
    rows = language.repair.forms
    if not is_known(word, language):
        return False
    if word.endswith("er"):
        return any(is_known(word[:-2] + end, language) for end in ("ant", "eant"))
    if word.endswith("oir"):
        return word.endswith(rows.infinitives_oir)
    if word.endswith("ir"):
        return any(is_known(word[:-2] + end, language) for end in ("issant", "ant", "issent", "ent"))
    return word.endswith(rows.infinitives_re)


@lru_cache(maxsize=16384)
def is_participle(word: str, language: Language) -> bool:
    """Whether the word can be the past participle of a verb: what follows "a" where "a" is the verb avoir.

    >>> french = Language.of("fr")
    >>> [is_participle(w, french) for w in ("engagé", "mises", "établie", "sécurité", "lutte")]
    [True, True, True, False, False]
    """
    masculine = re.sub(r"(?<=[éitsu])(?:e|es|s)$", "", word)
    irregular = language.repair.grammar.participles
    if word in irregular or masculine in irregular:
        return True
    if masculine.endswith("é"):
        return is_infinitive(masculine[:-1] + "er", language)
    return masculine.endswith("i") and is_infinitive(masculine + "r", language)


@lru_cache(maxsize=16384)
def reading(word: str, language: Language) -> str | None:
    """The one French word that this unknown word was before it was scanned, or None.

    >>> french = Language.of("fr")
    >>> [reading(w, french) for w in ("maniére", "soupgonné", "Vindépendance", "manière", "Tbilissi")]
    ['manière', 'soupçonné', 'l’indépendance', None, None]
    """
    if is_known(word, language):
        return None
    for candidates in _ranks(word, language):
        known = sorted({c for c in candidates if is_known(c.rpartition("’")[2], language)})
        if known:
            likely = [c for c in known if c.lower() in language.repair.words.preferred]
            likely = likely or [c for c in known if not c.endswith(language.repair.forms.bookish)] or known
            return likely[0] if len(likely) == 1 else None
    return None


def _ranks(word: str, language: Language) -> Iterator[set[str]]:
    """The readings of the word, likeliest first: wrong accents, one other confusion, an elision, two confusions."""
    once = [_changed(word, rank, language) for rank in (1, 2, 3)]
    yield once[0]
    yield {c for w in once[0] for c in _changed(w, 1, language)}
    elided = _elided(word, language)
    yield once[1] | elided
    yield {c for w in once[0] for c in _changed(w, 2, language)} | {
        c for w in elided for c in _elided_changed(w, language)
    }
    if word[0].islower():  # "Céline" is a name
        yield once[2]
    if len(word) > 5 and len(once[1]) <= MOST_READINGS:
        yield {c for w in once[1] for c in _changed(w, 2, language)}


def _changed(word: str, rank: int, language: Language) -> set[str]:
    """The word with one confusion of that rank undone, at each place where it can have happened."""
    found = set()
    for row in language.repair.confusion:
        if row.rank == rank and not _is_guess(word, row.read):
            for match in re.finditer(re.escape(row.read), word):
                found |= {
                    word[: match.start()] + p + word[match.end() :]
                    for p in row.printed
                    if not _is_ending(row.read, p, word[match.end() :])
                }
    return found


def _is_guess(word: str, read: str) -> bool:
    """Whether undoing this confusion in a capitalised word would be a guess: "Evidence" is English, "Mir" a name."""
    if word[0] == "I" or not word[0].isupper():
        return False
    return read in ("e", "a", "o", "u", "c", "g") or (len(word) <= SHORT_NAME and read in ("i", "m"))


def _is_ending(read: str, printed: str, rest: str) -> bool:
    """Whether an accent on the ending would make another form: "réinitialise" is no participle; "aupres" is auprès."""
    return read == "e" and (rest == "" or (rest == "s" and printed != "è"))


def _elided(word: str, language: Language) -> set[str]:
    """The word with the apostrophe that was lost: "lintégrité" is l’intégrité."""
    found = set()
    rows = language.repair.forms
    for letters in rows.elisions:
        rest = word.removeprefix(letters)
        if (
            rest != word
            and rest[:1].lower() in rows.vowels
            and len(rest) >= (SHORTEST_SURE if len(letters) > 1 else SHORTEST_ELIDED)
        ):
            found.add(("l" if letters.isupper() else letters) + "’" + rest)
    return found


def _elided_changed(word: str, language: Language) -> set[str]:
    """The elided word with one wrong accent undone after the apostrophe."""
    article, _, rest = word.partition("’")
    return {f"{article}’{c}" for c in _changed(rest, 1, language)}
