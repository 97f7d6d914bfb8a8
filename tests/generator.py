"""Next versions of a resolution with known links, to measure the alignment on texts nobody tuned it to.

Real French paragraphs are the seed. A new version keeps, edits, moves, splits, merges, removes and adds paragraphs;
what it adds is made of clauses of other paragraphs under the opening of a real one, so that it looks like its
neighbours. All randomness comes from the seed number.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from build import resolution

from resdiff.model import Part, Resolution

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
OPERATIVE = [
    "Prie",
    "Engage",
    "Demande à",
    "Invite",
    "Exhorte",
    "Souligne",
    "Réaffirme",
    "Décide",
    "Se félicite de",
    "Prend note de",
]
PREAMBLE = ["Rappelant", "Réaffirmant", "Soulignant", "Notant", "Consciente de", "Se félicitant de", "Prenant note de"]
SYNONYMS = {
    word: [other for other in group.split() if other != word]
    for group in (
        "renforcer améliorer consolider intensifier accroître",
        "efficacement utilement activement pleinement",
        "notamment particulièrement",
        "mesures dispositions initiatives",
        "fournir apporter offrir",
        "assistance aide appui concours",
        "continuer poursuivre",
        "prévenir empêcher éviter",
        "combattre réprimer éliminer",
        "compétentes concernées intéressées",
        "importance nécessité intérêt",
        "promouvoir favoriser encourager faciliter",
        "appropriées voulues utiles nécessaires",
        "demandent sollicitent souhaitent",
        "Prie Engage Invite Exhorte Demande",
        "Soulignant Notant Rappelant Réaffirmant",
    )
    for word in group.split()
}


@dataclass(frozen=True)
class Strength:
    """How a new version differs: shares of paragraphs, and how far an edited one is rewritten."""

    kept: float = 0.35
    words: tuple[float, float] = (0.03, 0.15)
    clauses: float = 0.3  # chance that a clause comes or goes
    rewritten: float = 0.05  # share of paragraphs of which one or two clauses survive
    doubled: float = 0.04
    removed: float = 0.06
    added: float = 0.08
    replaced: float = 0.04  # removed, with an added one on the same topic in its place
    moved: float = 0.05
    swapped: float = 0.03
    split: float = 0.04
    merged: float = 0.04
    migrated: float = 0.02
    quoted: float = 0.02  # the new version also recalls the paragraph word for word elsewhere
    siblings: int = 0  # runs of near-identical points, as in lists of sanctions
    noise: float = 0.0  # share of characters misread by a scanner


CONDITIONS = {
    "light": Strength(0.62, (0.01, 0.06), 0.15, 0.01, 0.01, 0.02, 0.03, 0.01, 0.02, 0.02, 0.02, 0.02, 0.0, 0.01),
    "medium": Strength(),
    "heavy": Strength(0.12, (0.05, 0.3), 0.5, 0.14, 0.08, 0.12, 0.16, 0.08, 0.08, 0.04, 0.06, 0.06, 0.04, 0.03),
    "siblings": Strength(siblings=3),
    "scanned": Strength(noise=0.02),
}


@dataclass(frozen=True)
class Version:
    """Two texts, and the groups of old and new ids that belong together."""

    old: Resolution
    new: Resolution
    groups: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]

    @property
    def links(self) -> set[tuple[str, str]]:
        return {(o, n) for olds, news in self.groups for o in olds for n in news}


@dataclass
class Draft:
    """A paragraph of the new version, with the places of the old ones it comes from."""

    part: Part
    text: str
    origins: tuple[int, ...]


Seed = tuple[Part, str]


def shipped(name: str) -> list[Seed]:
    """The paragraphs of a resolution of the shipped corpus, by the stem of its file: ``A-RES-74-175.fr``."""
    (path,) = CORPUS.glob(f"*/{name}.md")
    body = path.read_text("utf-8").split("\n---\n", 1)[1]
    seeds: list[Seed] = []
    for block in body.split("\n\n"):
        text = re.sub(r"\[\^\d+\]|\*", "", " ".join(block.split()))
        number = re.match(r"\d+\. +|[a-z]\) +", text)
        if not text or text.startswith(("L’Assemblée générale,", ":", "#")) or block.lstrip().startswith("[^"):
            continue
        operative = bool(number) or bool(seeds and seeds[-1][0] is Part.OPERATIVE)
        seeds.append((Part.OPERATIVE if operative else Part.PREAMBLE, text[number.end() if number else 0 :]))
    return seeds


def grown(seeds: Sequence[Seed], bank: Sequence[str], size: int, seed: int) -> list[Seed]:
    """The seeds brought to ``size`` paragraphs with new ones made of the bank."""
    rng = random.Random(seed)
    halves = {part: [s for s in seeds if s[0] is part] for part in (Part.PREAMBLE, Part.OPERATIVE)}
    wanted = {Part.PREAMBLE: size * 2 // 5, Part.OPERATIVE: size - size * 2 // 5}
    for part, half in halves.items():
        while len(half) < wanted[part]:
            half.append((part, _fresh(part, bank, rng)))
        del half[wanted[part] :]
    return halves[Part.PREAMBLE] + halves[Part.OPERATIVE]


def next_version(seeds: Sequence[Seed], bank: Sequence[str], strength: Strength, seed: int) -> Version:
    """The seeds as an old text, and a new text made of them."""
    rng = random.Random(seed)
    old = list(seeds)
    for _ in range(strength.siblings):
        old += _siblings(bank, rng)
    drafts = _rewrite(old, _flavoured(bank, [text for _, text in seeds], rng), strength, rng)
    drafts = _reorder(drafts, strength, rng)
    if strength.noise:
        drafts = [replace(d, text=scan(d.text, strength.noise, rng)) for d in drafts]
    old_text = resolution(*old, symbol="A/RES/1/1")
    drafts.sort(key=lambda d: d.part is Part.OPERATIVE)
    new_text = resolution(*((d.part, d.text) for d in drafts), symbol="A/RES/2/1", scanned=bool(strength.noise))
    return Version(old_text, new_text, _groups(old_text, new_text, drafts))


def _groups(old: Resolution, new: Resolution, drafts: Sequence[Draft]):
    """Drafts that share an old paragraph form one group."""
    by_origins: dict[tuple[int, ...], list[str]] = {}
    for draft, paragraph in zip(drafts, new.body, strict=True):
        if draft.origins:
            by_origins.setdefault(draft.origins, []).append(paragraph.id)
    return tuple((tuple(old.body[i].id for i in origins), tuple(ids)) for origins, ids in by_origins.items())


def _flavoured(bank: Sequence[str], own: Sequence[str], rng: random.Random) -> list[str]:
    """The bank with two or three words of the text itself strewn in here and there, and its openings."""
    made = []
    for text in rng.sample(list(bank), min(len(bank), 400)):
        words = text.split()
        for at in range(rng.randint(6, 12), len(words) - 4, rng.randint(10, 20)):
            source = rng.choice(own).split()
            start, length = rng.randrange(max(1, len(source) - 3)), rng.randint(2, 3)
            words[at : at + length] = [w.strip(",;.") for w in source[start : start + length]]
        opening = rng.choice(own).split()
        made.append(" ".join([*opening[: min(rng.randint(1, 5), len(opening) // 5)], *words[1:]]))
    return made


# ---- paragraphs ---------------------------------------------------------------------------------------------------


def _rewrite(old: Sequence[Seed], bank: Sequence[str], strength: Strength, rng: random.Random) -> list[Draft]:
    drafts: list[Draft] = []
    place = 0
    while place < len(old):
        part, text = old[place]
        roll = rng.random()
        following = old[place + 1] if place + 1 < len(old) and old[place + 1][0] is part else None
        origins = (place,)
        if (roll := roll - strength.removed) < 0:
            pass
        elif (roll := roll - strength.replaced) < 0:
            drafts.append(Draft(part, _same_topic(text, bank, rng), ()))
        elif (roll := roll - strength.split) < 0 and len(_clauses(text)) >= 3:
            drafts += [Draft(part, half, origins) for half in _split(part, text, bank, rng)]
        elif (roll := roll - strength.merged) < 0 and following and len(text.split()) > 8:
            drafts.append(Draft(part, _merge(text, following[1], rng), (place, place + 1)))
            place += 1
        elif (roll := roll - strength.migrated) < 0 and len(text.split()) > 12:
            other = Part.OPERATIVE if part is Part.PREAMBLE else Part.PREAMBLE
            drafts.append(Draft(other, _open(other, text, rng), origins))
        elif (roll := roll - strength.doubled) < 0:
            extra = [_clause(bank, rng) for _ in range(max(2, len(_clauses(text))))]
            drafts.append(Draft(part, ", ".join([text.rstrip(" ,;."), *extra]) + _end(part), origins))
        elif (roll := roll - strength.rewritten) < 0 and len(text.split()) > 25:
            drafts.append(Draft(part, _survivors(part, text, bank, rng), origins))
        elif roll - strength.kept < 0:
            drafts.append(Draft(part, text, origins))
        else:
            drafts.append(Draft(part, edit(text, bank, strength, rng), origins))
        if rng.random() < strength.added:
            drafts.append(Draft(part, _fresh(part, bank, rng), ()))
        stands = any(origins == draft.origins for draft in drafts)
        if stands and part is Part.OPERATIVE and len(text.split()) > 20 and rng.random() < strength.quoted:
            drafts.append(Draft(Part.PREAMBLE, _quotation(text, rng), ()))
        place += 1
    return drafts


def _reorder(drafts: list[Draft], strength: Strength, rng: random.Random) -> list[Draft]:
    for place in range(len(drafts) - 1):
        if rng.random() < strength.swapped and drafts[place].part is drafts[place + 1].part:
            drafts[place], drafts[place + 1] = drafts[place + 1], drafts[place]
    for draft in [d for d in drafts if d.origins and rng.random() < strength.moved]:
        same = [place for place, other in enumerate(drafts) if other.part is draft.part]
        drafts.remove(draft)
        drafts.insert(min(rng.choice(same), len(drafts)), draft)
    return drafts


def _fresh(part: Part, bank: Sequence[str], rng: random.Random) -> str:
    """A new paragraph: the opening of a real one, then clauses of others; or a one-line citation."""
    if part is Part.PREAMBLE and rng.random() < 0.25:
        verb, day, year = rng.choice(["Rappelant", "Réaffirmant"]), rng.randint(1, 28), rng.randint(1990, 2023)
        return f"{verb} sa résolution {rng.randint(45, 78)}/{rng.randint(1, 300)} du {day} décembre {year},"
    words = rng.choice(bank).split()
    head = " ".join(words[: rng.randint(2, 12)]).rstrip(" ,;.")
    return ", ".join([head, *(_clause(bank, rng) for _ in range(rng.randint(1, 5)))]) + _end(part)


def _same_topic(text: str, bank: Sequence[str], rng: random.Random) -> str:
    """Another paragraph on the topic of this one: some of its words and its opening, none of its clauses whole."""
    words = text.split()
    head = words[: rng.randint(2, min(6, max(2, len(words) // 6)))]
    own = [" ".join(words[at : at + 2]) for at in range(4, len(words) - 3, max(4, len(words) // 3))]
    body = [_clause(bank, rng) for _ in range(max(2, len(_clauses(text))))]
    mixed = [f"{clause} {piece}" for clause, piece in zip(body, own + [""] * len(body), strict=False)]
    return " ".join(head).rstrip(" ,;.") + " " + ", ".join(mixed)


def _quotation(text: str, rng: random.Random) -> str:
    """A preambular paragraph that recalls what an operative one said."""
    words = text.rstrip(" ,;.").split()
    symbol, day = f"{rng.randint(45, 78)}/{rng.randint(1, 300)}", rng.randint(1, 28)
    quoted = " ".join(words[1 : int(len(words) * rng.uniform(0.6, 1))])
    recalled = f"Rappelant en particulier sa résolution {symbol} du {day} décembre 2017"
    return f"{recalled}, dans laquelle elle a demandé que {quoted},"


def _siblings(bank: Sequence[str], rng: random.Random) -> list[Seed]:
    """A run of paragraphs that differ in a name and a number, as lists of sanctions and of recalled texts do."""
    words = " ".join(rng.choice(bank).split()[:14]).rstrip(" ,;.").split()
    names = [" ".join(rng.choice(bank).split()[2:5]).strip(" ,;.") for _ in range(rng.randint(4, 8))]
    cut = max(2, len(words) // 2)
    return [
        (Part.OPERATIVE, " ".join([*words[:cut], name, *words[cut:], str(rng.randint(2, 2000))]) + " ;")
        for name in names
    ]


def _split(part: Part, text: str, bank: Sequence[str], rng: random.Random) -> list[str]:
    """Two paragraphs of one; now and then most of the second is new."""
    clauses = _clauses(text)
    cut = rng.randint(1, len(clauses) - 1)
    first, second = ", ".join(clauses[:cut]), ", ".join(clauses[cut:])
    if rng.random() < 0.2 and len(second.split()) >= 8:
        second = ", ".join([_clause(bank, rng), _clause(bank, rng), second])
    return [first + _end(part), _open(part, second, rng).rstrip(" ,;.") + _end(part)]


def _merge(first: str, second: str, rng: random.Random) -> str:
    """One paragraph of two; now and then only a clause of the second."""
    clauses = _clauses(second)
    long = [c for c in clauses if len(c.split()) >= 8]
    rest = rng.choice(long) if long and rng.random() < 0.3 else ", ".join(clauses)
    return f"{first.rstrip(' ,;.')}, et {rest[:1].lower()}{rest[1:]} ;"


def _survivors(part: Part, text: str, bank: Sequence[str], rng: random.Random) -> str:
    """A rewritten paragraph: the longest clause and one more survive among new ones."""
    clauses = _clauses(text)
    longest = max(clauses, key=len)
    kept = {longest, rng.choice(clauses)}
    made = [c if c in kept else _clause(bank, rng) for c in clauses]
    return _open(part, ", ".join(made), rng).rstrip(" ,;.") + _end(part)


def _open(part: Part, text: str, rng: random.Random) -> str:
    opening = rng.choice(OPERATIVE if part is Part.OPERATIVE else PREAMBLE)
    return f"{opening} {text[:1].lower()}{text[1:]}"


# ---- words --------------------------------------------------------------------------------------------------------


def edit(text: str, bank: Sequence[str], strength: Strength, rng: random.Random) -> str:
    """The text with some words replaced and now and then a clause that came or went."""
    clauses = _clauses(text)
    if rng.random() < strength.clauses:
        clauses.insert(rng.randint(1, len(clauses)), _clause(bank, rng))
    if rng.random() < strength.clauses and len(clauses) > 2:
        del clauses[rng.randrange(1, len(clauses))]
    words = (", ".join(clauses) + (text.rstrip()[-1:] if text.rstrip()[-1:] in ",;." else "")).split(" ")
    for _ in range(max(1, round(len(words) * rng.uniform(*strength.words)))):
        at = rng.randrange(len(words))
        words[at : at + 1] = _reword(words[at], bank, rng)
    return " ".join(words) or text


def _reword(word: str, bank: Sequence[str], rng: random.Random) -> list[str]:
    bare = word.strip(",;.«»")
    if bare in SYNONYMS:
        return [word.replace(bare, rng.choice(SYNONYMS[bare]))]
    if any(c.isdigit() for c in bare):
        return [re.sub(r"\d", lambda _: str(rng.randint(1, 9)), word)]
    other = rng.choice(rng.choice(bank).split()).strip(",;.")
    return rng.choice([[other], [word, other], []])


def _clauses(text: str) -> list[str]:
    return [c.strip() for c in re.split(r"[,;]\s", text.rstrip(" ,;.") + " ") if c.strip()] or [text]


def _clause(bank: Sequence[str], rng: random.Random) -> str:
    """A clause of 4 to 30 words from somewhere."""
    for _ in range(20):
        clause = rng.choice(_clauses(rng.choice(bank)))
        if 4 <= len(clause.split()) <= 30:
            return clause
    return "dans le cadre de son mandat"


def _end(part: Part) -> str:
    return " ;" if part is Part.OPERATIVE else ","


MISREAD = {
    "é": "e¢6",
    "è": "é",
    "l": "1I",
    "’": "'",
    "à": "a",
    "i": "l1",
    "ê": "é",
    "m": "rn",
    "u": "ii",
    "c": "e",
    "t": "f",
}


def scan(text: str, share: float, rng: random.Random) -> str:
    """The text as an OCR engine might read it."""
    return "".join(
        rng.choice(MISREAD[c]) if c in MISREAD and rng.random() < share * 3 else ("" if rng.random() < share / 4 else c)
        for c in text
    )
