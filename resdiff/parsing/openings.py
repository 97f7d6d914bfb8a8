"""The words by which the parts of a resolution are known: the formula, the masthead, the leads of paragraphs.

The formula with which the body begins says which organ speaks and in which language; the masthead before it and the
closing lines after the last paragraph give symbol, title, date, meeting and vote. A lead is the verb of command or the
preambular opening with which a paragraph begins.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from operator import attrgetter

from msgspec.structs import replace

from resdiff.data.schema import ProseLeads
from resdiff.language import Language, pattern
from resdiff.language.fold import fold, fold_all, fold_same_length
from resdiff.language.forms import (
    alternative,
    before_silence,
    body_articles,
    day_mark,
    formulas,
    month_joint,
    months,
    next_text,
    opens_aside,
    tells_a_state,
)
from resdiff.language.forms import meeting as meeting_number
from resdiff.model import Ballot, Header, Vote, VoteKind
from resdiff.parsing.lines import Block, Line

__all__ = [
    "adopts_itself",
    "asks",
    "ends_quotation",
    "find_body",
    "formula_end",
    "formula_of",
    "is_cut_off",
    "is_late_letter",
    "is_next",
    "is_preambular",
    "is_quoted",
    "language",
    "lead",
    "letters",
    "looks_like_formula",
    "masthead",
    "number_of_command",
    "opens_operative",
    "opens_preamble",
    "surely_opens_preamble",
    "undertakes",
    "vote",
]

CHINESE = "\u3040"  # no space tells where a verb ends
BRIEF = 10  # signs of a formula in Chinese
FORMULA_LENGTH = 160  # a line that names a body nobody listed is shorter
# Lowest likeness of a damaged formula to a real one; "LAssembIée generale," has 0.92, no title of the corpus over 0.6.
FORMULA_RATIO = 0.85

# Strings, which ``re`` compiles when they are first used: a file of the corpus says all this itself.
RE_FULL = (
    r"\b(A/(?:HRC/)?RES/(?:[A-Z]{1,2}-)?\d+(?:/\d+)?(?: ?[A-Z]\b)?|S/RES/\d+|E/RES/\d+/\d+)"
    r"(\s?\((?:\d{4}|[IVXLC]+)\))?"
)
RE_RECITAL = r"PP\s?1\b"  # as drafts number it
RE_DOCUMENT = r"(?=\D*\d)[A-Z]{1,5}(?:/[\w.-]{1,12}){1,6}\**"  # S/2008/364/Rev.1
RE_SHORT = r"(\d{1,4}/\d{1,3}(?: ?[A-Z](?:-[A-Z])?)?)\s?[.,]\s+(?=\S)"  # 74/175. Title
RE_COUNCIL = r"(?i)R[ée]solution\s+(\d{1,4})\s?\(\s?(\d{4})(?:\s?\)|\s|$)"  # Résolution 1743 (2007)
RE_OLD = r"(\d{1,4})\s?\((\d{4}|[IVXLC]+)\)\s?\.\s+(?=\S)"  # 192 (1964). Résolution du 20 juin 1964
RE_NAMES = r"[\w ,.’'-]*"  # of States, as nothing damaged them
RE_BROKEN = r"(?<=[a-zà-ÿ])-(?=[a-zà-ÿ])"  # "Fédération de Rus-sie"
RE_NUMBERED = r"(\d{1,3})\s?[.,]\s+(?=[A-ZÀ-Ý])"
START = 120  # characters at the start of a text that tell whether it belongs to the next one
PROSE = 120  # signs of a sentence; no line of a masthead that ends with a full stop is so long
SENTENCE = 600  # characters of a paragraph in which its first sentences are looked at
ADVERBIAL = 160  # characters before the subject of a sentence: "Par conséquent, en dépit de la crise, nous …"
BODY = 3  # paragraphs of the preamble and of the rest make a text of what stands before a formula
LETTER = 4  # signs of the letter of a point
RE_LETTER = r"\(?[a-z]{1,2}\)$"
RE_FIRST_NUMBER = r"(?i)(?:OP|DP|§)?\s?1\s?[.,](?:\s+[^\d\s]|$)"


# ---- the formula ----------------------------------------------------------------------------------------------------


def formula_of(line: str) -> tuple[str, str] | None:
    """Organ and language of the formula a line is, in spite of damage by a scan; none when it is none.

    >>> formula_of("L’AssembIée generale,")
    ('A', 'fr')
    """
    if not (10 < len(line) < 70 or (len(line) <= BRIEF and not line.isascii())):
        return None
    key = _key(line)
    exact = _formulas().get(key)
    if exact or line[-1] not in ",.;" or key[:1] not in "leti1":
        return exact
    if line[0].isdecimal() and not (line[1] in "’' " or line[1].isalpha()):  # a number: "12. Décide"
        return None
    import difflib  # needed for scans alone

    near = difflib.get_close_matches(key, list(_formulas()), n=1, cutoff=FORMULA_RATIO)
    return _formulas()[near[0]] if near else None


@cache
def _formulas() -> dict[str, tuple[str, str]]:
    return {_key(text): known for text, known in formulas().items()}


def _key(text: str) -> str:
    """The letters and figures of a formula, folded."""
    return "".join(filter(str.isalnum, fold(text)))


def formula_end(line: str) -> int:
    """Where the formula ends that a longer line opens with; 0 where it opens with none.

    >>> formula_end("Le Conseil de sécurité, Ayant reçu le texte"), formula_end("Le Conseil, ayant reçu")
    (23, 0)
    """
    match = re.match(r"[^,.]{8,60}[,.](?=\s+[A-ZÀ-Ý])", line)
    return match.end() if match and _key(match[0]) in _formulas() else 0


def find_body(lines: tuple[Line, ...]) -> int:
    """The line where the body begins: the formula, or else the first line that reads like a paragraph, or else 0."""
    formula = next((p for p, line in enumerate(lines) if formula_of(line.text) or looks_like_formula(lines, p)), None)
    if formula is not None and not _holds_body(lines[:formula]):
        return formula
    for pos, line in enumerate(lines):
        opens = (line.gap or pos == 0) and (opens_preamble(line.text) or opens_operative(line.text))
        if opens or re.match(RE_FIRST_NUMBER, line.text) or re.match(RE_RECITAL, line.text):
            return _first_sentence(lines, pos)
    return 0


def _first_sentence(lines: tuple[Line, ...], end: int) -> int:
    """The line of the first sentence before the line ``end``, where a first number or a preamble stands; else ``end``.

    A declaration says why in prose, and no masthead is so long or ends with a full stop, but for a sentence that only
    says who met: "Nous, ministres de l’éducation, nous sommes réunis à Genève …".
    """
    start = length = 0
    for pos in range(end + 1):
        if pos and (lines[pos].gap or pos == end):
            if length > PROSE and lines[pos - 1].text[-1] == "." and lines[start].text[0].isupper():
                return pos if _turns("met").match(fold(" ".join(line.text for line in lines[start:pos]))) else start
            start, length = pos, 0
        length += len(lines[pos].text)
    return end


def _holds_body(lines: tuple[Line, ...]) -> bool:
    """Whether a whole text stands before the formula, which then opens a second one: preamble, 1, 2 and so on."""
    number = preamble = 0
    for line in lines:
        if line.text[0].isdecimal() and re.match(rf"{number + 1}\s?[.,]\s+\S", line.text):
            number += 1
        elif number == 0:
            preamble += line.gap and surely_opens_preamble(line.text)
    return number >= BODY and preamble >= BODY


def looks_like_formula(lines: tuple[Line, ...], pos: int) -> bool:
    """Whether a body nobody listed speaks here: "La Conférence des Parties," and then "Rappelant …"."""
    text = lines[pos].text
    if not (text.endswith(",") and len(text) < FORMULA_LENGTH and text.startswith(body_articles())):
        return False
    return pos + 1 < len(lines) and lines[pos + 1].gap and opens_preamble(lines[pos + 1].text)


# ---- the masthead and the closing lines -----------------------------------------------------------------------------


def masthead(header: Header, preface: list[str], conclusion: list[str], formula: str) -> Header:
    """What is known of a resolution: the header of the file first, then what is printed.

    ``preface`` holds the paragraphs before the formula, ``conclusion`` those after the last one.

    >>> masthead(Header(), ["Résolution 1743 (2007) du 15 février 2007"], [], "Le Conseil de sécurité,").adopted
    '2007-02-15'
    """
    symbol, title, end = header.symbol, header.title, "\n".join(conclusion)
    if not (symbol and title):
        printed_symbol, printed_title = _symbol(preface, formula)
        symbol, title = symbol or printed_symbol, title or printed_title
    if not (meeting := header.meeting) and (match := meeting_number().search(end)):
        meeting = match[1]
    return replace(
        header,
        symbol=symbol,
        title=title,
        session=header.session or _session(symbol),
        adopted=header.adopted or _date(end) or _date("\n".join(map(before_silence, preface))),
        meeting=meeting,
    )


def vote(conclusion: Sequence[str], language: Language) -> Vote | None:
    """How a text was adopted, as the first of the lines after its last paragraph says that tells of it; None where none
    does, or where it breaks off before the last number: those behind it may tell of another text.

    >>> said = "Adoptée à la 4162e séance par 14 voix contre zéro, avec une abstention (Fédération de Russie)."
    >>> found = vote([said], Language.of("fr"))
    >>> found.kind.value, found.yes, found.no, found.abstaining, found.abstained
    ('recorded', 14, 0, 1, 'Fédération de Russie')
    """
    lines = (" ".join(line.split()) for line in conclusion)
    line = next((line for line in lines if pattern(language.votes.opens.pattern).match(fold_same_length(line))), "")
    numbers = language.votes.numbers.words
    for form in language.votes.form if line else ():
        if (found := pattern(form.pattern).match(fold_same_length(line))) and not line.endswith(","):
            if not (said := found.groupdict()):
                return Vote(VoteKind(form.kind))
            yes, no, abstaining = (_counted(said[name], numbers) for name in ("yes", "no", "abstaining"))
            names = (line[slice(*found.span(name))] for name in ("against", "abstained"))
            against, abstained = (re.sub(RE_BROKEN, "", each) if re.fullmatch(RE_NAMES, each) else "" for each in names)
            roll = _roll(conclusion, language)
            if Counter(roll.values()) != Counter({Ballot.YES: yes, Ballot.NO: no, Ballot.ABSTAINING: abstaining}):
                roll = {}
            against = against or ", ".join(name for name, ballot in roll.items() if ballot is Ballot.NO)
            abstained = abstained or ", ".join(name for name, ballot in roll.items() if ballot is Ballot.ABSTAINING)
            return Vote(VoteKind.RECORDED, yes, no, abstaining, against, abstained, roll)
    return None


def _roll(conclusion: Iterable[str], language: Language) -> dict[str, Ballot]:
    """How each of those whom lists after the last paragraph name voted."""
    votes, ballot, found = language.votes, None, dict[str, Ballot]()
    for line in (" ".join(line.split()) for line in conclusion):
        flat = fold_same_length(line)
        heads = ((Ballot(row.ballot), head) for row in votes.roll if (head := pattern(row.pattern).match(flat)))
        ballot, head = next(heads, (ballot, None))
        names = line[head.end() if head else 0 :].rstrip(".] ")
        if ballot:
            named = (name.strip(" *") for name in pattern(votes.names.pattern).split(names))
            found.update((name, ballot) for name in named if name)
    return found


def _counted(said: str | None, words: tuple[str, ...]) -> int:
    """What a number counts; one that is not said is none."""
    if said and said.isdigit():
        return int(said)
    return words.index(said) if said in words else 0


def _symbol(preface: list[str], formula: str) -> tuple[str, str]:
    """The symbol in full and the title, as the paragraphs before the formula print them."""
    organ, _ = formula_of(formula) or ("", "")
    full = next((m for text in preface for m in [re.search(RE_FULL, text)] if m), None)
    symbol = f"{full[1]} {full[2].strip()}" if full and full[2] else full[1] if full else ""
    for text in preface:
        if short := re.match(RE_SHORT, text):
            body = organ or ("A" if not symbol else symbol.split("/RES/")[0])
            return symbol or f"{body}/RES/{short[1]}", text[short.end() :].strip()
        if old := re.match(RE_OLD, text):
            return symbol or f"{organ or 'S'}/RES/{old[1]} ({old[2]})", text
        if council := re.match(RE_COUNCIL, text):
            return symbol or f"{organ or 'S'}/RES/{council[1]} ({council[2]})", text
    symbols = rf"{RE_FULL}|{RE_DOCUMENT}"
    known = (text for text in preface if not re.fullmatch(symbols, text) and formula_of(text) is None)
    titles = [text for text in known if text[-1] not in ",." and fold(text) not in fold(formula)]  # nor who adopts it
    others = (title for title in reversed(titles) if not (tells_a_state(title) or opens_aside(title)))
    return symbol, next(others, "")


def _session(symbol: str) -> str:
    """The session in a symbol of the General Assembly or of the Human Rights Council: "74" in A/RES/74/175."""
    match = re.search(r"RES/((?:[A-Z]{1,2}-)?\d+)/\d", symbol)
    return match[1] if match else ""


DAY_AND_MONTH = 20  # characters of a day and its month
# Before the last day of a session, and no "Rev. 1 – 27 September".
RE_FROM = re.compile(r"(?<!\.)(?<!\. )\b\d{1,2}(?:\s+[^\W\d_]+)?\s?[-–—]\s?$")


def _date(text: str) -> str:
    """The first date in the text as ISO, none of the last day of a session: "23 février-2 avril 2026".

    >>> _date("le 18 décembre 2019"), _date("du 30juin 1995"), _date("du ler juin 2001"), _date("13 octobre 2006244")
    ('2019-12-18', '1995-06-30', '2001-06-01', '2006-10-13')
    >>> _date("Soixante et unième session, 23 février-2 avril 2026"), _date("2–6 mars 2026")
    ('', '')
    >>> _date("Rev. 1 – 27 septembre 2023"), _date("Rev.2 – 4 May 2024")
    ('2023-09-27', '2024-05-04')
    """
    for match in _any_date().finditer(text):
        month = months().get(fold(match[2]))
        if month and not RE_FROM.search(text, max(0, match.start() - DAY_AND_MONTH), match.start()):
            return f"{match[3]}-{month:02}-{int(match[1] or 1):02}"
    return ""


@cache
def _any_date() -> re.Pattern[str]:
    """A date: a copy may lose a blank, read the 1 of "1er" as a letter, and leave the call of a note on the year."""
    day, joint = rf"(?:(\d{{1,2}}){day_mark()}?|[lI]er)", rf"(?:{month_joint()}\s+)?"
    return re.compile(rf"\b{day}\s*{joint}([^\W\d_]{{3,10}})\s+{joint}(\d{{4}})\d{{0,3}}\b")


def language(text: str, formula: str) -> str:
    """The language of a text, by its formula or else by its small words; empty when they do not tell.

    >>> language("Prie le Secrétaire général de lui présenter un rapport sur la question", "")
    'fr'
    """
    known = formula_of(formula)
    if known and _key(formula) in _formulas():
        return known[1]
    from resdiff.language.tongues import tongue  # needed where the formula does not tell

    return tongue(text) or (known[1] if known else "")  # "L’Assemblea Generale" is near the French formula


# ---- the lead of a paragraph ----------------------------------------------------------------------------------------


LONGEST = 90  # characters looked at: the longest lead of the corpus, "Demandant de nouveau instamment", has 31


@cache
def _first_word() -> re.Pattern[str]:
    """The first word of a paragraph, with what belongs to it: "se", "ayant"."""
    before = "|".join(language.leads.verb.before for language in Language.all() if language.leads.verb.before)
    return re.compile(rf"(?:{before})?[^\W\d_]+(?:-[^\W\d_]+)*", re.IGNORECASE)


@cache
def _participle() -> re.Pattern[str]:
    """A first word that is a participle, by its ending or its auxiliary."""
    return pattern("|".join(filter(None, (language.leads.verb.participle for language in Language.all()))))


@cache
def _phrases(name: str) -> dict[str, list[str]]:
    """The folded phrases of that list of ``leads.toml``, of all languages, by their first two signs, the longest first.

    Looking them up is quicker than one large pattern, which costs 10 ms to compile.
    """
    by_start: dict[str, list[str]] = {}
    listed = attrgetter(f"leads.{name}")
    phrases = fold_all(phrase for language in Language.all() for phrase in listed(language))
    for phrase in sorted({*phrases}, key=len, reverse=True):
        by_start.setdefault(phrase[:2], []).append(phrase)
    return by_start


def _end(folded: str, start: int, name: str) -> int:
    """Where the longest of those phrases that stands at ``start``, as whole words, ends; -1 when none does."""
    for phrase in _phrases(name).get(folded[start : start + 2], ()):
        end = start + len(phrase)
        if folded.startswith(phrase, start) and not (folded[end : end + 1].isalnum() or folded[end : end + 1] == "_"):
            return end
    return -1


@cache
def _never() -> frozenset[str]:
    return frozenset(fold_all(word for language in Language.all() for word in language.leads.operative.never))


class _Letters(dict[int, str]):
    """What each letter folds to, found at its first use; one that folds to more or to less than one stays one."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = folded if len(folded := fold(letter)) == 1 else letter.lower()
        return self[code]


