"""Footnotes: the notes that the scanner took out of the flow, and their calls inside the paragraphs.

A call is sure where the format marks it (``[^7]``). In a text that lost its superscripts it is a number glued to a word
or to a year ("d’Haïti150,", "2006154,"); it counts when it cannot be anything else, or when a note of that number
stands in the text and the sequence of calls agrees.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from resdiff.language.fold import fold
from resdiff.language.forms import counts, leading_words, months, reference_words, sure_note
from resdiff.model import Span
from resdiff.parsing.lines import Block, Kind, join_lines

__all__ = ["QUOTES", "RAISED", "RE_WORN_INNER", "Note", "called_labels", "calls", "notes"]

# Raised digits stand for plain ones; a blank inside a label ("2 73") is damage.
RAISED = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789", " ")
QUOTES = frozenset("'’\"")  # with one of these a label begins of which a scan lost a digit
WORN = str.maketrans("'’Il", "1111")  # what a scan reads in the place of a raised 1

A_MONTH = 31  # a number up to this may be a day
RE_MARKED = re.compile(r"\[\^(?P<marked>[^\]\s]{1,20})\]")
# Every call holds a digit or begins with [^: the slow pattern is tried only around these, and not at a number behind a
# space or a bracket that no sign follows: "du 15 février", "(2004)".
RE_RUN = r"\d(?<!\d\d)(?:(?<![\s(]\d)|(?<=[\])»”]\s\d)|(?=\d{4})|(?=\d{0,2}\s?[,;.]))\d*|\[\^|[¹²³⁰⁴-⁹]+"
CALL = r"""
      \[\^(?P<marked>[^\]\s]{1,20})\]                                         # [^7]
    | (?P<raised>[¹²³⁰⁴-⁹]{1,3})                         # Déclaration¹², but not 5 m²
    | \s?\[(?P<boxed>\d{1,3})\]                                               # Secrétaire général [7]
    | \]\s?(?P<torn>\d{1,3})\]                                                # Direction] 325]
    | (?<=[\])»”])\s?(?P<closed>[1-9]\d{0,2})(?=[\s,;.:)]|$)                  # (l’Accord d’Accra III)17
    | (?<=[a-zûé]\s[12]\d\d\d)(?P<torn_date>[1-9]\d?\s\d{1,2})(?=\s?[,;.])      # 9 décembre 19943 12,
    | (?<=[a-zûé]\s[12]\d\d\d)(?P<dated>[1-9]\d?[°º]\d?|[1-9]\d{0,2})(?![\d/]|['’]\d)  # décembre 2006154, 200333°
    | (?:(?<=[12]\d\d\d)|(?<=[)»”])\s?)(?P<worn>(?=\d?[^\d\s])[\d'’Il]{2,3})(?=[\s,;.:]|$)  # 1997'54, (Géorgie)I22
    | (?<=[^\W\d_]{3})(?<!qu)(?P<clung>(?:(?<=a)1)?['’\"]{1,2}\d{1,3})(?=[\s,;.:)»]|$)  # Lusaka'28, généra1'67
    | (?<=/[12]\d\d\d/)(?P<cited>[1-9]\d{3,6})(?=[\s,;.)]|$)                  # GOV/2006/14423: only with its note
    | (?<=\bS/)(?P<numbered>[1-9]\d{4,7})(?=[\s,;.)]|$)                      # S/1258914: only with its note
    | (?<=[\s(][12]\d\d\d/)(?P<adopted>[1-9]\d{3,5})(?=[\s,;.)]|$)           # 1998/7211: only with its note
    | (?<=\b[12]\d\d\d[–-][12]\d\d\d)(?P<period>[1-9]\d?)(?=[\s,;.)]|$)    # the Decade 2014–20242 in
    | (?<![/\d][12]\d\d\d)(?<=\b[12]\d\d\d)(?P<year>[1-9]\d{0,2})(?=[\s,;.)]|$)  # in 2006154: with its note, or next
    | (?<=[^\W\d_]{3})(?P<split>[1-9]\d?\s\d{1,2})(?=\s?[,;.])                # Ouagadougou2 73 ;
    | (?<=[^\W\d_A-Z]{2}[^\W\d_])(?P<glued>[1-9]\d{0,2})(?=[\s,;.:)»\]]|$)  # d’Haïti150
    | (?<=\s[^\W\d_A-Z]{2})(?P<short>[1-9]\d{1,2})(?=[\s,;.:)]|$)           # plus un160: only with its note
    | (?<=[A-ZÉ]{3})(?P<acronym>[1-9]\d{0,2})(?=[\s,;.:)]|$)                # MINUSTAH12: only with its note
    # Crime,6 taking; want”,6 and; 18/6;1; 21/11,14; 2016–2020,15 and; 4 juin 2019,4 et; Agenda 21,2 the
    | (?:(?<=[^\W\d_]{2}[,;])|(?<=[)»”],)|(?<=[^\W\d_]\s\d\d,)|(?<=\d;)|(?<=/\d\d,)|(?<=[–-][12]\d\d\d,)
        |(?<=[a-zûé]\s[12]\d\d\d,))
      (?P<signed>[1-9]\d{0,2})(?=\s|$)
    | (?<=[\w’»)])\s(?P<spaced>[1-9]\d{0,2})(?=\s?[,;.](?!\d))               # l’Atlantique Nord 11,
    """
RE_L_AND_LABEL = r"1[1-9]\d"  # "généra157": an l and the call of note 57
GROWN = ("cited", "numbered", "adopted")  # the number of a document or a resolution with the call of a note behind it
WITH_NOTE = ("year", "short", "acronym", "split", "torn_date", *GROWN)  # what calls a note only where that is known
RE_SECOND = re.compile(r",\s([1-9]\d{0,2})(?=\s?[,;.])")  # "les Accords d’Alger242, 243 ;": two calls at one place
# A bracket torn from its call with the comma inside: "Nord] 318,]" stands for "Nord] 318],".
RE_COMMA_INSIDE = r"\]\s?(\d{1,3})([,;.])\]"
# Brackets of a markup that was lost: "Se] félicitant] des progrès".
RE_BRACKET = r"(?<=[^\W\d_])\]+(?!\s?\d{1,3}\s?[,;.]?\])(?=[\s,;:.’']|$)"
RE_BEHIND_BRACKET = r"[Il]\d\d"  # the worn call that can be nothing else
MOST_SKIPPED = 3  # calls in a row that a copy may have lost …
MOST_LOST = 10  # … and before what surely is one, grown on a number that no document has
# The highest numbers of documents, of a year and of the Council up to 1993, and of what the Economic and Social Council
# and the Commission on Human Rights adopt in a year: the rest of their digits is a call.
MOST_DOCUMENTS = {"cited": 2000, "numbered": 27000, "adopted": 400}
RE_DAY_MONTH = r"(?<!\d)[123]?\d(?:er)?\s[^\W\d_]+$"  # "13 juillet96": what is glued to a day of a month is no year
# What has a call behind its number: a name ("Agenda 21,2 the Programme"), a document, a span of years, a year.
RE_NUMBERED = r"(?:\b[A-ZÀ-Ý][^\W\d_]{3,}\s\d\d|/\d{1,2}|\d\d\d\d)[,;]$"
RE_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
RE_LAST_WORD = r"[^\s(«]+$"
RE_BOXES = r"(?:\s*\[\d{1,3}\])+$"
# Where a note may have ended: behind its last sign, which is not that of a short word.
RE_ENDED = r"(?<=[.;\d])(?<!\b(?:Add|Rev|par|vol|art)\.)(?<!\bCorr\.)(?<!\b(?:No|pp)\.)(?<!\bp\.)\s+"
# The next note begins on the same line: "… et Add.1. 31 S/2005/135.", whatever its number where a symbol opens it.
RE_INNER = RE_ENDED + r"(\d{1,3})(?:\s*(?P<symbol>(?=[SA]/(?:PRST|PV|\d)))|\s+(?=[«“A-ZÀ-Ý\[]|\d{4}e\b)|$)"
# … or one whose number is worn, or grown on its text: "… 1998. '66 Ibid., document", "… cette question. 2Voir".
RE_WORN_INNER = RE_ENDED + r"(?P<label>(?=.?.?['’\"”°*]|\d{1,3}[A-Z])[\dIl'’\"”°*]{1,3})\s?(?=[A-Z])"
RE_SHORT_YEAR = r"['’](?:4[5-9]|[5-9]\d)"  # "Expo'98", of the United Nations
KNOWN_BY = 160  # letters by which a note is known: its first line, behind which a scan has others
RE_SENTENCE = r"(?<=\.)\s+(?=[A-ZÀ-Ý«])"


class Note(Struct, frozen=True):
    """A footnote as found: its label, its text, where it stands."""

    label: str
    text: str
    span: Span


def notes(blocks: Iterable[Block]) -> tuple[Note, ...]:
    """The footnotes of the label and note blocks, in order; a note may share its line with the next one."""
    found: list[Note] = []
    waiting: list[tuple[str, Span]] = []
    texts: list[tuple[str, Span]] = []
    for block in blocks:
        span = block.span
        if block.kind is Kind.LABEL:
            if texts:
                found += _pair(waiting, texts)
                waiting, texts = [], []
            waiting.append((block.number, span))
        elif block.kind is Kind.NOTE:
            if block.number:
                found += _pair(waiting, texts)
                waiting, texts = [], []
            label = block.number or (waiting[-1][0] if waiting else "")
            pieces = list(_pieces(label, join_lines(block.lines, block.skip)))
            if block.number or (len(pieces) > 1 and not waiting):
                found += [Note(label, text, span) for label, text in pieces if text]
                waiting += [(label, span) for label, text in pieces if not text]
            else:  # the first goes to the label that waits for it, if any does
                (_, first), *more = pieces
                texts += [(text, span) for text in (first, *(text for _, text in more if text))]
                waiting += [(label, span) for label, _ in more]
    return (*found, *_pair(waiting, texts))


def _pieces(label: str, text: str) -> Iterable[tuple[str, str]]:
    """The notes of one line: "30 S/2005/398 et Add.1. 31 S/2005/135." is two, as the labels follow each other. Of one
    that begins with a symbol no number need follow: a scan may have misread it, and then it has none."""
    start = 0
    likely = re.finditer(RE_WORN_INNER, text)
    worn = (match for match in likely if sure_note().begins(fold(text[match.end() : match.end() + KNOWN_BY])))
    for match in sorted((*re.finditer(RE_INNER, text), *worn), key=re.Match.start):
        if match.start() < start:
            continue
        if "label" in match.groupdict():
            yield label, text[start : match.start()].strip()
            label, start = _next_label(match["label"], label), match.end()
            continue
        step = int(match[1]) - int(label) if label.isdecimal() else 0
        if step == 1 or match["symbol"] is not None:
            yield label, text[start : match.start()].strip()
            is_next = 0 < step <= MOST_SKIPPED or not label.isdecimal()
            label, start = match[1] if is_next else "", match.end()
    yield label, text[start:].strip()


def _next_label(printed: str, before: str) -> str:
    """The label behind another one that a scan wore to this; empty where it may be another, or none is known.

    >>> [_next_label(*pair) for pair in (("'66", "165"), ('3"', "338"), ("°", "5"), ("2", ""), ("'", ""), ("8'", "12"))]
    ['166', '339', '6', '2', '', '']
    """
    if not before.isdecimal():
        return printed if printed.isdecimal() else ""
    following = str(int(before) + 1)
    shape = "".join(sign if sign.isdecimal() else r"\d{1,2}" for sign in printed)  # a sign stands for one digit or two
    return following if re.fullmatch(shape, following) else ""


def _pair(labels: list[tuple[str, Span]], texts: list[tuple[str, Span]]) -> list[Note]:
    """Labels that stood alone with the texts that came after them: one by one, or sentence by sentence."""
    if len(texts) < len(labels):
        split = [(piece, span) for text, span in texts for piece in re.split(RE_SENTENCE, text)]
        texts = split if len(split) == len(labels) else texts
    if len(texts) > len(labels) > 0:
        kept, more = texts[: len(labels) - 1], texts[len(labels) - 1 :]
        texts = [*kept, (" ".join(text for text, _ in more), Span(more[0][1].start, more[-1][1].end))]
    padded = [*texts, *([("", None)] * (len(labels) - len(texts)))]
    paired = [
        Note(label, text, Span(min(place.start, span.start), max(place.end, span.end)) if span else place)
        for (label, place), (text, span) in zip(labels, padded, strict=False)
    ]
    return paired + [Note("", text, span) for text, span in ([] if labels else texts)]


# ---- calls ----------------------------------------------------------------------------------------------------------


@cache
def _call() -> re.Pattern[str]:
    return re.compile(CALL, re.VERBOSE)  # a millisecond that a text which marks its calls does not need


def calls(
    text: str, known: frozenset[str], last: int, *, marked: bool = False
) -> tuple[str, tuple[tuple[str, int], ...], int]:
    """The text without its footnote calls, the calls as (label, offset in that text), and the highest label so far.

    ``known`` holds the labels of the notes found in the document, ``last`` is the highest label called before.
    ``marked`` says that the format marks its calls, so that no other number is one.

    >>> calls("en date du 19 décembre 2006154, et prend note", frozenset(), 0)
    ('en date du 19 décembre 2006, et prend note', (('154', 27),), 154)
    >>> calls("les 13 juillet96, 31 août97 et 11 décembre 1998", frozenset(), 0)[:2]
    ('les 13 juillet, 31 août et 11 décembre 1998', (('96', 14), ('97', 23)))
    >>> calls("ses rapports du 8 août 200763et du 19 mars 200864", frozenset(), 0)[:2]
    ('ses rapports du 8 août 2007 et du 19 mars 2008', (('63', 27), ('64', 46)))
    >>> calls("la lettre de son Président en date du 18 mai 2001 147,", frozenset(), 0)[:2]
    ('la lettre de son Président en date du 18 mai 2001,', (('147', 49),))
    >>> calls("signé à Madrid le 16 décembre 19981°7 et", frozenset(), 0)[:2]
    ('signé à Madrid le 16 décembre 1998 et', (('107', 34),))
    >>> calls("en date du 6 novembre 1997'54, et dans S/10251'2,", frozenset(), 0)[:2]
    ("en date du 6 novembre 1997, et dans S/10251'2,", (('154', 26),))
    >>> calls("des 19 juin 19973'9, 16 septembre 1998", frozenset({"319"}), 0)[:2]
    ('des 19 juin 1997, 16 septembre 1998', (('319', 16),))
    >>> calls("la Décennie 2014–20242 en décembre", frozenset(), 0)[:2]
    ('la Décennie 2014–2024 en décembre', (('2', 21),))
    >>> calls("Document final du Sommet mondial de 2005285, d’éliminer", frozenset(), 0)[:2]
    ('Document final du Sommet mondial de 2005, d’éliminer', (('285', 40),))
    >>> calls("la Commission mixte tripartite plus un160,", frozenset({"160"}), 0)[:2]
    ('la Commission mixte tripartite plus un,', (('160', 38),))
    >>> calls("les Accords d’Alger242, 243 ;", frozenset(), 241)[:2]
    ('les Accords d’Alger ;', (('242', 19), ('243', 19)))
    >>> calls("Recalling also the International Covenant on Cultural Rights,6", frozenset(), 0)[:2]
    ('Recalling also the International Covenant on Cultural Rights,', (('6', 61),))
    >>> calls("entitled “The future we want”,6 and Agenda 21,2 the Programme, 21,5 of them", frozenset(), 5)[:2]
    ('entitled “The future we want”, and Agenda 21, the Programme, 21,5 of them', (('6', 30), ('2', 45)))
    >>> calls("the global action plan on ageing and health 2016–2020,15 and to further it", frozenset(), 0)[1]
    (('15', 54),)
    >>> calls("des représentants du Liban et d’Israël 22,", frozenset({"22"}), 0)[:2]
    ('des représentants du Liban et d’Israël,', (('22', 38),))
    >>> calls("publiée sous la cote S/1258914, et S/26875", frozenset({"14"}), 0)[:2]
    ('publiée sous la cote S/12589, et S/26875', (('14', 28),))
    >>> calls("in its resolution 1998/7211 and in 2004/300", frozenset({"11", "1"}), 0)[:2]
    ('in its resolution 1998/72 and in 2004/300', (('11', 25),))
    >>> calls("in its resolution 1998/7211 and in 2004/300", frozenset(), 10)[:2]
    ('in its resolution 1998/72 and in 2004/300', (('11', 25),))
    >>> calls("le rapport du Secrétaire généra157, les mesures", frozenset({"57"}), 56)[:2]
    ('le rapport du Secrétaire général, les mesures', (('57', 32),))
    >>> calls("du Protocole de Lusaka'28 et d'Abuja'5, lorsqu'11 États", frozenset({"128", "129"}), 0)[:2]
    ("du Protocole de Lusaka et d'Abuja, lorsqu'11 États", (('128', 22), ("'5", 33)))
    >>> calls("l’exposition EXPO'98, à Lisbonne", frozenset({"1", "2"}), 0)[:2]
    ("l’exposition EXPO'98, à Lisbonne", ())
    >>> calls("du Secrétaire généra1'67,", frozenset({"167"}), 0)[:2]
    ('du Secrétaire général,', (('167', 21),))
    >>> calls("les activités du G20, au paragraphe 11, et du CO2", frozenset(), 10)[1]
    ()
    """
    kept: list[str] = []
    found: list[tuple[str, int]] = []
    start = length = 0
    text = text if marked or "]" not in text else _whole(text)
    for match in RE_MARKED.finditer(text) if marked else _candidates(text):
        if match.start() < start:
            continue
        label = _label(match, known, last)
        if not _is_call(match, label, text, known, last):
            continue
        begin = match.end() - len(label) if match.lastgroup in GROWN else match.start()
        torn = "l" if _tears_l(match, label) else ""
        kept.append(text[start:begin] + torn)
        length += begin - start + len(torn)
        found.append((label, length))
        start = match.end()
        if (second := RE_SECOND.match(text, start)) and label.isdecimal() and int(second[1]) == int(label) + 1:
            found.append((second[1], length))
            label, start = second[1], second.end()
        if RE_TWO_LETTERS.match(text, start) and text[begin - 1 : begin].isdigit():  # "8 août 200763et dans son"
            kept.append(" ")
            length += 1
        last = max(last, int(label)) if label.isdecimal() else last
        if text[start : start + 2] in (" ,", " .") or (text[start : start + 2] == " ;" and text[begin] == " "):
            start += text[start + 1] in ",."
    kept.append(text[start:])
    return "".join(kept), tuple(found), last


def _whole(text: str) -> str:
    """The text with a comma out of the bracket of a call, and without brackets that close nothing."""
    text = re.sub(RE_COMMA_INSIDE, r"]\1]\2", text)
    return text if "[" in text else re.sub(RE_BRACKET, "", text)


def _label(match: re.Match[str], known: frozenset[str] = frozenset(), last: int = 0) -> str:
    """The label called, in plain digits; a raised nought is read as a degree sign ("200333°" calls 330).

    Of digits behind a sign that clings to a word the one known label that they may be, else what is printed.
    Of a document with its call, the one label, known or the next one, that leaves a number a document may have; empty
    where none does. Of a word in -al whose l was read as 1 ("généra157") the known one behind it.
    """
    label = match[match.lastgroup or 0].translate(RAISED)
    if match.lastgroup == "glued" and re.fullmatch(RE_L_AND_LABEL, label) and match.string[match.start() - 1] == "a":
        is_torn = label not in known and label[1:] in known and not _follows(label, last)
        return label[1:] if is_torn else label
    if match.lastgroup in GROWN:
        most = MOST_DOCUMENTS[match.lastgroup]
        ends = [end for end in (label[-1:], label[-2:], label[-3:]) if end in known or _follows(end, last)]
        likely = [end for end in ends if int(label) > most >= int(label.removesuffix(end) or 0) > 0]
        return likely[0] if len(likely) == 1 else ""
    if match.lastgroup == "worn":
        return label.translate(WORN)
    if match.lastgroup == "clung":
        shape = r"\d{1,2}" + re.sub(r"^1?\D+", "", label)  # a sign stands for one digit or two
        likely = [each for each in known if re.fullmatch(shape, each)]
        return likely[0] if len(likely) == 1 else label.removeprefix("1")
    return re.sub("[°º]", "0", label) if match.lastgroup == "dated" else label


def _tears_l(match: re.Match[str], label: str) -> bool:
    """Whether a call took the l of its word with it, which was read as 1."""
    if match.lastgroup == "clung":
        return match["clung"][0] == "1"
    return match.lastgroup == "glued" and label != match["glued"]


def _is_call(match: re.Match[str], label: str, text: str, known: frozenset[str], last: int) -> bool:
    """Whether what looks like a call is one: by its form, by what stands around it, or by the labels that are known or
    come next, as its kind demands."""
    kind = match.lastgroup
    if kind in ("marked", "torn", "period"):
        return True
    if kind == "boxed" and _is_disputed(match):
        return False
    if counts().match(fold(text[match.end() : match.end() + 14])):
        return False
    if kind == "boxed":
        return True
    if kind == "clung" and re.fullmatch(RE_SHORT_YEAR, label):
        return any(len(each) > 2 for each in known if each.isdecimal())  # else no note has so high a number
    if kind == "clung":  # a straight mark may end a quotation
        return '"' not in match[0] or text.count('"', 0, match.start()) % 2 == 0
    if kind == "raised":
        return text[max(0, match.start() - 4) : match.start()].split(" ")[-1] not in ("m", "km", "cm", "dm")
    if label in known and kind in (*WITH_NOTE, "dated", "worn"):
        return True
    if kind == "worn":  # "19 mai 1998'53", "(Géorgie)I22"
        return _ends_date(text, match.start()) or bool(re.fullmatch(RE_BEHIND_BRACKET, match[0]))
    if kind in GROWN:
        return _follows(label, last)
    if kind in ("year", "dated") and int(label) == last + 1 > 1 and _is_year(text, match.start()):
        return True
    if kind in WITH_NOTE:
        return False
    if kind == "closed":
        return label in known or int(label) > last - 50
    if kind == "signed":
        return _is_signed_call(match, label, text, known, last)
    word = re.search(RE_LAST_WORD, text[max(0, match.start() - 40) : match.start()])
    before = fold(word.group()) if word else ""
    if kind == "dated":
        # no other number has so many digits without a space: "le Sommet mondial de 2005285"
        return _ends_date(text, match.start()) or (len(label) == 3 and _is_year(text, match.start()))
    if kind == "glued":
        dated = before in months() and re.search(RE_DAY_MONTH, text[max(0, match.start() - 20) : match.start()])
        return bool(dated) or before.rpartition("'")[2] not in reference_words() or label in known
    if before in reference_words():
        return False
    if label not in known:
        return last + 1 == int(label) > 1 or (before.isdigit() and _ends_date(text, match.start()))
    ends = len(label) > 1 and not text[match.end() :].strip(" ,;.")  # a day has its month behind it
    return ends or int(label) == last + 1 or int(label) > A_MONTH


def _is_disputed(match: re.Match[str]) -> bool:
    """Whether a number in square brackets is a figure on which a draft does not agree yet: a word leads to it, or to
    others before it ("dans un délai de [36] [48] mois"), as no word leads to a call."""
    before = re.sub(RE_BOXES, "", match.string[max(0, match.start() - 60) : match.start()]).rstrip()
    word = re.search(RE_LAST_WORD, before)
    return word is not None and fold(word.group()) in leading_words()


def _is_signed_call(match: re.Match[str], label: str, text: str, known: frozenset[str], last: int) -> bool:
    """Whether a number behind a sign is a call and no figure: before small letters or nothing, known, or the next."""
    sign, rest = text[match.start() - 1], text[match.end() :].strip()
    if text[match.start() - 2].isdigit() and not re.search(RE_NUMBERED, text[: match.start()]):
        return False
    stands_alone = not rest or (sign == "," and rest[:1].islower())
    return stands_alone or label in known or last < int(label) <= last + MOST_SKIPPED


def _follows(label: str, last: int) -> bool:
    """Whether a label is one of the next, where most calls may have been lost."""
    return label.isdecimal() and 0 < last < int(label) <= last + MOST_LOST


def _ends_date(text: str, end: int) -> bool:
    """Whether a month and four digits end there: "le 18 mai 2001"."""
    month = fold(text[max(0, end - 16) : end - 5]).split()[-1:]
    return bool(month) and month[0] in months() and text[end - 4 : end].isdecimal()


def _is_year(text: str, end: int) -> bool:
    """Whether four digits are a year and not the beginning of the number of a document: "S/ 19304"."""
    return text[end - 4 : end - 2] in ("19", "20") and not text[: end - 4].rstrip().endswith(("/", "S"))


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """What looks like a call, from left to right: at a digit, up to two signs before it, or behind a year."""
    call = _call()
    for run in re.finditer(RE_RUN, text):
        at = run.start()
        for place in (at - 2, at - 1, at, at + 4):
            if 0 <= place < run.end() and (match := call.match(text, place)):
                yield match
                if match.lastgroup not in ("split", "torn_date"):
                    break


def called_labels(text: str) -> frozenset[str]:
    """The labels that look like calls in a whole text, before anything is known of it.

    >>> sorted(called_labels("d’Haïti150, en date du 19 décembre 2006154, au paragraphe 11"))
    ['150', '154']
    """
    return frozenset(
        _label(match) for match in _candidates(text) if match.lastgroup not in ("spaced", "worn", "clung", *GROWN)
    )
