"""A resolution as a file of the corpus: Markdown that a person can correct and ``git diff`` shows well.

The inverse of reading: ``parse(read(markdown(resolution)))`` has the same paragraphs and footnotes.
"""

import json
import re

from resdiff.model import Footnote, Header, Paragraph, Part, Resolution

__all__ = ["markdown"]

# What Markdown would take for markup inside a line.
RE_SPECIAL = re.compile(r"([\\`*_\[\]<>&])")
# Before what it would take for markup at the start of a line: a sign, or the full stop behind a number.
RE_OPENING = re.compile(r"^(?:\d+(?=[.)])|(?=[#+~=|-]))")


def markdown(resolution: Resolution, header: Header) -> str:
    """The text of the corpus file: front matter, one paragraph a block, notes at the end.

    >>> from resdiff.model import Span
    >>> op = Paragraph("op1", Part.OPERATIVE, "1", 0, "Prie", "Prie l’Office d’aider ;", Span(0, 0))
    >>> text = markdown(Resolution("A/RES/1/1", "", "fr", "1", "", (op,)), Header())
    >>> text.splitlines()[-1]
    '1. *Prie* l’Office d’aider ;'
    """
    blocks = [_front(resolution, header)]
    blocks += [_block(p, resolution.footnotes) for p in resolution.paragraphs if p.text != resolution.title]
    notes = {note.label: note.text for note in resolution.footnotes}  # a note may be called twice
    blocks += [f"[^{label}]: {_escape(text)}".rstrip() for label, text in notes.items()]
    return "\n\n".join(blocks) + "\n"


def _front(resolution: Resolution, header: Header) -> str:
    """The front matter; a JSON string is a YAML string, so nothing in a title can break it."""
    known = {
        "symbol": resolution.symbol,
        "title": resolution.title,
        "language": resolution.language,
        "session": resolution.session,
        "adopted": resolution.adopted,
        "meeting": header.meeting,
        "agenda_item": header.agenda_item,
        "series": header.series,
    }
    source = header.provenance
    about = {"kind": source.kind.value, "note": source.note, "url": source.url, "sha256": source.sha256}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in known.items() if value]
    lines += ["source:"] + [f"  {k}: {json.dumps(v, ensure_ascii=False)}" for k, v in about.items() if v]
    return "\n".join(["---", *lines, "---"])


def _block(paragraph: Paragraph, footnotes: tuple[Footnote, ...]) -> str:
    text, lead = _called(paragraph, footnotes), len(paragraph.lead)
    if paragraph.part is Part.PREFACE:
        lead = len(text.rstrip(" ,"))
    body = f"*{text[:lead]}*{text[lead:]}" if lead and text.startswith(paragraph.text[:lead]) else text
    return f"{paragraph.marker} {body}" if paragraph.number else RE_OPENING.sub(r"\g<0>\\", body)


def _called(paragraph: Paragraph, footnotes: tuple[Footnote, ...]) -> str:
    """The text, escaped, with the calls of its footnotes back in their places."""
    calls = sorted((n.offset, n.label) for n in footnotes if n.paragraph == paragraph.id)
    pieces, start = [], 0
    for offset, label in calls:
        pieces += [_escape(paragraph.text[start:offset]), f"[^{label}]"]
        start = offset
    return "".join([*pieces, _escape(paragraph.text[start:])])


def _escape(text: str) -> str:
    return RE_SPECIAL.sub(r"\\\1", text)
