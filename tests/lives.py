"""Series of editions whose every word has a known origin, to measure which edition is said to have brought it.

A paragraph is a list of words, each with the number of the edition that brought it. From edition to edition words are
replaced, clauses and paragraphs come and go, return with a word changed, move, split; under ``stressed`` phrases are
carried to other paragraphs, one paragraph is rewritten, neighbours merge, and new words are frequent ones. All
randomness comes from the seed.
"""

import random
from dataclasses import dataclass

import build
import generator

from resdiff.model import Part, Resolution

Word = tuple[str, int]
Text = list[list[Word]]

EDITIONS, PARAGRAPHS, CLAUSE, PHRASE = 10, 50, 6, 10


@dataclass(frozen=True)
class Condition:
    """How much happens from edition to edition."""

    edited: int = 6  # paragraphs in which two words are replaced
    clauses: int = 2  # clauses that come
    rewritten: float = 0.0  # share of the words of one paragraph
    carried: bool = False  # a phrase is cut and one is copied into another paragraph
    merges: tuple[int, ...] = ()  # the editions at which two neighbours become one
    splits: tuple[int, ...] = (4, 7)
    frequent: bool = False  # new words are drawn as often as they stand in texts


CONDITIONS = {
    "calm": Condition(),
    "stressed": Condition(rewritten=0.35, carried=True, merges=(3, 6), frequent=True),
}


def series(condition: Condition, seed: int) -> list[Text]:
    """The editions of a series, each a list of paragraphs of words with their origins."""
    rng = random.Random(seed)
    bank = [text.split() for _, text in generator.shipped("A-RES-78-226.fr") + generator.shipped("A-RES-72-194.fr")]
    bank = list({tuple(words[:8]): words for words in bank if len(words) > 24}.values())  # no two alike
    rng.shuffle(bank)
    said = [word for words in bank for word in words if word.isalpha()]
    spare = [[*words[:3], *(rng.choice(said) for _ in range(len(words)))] for words in bank]  # that nobody wrote
    new = said if condition.frequent else sorted({word for word in said if len(word) > 5})
    text: Text = [[(word, 0) for word in words] for words in (bank + spare)[:PARAGRAPHS]]
    editions, dropped = [text], list[list[Word]]()
    for number in range(1, EDITIONS):
        text = [list(paragraph) for paragraph in text]
        change(text, number, condition, rng, new, spare, dropped)
        editions.append(text)
    return editions


def change(
    text: Text,
    number: int,
    condition: Condition,
    rng: random.Random,
    new: list[str],
    spare: list[list[str]],
    dropped: list[list[Word]],
) -> None:
    """Make the next edition of a text, in place."""

    def replaced(paragraph: list[Word], times: int) -> None:
        for at in rng.sample(range(len(paragraph)), min(times, len(paragraph))):
            paragraph[at] = (rng.choice(new), number)

    for paragraph in rng.sample(text, condition.edited):
        replaced(paragraph, 2)
    if condition.rewritten:
        paragraph = rng.choice(text)
        replaced(paragraph, int(condition.rewritten * len(paragraph)))
    for paragraph in rng.sample(text, condition.clauses):
        at, source = rng.randrange(len(paragraph)), rng.choice(spare)
        paragraph[at:at] = [(word, number) for word in source[3 : 3 + CLAUSE]]
    for is_cut in (True, False) if condition.carried else ():
        giver, taker = rng.sample([p for p in text if len(p) > 2 * PHRASE], 2)
        start = rng.randrange(len(giver) - PHRASE)
        at = rng.randrange(len(taker))
        taker[at:at] = giver[start : start + PHRASE]
        if is_cut:
            del giver[start : start + PHRASE]
    if number % 2 and dropped:
        back = dropped.pop(0)
        replaced(back, 1)
        text.insert(rng.randrange(len(text)), back)
    dropped.append(text.pop(rng.randrange(len(text))))
    text.insert(rng.randrange(len(text)), [(word, number) for word in spare.pop()])
    for times in (0, 1):
        paragraph = text.pop(rng.randrange(len(text)))
        replaced(paragraph, times)
        text.insert(rng.randrange(len(text)), paragraph)
    if number in condition.splits:
        longest = max(range(len(text)), key=lambda place: len(text[place]))
        half = len(text[longest]) // 2
        text[longest : longest + 1] = [text[longest][:half], text[longest][half:]]
    if number in condition.merges:
        short = min(range(len(text) - 1), key=lambda place: len(text[place]) + len(text[place + 1]))
        text[short : short + 2] = [text[short] + text[short + 1]]


def resolutions(editions: list[Text]) -> list[Resolution]:
    """The editions as texts that can be compared."""
    return [
        build.resolution(
            *((Part.OPERATIVE, " ".join(word for word, _ in paragraph)) for paragraph in text),
            symbol=f"A/RES/{60 + number}/1",
            adopted=f"{2005 + number}-12-18",
        )
        for number, text in enumerate(editions)
    ]
