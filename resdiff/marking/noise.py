"""What a scanner misread: ``keep_misread(script)`` keeps the words of a change that are one word read in two ways.

Two words are one when they are equal under the confusions of their language (``data/fr/noise.toml``), and only one of
them is a word of it: a change from one word to another is never noise, however close the two are.
"""

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache

from resdiff.language import Language
from resdiff.language.fold import fold, tokens
from resdiff.marking.tidy import Hunk, normalized
from resdiff.marking.weight import is_call

__all__ = ["is_damaged", "is_misread", "keep_misread"]

# A run longer than this on either side is a new text, not noise.
LONGEST = 40
# Costs of a path through a change, per unit: misread, lost, really changed.
MISREAD, LOST, CHANGED = 0.1, 0.3, 1.0
# At most so many units stand for so many: "l’" "avenir" for "Pavenir", "|" "’" "Office" for "l’" "Office".
WIDEST = 3
# Letters by which what is read in two ways differs at most: some more or less, a ligature, the call of a note.
LENGTHS = 9
# A word longer than this is none (the longest in six French resolutions has 23 letters).
WORD = 60
DIGITS = "0123456789"
# Signs that a scan leaves at the ends of a word; a call grown on a year; one behind a word, of which a digit or a sign
# is left; a number grown on a word. Words of so many letters are not looked up.
STRAY = "’'\"“”*."
NO_STRAY = str.maketrans("", "", STRAY)
RE_CALLED = r"(?:19|20)\d\d[a-z°]\w*"
RE_SIGN = r"['’*°]"
RE_GROWN = r"[a-zà-ÿ]{3}['’\"”]?\d"
RE_GROWN_ON = r"[b-df-hj-np-rtvwz]{1,3}"
RE_APART = r"\s\d"
RE_PIERCED = r"[a-z]+\d[a-z]+"  # one letter of a word read as a digit
# What no word holds: it stands for whatever word of about its length is in its place.
RE_DEBRIS = re.compile(r"//|^/[a-zà-ÿ]|[a-zà-ÿ]/[a-zà-ÿ]+/|([a-zà-ÿ])\1\1|[a-zà-ÿ][|\\<>{}][a-zà-ÿ]")
LETTERS = 3
RE_UPRIGHT = r"[il1|!\[\]]"  # dirt of the page before a word, read as one stroke
# A year, and what it is with a digit misread or letters behind it. Letters that two readings of a word share at least.
RE_YEAR, RE_NO_YEAR = r"(?:19|20)\d\d", r"\d{2,4}[a-z]{1,2}\d{0,2}"
ALIKE = 0.7
# The year behind the number of a resolution of the Council; it adopts at most 93 a year (1993). Digits of that number.
RE_OF_YEAR, MOST_IN_A_YEAR, LONGEST_SYMBOL = r" ?\((?:19|20)\d\d\)", 100, 4
NAME = 15  # letters of the longest word with a capital that may be a name


def keep_misread(script: tuple[Hunk, ...], language: Language) -> tuple[Hunk, ...]:
    """The script with every misread word kept, as one pair of units whose letters differ."""
    if not language.knows("words"):  # of a language, or a mixture of two, of whose words nothing is known
        return script
    done: list[Hunk] = []
    for hunk, behind in zip(script, (*script[1:], None), strict=False):
        if hunk.kept or max(len(hunk.old), len(hunk.new)) > LONGEST:
            done.append(hunk)
            continue
        if _is_misread_symbol(hunk, behind):
            done.append(Hunk(True, ("".join(hunk.old),), ("".join(hunk.new),)))
            continue
        if done and re.fullmatch(RE_SIGN, done[-1].new[-1]):  # the sign that two calls begin with goes with the rest
            hunk = Hunk(False, done[-1].old[-1:] + hunk.old, done[-1].new[-1:] + hunk.new)
            done[-1] = Hunk(True, done[-1].old[:-1], done[-1].new[:-1])
        done += _cheapest(hunk, language)
    return normalized(done)


def _is_misread_symbol(hunk: Hunk, behind: Hunk | None) -> bool:
    """Whether two numbers are of one resolution: those of a year follow one another, "804 (1993)" and "84 (1993)" are
    not both of 1993."""
    if behind is None or len(hunk.old) != 1 or len(hunk.new) != 1:
        return False
    numbers = [unit.strip() for unit in (*hunk.old, *hunk.new)]
    year = "".join(behind.new[:3])
    is_pair = all(number.isdecimal() and len(number) <= LONGEST_SYMBOL for number in numbers)
    return is_pair and bool(re.match(RE_OF_YEAR, year)) and abs(int(numbers[0]) - int(numbers[1])) > MOST_IN_A_YEAR


