"""How a text was read, for a person to check: header, structure, footnotes, repairs, notices."""

import json
import re
import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import to_builtins

from resdiff import symbol as symbols
from resdiff.messages import message, message_or_code
from resdiff.model import Part, Resolution, Source

if TYPE_CHECKING:
    from resdiff.accession import Entered
    from resdiff.fetch import Fetched
    from resdiff.recognition import Survey

__all__ = ["account", "as_json", "as_text", "describe", "survey_as_json", "survey_as_text", "why"]

WIDTH = 100
RE_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def as_text(source: Source, resolution: Resolution, lang: str, *, repairs: bool) -> str:
    """The reading as lines: who, what, each paragraph with its address, then what was repaired and what is strange."""
    lines = [*_head(source, resolution, lang), ""]
    lines += [_wrapped(f"{p.id:<12}", f"{p.marker} {p.text}".lstrip()) for p in resolution.paragraphs]
    lines += _section(
        "show.footnotes", [f"[{n.label}] {n.paragraph or '–'}  {n.text}".rstrip() for n in resolution.footnotes], lang
    )
    lines += _section("show.repairs", _repairs(source, full=repairs), lang)
    lines += _section("show.notices", _notices(resolution, lang), lang)
    return RE_CONTROL.sub("�", "\n".join(lines))


def as_json(source: Source, resolution: Resolution, lang: str) -> str:
    """The reading as JSON: the resolution, its fixes and notices."""
    value = to_builtins(resolution) | {
        "fixes": to_builtins(source.fixes),
        "notices": [
            {"code": n.code, "message": message_or_code(f"notice.{n.code}", n.values, lang)} for n in resolution.notices
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1)


def survey_as_text(source: Source, survey: "Survey", lang: str) -> str:
    """What is known of a text as lines: each kind of mention in a section, with the paragraph it stands in."""
    labels = {theme.id: theme.en if lang == "en" else theme.fr for theme in survey.themes}
    paragraphs = {p.id: p.text for p in survey.resolution.body} | {"": survey.resolution.title}
    timed = [(t.place.paragraph, t.text) for act in survey.acts for t in act.deadlines]
    sections = {
        "acts": [(a.paragraph, f"{a.head}{f' → {a.addressee}' if a.addressee else ''}") for a in survey.acts if a.verb],
        "conditions": [(c.paragraph, c.text) for c in survey.conditions],
        "timed": [*timed, *((m.paragraph, m.text) for m in survey.figures)],
        "names": [(m.paragraph, m.name.text) for m in survey.names],
        "citations": [(m.paragraph, m.citation.label) for m in survey.citations],
        "themes": [
            (m.paragraph, f"{labels[m.theme]} : « {paragraphs[m.paragraph][m.start : m.end]} »")
            for m in survey.theme_mentions
        ],
    }
    lines = _head(source, survey.resolution, lang)
    for name, rows in sections.items():
        listed = [f"{paragraph or '–':<10} {text}" for paragraph, text in dict.fromkeys(rows)]
        lines += _section(f"show.{name}", listed, lang)
    return RE_CONTROL.sub("�", "\n".join(lines))


def survey_as_json(survey: "Survey") -> str:
    """What is known of a text as JSON: the fields of the survey, but the text itself."""
    value = to_builtins(survey)
    del value["resolution"]
    return json.dumps({"symbol": survey.resolution.symbol} | value, ensure_ascii=False, indent=1)


def account(entered: "Entered", lang: str) -> str:
    """What to tell a person who entered a text: where it is, what was read, repaired, and what to check by eye."""
    # Points, headings and text after points stand below a paragraph: "op2.a", "op.h1", "op2.tail" are not counted.
    counts = Counter((p.part, p.id.rpartition(".")[2][:2]) for p in entered.resolution.paragraphs)
    said = message(
        "show.entered",
        symbols.short(entered.resolution.symbol),
        entered.path,
        counts[Part.PREAMBLE, "pp"],
        counts[Part.OPERATIVE, "op"],
        lang=lang,
    )
    lines = [said, message("show.series-line", entered.path.parent.name, why(entered, lang), lang=lang)]
    if entered.replaced:
        lines.append(message("show.replaced", entered.replaced, lang=lang))
    lines += _section("show.repairs", _repairs(entered.source, full=False), lang)
    lines += _section("show.notices", _notices(entered.resolution, lang), lang)
    return RE_CONTROL.sub("�", "\n".join(lines))


def why(entered: "Entered", lang: str) -> str:
    """Why a text stands in its series."""
    return message(f"show.why-{entered.why}", entered.beside, lang=lang)


def describe(document: "Fetched", lang: str) -> str:
    """What was fetched, a line a fact: symbol, format, address, hash, day, and the file it is kept in."""
    facts = {
        "symbol": f"{document.symbol} ({document.language})",
        "media-type": document.media_type,
        "url": document.url,
        "sha256": document.sha256,
        "fetched": document.date,
        "kept": document.path,
    }
    return "\n".join(f"{message(f'show.{key}', lang=lang):<12} {value}" for key, value in facts.items() if value)


def _head(source: Source, resolution: Resolution, lang: str) -> list[str]:
    facts = {
        "symbol": resolution.symbol,
        "title": resolution.title,
        "language": resolution.language,
        "adopted": resolution.adopted,
        "kind": message(f"show.kind-{resolution.provenance.kind.value}", lang=lang),
        "note": resolution.provenance.note,
        "file": source.origin,
    }
    rows = [(message(f"show.{key}", lang=lang), value) for key, value in facts.items() if value]
    width = max(len(name) for name, _ in rows)
    return [_wrapped(f"{name:<{width}}  ", value) for name, value in rows]


def _wrapped(head: str, text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False)


def _section(key: str, rows: list[str], lang: str) -> list[str]:
    return ["", message(key, len(rows), lang=lang), *(f"  {row}" for row in rows)] if rows else []


def _repairs(source: Source, *, full: bool) -> list[str]:
    """The repairs one by one, or by rule with how often and an example."""
    if full:
        return [f"{fix.name}: « {fix.before} » → « {fix.after} »" for fix in source.fixes]
    examples = {fix.name: fix for fix in reversed(source.fixes)}
    counts = Counter(fix.name for fix in source.fixes)
    return [
        f"{count:>4} × {name} (« {examples[name].before} » → « {examples[name].after} »)"
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _notices(resolution: Resolution, lang: str) -> list[str]:
    """The sentences of the notices, equal ones counted once."""
    said = Counter(message_or_code(f"notice.{n.code}", n.values, lang) for n in resolution.notices)
    return [text if count == 1 else f"{text} (× {count})" for text, count in said.items()]