_LETTERS = _Letters()


def letters(text: str) -> str:
    """The text folded letter for letter, so that a place in it is one in the text."""
    return text.translate(_LETTERS)


def lead(text: str, *, known: bool = True) -> str:
    """The opening verb of a paragraph as printed; empty where it opens with no verb resdiff knows.

    ``known`` False takes the first word of an operative paragraph even when the table does not hold it.

    >>> lead("Prie instamment l’Office de continuer")
    'Prie instamment'
    >>> lead("S’inquiétant une nouvelle fois de ce que")
    'S’inquiétant une nouvelle fois'
    >>> lead("Ayant examiné le rapport"), lead("Le Comité se réunit")
    ('Ayant examiné', '')
    >>> lead("Rendant à nouveau hommage au Facilitateur")
    'Rendant à nouveau hommage'
    >>> lead("[Prie instamment les États d’agir]")  # in a draft, where it is not agreed
    '[Prie instamment'
    """
    if text.startswith("["):
        bare = text.lstrip("[")
        before = text[: len(text) - len(bare)]
        opened = "" if re.match(alternative(), fold(f"[{bare[:LONGEST]}")) else lead(bare)
        return f"{before}{opened}" if opened else ""
    opening = text[:LONGEST]
    folded = opening.translate(_LETTERS)
    end = _end(folded, 0, "phrase.whole")
    if end < 0:
        first = _first_word().match(opening)
        if first is None or fold(first.group()) in _never() or first.group() >= CHINESE:
            return ""
        if known and not opens_operative(text) and not opens_preamble(text):
            return ""
        # "Ayant également" is a first word of two, and "ayant à l’esprit" begins with the first of them.
        end = max(_rejoined(folded, first.end()), _rejoined(folded, folded.find(" ", 0, first.end())))
    return opening[: _followed(folded, end)]