def _cheapest(hunk: Hunk, language: Language) -> list[Hunk]:
    """A change cut into what was misread or lost (kept) and what really changed."""
    old, new = hunk.old, hunk.new
    olds, news = _runs(old, language), _runs(new, language)
    best: dict[tuple[int, int], tuple[float, int, int, bool]] = {(len(old), len(new)): (0.0, 0, 0, False)}
    for i in range(len(old), -1, -1):
        for j in range(len(new), -1, -1):
            steps = _steps(olds[i], news[j], language)
            if steps:
                best[i, j] = min((cost + best[i + a, j + b][0], a, b, kept) for cost, a, b, kept in steps)
    found: list[Hunk] = []
    i = j = 0
    while (i, j) != (len(old), len(new)):
        _, a, b, kept = best[i, j]
        left, right = old[i : i + a], new[j : j + b]
        found.append(Hunk(True, ("".join(left),), ("".join(right),)) if kept else Hunk(False, left, right))
        i, j = i + a, j + b
    return _unless_exchanged(found)


def _unless_exchanged(path: list[Hunk]) -> list[Hunk]:
    """The path with small words "lost" on both sides of one place taken as exchanged: ``l’Office`` → ``d’Office``."""
    done: list[Hunk] = []
    for hunk in path:
        if done and _are_exchanged(done[-1], hunk):
            done[-1:] = [_real(done[-1]), _real(hunk)]
        else:
            done.append(hunk)
    return done


def _are_exchanged(one: Hunk, other: Hunk) -> bool:
    """Whether a word "lost" on one side took the place of one "lost" on the other; the calls of two notes do not."""
    losses = [(was, now) for hunk in (one, other) if hunk.kept for was, now in zip(hunk.old, hunk.new, strict=True)]
    lost = [was or now for was, now in losses if not (was and now)]
    both_ways = len(losses) == len(lost) > 1 and bool(losses[0][0]) != bool(losses[-1][0])
    return both_ways and not all(map(is_call, lost))


def _real(hunk: Hunk) -> Hunk:
    return Hunk(False, tuple(filter(None, hunk.old)), tuple(filter(None, hunk.new)))


_Runs = tuple[list[str], list[int]]


def _runs(units: tuple[str, ...], language: Language) -> list[_Runs]:
    """From each place on, and from the end: the runs of one unit up to ``WIDEST``, without blanks around, and how many
    units may have been lost."""
    found: list[_Runs] = []
    for place in range(len(units) + 1):
        runs = ["".join(units[place:end]) for end in range(place + 1, min(place + WIDEST, len(units)) + 1)]
        lost = [size for size, run in enumerate(runs, 1) if _is_lost(run, language)]
        found.append(([run.strip() for run in runs], lost))
    return found


def _steps(old: _Runs, new: _Runs, language: Language) -> list[tuple[float, int, int, bool]]:
    """What the next units of the two sides may be: cost, units of the old, units of the new, whether kept."""
    (lefts, lost_left), (rights, lost_right) = old, new
    steps = [(CHANGED, 1, 0, False)] * bool(lefts) + [(CHANGED, 0, 1, False)] * bool(rights)
    steps += [(LOST, a, 0, True) for a in lost_left] + [(LOST, 0, b, True) for b in lost_right]
    steps += [
        (MISREAD * (a + b), a, b, True)
        for a, left in enumerate(lefts, 1)
        for b, right in enumerate(rights, 1)
        if abs(len(left) - len(right)) <= LENGTHS and is_misread(left, right, language)
    ]
    return steps


def is_damaged(word: str, language: Language) -> bool:
    """Whether a word of a scan is none that was printed: a digit or a sign in it, or in no dictionary of its language.

    What has a capital may be a name, which no dictionary need have; a long one is words grown together.

    >>> french = Language.of("fr")
    >>> [is_damaged(word, french) for word in ("général'6", "lerjuin", "Présenterpourexamen", "juin", "POLISARIO")]
    [True, True, True, False, False]
    """
    letters = word.strip(STRAY)
    if len(letters) <= LETTERS or not letters[0].isalpha():
        return bool(re.fullmatch(RE_CALLED, letters))
    plain = letters.islower() or len(letters) > NAME
    listed = fold(letters) in language.quantities.number.words or fold(letters) in language.words.commonest.words
    return bool(re.search(RE_GROWN, letters)) or (plain and not listed and not _is_known(letters.lower(), language))


