"""The type of every table: what its sections are called, what a row must have and may have, which values are possible.

A table is converted strictly when it is loaded: an unknown key, a missing one or a value of another type is told with
file, row and key. A row that a documents officer edits carries a ``reason`` and an ``example``; the tests try the
examples. What only asks "is this word one of them" is a frozenset; where the order says something, it is a tuple.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from resdiff.data.message import Help, Messages

Words = frozenset[str]
Listed = tuple[str, ...]
Filled = Annotated[str, Meta(pattern=r"\S")]
Needed = dict[str, Listed]
"""Patterns by a word, or some signs, that whatever they find holds: few need be tried on a text."""
Pair = tuple[str, str]
"""An example in two states: as read and as printed, or as in the old text and in the new one."""


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """The base of all: what is not in the schema is a mistake of its writer."""


class WordRow(Row, frozen=True):
    """Words that are treated alike, and why."""

    words: Listed
    reason: str
    example: str


class PhraseRow(Row, frozen=True):
    """Phrases that are treated alike, or that do one thing, and why."""

    phrases: Listed
    reason: str
    example: str


class Synonyms(Row, frozen=True):
    """Phrases of one sense; those that ``joins`` only join what follows them and mean nothing alone; the first of a
    ``country`` is its name, the others its adjective."""

    phrases: Listed
    reason: str
    example: str
    joins: bool = False
    country: bool = False


class PatternRow(Row, frozen=True):
    """A regular expression for a flat text, and why."""

    pattern: str
    reason: str
    example: str


class RarePattern(PatternRow, frozen=True):
    """One that few texts need to be searched for.

    ``needs`` are words of which whatever it finds holds one at least, ``ends`` those with which a text ends in which it
    finds something that holds none: what has and ends with none is not searched.
    """

    needs: Listed = ()
    ends: Listed = ()


# ---- acts -----------------------------------------------------------------------------------------------------------

Section = dict[str, Listed | float | str]
"""Lists of words by what they do in a rule, with its reason and an example."""


class ActVerb(Row, frozen=True):
    """A verb of command: its forms, its force on the one scale, how who is asked stands behind it."""

    id: str
    family: str
    force: float
    reason: str
    example: str
    op: Listed = ()
    pp: Listed = ()
    asks: Listed = ()
    effect: str = "none"
    follows: Listed = ()
    guarded: bool = False
    kin: str = ""
    apart: bool = False


class ActScale(Row, frozen=True):
    """Families whose verbs are weighed against each other; ``step``: least difference that is told, 0 for none.

    ``whole``: with what weighs on what is asked, not the verb alone.
    """

    families: Listed
    reason: str
    example: str
    step: float = 0
    whole: bool = False


class ActWords(Row, frozen=True):
    """Words of one sort beside a verb or before a reference; ``step``: what they add to the force."""

    words: Listed
    reason: str
    example: str
    sort: str = ""
    step: float = 0


class ActEffect(Row, frozen=True):
    """Verbs, nouns and cues that do something to earlier provisions, and the provisions they must bear on."""

    id: str
    reason: str
    example: str
    stems: Listed = ()
    nouns: Listed = ()
    cues: Listed = ()
    on: Listed = ()
    subject: bool = False
    earlier: bool = False


class Contracted(Row, frozen=True):
    """How a preposition melts with the article behind it: what is left of each, and where a further one may stand."""

    articles: dict[str, str]
    further: str
    whole: dict[str, str]
    reason: str
    example: str


class Acts(Row, frozen=True):
    """What the paragraphs of a resolution do."""

    verb: tuple[ActVerb, ...]
    scale: tuple[ActScale, ...]
    adverb: tuple[ActWords, ...]
    softener: tuple[ActWords, ...]
    condition: tuple[ActWords, ...]
    role: tuple[ActWords, ...]
    effect: tuple[ActEffect, ...]
    anaphora: tuple[ActWords, ...]
    duty: Section
    grammar: Section
    infinitive: Section
    finite: Section
    addressee: Section
    governed: Section
    reference: Section
    contracted: Contracted


# ---- actors: proper names -------------------------------------------------------------------------------------------

NameSort = Literal["body", "programme", "instrument", "document"]


class Joins(Row, frozen=True):
    """Words by what they do in a name or at its edge."""

    authors: Words
    persons: Words
    adjectives: Words
    endings: Listed
    not_adjectives: Words
    alone: Words
    before: Words
    subject: Words
    place: Words
    articles: Words
    end: Words
    nouns: Words
    states: Words = frozenset()
    verbal: Listed = ()
    to: Words = frozenset()
    listing: Words = frozenset()
    listed: Words = frozenset()


class Connector(Row, frozen=True):
    """What joins a complement to a name, beside "of": its words in order, each any of several.

    ``before`` are those of them that stand before the noun of the complement, ``heads`` the set of ``Joins`` in which
    the head of the name must be, ``number`` whether it is of one thing or of many.
    """

    words: tuple[Listed, ...]
    before: int
    reason: str
    example: str
    heads: str = ""
    number: Literal["", "one", "many"] = ""
    where: Literal["", "first", "later", "named", "country"] = ""


class SmallWords(Row, frozen=True):
    """Words before a noun: articles, "one", "of", such as hold the article too; "and" between two of them; what leads
    to a country."""

    le: Words
    un: Words
    de: Words
    du: Words
    et: Words
    en: Words


class Edges(Row, frozen=True):
    """Where a name begins and ends."""

    goes_on: PatternRow
    complement: PatternRow
    joined: PatternRow
    dangles: RarePattern
    place: PatternRow
    created: RarePattern
    infinitive: RarePattern
    longer: PatternRow
    beside: PatternRow
    belongs: PatternRow
    within: PatternRow


class Rewriting(PatternRow, frozen=True):
    """A pattern, and what is written for it."""

    to: str


class NameKeys(Row, frozen=True):
    """What makes two ways of writing a name one; what ``hyphened`` rewrites keeps its length; ``owner`` is what of a
    name, folded, may be left out."""

    articles: dict[str, str]
    spelt: dict[str, str]
    inside: Rewriting
    hyphened: dict[str, str] = {}
    owner: str = ""


class KnownName(Row, frozen=True):
    """A name known as it is; where it has no ``sort``, the head it opens with tells."""

    name: str
    acronym: str = ""
    short: Listed = ()
    quiet: bool = False
    sort: Literal["", NameSort] = ""


class Acronyms(Row, frozen=True):
    """Words in capitals that are no acronym of an actor."""

    excluded: Words = field(name="not")


class NameRun(Row, frozen=True):
    """A run of words with capitals, and where the name that it begins with ends: at what ``joint`` joins to it where
    both have a head, before the patterns of ``ends``, before those of what leads to a country
    (``abroad``)."""

    pattern: str = ""
    joint: str = ""
    ends: Listed = ()
    abroad: Listed = ()
    reason: str = ""
    example: str = ""


class Actors(Row, frozen=True):
    """How proper names are built; ``run``: in a language whose names are runs of words with capitals, such a run.

    ``complements`` are the words behind the noun of a name, in a language where others may stand before it.
    """

    heads: dict[NameSort, Listed]
    joins: Joins
    small: SmallWords
    edges: Edges
    key: NameKeys
    initials: WordRow
    known: tuple[KnownName, ...]
    acronyms: Acronyms
    run: NameRun = NameRun()
    complements: WordRow = WordRow((), "", "")
    connector: tuple[Connector, ...] = ()


# ---- articles -------------------------------------------------------------------------------------------------------


class Articles(Row, frozen=True):
    """The article before a name, by the noun it opens with; that of all ``other`` ones, empty where they are quoted."""

    masculine: Words
    feminine: Words
    plural: Words
    bare: Words
    aspirated: Words
    elided_before: str
    printed: dict[str, str]
    other: str = ""


# ---- calls ---------------------------------------------------------------------------------------------------------


class Calls(Row, frozen=True):
    """How people call a paragraph: the words for its part, for the text it stands in, and those that say nothing."""

    operative: WordRow
    preambular: WordRow
    old: WordRow
    new: WordRow
    idle: WordRow


# ---- citations ------------------------------------------------------------------------------------------------------


class CitationForm(Row, frozen=True):
    """One way of citing: the pattern, the words of which one must stand before it in its clause, how it is told.

    ``needs`` is what a text holds one of where the pattern finds anything.
    """

    sort: Literal["resolution", "decision", "document", "treaty"]
    pattern: str
    reason: str
    example: str
    needs: Listed
    after: Listed = ()
    other: str = ""
    label: str = "{}"


class CitationOwner(Row, frozen=True):
    """An organ that numbers its resolutions as another one does: a pattern of its ``name``, the form of its numbers,
    the ``symbol`` that may stand right before one, what a text holds one of where it is named (``needs``); ``label``
    stands behind what is told."""

    label: str
    name: str
    number: str
    needs: Listed
    reason: str
    example: str
    symbol: str = ""


class CitationOwned(Row, frozen=True):
    """How a text says whose a resolution is: ``before`` is looked for in the words that end with its number, ``behind``
    in those that follow it, where those before it do not end with ``own``, by which who speaks calls his own; NAME and
    NUMBER stand for the patterns of an organ. ``organ`` finds any organ, of which the last may be meant."""

    own: str
    organ: str
    before: str
    behind: str
    reason: str
    example: str


class Citations(Row, frozen=True):
    """What is cited and how it is written; ``quotes``: what tells that a paragraph says what an earlier text said."""

    form: tuple[CitationForm, ...]
    quotes: PatternRow
    owned: CitationOwned
    owner: tuple[CitationOwner, ...] = ()


# ---- standing clauses ------------------------------------------------------------------------------------------------


class StandingClause(Row, frozen=True):
    """What most texts of a series do once; ``pattern`` is for a folded text. Where it finds anything, that text begins
    with one of ``opens``, if there are any, and holds one of ``needs``."""

    name: str
    pattern: str
    needs: Listed
    reason: str
    example: str
    opens: Listed = ()


class Standing(Row, frozen=True):
    """The standing clauses of a language; the first whose pattern is found names the paragraph."""

    clause: tuple[StandingClause, ...]


# ---- votes -----------------------------------------------------------------------------------------------------------


class VoteForm(Row, frozen=True):
    """One way in which a text is adopted; ``pattern`` is for flat letters, from the beginning of a line."""

    kind: Literal["unanimous", "none", "recorded"]
    pattern: str
    reason: str
    example: str


class Roll(Row, frozen=True):
    """What stands before the names of those who voted one way; ``pattern`` is for flat letters, from the beginning of a
    line."""

    ballot: Literal["yes", "no", "abstaining"]
    pattern: str
    reason: str
    example: str


class Votes(Row, frozen=True):
    """How texts are adopted, in a line that ``opens`` so; the place of a word among ``numbers`` is what it counts;
    ``roll``: who voted how; ``names``: what stands between two names, in a text as printed."""

    opens: PatternRow
    form: tuple[VoteForm, ...]
    roll: tuple[Roll, ...]
    names: PatternRow
    numbers: WordRow


# ---- conditions -----------------------------------------------------------------------------------------------------


class Condition(Row, frozen=True):
    """Phrases that set one sort of condition; ``full``: told whenever it came or went; ``named``: what protects people,
    named for itself, which is a condition where something is asked alone."""

    sort: Literal["rights", "law", "limit", "request", "discretion", "consult"]
    phrases: Listed
    reason: str
    example: str
    full: bool = False
    named: bool = False


class Patterns(Row, frozen=True):
    """Several ways to say one thing: how a report is asked for, what threatens.

    ``needs`` are words of which whatever a pattern finds holds one at least, ``opens`` those with which a text begins
    that holds none of them: what has and begins with none is not searched.
    """

    patterns: Listed
    reason: str
    example: str
    needs: Listed = ()
    opens: Listed = ()


class Figure(Row, frozen=True):
    """How it is told how many are authorised; ``behind`` are words of which one stands right behind a number."""

    pattern: str
    behind: Listed
    reason: str
    example: str


class Conditions(Row, frozen=True):
    """What stands on a request: conditions, time limits, figures, reports."""

    condition: tuple[Condition, ...]
    figure: tuple[Figure, ...]
    reports: Patterns
    deciding: WordRow
    leading: WordRow
    known: WordRow
    counted: RarePattern
    first_of_two: RarePattern
    purpose: RarePattern
    hanging: WordRow
    turned: WordRow
    flouted: WordRow
    made: PatternRow


# ---- provisions -----------------------------------------------------------------------------------------------------


class Links(Row, frozen=True):
    """Words and patterns with which a quote may go on behind a gap."""

    phrases: Listed
    patterns: Listed
    reason: str
    example: str


class Signs(Row, frozen=True):
    """How signs are set between the parts of a quote, how the letter of a point is written, the marks of a quote, the
    word before the last of several points of which one will do."""

    colon: str
    semicolon: str
    letter: str
    quotes: Pair
    alternative: str = ""


class Provisions(Row, frozen=True):
    """What a text does, quoted: where a quote may be cut, what belongs to it, what is no news."""

    cuts: PhraseRow
    ties: PhraseRow
    links: Links
    asides: PhraseRow
    joins: PhraseRow
    limits: PhraseRow
    threats: Patterns
    pointing: Patterns
    formal: Patterns
    orphans: Patterns
    latter: Patterns
    anaphoric: Patterns
    referring: Patterns
    mandates: Patterns
    wholly: Patterns
    carried: Patterns
    hollow: Patterns
    papers: Patterns
    resuming: Patterns
    weighty: Patterns
    signs: Signs = Signs(": ", "; ", "({}) ", ("“", "”"))


class Excerpts(Row, frozen=True):
    """Where words can be quoted: where they may be cut, what must not be cut off.

    ``noun_last``: a noun stands behind the words that tell which one is meant, so that none is whole without it.
    ``translated``: texts are translated, each edition anew, so that the same sense may come in other words.
    """

    clause: PatternRow
    phrase: PatternRow
    dangling: RarePattern
    excepting: RarePattern
    tail: RarePattern
    hanging: RarePattern
    duty: RarePattern
    aside: RarePattern
    pointing: PatternRow
    joined: PatternRow
    resuming: PatternRow
    complement: WordRow
    referring: WordRow
    leading: WordRow
    commonplace: WordRow
    governing: RarePattern
    relative: PatternRow
    asked: PatternRow
    who: PatternRow
    organ: PatternRow
    included: PatternRow
    noun_last: bool = False
    translated: bool = False


# ---- frequency ------------------------------------------------------------------------------------------------------


class Band(Row, frozen=True):
    """Beginnings of words that stand in about one text of two to the power of ``halvings``."""

    halvings: int
    stems: Words


class Frequency(Row, frozen=True):
    """In how many texts words stand; ``rare`` are the halvings of those that stand in no band."""

    band: tuple[Band, ...]
    rare: int


# ---- leads ----------------------------------------------------------------------------------------------------------


class PreambleLeads(Row, frozen=True):
    """First words of preambular paragraphs, and those that stand nowhere else."""

    first: Listed
    sure: Listed = ()


class OperativeLeads(Row, frozen=True):
    """First words of operative paragraphs, and those of numbered paragraphs that are no verb."""

    first: Listed
    never: Listed


class LeadPhrases(Row, frozen=True):
    """Leads of more than one word, and the words that belong to a lead they follow."""

    whole: Listed
    follow: Listed


class VerbLeads(Row, frozen=True):
    """Patterns of what stands before a first word and belongs to it, and of a first word that is a participle."""

    before: str = ""
    participle: str = ""


class ProseLeads(Row, frozen=True):
    """How a text in prose turns from how things are to what is to be done, as patterns of folded text.

    ``we`` is the pronoun of those who speak and what may stand between it and its verb, ``undertake`` the verbs with
    which they ask or undertake something, ``wished`` what is said of what should be done, ``adopting`` a sentence that
    adopts the text it stands in, ``met`` an opening sentence that only says who met, where and when.
    """

    we: str = ""
    undertake: Listed = ()
    wished: Listed = ()
    adopting: Listed = ()
    met: Listed = ()


class Leads(Row, frozen=True):
    """Opening words of paragraphs."""

    preamble: PreambleLeads
    operative: OperativeLeads
    phrase: LeadPhrases
    prose: ProseLeads = ProseLeads()
    verb: VerbLeads = VerbLeads()


# ---- links ----------------------------------------------------------------------------------------------------------


class PairOdds(Row, frozen=True):
    """What each feature of two paragraphs adds to the logarithm of the odds that they belong together.

    ``share`` is what they have in common in any order, of both; ``within`` what runs of words hold of the shorter one;
    ``margin`` the share less that of the best rival; ``lead`` the same first word; ``part`` one in the preamble and one
    in the operative part; ``turned`` both, as when "Réaffirmant" becomes "Réaffirme"; ``own`` what they share and no
    other paragraph has; ``place`` the same neighbours, ``away`` how far from them.
    """

    base: float
    share: float
    within: float
    margin: float
    lead: float
    part: float
    turned: float
    own: float
    place: float
    away: float


class HalfOdds(Row, frozen=True):
    """The same of a guest that would complete a link of its host, as the other half of a split or of a merge.

    ``guest`` is what the host has of the guest and not of its partner, of the guest; ``far`` how far the two halves
    stand from each other; ``said`` how many words that say something, no names among them, only host and guest have, as
    a logarithm.
    """

    base: float
    guest: float
    far: float
    part: float
    margin: float
    said: float


class LinkOdds(Row, frozen=True):
    """The weights by which paragraphs are linked; fitted, never typed."""

    pair: PairOdds
    half: HalfOdds


class LossOdds(Row, frozen=True):
    """What each feature of an act that went and a paragraph of the new text adds to the logarithm of the odds that the
    paragraph says what the act did, or what came of it.

    ``share`` is the root of what the paragraph has of its words, weighed by how rare they are; ``margin`` that and its
    share of their runs, less those of the best other paragraph; ``link`` the logarithm of the odds of a link between
    the two; ``family`` an act of the same family in it; ``away`` how far it stands from where the act stood.
    """

    base: float
    share: float
    margin: float
    link: float
    family: float
    away: float


class NearOdds(Row, frozen=True):
    """What each feature of two paragraphs, one of which has no link, adds to the logarithm of the odds that the other
    one says what it says, wholly or in part.

    ``share`` and ``share_there`` are the square roots of the shares of their rarer words that both have and that are no
    names, of the one that is looked for and of the other one; ``margin`` is how much more the two have in common than
    it with the next one, ``margin_there`` than the other one has with the next; ``away`` how far apart they stand in
    their texts, 0 to 1; ``link`` the logarithm of the odds of a link; ``free`` is 1 where the other one has no link;
    ``opening`` is how much more the words with which both begin have in common than with those of the next one;
    ``together`` the square root of the share of the pairs of words close to each other, of the one that is looked for,
    that both have.
    """

    base: float
    share: float
    share_there: float
    margin: float
    margin_there: float
    away: float
    link: float
    free: float
    opening: float
    together: float


# ---- noise: what a scanner takes for what, between two texts --------------------------------------------------------


class Misreading(Row, frozen=True):
    """Letters or words as printed, and what they are read as."""

    printed: tuple[Filled, ...]
    read: tuple[Filled, ...]
    reason: str
    example: str


class Specks(Row, frozen=True):
    """Signs that no word holds."""

    signs: Words
    reason: str
    example: str


class Noise(Row, frozen=True):
    """How a scan differs from its clean text."""

    confusion: tuple[Misreading, ...]
    lost: WordRow
    specks: Specks
    short: tuple[Misreading, ...]
    rare: WordRow


# ---- page and parse: the form of a resolution -----------------------------------------------------------------------


class SymbolLine(Row, frozen=True):
    """A symbol alone on its line, as printed."""

    line: Needed


class FoldedForms(Row, frozen=True):
    """Patterns for a folded line."""

    folded: Needed = {}


class NoteForms(Row, frozen=True):
    """How a footnote begins, with its label and for sure without, and words before a number that is no call, as behind
    it ``counted`` ones and, before one in square brackets, ``leading`` ones tell."""

    folded: Listed
    sure: Needed = {}
    signs: Listed = ()
    ends: Needed = {}
    over: str = ""
    reference: Words = frozenset()
    leading: Words = frozenset()
    counted: Words = frozenset()


class Masthead(Row, frozen=True):
    """Lines by which the masthead of a printed text is known, a pattern whose group is its item of the agenda, what
    tells the state of a draft: how that begins, the words that may stand between its number and its date, and words of
    ``rounds`` that tell it beside a date; the lines, folded, that name its ``sponsors``, or say for whom and in which
    language it was ``written``; and words of a line whose date is the end of a ``silence``."""

    lines: Listed = ()
    agenda: str = ""
    states: Listed = ()
    sponsors: Listed = ()
    written: Listed = ()
    between: Listed = ()
    rounds: Listed = ()
    silence: Listed = ()


class PointLetters(Row, frozen=True):
    """Letters of points as a scan reads them, each with what was printed."""

    misread: dict[str, str] = {}


class NumberForms(Row, frozen=True):
    """What stands behind the number of a paragraph that came between two, in order, and of one that a draft offers in
    the place of another."""

    between: Listed
    instead: Listed


class Page(Row, frozen=True):
    """What a printed page looks like in whatever language."""

    symbol: SymbolLine
    number: NumberForms
    furniture: FoldedForms
    note: NoteForms
    letter: PointLetters = PointLetters()
    masthead: Masthead = Masthead()


class Tongue(Row, frozen=True):
    """The small words of a language, words that must be told for it, and the letters and signs it never has."""

    code: str
    words: str
    example: str
    never: str = ""
    signs: str = ""


class Script(Row, frozen=True):
    """The letters by which a language is told, as a class of a regular expression."""

    code: str
    letters: str
    example: str


class Tongues(Row, frozen=True):
    """The languages that are told apart, by their small words or by their letters."""

    tongue: tuple[Tongue, ...]
    script: tuple[Script, ...] = ()


class Formula(Row, frozen=True):
    """The opening words of an organ."""

    text: str
    organ: str


class AnnexForms(Row, frozen=True):
    """Headings that open an annex, how a text refers to one of its own, the words for an article of one, and for the
    first: "article premier"."""

    folded: Listed
    own: Needed = {}
    articles: Listed = ()
    first: Listed = ()


class ClosingForms(Row, frozen=True):
    """Folded lines that close a resolution, and those of what a volume prints after it."""

    folded: Needed
    next: Needed = {}


class DateForms(Row, frozen=True):
    """The months in order, as printed; what may stand behind the figures of a day, before a date, and within one."""

    months: Annotated[Listed, Meta(min_length=12, max_length=12)]
    marks: Listed = ()
    before: Listed = ()
    within: Listed = ()


class MeetingForms(Row, frozen=True):
    """What may stand behind the number of a meeting, and patterns of the word for it."""

    words: Listed
    marks: Listed = ()


class ItemForms(Row, frozen=True):
    """What stands beside the words of items and of drafts.

    ``joins``: patterns of what stands behind the sign with which an item ends that is not the last one; ``sections``:
    words before the number of a section. Of drafts: ``alternatives`` stand before a text that is offered in the place
    of another; ``remarks`` begin one ("[Égypte : réserve]"), ``opinions`` are in one ("Suisse : préfère …"), ``behalf``
    is said of who speaks for others; ``struck`` is the whole of what stands in the place of a paragraph ("[Supprimé]"),
    ``elsewhere`` begins what says where it went, ``agreed`` says that it is agreed on, ``referendum`` for now;
    ``names`` are words of names of delegations that have no capital; ``notes`` say what stands behind a colon ("Note du
    facilitateur :") of those who make a draft, its ``drafters``, or of ``offices`` that other texts may speak of;
    ``added``, ``once`` and ``origin`` say of a label that it is new, what it was, that others are made from it;
    ``choices`` stand between two wordings; ``recitals`` before the number of one ("Alinéa 5 bis."); ``sources`` beside
    a symbol and a label behind a paragraph, of which they say where it was taken from ("(78/175 OP2, updated)")."""

    joins: Listed
    sections: Listed = ()
    alternatives: Listed = ()
    remarks: Listed = ()
    struck: Listed = ()
    agreed: Listed = ()
    referendum: Listed = ()
    elsewhere: Listed = ()
    notes: Listed = ()
    drafters: Listed = ()
    offices: Listed = ()
    added: Listed = ()
    once: Listed = ()
    origin: Listed = ()
    recitals: Listed = ()
    sources: Listed = ()
    opinions: Listed = ()
    names: Listed = ()
    behalf: Listed = ()
    choices: Listed = ()


class Hyphens(Row, frozen=True):
    """Halves of words that keep their hyphen at the end of a line."""

    before: Words = frozenset()
    after: Words = frozenset()


class Parse(Row, frozen=True):
    """What the parser knows of the form of a resolution in a language; ``bodies`` are the articles with which the name
    of one begins that no formula lists."""

    formula: tuple[Formula, ...]
    note: NoteForms
    date: DateForms
    closing: ClosingForms
    annex: AnnexForms
    furniture: FoldedForms = FoldedForms()
    hyphen: Hyphens = Hyphens()
    meeting: MeetingForms = MeetingForms(())
    masthead: Masthead = Masthead()
    item: ItemForms = ItemForms(())
    bodies: Listed = ()


# ---- segments: where a sentence and a clause end --------------------------------------------------------------------


class Openers(Row, frozen=True):
    """What opens a clause behind a comma: phrases, and participles by their endings, save those that are none."""

    phrases: Listed
    endings: Listed
    never: Listed
    reason: str
    example: str


class Cuts(Row, frozen=True):
    """What opens a clause wherever it stands, and the words that join a second verb of an operative paragraph."""

    phrases: Listed
    joins: Listed
    reason: str
    example: str


class Segments(Row, frozen=True):
    """Where a sentence and a clause end; an example is cut at ``|``. ``elided`` are words before an apostrophe."""

    abbreviations: WordRow
    openers: Openers
    cuts: Cuts
    elided: WordRow = WordRow((), "", "")


# ---- repair of scans ------------------------------------------------------------------------------------------------


class RepairRule(Row, frozen=True):
    """Damage that shows by itself: a pattern and what it was before."""

    name: str
    level: Literal["safe", "full"]
    pattern: str
    to: str
    reason: str
    example: Pair
    scan: bool = False
    any: bool = False
    needs: str = ""


class Confusion(Row, frozen=True):
    """What the engine reads for what is printed; those of rank 1 are tried first."""

    rank: Literal[1, 2, 3]
    read: str
    printed: Listed
    reason: str
    example: Pair


class Together(Row, frozen=True):
    """Two letters read as one in a text that was read well otherwise, in words of so many letters at least."""

    read: str
    printed: str
    letters: int
    reason: str
    example: Pair


class Dictionary(Row, frozen=True):
    """What the word list lacks, holds wrongly, and which of two readings is meant."""

    known: Words
    misspelt: Words
    preferred: Words


class AccentedNames(Row, frozen=True):
    """Names, and words with a capital, that lose their accent."""

    known: Listed
    capitals: Listed


class CutWords(Row, frozen=True):
    """First halves of words that are written with a hyphen; second halves that are words and never of a compound."""

    compounds: Words = frozenset()
    linked: Listed = ()
    endings: Words = frozenset()


class Grammar(Row, frozen=True):
    """Words by their place around à and the article; see the comments of the table."""

    preposition: str
    article: str
    participles: Words
    subjects: Words
    labels: Words
    objects: Words
    possessions: Words
    adverbs: Words
    determiners: Words
    governors: Words
    unelided: Words
    elided: Words
    light_verbs: Words
    takes_a: Words
    not_a_complement: Words
    takes_a_infinitive: Words
    may_take_a_infinitive: Words
    clitics: Words
    bare_nouns: Words
    phrases: Words
    others: Listed
    verb_articles: Words
    articles: Words
    intentions: Words
    possession_articles: Words
    between_numbers: Words
    complements: Words
    complement_articles: Words
    noun_prepositions: Words
    unelided_noun: str
    bare_noun: str


class WordForms(Row, frozen=True):
    """By what an elision and an infinitive are known, and forms that no resolution has."""

    vowels: str
    elisions: Listed
    infinitives_re: Listed
    infinitives_oir: Listed
    bookish: Listed


class SpeckWords(Row, frozen=True):
    """Words around a sign that may be the call of a note; see the comments of the table."""

    counted: Listed
    letters: str
    elided: str


class Repair(Row, frozen=True):
    """How a scan goes wrong, and what it was before."""

    rule: tuple[RepairRule, ...]
    confusion: tuple[Confusion, ...]
    words: Dictionary
    names: AccentedNames
    grammar: Grammar
    call: SpeckWords
    forms: WordForms
    hyphen: CutWords = CutWords()
    together: tuple[Together, ...] = ()


# ---- routine --------------------------------------------------------------------------------------------------------


class RoutineRule(Row, frozen=True):
    """An edit that only brings a text up to date; ``check``: what more must hold. What has none of the words that it
    ``needs`` is not searched."""

    name: str
    pattern: str
    check: Literal["", "own-symbol", "later", "family", "renumbered"]
    needs: Listed
    reason: str
    example: Pair


class CrossReference(Row, frozen=True):
    """How a paragraph refers to another one; ``single``: what a rule knows too."""

    word: str
    pattern: str
    single: str
    reason: str
    example: str


class CitationList(PatternRow, frozen=True):
    """What stands between citations in a row, and before the last of them."""

    last: str


class Routine(Row, frozen=True, rename={"between": "list"}):
    """Edits that say nothing new."""

    rule: tuple[RoutineRule, ...]
    cross_reference: CrossReference
    dated: PatternRow
    recalling: PatternRow
    between: CitationList


# ---- rolling forward ------------------------------------------------------------------------------------------------


class RollingRule(Row, frozen=True):
    """What of an edition is brought up to date in the next one: proposed (``update``) or put to a person (``ask``).

    ``of`` names the rule of ``routine.toml`` whose places it takes; ``pattern`` is one of its own, for a flat text,
    with what is revised in the group "site". ``example`` is the place in this edition and in the next one.
    """

    name: str
    does: Literal["update", "ask"]
    reason: str
    example: Pair
    of: str = ""
    pattern: str = ""


class RollingCitation(Row, frozen=True):
    """How the last edition is cited, and how this one is written beside it; see the comments of the table."""

    paragraphs: str
    last: str
    one_by_one: str
    alone: str
    many: dict[str, str]
    dated: str
    joins: str
    reason: str
    example: Pair


class RollingSessions(Row, frozen=True):
    """How a session is written: what stands before it when it is in two words, and behind that of another body."""

    joint: str
    other: str
    reason: str
    example: Pair


class Rolling(Row, frozen=True):
    """How the next edition of a text is begun."""

    rule: tuple[RollingRule, ...]
    citation: RollingCitation
    sessions: RollingSessions
    first_day: WordRow


# ---- terms ----------------------------------------------------------------------------------------------------------


class SpacedWords(Row, frozen=True):
    """Words set apart by spaces."""

    words: str


class VerbEndings(Row, frozen=True):
    """Endings of verbs, endings and words that end alike and are none; set apart by spaces."""

    endings: str
    nouns: str
    adverbs: str
    exceptions: str


class Determiners(Row, frozen=True):
    """Small words inside and before a noun phrase; set apart by spaces."""

    of: str
    articles: str
    openers: str


class FormulaPhrases(Row, frozen=True):
    """Phrases of every resolution."""

    phrases: Listed


class Terms(Row, frozen=True):
    """What noun phrases are cut and ranked by."""

    breaks: SpacedWords
    verbs: VerbEndings
    common: SpacedWords
    formulas: FormulaPhrases
    determiners: Determiners
    torn: PatternRow


# ---- topics ---------------------------------------------------------------------------------------------------------

Article = Literal["", "le", "la", "l’", "les"]
Closeness = Literal["", "exact", "close", "broad"]
"""How close the UNBIS concept comes to a topic."""
Example = Annotated[tuple[Filled, ...], Meta(min_length=1)]


class Label(Row, frozen=True):
    """The name of a topic."""

    fr: Filled
    en: Filled


class TopicRow(Row, frozen=True):
    """A topic: its patterns, and sentences that must and must not be found."""

    id: Filled
    label: Label
    article: Article
    priority: Annotated[int, Meta(ge=1, le=9)]
    patterns: tuple[Filled, ...]
    examples_match: Example
    examples_not: Example
    reason: Filled
    names: tuple[Filled, ...] = ()
    hints: tuple[Filled, ...] = ()
    unless: tuple[Filled, ...] = ()
    unbis: str = ""
    match: Closeness = ""


class OwnLabel(Row, frozen=True):
    """The name of a person's own topic; that in English may be left out."""

    fr: Filled
    en: Filled | None = None


class OwnTopic(Row, frozen=True):
    """A person's own topic: only ``id``, ``label`` and ``patterns`` (or ``names``) are a must."""

    id: Filled
    label: Filled | OwnLabel
    patterns: tuple[Filled, ...] = ()
    names: tuple[Filled, ...] = ()
    hints: tuple[Filled, ...] = ()
    unless: tuple[Filled, ...] = ()
    examples_match: tuple[Filled, ...] = ()
    examples_not: tuple[Filled, ...] = ()
    article: str = ""
    priority: int = 5
    unbis: str = ""
    match: Closeness = ""
    reason: str = ""


class OwnTopics(Row, frozen=True):
    """A person's own file of topics."""

    topic: Annotated[tuple[OwnTopic, ...], Meta(min_length=1)]
    masks: Listed = ()


BEGINNING = 3  # letters of a word under which the index of topics keeps its forms


class TopicIndex(Struct, frozen=True):
    """The topics, and the index of their patterns: dicts of strings, so that it is kept as JSON and opened fast.

    ``topics`` are the fields of themes. ``heads`` maps beginnings of words to the numbers of the words of patterns;
    ``forms`` has those of whole folded words, under the ``BEGINNING`` of these: ``|arme 12 40|armes 12|``.
    ``refused`` lists forms that fold alike and are other words ("armé" is not "arme").
    ``patterns`` maps the number of a first word to patterns ``topic:role:context:name:words`` set apart by ``|``; a
    gap is ``.`` among its words.
    """

    topics: tuple[tuple[str, str, str, str, int, str, str], ...]
    patterns: dict[str, str]
    forms: dict[str, str]
    heads: dict[str, str]
    refused: dict[str, str]


class Topics(Row, frozen=True):
    """What a resolution can be about; ``masks``: names of bodies, whose words are nobody's topic."""

    masks: Listed
    topic: tuple[TopicRow, ...]


# ---- quantities -----------------------------------------------------------------------------------------------------


class SpeltOrdinals(Row, frozen=True):
    """Ordinals in words, feminine: one to nineteen in order, and the tens and hundred by their value.

    ``joined`` are the tens whose first ordinal is joined by ``by``: "soixante et onzième".
    """

    first: str
    units: Listed
    tens: dict[str, Pair]
    joined: Words
    by: str
    reason: str
    example: str


class Numbers(Row, frozen=True):
    """The values of the words of numbers; ``joined`` join them, ``ordinal_marks`` stand behind the figures of one.

    Where ordinals have no common ending, ``ordinals`` holds all that are one word. ``scales`` multiply the number
    before them, ``about`` are words of round numbers, ``words_too`` are words of numbers that mostly count nothing.
    """

    words: dict[str, int]
    ordinals: dict[str, int]
    ordinal_ending: str
    ordinal_marks: Listed
    joined: Words
    reason: str
    example: str
    scales: dict[str, int] = {}
    about: dict[str, int] = {}
    words_too: Words = frozenset()


class TimingRow(Row, frozen=True):
    """Words before or after a date or a number that make a time of it."""

    kind: str
    of: Literal["date", "year", "number", "session"]
    before: Listed
    after: Listed
    reason: str
    example: str


class Rhythm(Row, frozen=True):
    """Words that say a rhythm without a number."""

    words: Listed
    value: int
    unit: str
    reason: str
    example: str


class PartOfYear(Row, frozen=True):
    """Words before a year that name a part of it, and the number of the month in which that part ends."""

    words: Listed
    month: int
    reason: str
    example: str


class Quantities(Row, frozen=True):
    """Numbers in words, units of time, the words that make a time of them."""

    number: Numbers
    spelt: SpeltOrdinals
    unit: Section
    filler: WordRow
    timing: tuple[TimingRow, ...]
    rhythm: tuple[Rhythm, ...]
    month_part: WordRow
    part: tuple[PartOfYear, ...] = ()


# ---- traces of an English OCR engine --------------------------------------------------------------------------------


class Trace(Row, frozen=True):
    """A sign that such an engine leaves behind, by what stands around it; ``example``: as read and as printed."""

    signs: str
    around: str
    reason: str
    example: Pair


class Traces(Row, frozen=True):
    """By what a scan is told from a clean text; what stands in one that was read too well for a repair: one of
    ``misread`` tells, of ``broken`` it takes several."""

    trace: tuple[Trace, ...]
    broken: tuple[PatternRow, ...]
    misread: tuple[PatternRow, ...]


# ---- words ----------------------------------------------------------------------------------------------------------


class Law(Row, frozen=True):
    """Words of law, forms of one word unless ``each`` is a word of its own; they may deny what they stand in."""

    words: Listed
    reason: str
    example: str
    each: bool = False
    denies: bool = False


class Inflection(Row, frozen=True):
    """Endings a word takes in turn, after at least ``stem`` letters."""

    endings: Listed
    stem: int
    reason: str
    example: str


class Distinct(Row, frozen=True):
    """Words that look like forms of one and are not: each is another than all, or than ``other``."""

    words: Words
    reason: str
    example: str
    other: Words = frozenset()


class DateWords(Row, frozen=True):
    """The months in order, folded."""

    months: Listed
    reason: str
    example: str


class Aims(Row, frozen=True):
    """Folded words by which a second thing is asked, and those by which it is only what the first is done for."""

    joins: Words
    words: Words
    reason: str
    example: str


class WordMarks(Row, frozen=True):
    """What the word marks know of the language."""

    light: tuple[WordRow, ...]
    linking: tuple[WordRow, ...]
    style: tuple[PhraseRow, ...]
    synonyms: tuple[Synonyms, ...]
    law: tuple[Law, ...]
    aims: Aims
    inflection: tuple[Inflection, ...]
    distinct: tuple[Distinct, ...]
    accents: tuple[WordRow, ...]
    dates: DateWords
    openings: WordRow
    commonest: WordRow
    uncounted: WordRow


# ---- one text in two languages --------------------------------------------------------------------------------------


class TwinCondition(Row, frozen=True):
    """Every way in which each of two languages says one condition; what only ``answers`` may say something else too."""

    id: str
    fr: Listed
    en: Listed
    reason: str
    example: str
    answers: Listed = ()


class TwinVerbs(Row, frozen=True):
    """Verbs of each of two languages, by their id, that stand for one another."""

    fr: Words
    en: Words
    reason: str
    example: str


class ThousandsSigns(Row, frozen=True):
    """The sign between the thousands of a number in figures, by language."""

    signs: dict[str, str]
    reason: str
    example: str


class TwinNames(Row, frozen=True):
    """Names in French and in English, further ways of writing each behind a bar."""

    pairs: tuple[Pair, ...]
    reason: str
    example: str


class Twins(Row, frozen=True):
    """What French and English say alike; ``naming`` are words, folded, whose number says which one it is, and not how
    many."""

    condition: tuple[TwinCondition, ...]
    thousands: ThousandsSigns
    naming: WordRow
    verb: tuple[TwinVerbs, ...]
    names: TwinNames
    countries: TwinNames


# ---- which table is of which type -----------------------------------------------------------------------------------

COMMON = ("help", "links", "losses", "messages", "near", "page", "tongues", "twins")
TABLES: dict[str, type[Any]] = {
    "acts": Acts,
    "actors": Actors,
    "articles": Articles,
    "calls": Calls,
    "citations": Citations,
    "conditions": Conditions,
    "frequency": Frequency,
    "help": Help,
    "leads": Leads,
    "links": LinkOdds,
    "losses": LossOdds,
    "messages": Messages,
    "near": NearOdds,
    "noise": Noise,
    "page": Page,
    "parse": Parse,
    "provisions": Provisions,
    "excerpts": Excerpts,
    "quantities": Quantities,
    "repair": Repair,
    "rolling": Rolling,
    "routine": Routine,
    "segments": Segments,
    "standing": Standing,
    "terms": Terms,
    "tongues": Tongues,
    "topics": Topics,
    "traces": Traces,
    "twins": Twins,
    "votes": Votes,
    "words": WordMarks,
}