def _followed(folded: str, end: int) -> int:
    """Where the words that belong to a lead which ends at ``end`` themselves end."""
    while folded[end : end + 1].isspace() and (more := _end(folded, end + 1, "phrase.follow")) >= 0:
        end = more
    return end


def _rejoined(folded: str, first: int) -> int:
    """Where a whole phrase ends whose first word, up to ``first``, an adverb parts from the rest; else ``first``.

    "Prenant également note" is "prenant note" with a word inside, and says as little without its last one.
    """
    start = _followed(folded, first)
    parted = _end(folded[:first] + folded[start:], 0, "phrase.whole") if start > first else -1
    return start + parted - first if parted > first else first


def opens_preamble(text: str) -> bool:
    """Whether the text opens as a preambular paragraph does: "Rappelant", "Consciente", "Vivement préoccupée"."""
    folded = fold(text[:LONGEST])
    first = _first_word().match(folded)
    if first is None or not text[0].isupper():
        return False
    word = first.group()
    if _participle().match(word) or _end(folded, 0, "preamble.first") >= 0:
        return True
    adverb = _end(folded, 0, "phrase.follow")  # "Also expressing", "Once again noting"
    return adverb >= 0 and _end(folded, adverb + 1, "preamble.first") >= 0


def surely_opens_preamble(text: str) -> bool:
    """Whether the text opens with a participle that no line begins with inside a sentence.

    >>> surely_opens_preamble("Rappelant sa résolution"), surely_opens_preamble("Représentant permanent")
    (True, False)
    """
    return text[:1].isupper() and _end(fold(text[:LONGEST]), 0, "preamble.sure") >= 0


