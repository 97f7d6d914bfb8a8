"""The sentences on agreed language: where a wording was adopted, how well it fits, how a clause of a draft stands."""

from itertools import groupby

from resdiff.messages import message
from resdiff.report.wording import counted, date, label, name
from resdiff.search.values import ClauseCheck, DraftCheck, Found, Hit, ParagraphCheck, Remark, Source, Standing

__all__ = [
    "about",
    "adopted",
    "clause_note",
    "fit",
    "found_line",
    "grouped",
    "lasted",
    "named",
    "remark_line",
    "share",
    "shares",
    "shares_line",
    "variants_line",
]


MOST_NAMES = 6  # symbols listed of texts that have other figures


# ---- hits -----------------------------------------------------------------------------------------------------------


def found_line(found: Found, lang: str) -> str:
    """How many hits are told of how many sentences."""
    if not found.hits:
        return message("search.none", found.query, counted("search.texts", found.texts, lang), lang=lang)
    total = message("search.more", found.total, lang=lang) if found.capped else str(found.total)
    texts = counted("search.texts", len({symbol for hit in found.hits for symbol in hit.texts}), lang)
    if found.total > len(found.hits):
        return message("search.leading", counted("search.hits", len(found.hits), lang), texts, total, lang=lang)
    said = counted("search.hits", len(found.hits), lang)
    return f"{said}{message('search.in', texts, found.texts, lang=lang)}"


def grouped(found: Found) -> list[tuple[str, list[Hit]]]:
    """The hits by series, the series of the best hit first; in one group where there are no series."""
    order = list(dict.fromkeys(hit.series for hit in found.hits))
    rows = sorted(found.hits, key=lambda hit: order.index(hit.series))
    return [(series, list(hits)) for series, hits in groupby(rows, key=lambda hit: hit.series)]


def named(symbol: str) -> str:
    """What a reader calls a text."""
    return name(symbol)


def adopted(hit: Hit, lang: str) -> str:
    """Where a wording was adopted first: "74/175, par. 6 (18 décembre 2019)"."""
    return _place(hit.first, hit.paragraph, hit.date, lang)


def lasted(hit: Hit, lang: str) -> str:
    """In how many texts a wording stands, and the last of them."""
    if hit.editions == 1:
        return message("search.once", lang=lang)
    last = f"{name(hit.last)}{_when(hit.last_date, lang)}"
    return message("search.lasted", counted("search.texts", hit.editions, lang), last, lang=lang)


def fit(hit: Hit, lang: str) -> str:
    """Why a hit stands where it does: "100 : mots exacts ; 12 ans ; 6 textes"."""
    parts = [message(f"search.fit-{hit.fit.value}", lang=lang)]
    parts += [counted("search.years", hit.years, lang)] if hit.years else []
    return message("search.score", hit.score, message("word.semicolon", lang=lang).join(parts), lang=lang)


def variants_line(hit: Hit, lang: str) -> str:
    """That the same wording has other figures in other texts; empty where it has not."""
    if not hit.variants:
        return ""
    names = list(dict.fromkeys(name(variant.first) for variant in hit.variants))
    shown = ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    return message("search.figures", counted("search.variants", len(hit.variants), lang), shown, lang=lang)


def _place(symbol: str, paragraph: str, when: str, lang: str) -> str:
    return f"{name(symbol)}, {label(paragraph, lang)}{_when(when, lang)}"


def _when(iso: str, lang: str) -> str:
    return f" ({date(iso, lang)})" if iso else ""


# ---- a draft --------------------------------------------------------------------------------------------------------


def share(count: int, total: int) -> int:
    """A share in percent; neither 0 nor 100 for what is not all or nothing."""
    if count in (0, total):
        return 100 if count and total else 0
    return min(99, max(1, round(100 * count / total)))


def shares(check: DraftCheck | ParagraphCheck) -> dict[Standing, int]:
    """The shares of the words of a draft, or of a paragraph, by how they stand, in percent."""
    counts = {way: getattr(check, way.value) for way in Standing}
    total = sum(counts.values())
    found = {way: share(count, total) for way, count in counts.items()}
    largest = max(found, key=lambda way: counts[way])
    found[largest] += 100 - sum(found.values()) if total else 0
    return found


def shares_line(check: DraftCheck | ParagraphCheck, lang: str) -> str:
    """The shares in words: "76 % convenu · 15 % adapté · 9 % nouveau"."""
    said = [
        message("check.share", percent, message(f"check.{way.value}", lang=lang), lang=lang)
        for way, percent in shares(check).items()
        if percent
    ]
    return " · ".join(said)


def about(check: DraftCheck, lang: str) -> str:
    """What was checked beside what: "projet.docx : 52 alinéas, 4812 mots ; comparé à 214 textes"."""
    words = sum(clause.words for clause in check.clauses)
    counts = (counted("check.paragraphs", len(check.paragraphs), lang), counted("check.words", words, lang))
    name_ = check.name or check.title
    return message("check.about", name_, *counts, counted("search.texts", check.texts, lang), lang=lang)


def clause_note(clause: ClauseCheck, lang: str) -> str:
    """What is told of a clause: "Convenu : 74/175, par. 6 (2019) ; dans 3 textes depuis 70/177"."""
    if clause.source is None:
        return message("check.new-note", lang=lang)
    key = "figures" if clause.figures else clause.status.value
    return message(f"check.{key}-note", _source(clause.source, lang), lang=lang)


def _source(source: Source, lang: str) -> str:
    place = _place(source.symbol, source.paragraph, source.date, lang)
    if source.editions == 1:
        return place
    first = f"{name(source.first)}{_when(source.since, lang)}"
    return message("check.since", place, counted("search.texts", source.editions, lang), first, lang=lang)


def remark_line(remark: Remark, lang: str) -> str:
    """What a paragraph asks otherwise than its source."""
    place = f"{name(remark.symbol)}, {label(remark.source_paragraph, lang)}"
    return message(f"check.{remark.kind}", place, remark.source or remark.draft, remark.draft, lang=lang)
