"""The laws of what is said of two texts, tested without labels.

*Quiet*: a rewrite that changes no meaning gives no finding. *Mirror*: read the other way round, what was set is given
up, what is new is gone. *Re-parse*: a small grammar of our own sentences reads each one back to the finding it tells.
"""

import json
import re
from itertools import pairwise

import chains
import pytest
from judging import judged
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.model import Op, Side, Status
from resdiff.report.blocks import Sentence, Struck
from resdiff.report.explain import FindingKind, findings
from resdiff.report.summary import summarize
from resdiff.report.wording import as_text, inner

SYMBOLS = ("72/194", "74/175", "78/226")

# Each keeps the meaning of a text: the same number spelled otherwise, the same phrase in another order or translation.
REWRITES = {
    "numbers in figures": [("soixante-quinzième session", "75e session"), ("soixante-treizième session", "73e session"),
                           ("soixante-dix-huitième session", "78e session"), ("cent quatre-vingts jours", "180 jours")],
    "synonyms of one translation": [("en coopération avec", "en collaboration avec"), ("notamment", "en particulier"),
                                    ("conformément à", "en conformité avec"), ("ainsi que", "et")],
    "order of a list": [(r"la collecte, l’analyse, la préservation", "la préservation, la collecte, l’analyse"),
                        (r"des armes légères et des armes de petit calibre", "des armes de petit calibre et légères")],
    "marks of the page": [("’", "'"), ("œ", "oe"), ("« ", "“"), (" »", "”"), (" ;", ";")],
}  # fmt: skip


@pytest.fixture(scope="module")
def texts(corpus):
    return {symbol: corpus.get(symbol) for symbol in SYMBOLS}


def rewritten(text, swaps):
    paragraphs = []
    for paragraph in text.paragraphs:
        words = paragraph.text
        for old, new in swaps:
            words = words.replace(old, new)
        paragraphs.append(replace(paragraph, text=words))
    return replace(text, paragraphs=tuple(paragraphs))


@pytest.mark.parametrize("name", REWRITES)
@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_rewrite_that_changes_no_meaning_is_quiet(texts, symbol, name):
    text = texts[symbol]
    comparison = judged(compare(text, rewritten(text, REWRITES[name])))
    assert findings(comparison) == ()
    assert not comparison.verbs


@pytest.mark.slow
@pytest.mark.parametrize("symbol", SYMBOLS)
def test_new_numbers_are_quiet(texts, symbol):
    """A paragraph put before the others shifts every number: only what it does itself is told."""
    text = texts[symbol]
    first = next(p for p in text.paragraphs if p.id == "op1")
    shifted = [replace(p, number=str(int(p.number) + 1)) if p.number.isdigit() else p for p in text.paragraphs]
    comparison = judged(compare(text, replace(text, paragraphs=tuple(shifted))))
    assert first.number != shifted[text.paragraphs.index(first)].number
    assert findings(comparison) == ()


# ---- mirror ---------------------------------------------------------------------------------------------------------


def both_ways(old, new):
    return judged(compare(old, new)), judged(compare(new, old))


def assert_mirrored(there, back):
    """What is told of topics, names and times is the opposite read the other way round."""
    opposite = {Status.NEW: Status.DROPPED, Status.DROPPED: Status.NEW}
    told = {(t.id, t.status) for t in there.topics if t.words}
    assert all(t.status == opposite[s] for i, s in told for t in back.topics if t.id == i and t.words)
    named = {(a.name, a.status) for a in there.actors if a.alone}
    assert all(a.status == opposite[s] for n, s in named for a in back.actors if a.name == n and a.alone)
    moved = {(t.old, t.new) for t in there.calendar if t.old and t.new}
    assert moved == {(t.new, t.old) for t in back.calendar if t.old and t.new}
    stronger = {(v.old, v.new, v.direction) for v in there.verbs if v.direction != "same"}
    turned = {"stronger": "weaker", "weaker": "stronger"}
    assert stronger == {(v.new, v.old, turned[v.direction]) for v in back.verbs if v.direction != "same"}


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new"), [("72/194", "74/175"), ("74/175", "78/226"), ("72/194", "78/226")])
def test_read_the_other_way_round_the_opposite_is_told(texts, old, new):
    assert_mirrored(*both_ways(texts[old], texts[new]))


# ---- re-parse -------------------------------------------------------------------------------------------------------

