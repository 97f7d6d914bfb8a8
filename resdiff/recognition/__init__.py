"""What one text says, found once: ``recognize(resolution) -> Survey``.

Each kind of mention has a module with a function that finds it in a paragraph or in a text; none looks at another text.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from resdiff.language import Language
from resdiff.model import Resolution
from resdiff.recognition.acts import find_acts
from resdiff.recognition.citations import find_citations
from resdiff.recognition.clauses import find_conditions, find_figures
from resdiff.recognition.names import find_names
from resdiff.recognition.survey import Condition, FigureMention, NameMention, Survey
from resdiff.recognition.themes import find_themes

if TYPE_CHECKING:
    from resdiff.recognition.theme_patterns import Rule

__all__ = ["Survey", "recognize"]


def recognize(resolution: Resolution, *, topics: "Sequence[Rule]" = ()) -> Survey:
    """All that is known of a text: acts, conditions, figures, names, citations, themes.

    ``topics`` are themes of a person's own, beside those that come with resdiff. Of a text in a language without tables
    only the citations are known.
    """
    citations = tuple(find_citations(resolution))
    language, body = Language.of(resolution.language), resolution.body
    if not language.knows("acts"):
        return Survey(resolution, "", citations=citations)
    themes, mentions = find_themes(resolution, topics) if language.knows("topics") else ((), ())
    named = language.knows("actors")
    conditions: list[Condition] = []
    figures: list[FigureMention] = []
    names: list[NameMention] = []
    for paragraph in body:  # each taken apart once
        conditions += find_conditions(paragraph, language)
        figures += find_figures(paragraph, language)
        names += find_names(paragraph, language) if named else ()
    return Survey(
        resolution,
        language.code,
        acts=find_acts(resolution),
        conditions=tuple(conditions),
        figures=tuple(figures),
        names=tuple(names),
        citations=citations,
        themes=themes,
        theme_mentions=mentions,
    )
