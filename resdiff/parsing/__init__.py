"""The form of a resolution: ``parse(source) -> Resolution``.

    Source ─ lines ─▶ Line… ─ scan ─▶ Block… ─ arrange ─▶ Draft… ─▶ Paragraph…
                                        └ notes ─▶ Footnote…   (their calls are found in the paragraphs)

Page furniture and footnotes leave the flow, paragraphs are joined over page breaks and torn apart where a blank line
was lost. Nothing is dropped silently: every character of the source that is not white space stands in the span of a
paragraph, of a footnote or of a notice. What is strange becomes a notice; only a text of too many paragraphs is
refused.
"""

import re
from collections.abc import Iterable
from functools import cache, partial

from msgspec.structs import replace

from resdiff import limits
from resdiff.errors import InputError
from resdiff.language import Language
from resdiff.language.fold import fold
from resdiff.language.forms import aside, elsewhere, later, next_text, once, opens_aside, own_annex, variants
from resdiff.model import BESIDE, Footnote, Header, Notice, Paragraph, Part, Resolution, Source, footnotes_beside
from resdiff.parsing.body import Draft, arrange, lead_of
from resdiff.parsing.lines import Block, Kind, hyphenated_words, join_lines, lines
from resdiff.parsing.notes import QUOTES, Note, calls, notes
from resdiff.parsing.openings import language, letters, masthead, vote
from resdiff.parsing.scan import scan

__all__ = ["parse"]

LAST = 8  # words of a text that breaks off by which it is told
FEWEST = 4  # numbered paragraphs of a text that is meant to be whole
RE_UNSETTLED = re.compile(r"^\d{1,3}\.\s+\[(?![\d^])", re.MULTILINE)  # "2. [UE : Exhorte"
# What is typed, as is what has the labels of a draft: a page of two columns is not read across there.
TYPED = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "text/html")
CLOSING = 60  # a line behind the vote that gives the meeting or the date is shorter