SPACE = r"[ \u00a0]"
QUOTE = rf"«{SPACE}([^«»]+?){SPACE}»"
PLACE = rf"(?:paragraphe|par\.|PP){SPACE}(\d+){SPACE}:{SPACE}"
RE_ACT = re.compile(rf"(?<!ancien )(?<!anciens ){PLACE}((?:{QUOTE}(?: et )?)+)", re.IGNORECASE)
RE_WENT = re.compile(rf"(?<=[:;] )ancien (?:par\.|PP){SPACE}[\d a-z)]+?(?: \([^()]*\))?{SPACE}:{SPACE}{QUOTE}")
RE_POINT = r"…| [:;] (?:\w{1,4}\) )?"  # a list is quoted with its points
RE_PHRASE = re.compile(rf"{QUOTE} devient {QUOTE}|(?:dit désormais|ne dit plus en ces termes) {QUOTE}")
RE_TIME = re.compile(rf"{QUOTE}(, au lieu de {QUOTE}|, échéance non reprise)? ?\((?:ancien )?(?:par\.|PP)")


def read_back(sentence):
    """The findings that a sentence of the summary tells: kind, quotes."""
    if sentence.startswith("Calendrier"):
        for clause in RE_TIME.finditer(sentence):
            kind = "time-gone" if clause[2] and not clause[3] else "time-moved" if clause[3] else "time-set"
            yield kind, clause[1]
    elif phrases := [found[0] for found in RE_PHRASE.finditer(sentence)]:
        for phrase in phrases:
            yield from (("phrase", quote) for quote in re.findall(QUOTE, phrase))
    else:
        yield from (("went", quote) for quote in RE_WENT.findall(sentence))
        for act in RE_ACT.finditer(sentence):
            for quote in re.findall(QUOTE, act[2]):
                yield "act", quote


def printed(quotes):
    """Quotes as they stand in a sentence: in one line, their own quotation marks inner ones."""
    return {" ".join(inner(quote, "fr").split()) for quote in quotes}


def letters(words):
    """The letters and figures of words alone."""
    return "".join(filter(str.isalnum, words.lower()))


def assert_read_back(comparison):
    acts = (p for p in comparison.provisions if p.side is Side.NEW)
    known = {
        "act": printed(quote for act in acts for quote in (act.quote, act.brief)),
        # where a time stood, marks may show it; of an act that is quoted above the time alone is told
        "time-set": printed(said for t in comparison.calendar if t.new for said in (t.new, t.clause)),
        "time-moved": printed(said for t in comparison.calendar if t.new and t.old for said in (t.new, t.clause)),
        "time-gone": printed(t.clause for t in comparison.calendar if not t.new),
    }
    assert set(known) <= set(FindingKind)
    known["went"] = []
    flags = [flag for change in comparison.changes for flag in change.flags]
    known["phrase"] = printed(v for flag in flags if flag.code.startswith("words-") for v in flag.values)
    known["time-moved"] |= printed(v for flag in flags if flag.code == "deadline-changed" for v in flag.values)
    old, new = (
        [letters("".join(e.text for e in change.edits if e.op is not left_out)) for change in comparison.changes]
        for left_out in (Op.INSERT, Op.DELETE)
    )
    known = {kind: {letters(quote) for quote in quotes} for kind, quotes in known.items()}
    for sentence in summarize(comparison, "fr"):
        struck = [piece for part in sentence.parts if isinstance(part, Struck) for piece in part.text.split("…")]
        assert all(any(letters(piece) in text for text in old) for piece in struck)
        bare = Sentence(tuple(part for part in sentence.parts if not isinstance(part, Struck)))
        for kind, quote in read_back(" ".join(as_text(bare).split())):
            # an act may be told in part, by what changed in it; a phrase without the time it begins with
            pieces = [letters(piece) for piece in re.split(RE_POINT, quote)]
            assert (
                letters(quote) in known[kind]
                or (kind == "act" and all(any(piece in text for text in new) for piece in pieces))
                or (kind == "went" and all(any(piece in text for text in old) for piece in pieces))
                or (kind == "phrase" and any(pieces[0] in whole for whole in known[kind]))
            )


def test_every_sentence_of_the_summary_is_read_back_to_its_finding(pairs):
    for comparison in pairs.values():
        assert_read_back(comparison)


# ---- on real texts --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def council(shared):
    folder = shared / "texts/fr-sc-all"
    if not folder.is_dir():
        pytest.skip("the texts of the Council are not here")
    return folder


@pytest.mark.chains
@pytest.mark.slow
def test_the_laws_hold_on_sixty_pairs_of_the_council(council):
    series = json.loads((council / "CHAINS.json").read_text(encoding="utf-8")).values()
    pairs = [pair for chain in series for pair in pairwise(chain)][::6][:60]
    for names in pairs:
        old, new = (council / name for name in names)
        there = chains.judged(old, new)
        assert_mirrored(there, chains.judged(new, old))
        assert_read_back(there)
        assert not [f for f in findings(chains.judged(old, old)) if f.kind is not FindingKind.ACT]