# ---- one word read in two ways --------------------------------------------------------------------------------------


def _is_lost(run: str, language: Language) -> bool:
    """Whether a run is what a scan loses, or leaves: a short word, a speck, the call of a note behind its word.

    >>> [_is_lost(run, Language.of("fr")) for run in (" à", "'73", "' 8 1", " 73")]
    [True, True, True, False]
    """
    return fold(run.strip()) in language.noise.lost.words or is_call(run)


@lru_cache(maxsize=65536)
def is_misread(old: str, new: str, language: Language) -> bool:
    """Whether one of the two is the other as a scanner would read it.

    >>> french = Language.of("fr")
    >>> pairs = ("instamment", "ins/ifiiiiiient"), ("1949g", "1949°"), ("créées", "prévues"), ("et", "et/ou")
    >>> [is_misread(*pair, french) for pair in pairs]
    [True, True, False, False]
    >>> is_misread("collective de", "collective-de", french), is_misread("1-2", "12", french)
    (True, False)
    """
    one, other = _undamaged(old, language), _undamaged(new, language)
    if one and other:  # as most are: asked first, of each once
        return one == other
    first, second = fold(old).replace(" ", ""), fold(new).replace(" ", "")
    if first == second or (first.replace("-", "") == second.replace("-", "") and not any(map(str.isdigit, first))):
        return True
    if old[:4] == new[:4] and re.fullmatch(RE_CALLED, old.lower()) and re.fullmatch(RE_CALLED, new.lower()):
        return True  # one call of a note grown on a year, read in two ways
    if (first, second) in _short(language) or (second, first) in _short(language):
        return True
    if _is_broken(first, old, second, language) or _is_broken(second, new, first, language):
        return True
    shorter, longer = sorted((len(first), len(second)))
    if longer <= min(2 * shorter, WORD) and (RE_DEBRIS.search(old) or RE_DEBRIS.search(new)):
        return True
    if longer - shorter > WIDEST or longer > WORD:
        return False
    if _is_known(old, language) and _is_known(new, language):
        return False
    cleaned = _clean(first, language), _clean(second, language)
    return _explained(first, second, language) or _explained(*cleaned, language) or _is_garbled(old, new, language)


@lru_cache(maxsize=65536)
def _undamaged(run: str, language: Language) -> str:
    """The letters, folded, of a run with which nothing can be the matter: words of the language, no digit, no debris,
    nothing that a short word is read as; else nothing."""
    letters = fold(run).replace(" ", "").replace("-", "")
    if any(map(str.isdigit, letters)) or letters in _read_short(language) or RE_DEBRIS.search(run):
        return ""
    return letters if _is_known(run, language) else ""


def _is_broken(broken: str, printed: str, whole: str, language: Language) -> bool:
    """Whether one is the other word with the call of a note in it that was read as letters: "occidenta1327"; what is
    ``printed`` apart from its word is a number, "de 520" no "des".

    >>> french = Language.of("fr")
    >>> is_misread("occidental", "occidenta1327", french), is_misread("des", "de 520", french)
    (True, False)
    >>> is_misread("idées''", 'idées"4', french)
    True
    """
    broken, whole = (word.translate(NO_STRAY) for word in (broken, whole))
    if not whole.isalpha() or not any(map(str.isdigit, broken)) or not broken[:1].isalpha():
        return False
    if re.search(RE_APART, printed):
        return False
    cuts = range(len(broken.rstrip(DIGITS)), len(broken))
    return any(abs(cut - len(whole)) <= 1 and _explained(broken[:cut], whole, language) for cut in cuts)