def parse(source: Source) -> Resolution:
    """The resolution a source prints: header, paragraphs with the negotiators' own ids, footnotes, notices.

    Knows the forms of the General Assembly, the Security Council, the Human Rights Council and the Economic and
    Social Council, and reads any other text as far as it goes. Linear in the length of the text. Raises InputError for
    more paragraphs than a resolution has: to compare two texts takes more time than to read them.

    >>> text = "L’Assemblée générale,\\n\\nRappelant la Charte,\\n\\n1. Prie instamment les États d’agir."
    >>> [(p.id, p.lead) for p in parse(Source(text)).body]
    [('pp1', 'Rappelant'), ('op1', 'Prie instamment')]
    """
    text, drafted = source.text, False
    if not source.scanned and _may_have_labels().search(text):
        from resdiff.parsing.labels import is_drafted, plain_labels  # few texts need it

        drafted = is_drafted(text)
        text = plain_labels(text) if drafted else text
    blocks, start = scan(lines(text), text, scanned=source.scanned, drafted=drafted)
    is_draft = text != source.text or RE_UNSETTLED.search(text) is not None
    is_typed = (is_draft or source.media_type in TYPED) and not source.scanned
    drafts, asides, numbering = arrange(blocks, start, typed=is_typed)
    if len(drafts) > limits.PARAGRAPHS:
        raise InputError("text-too-many-paragraphs", source.origin, limits.PARAGRAPHS // 1000)
    found = notes(blocks)
    # A file of the corpus marks its calls, and so does any text that marks one: no other number is a call there.
    marked = source.header != Header() or "[^" in source.text
    words = hyphenated_words(source.text)
    paragraphs, footnotes = _finish(drafts, found, words, marked=marked)
    if not source.scanned:  # the numbers of a scan are put right
        paragraphs = tuple(map(partial(_labelled, source.text, text), paragraphs, drafts))
    formula = next((block.lines[0].text for block in blocks if block.kind is Kind.FORMULA), "")
    preface = [p.text for p in paragraphs if p.part is Part.PREFACE and p.text != formula]
    header = masthead(source.header, preface, list(_conclusion(paragraphs)), formula)
    tongue = header.language or language(source.text, formula)
    notices = (
        *source.notices,
        *numbering,
        *_furniture(blocks),
        *_remarks_in_labels(paragraphs),
        *(Notice(Kind.ANNOTATION.value, (text,)) for text in preface if opens_aside(text)),
        *_unmet(footnotes, found, damaged=source.scanned),
        *_form(paragraphs, formula, tongue),
    )
    return Resolution(
        symbol=header.symbol,
        title=header.title,
        language=tongue,
        session=header.session,
        adopted=header.adopted,
        paragraphs=paragraphs,
        footnotes=footnotes,
        notices=notices,
        provenance=header.provenance,
        scanned=source.scanned,
        asides=tuple(
            _labelled(source.text, text, _paragraph(draft, join_lines(draft.lines, draft.skip, words)), draft)
            for draft in (*asides, *_annotations(blocks))
        ),
        vote=vote([p.text for p in paragraphs if p.part is Part.CONCLUSION], Language.of(tongue)),
    )


@cache
def _may_have_labels() -> re.Pattern[str]:
    """The beginning of a line as drafts have them, and its end: what has none of them has no labels."""
    behind = rf"\s?\.?\s?{later()}|\.\s?\(|\.?\s(?i:{variants()})\s?\d"
    numbered = rf"\d{{1,3}}(?:{behind})|[^\W\d]{{3,12}}[\])]? \d{{1,3}}(?:\.|\s?{later()})"
    bracket = r"\[(?!\^)(?:.{0,14}\d|\(?[a-z]{1,2}(?: [a-z]+)?\)|[^\[\]:\n]{1,60}:)|\d{1,3}\.\s\["
    opens = rf"^(?:{bracket}|.{{0,14}}(?:OP|PP)\s?\d|{numbered}|\(?[a-z]{{1,2}}\)\s{later()})"
    apart = r"\([^()\n]{2,120}\)|\[[^\[\]\n]{2,120}\]|[A-Z]{5,}[A-Z ]*"
    return re.compile(rf"{opens}|^[\[(]?(?i:{aside()})|[;,.\]] (?:{apart})$", re.MULTILINE)


def _conclusion(paragraphs: tuple[Paragraph, ...]) -> Iterable[str]:
    """The closing lines, without what a volume prints behind them: longer, or the next text. It has its own dates."""
    for place, text in enumerate(p.text for p in paragraphs if p.part is Part.CONCLUSION):
        if (place and len(text) >= CLOSING) or next_text().begins(fold(text)):
            return
        yield text


def _finish(
    drafts: list[Draft], found: tuple[Note, ...], words: frozenset[str], *, marked: bool
) -> tuple[tuple[Paragraph, ...], tuple[Footnote, ...]]:
    """The paragraphs in one line each without their footnote calls, and the footnotes tied to them."""
    known = frozenset(note.label for note in found)
    paragraphs: list[Paragraph] = []
    called: list[tuple[str, str, int]] = []
    last = 0
    for draft in drafts:
        text = join_lines(draft.lines, draft.skip, words)
        marks: tuple[tuple[str, int], ...] = ()
        if draft.part not in (Part.PREFACE, Part.CONCLUSION):
            text, marks, last = calls(text, known, last, marked=marked)
            if marks:
                known |= {label for label, _ in marks}  # a note may be called again
        called += [(label, draft.id, offset) for label, offset in marks]
        paragraphs.append(_paragraph(draft, text))
    return tuple(paragraphs), tuple(_tied(found, called, marked=marked))


def _paragraph(draft: Draft, text: str) -> Paragraph:
    return Paragraph(draft.id, draft.part, draft.number, draft.depth, lead_of(draft, text), text, draft.span)


def _labelled(printed: str, plain: str, paragraph: Paragraph, draft: Draft) -> Paragraph:
    """The paragraph with its label as the source prints it, where that is one of a draft, or its number in brackets.

    In the ``plain`` text labels are numbers, each as long as it was ``printed``: a bracket before one stands behind it.
    """
    start = draft.lines[0].start
    end = start + draft.skip
    if end > start and printed[start] == "[" and plain[start] != "[" and plain.startswith("[", end):
        end += 1
    label = " ".join(printed[start:end].split())
    is_drafted = label.startswith("PP") or printed[start:end] != plain[start:end]
    return replace(paragraph, label=label) if is_drafted or label == f"({paragraph.number})" else paragraph


def _tied(found: tuple[Note, ...], called: list[tuple[str, str, int]], *, marked: bool) -> Iterable[Footnote]:
    """One footnote a call, in the order of the calls, with the text of its note; then the notes nobody calls."""
    texts = {note.label: note for note in reversed(found)}
    misread: frozenset[int] = frozenset() if marked else _misread(called, frozenset(texts))
    for place, (label, paragraph, offset) in enumerate(called):
        note = None if place in misread else texts.get(label)
        yield Footnote(label, note.text if note else "", paragraph, offset, note.span if note else None)
    labels = {label for label, _, _ in called}
    for note in found:
        if note.label not in labels or texts[note.label] is not note:
            yield Footnote(note.label, note.text, span=note.span)


def _misread(called: list[tuple[str, str, int]], known: frozenset[str]) -> frozenset[int]:
    """The places of the calls that cannot be of that label: notes are numbered in the order in which they are called,
    and this one comes before the first call of the note before it, and again behind that."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for place, (label, _, _) in enumerate(called):
        first.setdefault(label, place)
        last[label] = place
    before = {label: str(int(label) - 1) for label in first if label.isdecimal() and label in known}
    return frozenset(
        first[label] for label, one in before.items() if one in known and first[label] < first.get(one, 0) < last[label]
    )


# ---- notices --------------------------------------------------------------------------------------------------------


def _annotations(blocks: tuple[Block, ...]) -> Iterable[Draft]:
    """What a draft says of its text, on lines of their own."""
    found = [block for block in blocks if block.kind is Kind.ANNOTATION]
    for place, block in enumerate(found, start=1):
        yield Draft(f"aside{place}", Part.OPERATIVE, "", 0, list(block.lines))


def _furniture(blocks: tuple[Block, ...]) -> Iterable[Notice]:
    """One notice for each line that belongs to the page and not to the text, or that nobody can read, and for what a
    draft says of its text."""
    for block in blocks:
        if block.kind in (Kind.RUNNING_HEAD, Kind.PAGE_NUMBER, Kind.DIRT):
            yield Notice(block.kind.value, (block.lines[0].text,), block.span)
        elif block.kind is Kind.ANNOTATION:
            yield Notice(block.kind.value, (" ".join(line.text for line in block.lines),), block.span)


def _remarks_in_labels(paragraphs: Iterable[Paragraph]) -> Iterable[Notice]:
    """What a draft says of a paragraph in its label: "OP2 (agreed ad ref)"."""
    for label in (paragraph.label for paragraph in paragraphs if "(" in paragraph.label or "[" in paragraph.label):
        from resdiff.language.unsettled import is_remark  # few texts need it

        said = re.findall(r"[(\[]([^()\[\]]+)[)\]]", label)
        parts = [part.strip() for words in said for part in (words, *words.split(","))]
        was = rf"{once()}|\((?i:{elsewhere()})\b"  # what it is called, and no news
        if any(is_remark(part) for part in parts if not re.match(was, f"({part})")):
            yield Notice(Kind.ANNOTATION.value, (label,))


def _unmet(footnotes: tuple[Footnote, ...], found: tuple[Note, ...], *, damaged: bool) -> Iterable[Notice]:
    """Notes without a call, one notice each; calls without a note, one notice for all.

    Where a scan damaged the numbers, or a note has lost its own, nothing tells whether a text is missing.
    """
    beside = {note.label for note in footnotes_beside(footnotes)}
    for note in footnotes:
        if not note.paragraph:
            told = (note.label, note.text) if note.label else (note.text,)
            sort = "beside" if note.label in beside else "uncalled" if note.label else "unlabelled"
            yield Notice(f"note-{sort}", told, note.span)
    have = {note.label for note in found if note.text}
    called = (note.label for note in footnotes if note.paragraph and note.label[:1] not in QUOTES)
    lacking = [label for label in dict.fromkeys(called) if label not in have]
    if lacking and not damaged and all(note.label for note in found):
        yield Notice("call-unmet" if len(lacking) == 1 else "calls-unmet", (", ".join(lacking),))


def _form(paragraphs: tuple[Paragraph, ...], formula: str, tongue: str) -> Iterable[Notice]:
    """What the whole lacks of a resolution."""
    parts = {p.part for p in paragraphs}
    if not (formula or any(p.number or p.lead for p in paragraphs)):
        yield Notice("no-resolution")
    elif Part.OPERATIVE not in parts:
        yield Notice("no-operative")
    elif Part.PREAMBLE not in parts:
        yield Notice("no-preamble")
    if end := _broken_off(paragraphs):
        yield Notice("unfinished", (end,))
    if Part.ANNEX not in parts:
        references = dict.fromkeys(_own_annex(p) for p in paragraphs if "nnex" in p.text)
        yield from (Notice("annex-missing", (reference,)) for reference in references if reference)
    if not Language.of(tongue).knows("acts"):
        yield Notice("other-language", (tongue,))


def _broken_off(paragraphs: tuple[Paragraph, ...]) -> str:
    """The last words of a text whose last paragraph announces another one; of a few paragraphs, a piece of a draft may
    end so."""
    body = [p for p in paragraphs if p.part not in BESIDE]
    numbered = [p for p in body if p.part is Part.OPERATIVE and p.number and not p.depth]
    if len(numbered) < FEWEST or body[-1].part is not Part.OPERATIVE or not body[-1].text.endswith(";"):
        return ""
    return " ".join(body[-1].text.split()[-LAST:])


def _own_annex(paragraph: Paragraph) -> str:
    """The words with which a paragraph refers to an annex of its own resolution; empty where it refers to none."""
    if paragraph.part not in (Part.PREAMBLE, Part.OPERATIVE):
        return ""
    match = own_annex().search(letters(paragraph.text))
    return paragraph.text[match.start() : match.end()].rstrip(" ,;.") if match else ""
