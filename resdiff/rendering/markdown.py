"""The report as GitHub Markdown, readable as it stands and through markdown-it-py.

Marks are ``<ins>`` and ``<del>`` (style ``html``), CriticMarkup (``critic``) or bold and strike-through
(``emphasis``). The text of a resolution never becomes markup: whatever could be read as Markdown or HTML is escaped.
The compact form stays under the size of a pull-request comment and says what it left out.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote

from msgspec.structs import replace

from resdiff.model import Change, Evidence, Part, Side, Status
from resdiff.rendering.markdown_text import anchor, escape, link, links, marked, said
from resdiff.rendering.weave import weave
from resdiff.report import (
    Actors,
    Changes,
    Citations,
    Concordance,
    Index,
    Notices,
    Numbers,
    Obligations,
    Pair,
    Provenance,
    Report,
    Row,
    Summary,
    Terms,
    Title,
    Topics,
    Verbs,
    address,
    counted,
    numbers_line,
    places,
    plain,
    told,
    topic_label,
    word,
)

__all__ = ["render", "render_index"]

COMPACT = 60_000  # characters; a comment on GitHub holds 65,536
RESERVE = 1_000  # characters of the compact form for the lines that say what was left out
LONGEST = 300  # characters of a title in the compact form
QUOTES = 3  # quotes shown for a topic on each side


def render(report: Report, *, style: str = "html", compact: bool = False) -> bytes:
    """The report as Markdown, with marks in that style; ``compact`` keeps it under 60,000 characters."""
    lang = report.lang
    if compact:
        return _compacted(report, style).encode()
    sections = (_marked_section(block, lang, style) or _section(block, lang) for block in report.blocks)
    return ("\n\n".join(text for text in sections if text) + "\n").encode()


def render_index(index: Index) -> bytes:
    """The front page of a changelog."""
    lines = [f"# {escape(index.title)}"]
    for listing in index.blocks:
        lines.append(f"## {escape(listing.title)}")
        lines += [_pair(pair, index) for pair in listing.pairs]
    return ("\n\n".join(lines) + "\n").encode()


# ---- blocks -------------------------------------------------------------------------------------------------------


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _section(block: Any, lang: str) -> str:  # noqa: ANN401 - any block
    """A block under its heading; empty for a block that Markdown does not show."""
    write = SECTIONS.get(type(block))
    if write is None:
        return ""
    name = type(block).__name__.lower()
    heading = "" if isinstance(block, Title | Provenance) else f"## {word(f'heading.{name}', lang)}\n\n"
    return heading + write(block, lang)


def _marked_section(block: Any, lang: str, style: str) -> str:  # noqa: ANN401 - any block
    """A block whose marks have the style asked for; empty for one without marks."""
    if isinstance(block, Changes):
        return _changes(block, lang, style)
    return _title(block, lang, style) if isinstance(block, Title) else ""


def _title(block: Title, lang: str, style: str = "html") -> str:
    lines = [f"# {escape(word('heading.report', lang).format(*block.names))}", ""]
    for text, name, date in zip((block.old, block.new), block.names, block.dates, strict=True):
        about = ", ".join(escape(part) for part in (date, text.title) if part)
        lines.append(f"- **{escape(text.symbol or name)}**" + (f" – {about}" if about else ""))
    if block.edits:
        lines += ["", f"{word('heading.title', lang)} – {marked(weave(block.edits)[0], style)}"]
    return "\n".join(lines)


def _provenance(block: Provenance, lang: str) -> str:
    return "\n>\n".join(f"> ⚠ {said(line)}" for line in block.lines)


def _summary(block: Summary, lang: str) -> str:
    return "\n".join(f"{number}. {said(line)}" for number, line in enumerate(block.sentences, start=1))


def _numbers(block: Numbers, lang: str) -> str:
    weights = [f"{word(f'weight.{weight.label}', lang)} {count}" for weight, count in block.weights if weight and count]
    return f"{said(numbers_line(block, lang))}\n\n{escape(' · '.join(reversed(weights)))}".rstrip()


def _topics(block: Topics, lang: str) -> str:
    lines = []
    for status, topics in groupby(block.topics, key=lambda topic: topic.status):
        heading = word(f"status.{status}-many", lang)
        lines.append(f"**{heading[:1].upper()}{heading[1:]}**\n")
        if status is Status.KEPT:
            lines.append(", ".join(escape(topic_label(topic, lang)) for topic in topics))
            continue
        for topic in topics:
            quotes = [*_quotes(Side.OLD, topic.old, lang), *_quotes(Side.NEW, topic.new, lang)]
            lines.append(f"- **{escape(topic_label(topic, lang))}**" + "".join(f"\n  - {quote}" for quote in quotes))
        lines.append("")
    return "\n".join(lines).rstrip()


def _quotes(side: Side, evidence: Sequence[Evidence], lang: str) -> list[str]:
    """The first quotes of one side, each after the link to its paragraph."""
    form = "{}" + word("word.colon", lang) + word("word.quote", lang).replace("{0}", "{}")
    return [form.format(links(side, [shown.paragraph], lang), escape(shown.quote)) for shown in evidence[:QUOTES]]


def _concordance(block: Concordance, lang: str) -> str:
    rows = (
        (
            ", ".join(link(address(Side.OLD, p, lang)) for p in change.link.old) or "–",
            ", ".join(link(address(Side.NEW, p, lang)) for p in change.link.new) or "–",
            ", ".join([word(f"kind.{change.kind}", lang), *_facts(change, lang)]),
        )
        for change in block.rows
    )
    return _table([word("heading.old", lang), word("heading.new", lang), word("heading.changes", lang)], rows)


def _facts(change: Change, lang: str) -> list[str]:
    facts = {"moved": change.moved, "renumbered": change.renumbered}
    return [word(f"kind.{fact}", lang) for fact, true in facts.items() if true]


def _verbs(block: Verbs, lang: str) -> str:
    rows = (
        (
            link(address(Side.OLD, verb.old, lang)),
            link(address(Side.NEW, verb.new, lang)),
            f"{escape(verb.old_verb)} → {escape(verb.new_verb)}",
            word(f"direction.{verb.direction}", lang),
        )
        for verb in block.verbs
    )
    heads = [word(f"heading.{name}", lang) for name in ("old", "new", "verbs", "direction")]
    return _table(heads, rows)


def _actors(block: Actors, lang: str) -> str:
    return "\n".join(
        f"- **{escape(actor.name)}** – {word(f'mention.{actor.status}', lang)}"
        f" ({links(Side.NEW, actor.new, lang) or links(Side.OLD, actor.old, lang)})"
        for actor in block.actors
    )


def _obligations(block: Obligations, lang: str) -> str:
    lines = []
    for duty in block.obligations:
        sides = ((Side.OLD, duty.old), (Side.NEW, duty.new))
        where = [links(side, [paragraph], lang) for side, paragraph in sides if paragraph]
        what = f"{word(f'sort.{duty.sort}', lang)}, {word(f'mention.{duty.status}', lang)}"
        quoted = escape(word("word.quote", lang).format(duty.text))
        lines.append(f"- {quoted} – {what} ({', '.join(where)})")
    return "\n".join(lines)


def _citations(block: Citations, lang: str) -> str:
    lines = [
        f"- {escape(citation.text)} – {word(f'mention.{citation.status}', lang)}"
        f" ({links(Side.NEW, citation.new, lang) or links(Side.OLD, citation.old, lang)})"
        for citation in block.citations
    ]
    if block.routine:
        texts = ", ".join(escape(citation.text) for citation in block.routine)
        lines.append(f"- {word('heading.routine', lang)} – {texts}")
    return "\n".join(lines)


def _terms(block: Terms, lang: str) -> str:
    lines = []
    for row, dropped in (("new", False), ("old", True)):
        texts = [escape(term.text) for term in block.terms if (term.status is Status.DROPPED) is dropped]
        if texts:
            lines.append(f"- **{word(f'word.only-{row}', lang)}** – {', '.join(texts)}")
    return "\n".join(lines)


def _notices(block: Notices, lang: str) -> str:
    return "\n".join(
        "- " + (f"{escape(symbol)} – " if symbol else "") + escape(told(f"notice.{notice.code}", notice.values, lang))
        for symbol, notice in block.notices
    )


SECTIONS: dict[type, Callable[[Any, str], str]] = {
    Title: _title,
    Provenance: _provenance,
    Summary: _summary,
    Numbers: _numbers,
    Topics: _topics,
    Concordance: _concordance,
    Verbs: _verbs,
    Actors: _actors,
    Obligations: _obligations,
    Citations: _citations,
    Terms: _terms,
    Notices: _notices,
}
# What the compact form always holds, and what it holds where there is room, in this order.
CORE = (Title, Provenance, Summary, Numbers)
EXTRAS = (Topics, Verbs, Actors, Obligations, Citations, Concordance, Terms, Notices)


# ---- changes ------------------------------------------------------------------------------------------------------


def _changes(block: Changes, lang: str, style: str) -> str:
    """The changes by part; unchanged neighbours folded."""
    lines = [f"## {word('heading.changes', lang)}"]
    for part, rows in groupby(block.rows, key=_part):
        lines.append(f"### {word(f'heading.{part}', lang)}")
        for folded, group in groupby(rows, key=lambda row: row.is_quiet):
            shown = [_row(row, lang, style) for row in group]
            lines += _fold(shown, counted("changes.unchanged", len(shown), lang)) if folded else shown
    if block.hidden:
        lines.append(f"*{counted('changes.hidden', block.hidden, lang)}*")
    return "\n\n".join(lines)


def _part(row: Row) -> Part:
    return (row.new or row.old)[0].part


def _fold(rows: list[str], summary: str) -> list[str]:
    return [f"<details><summary>{escape(summary)}</summary>", *rows, "</details>"]


def _row(row: Row, lang: str, style: str, *, shorten: bool = False) -> str:
    """One change: its anchors, its places, what became of it, the remark, and the marked text as a quotation."""
    change = row.change
    anchors = [anchor(Side.OLD, p) for p in change.link.old] + [anchor(Side.NEW, p) for p in change.link.new]
    head = "".join(f'<a id="{name}"></a>' for name in anchors) + f"**{escape(places(change, lang))}**"
    facts = [head, ", ".join([word(f"kind.{change.kind}", lang), *_facts(change, lang)]), said(row.remark)]
    lines = [marked(line, style, shorten=shorten) for line in weave(change.edits, row.old, row.new)]
    return " · ".join(fact for fact in facts if fact) + "\n\n" + "\n>\n".join(f"> {line}" for line in lines)


# ---- the compact form ---------------------------------------------------------------------------------------------


def _compacted(report: Report, style: str) -> str:
    """The report in less than 60,000 characters: what fits, the weightiest first, and a line that says what did not."""
    lang = report.lang
    sections = {type(block): _section(_clipped(block), lang) for block in report.blocks}
    rows = [row for block in report.blocks if isinstance(block, Changes) for row in block.rows]
    room = COMPACT - RESERVE - sum(len(sections.get(core, "")) + 2 for core in CORE)
    shown: dict[int, str] = {}
    for index, row in sorted(enumerate(rows), key=lambda numbered: -numbered[1].change.weight):
        text = "" if row.is_quiet else _row(row, lang, style, shorten=True)
        if text and len(text) + 2 <= room:
            shown[index] = text
            room -= len(text) + 2
    kept = [sections[core] for core in CORE if core in sections]
    kept.append("\n\n".join([f"## {word('heading.changes', lang)}", *(shown[index] for index in sorted(shown))]))
    missing = []
    for extra in EXTRAS:
        text = sections.get(extra, "")
        if len(text) + 2 <= room:
            kept.append(text)
            room -= len(text) + 2
        else:
            missing.append(word(f"heading.{extra.__name__.lower()}", lang))
    kept += _left_out(rows, shown, missing, lang)
    return "\n\n".join(text for text in kept if text) + "\n"


def _clipped(block: Any) -> Any:  # noqa: ANN401 - any block
    """The block with titles of a reasonable length."""
    if not isinstance(block, Title):
        return block
    old, new = (replace(text, title=text.title[:LONGEST]) for text in (block.old, block.new))
    return replace(block, old=old, new=new, edits=())


def _left_out(rows: Sequence[Row], shown: dict[int, str], missing: Sequence[str], lang: str) -> list[str]:
    unchanged = sum(row.is_quiet for row in rows)
    hidden = len(rows) - unchanged - len(shown)
    lines = [counted("changes.unchanged", unchanged, lang)] if unchanged else []
    lines += [counted("changes.left-out", hidden, lang)] if hidden else []
    lines += (
        [word(f"changes.sections-{'one' if len(missing) == 1 else 'many'}", lang).format(", ".join(missing))]
        if missing
        else []
    )
    return [f"*{escape(word('changes.compact', lang).format(' ; '.join(lines)))}*"] if lines else []


# ---- front page ---------------------------------------------------------------------------------------------------


def _pair(pair: Pair, index: Index) -> str:
    """One pair: links to its pages, its numbers, its first sentences; or what went wrong."""
    names = f"**{escape(pair.old)} → {escape(pair.new)}**"
    if pair.error:
        return f"- {names} – {escape(pair.error)}"
    pages = ", ".join(f"[{suffix}]({quote(pair.stem)}.{suffix})" for suffix in index.formats)
    # an address in a sentence of this page would point into another page: only its label is shown
    sentences = [f"  - {escape(plain(sentence))}" for sentence in pair.sentences]
    return "\n".join([f"- {names} ({pages}) – {escape(plain(pair.numbers))}", *sentences])