def opens_operative(text: str) -> bool:
    """Whether the text opens with a known verb of command: "Décide", "Se félicite", "S’inquiète"."""
    if not text[:1].isupper() or (end := _end(folded := fold(text[:LONGEST]), 0, "operative.first")) < 0:
        return False
    # "Also expressing"
    return _end(folded, end + 1, "preamble.first") < 0 or _end(folded, 0, "phrase.follow") != end


def undertakes(text: str) -> bool:
    """Whether those who speak say in the first sentence what they ask or undertake, and not what they think.

    >>> undertakes("Par conséquent, nous réaffirmons nos engagements."), undertakes("Nous pensons que le temps presse.")
    (True, False)
    >>> undertakes("We therefore call upon all States to act.")
    True
    """
    return _undertaking().match(fold(text[:SENTENCE])) is not None


def asks(text: str) -> bool:
    """Whether a paragraph in prose asks something: a command, what those who speak undertake, what should be done.

    >>> asks("Les réformes devraient être poursuivies."), asks("Les attentes se font plus pressantes.")
    (True, False)
    """
    if opens_operative(text) or undertakes(text):
        return True
    folded = fold(text[:SENTENCE])
    return any(body in folded[:START] for body in _bodies()) or _turns("wished").search(folded) is not None


def adopts_itself(text: str) -> bool:
    """Whether a command adopts the text it stands in.

    >>> adopts_itself("Adopte, le 19 septembre 1992, la présente recommandation."), adopts_itself("Adopte le rapport.")
    (True, False)
    """
    return opens_operative(text) and _turns("adopting").match(fold(text[:SENTENCE])) is not None


