"""What one text says, found once: ``recognize(resolution) -> Survey``.

Each kind of mention has a module with a function that finds it in a paragraph or in a text; none looks at another text.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from resdiff.model import Resolution
from resdiff.recognition.citations import find_citations
from resdiff.recognition.commands import find_commands, find_conditions, find_deadlines, find_figures
from resdiff.recognition.names import find_names
from resdiff.recognition.survey import Survey
from resdiff.recognition.themes import find_themes

if TYPE_CHECKING:
    from resdiff.recognition.theme_patterns import Rule

__all__ = ["Survey", "recognize"]


def recognize(resolution: Resolution, *, topics: "Sequence[Rule]" = ()) -> Survey:
    """All that is known of a text: commands, conditions, deadlines, figures, names, citations, themes.

    ``topics`` are themes of a person's own, beside those that come with resdiff. Of a text in a language without
    tables only the citations are known.
    """
    citations = tuple(find_citations(resolution))
    if resolution.language not in ("", "fr"):
        return Survey(resolution, "", citations=citations)
    body = resolution.body
    themes, mentions = find_themes(resolution, topics)
    return Survey(
        resolution,
        "fr",
        commands=tuple(found for paragraph in body for found in find_commands(paragraph)),
        conditions=tuple(found for paragraph in body for found in find_conditions(paragraph)),
        deadlines=tuple(found for paragraph in body for found in find_deadlines(paragraph)),
        figures=tuple(found for paragraph in body for found in find_figures(paragraph)),
        names=tuple(found for paragraph in body for found in find_names(paragraph)),
        citations=citations,
        themes=themes,
        theme_mentions=mentions,
    )
