"""A concordance on a terminal: what differs, place by place."""

import textwrap
from typing import Any

from resdiff.parallel import Concordance
from resdiff.rendering.parallel.words import cautions, columns, figures, heading, lines
from resdiff.report import word

__all__ = ["render"]

BOLD, FIRST, SECOND, PLAIN = "\x1b[1m", "\x1b[36m", "\x1b[35m", "\x1b[0m"


def render(held: Concordance, options: Any) -> bytes:  # noqa: ANN401 - parallel.Options
    """The differences for a terminal."""
    lang, color = options.lang, options.color
    title = heading(held, lang)
    parts = [f"{BOLD}{title}{PLAIN}" if color else title, figures(held, lang)]
    parts += [textwrap.fill(f"! {line}", options.width, subsequent_indent="  ") for line in cautions(held, lang)]
    heads = columns(held, options.names, lang)
    room = max(map(len, heads))
    colon = word("word.colon", lang)
    for line in lines(held, lang):
        rows = [f"{line.number}. {line.place} – {line.sort}"]
        for head, said, shown in zip(heads, (line.one, line.other), (FIRST, SECOND), strict=True):
            lead = f"   {head}{colon}".ljust(room + len(colon) + 3)
            filled = textwrap.fill(said, options.width, initial_indent=lead, subsequent_indent=" " * len(lead))
            rows.append(f"{shown}{filled}{PLAIN}" if color else filled)
        parts.append("\n".join(rows))
    return ("\n\n".join(parts) + "\n").encode()