def _prose() -> Iterable[ProseLeads]:
    return (language.leads.prose for language in Language.all() if language.leads.prose.we)


@cache
def _undertaking() -> re.Pattern[str]:
    turns = "|".join(rf"{prose.we}(?:{'|'.join(map(fold, prose.undertake))})\b" for prose in _prose())
    return re.compile(rf"(?:[^.;:]{{2,{ADVERBIAL}}}, )?(?:{turns})")


@cache
def _turns(name: str) -> re.Pattern[str]:
    """One of the patterns of that list of the section ``prose`` of ``leads.toml``, of all languages."""
    return re.compile("|".join(pattern for prose in _prose() for pattern in getattr(prose, name)))


@cache
def _bodies() -> frozenset[str]:
    """The names of the bodies that have a formula, folded: what begins with one is said by the body."""
    return frozenset(fold(text).rstrip(",") for text in formulas())


# ---- what a block is, wherever it stands ----------------------------------------------------------------------------


def is_preambular(block: Block) -> bool:
    """Whether a text is a paragraph of the preamble wherever it stands: it opens as one, and ends with a comma."""
    return block.lines[-1].text[-1] == "," and opens_preamble(block.lines[0].text)


def number_of_command(block: Block) -> re.Match[str] | None:
    """The number with which a text begins, where a verb of command follows it."""
    text = block.lines[0].text
    match = re.match(RE_NUMBERED, text) if text[0].isdecimal() else None
    return match if match and opens_operative(text[match.end() :]) else None