def _is_garbled(old: str, new: str, language: Language) -> bool:
    """Whether one side is no word, and the other the word it would be with a few letters changed.

    Of two that no dictionary has both are names, of the same initial. Of a year one digit was read as a
    letter, or letters have grown on it; the call of a note read as letters has grown on a word; a letter within a word
    was read as a digit.

    >>> french = Language.of("fr")
    >>> pairs = ("immédiate", "inunédiate"), ("Yalta", "Yaltê"), ("1994", "199e"), ("sécurité", "sûreté")
    >>> [_is_garbled(*pair, french) for pair in (*pairs, ("Tadjikistan", "Tadjikistantn"))]
    [True, True, True, False, True]
    >>> _is_garbled("fe7icitant", "félicitant", french), _is_garbled("par7", "parti", french)
    (True, False)
    >>> _is_garbled("territoria1le", "territoriale", french)
    True
    """
    first, second = (fold(side).strip(STRAY) for side in (old, new))
    year, other = sorted((first, second), key=str.isdigit, reverse=True)
    if re.fullmatch(RE_YEAR, year):
        same = sum(map(str.__eq__, year, other))
        return bool(re.fullmatch(RE_NO_YEAR, other)) and same >= len(year) - (len(other) == len(year))
    shorter, longer = sorted((first, second), key=len)
    if re.fullmatch(RE_UPRIGHT + re.escape(shorter), longer) and shorter.isalpha():  # "Ides" for "des"
        word, glued = (new, old) if longer == first else (old, new)
        return _is_known(word, language) and not _is_known(glued, language)
    if len(shorter) <= LETTERS:
        return False
    word, pierced = sorted((first, second), key=str.isalpha, reverse=True)
    if word.isalpha() and re.fullmatch(RE_PIERCED, pierced):  # for a letter, or beside it: "territoria1le"
        return re.fullmatch(re.sub(r"\d", "[a-z]?", pierced), word) is not None
    if longer.startswith(shorter) and re.fullmatch(RE_GROWN_ON, longer[len(shorter) :]):
        return not (_is_known(old, language) and _is_known(new, language))
    if len(longer) - len(shorter) > 1:
        return False
    capitals = old.strip(STRAY)[:1].isupper(), new.strip(STRAY)[:1].isupper()
    if not (first + second).replace("-", "").isalpha() or capitals[0] != capitals[1]:
        return False  # "Somalie" and "somalien" are two
    names = all(capitals) and first[0] == second[0]
    if not (names or _is_known(old, language) or _is_known(new, language)):
        return False
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.ratio() >= ALIKE and first.rstrip("s") != second.rstrip("s")


def _clean(word: str, language: Language) -> str:
    """A word without the specks inside it; a speck alone is left."""
    rest = "".join(c for c in word if c not in language.noise.specks.signs)
    return rest if any(c.isalpha() for c in rest) else word


def _explained(old: str, new: str, language: Language) -> bool:
    """Whether the confusions lead from one word to the other, letter by letter."""
    pairs, reached = _confusions(language), {(0, 0)}
    front = [(0, 0)]
    while front:
        i, j = front.pop()
        begun = pairs.get(old[i : i + 1], ())
        steps = [(i + len(a), j + len(b)) for a, b in begun if old.startswith(a, i) and new.startswith(b, j)]
        if i < len(old) and j < len(new) and old[i] == new[j]:
            steps.append((i + 1, j + 1))
        front += [step for step in steps if step not in reached]
        reached.update(steps)
    return (len(old), len(new)) in reached


@cache
def _short(language: Language) -> frozenset[tuple[str, str]]:
    """Short words and what is read for them."""
    return frozenset((a, b) for row in language.noise.short for a in row.printed for b in row.read)


@cache
def _read_short(language: Language) -> frozenset[str]:
    """All of them, without hyphens."""
    return frozenset(word.replace("-", "") for pair in _short(language) for word in pair)


@cache
def _confusions(language: Language) -> dict[str, list[tuple[str, str]]]:
    """What is printed and what is read, by the first letter of the one: either text may be the scanned one."""
    pairs = {(a, b) for row in language.noise.confusion for a in row.printed for b in row.read if a != b}
    found: dict[str, list[tuple[str, str]]] = {}
    for pair in sorted(pairs | {(b, a) for a, b in pairs}):
        found.setdefault(pair[0][0], []).append(pair)
    return found


@lru_cache(maxsize=65536)
def _is_known(text: str, language: Language) -> bool:
    """Whether every word of a text is one of its language, a number, or a small word."""
    words = [part for token in tokens(text) if not token.isspace() for part in token.split("-") if part]
    return all(_is_known_word(word, language) for word in words)


def _is_known_word(word: str, language: Language) -> bool:
    """Whether a word is one that the word list need not know, or has, or of an elision the whole word: "jusqu’" is
    "jusque"."""
    if word.isdigit() or fold(word) in _small(language):
        return True
    from resdiff.repair.words import is_known  # needed for scans alone

    whole = word[:-1] + "e" if word[-1] in "’'" else word
    return len(whole) > 2 and fold(whole) not in language.noise.rare.words and is_known(whole, language)


@cache
def _small(language: Language) -> frozenset[str]:
    table = language.words
    words = {word for row in (*table.light, *table.linking) for word in row.words}
    return frozenset(words.union(*(row.words for row in table.law)))