def is_next(block: Block) -> bool:
    """Whether a text opens what a volume prints after a resolution: the next decision, a letter."""
    return next_text().begins(fold(block.lines[0].text[:START]))


def is_late_letter(block: Block) -> bool:
    """Whether the letter of a point stands behind its text: alone, or before what goes on in small letters."""
    text = block.lines[0].text
    if len(text) > LETTER or not re.match(RE_LETTER, text):
        return False
    return len(block.lines) == 1 or block.lines[1].low


def is_cut_off(block: Block) -> bool:
    """Whether the text behind a number is no beginning: it opens with a small letter or a digit."""
    text = block.lines[0].text[block.skip :] or (block.lines[1].text if len(block.lines) > 1 else "A")
    return text[0].islower() or text[0].isdecimal()


def is_quoted(block: Block) -> bool:
    """Whether a text is one that is quoted, printed with a mark before each paragraph."""
    return block.lines[0].text[0] in '«“"'


def ends_quotation(block: Block, before: Block | None) -> bool:
    """Whether a text is the end of a quotation of another text: it goes on in small letters behind a paragraph that is
    over and opened none, and ends with a "»" that no "«" opened."""
    if before is None or not (
        block.lines[0].low and before.lines[-1].ended and re.search(r"»\W*$", block.lines[-1].text)
    ):
        return False
    return _closed(block) > 0 and _closed(before) >= 0


def _closed(block: Block) -> int:
    """How many more quotations end in a block than begin; less than nothing where one stays open."""
    return sum(line.text.count("»") - line.text.count("«") for line in block.lines)
