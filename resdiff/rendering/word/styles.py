"""The paragraph styles of a tracked text by name, and the lists that count its paragraphs (ECMA-376 part 1, 17.9)."""

from collections.abc import Container, Iterable
from typing import Any

from msgspec import Struct

from resdiff.messages import message
from resdiff.rendering.word.draft import Draft, append
from resdiff.rendering.word.looks import LEVELS, Place

__all__ = ["add_lists", "add_styles"]

INDENT, NUMBER = 1.2, 1.0  # centimetres: of a first line, and from a number to its text
TWIPS = 1440 / 2.54  # a twentieth of a point, in a centimetre
FORMATS = (("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3)"))


class Style(Struct, frozen=True):
    """A paragraph style: the message that says its name, indents in centimetres, ``outline`` in the map of Word."""

    id: str
    message: str
    left: float = 0
    first: float = 0
    bold: bool = False
    aligned: str = ""
    outline: int | None = None


STYLES = (
    Style("ResolutionTitle", "word-file.style-title", bold=True, outline=0),
    Style("SectionHeading", "word-file.style-heading", bold=True, aligned="CENTER", outline=1),
    Style("Preamble", "word-file.style-preamble", first=INDENT),
    Style("Operative", "word-file.style-operative", first=INDENT),
    Style("Point", "word-file.style-point", left=INDENT + NUMBER, first=-NUMBER),
    Style("SubPoint", "word-file.style-subpoint", left=INDENT + 2 * NUMBER, first=-NUMBER),
    Style("Conclusion", "word-file.style-conclusion", aligned="RIGHT"),
)


def add_styles(draft: Draft) -> None:
    """Give the document the styles that the paragraphs of a resolution have, called in the language of the report."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm

    for row in STYLES:
        style: Any = draft.document.styles.add_style(
            message(row.message, lang=draft.report.lang), WD_STYLE_TYPE.PARAGRAPH
        )
        style.element.set(qn("w:styleId"), row.id)
        style.base_style = draft.document.styles["Normal"]
        style.quick_style = True
        style.font.bold = True if row.bold else None
        look = style.paragraph_format
        look.left_indent = Cm(row.left) if row.left else None
        look.first_line_indent = Cm(row.first) if row.first else None
        look.alignment = getattr(WD_ALIGN_PARAGRAPH, row.aligned) if row.aligned else None
        if row.outline is not None:
            look.keep_with_next = True
            append(style.element.get_or_add_pPr(), "w:outlineLvl", {"w:val": str(row.outline)})


def add_lists(draft: Draft, places: Iterable[Place]) -> dict[str, str]:
    """Give the document the lists of these places; by the name of each list the number that paragraphs call it by."""
    root: Any = draft.document.part.numbering_part.element
    places = list(places)
    starts = {place.list: place.start for place in places}
    enclosed = {(place.list, place.level) for place in places if place.is_enclosed}
    taken = [int(value) for value in root.xpath("./w:abstractNum/@w:abstractNumId | ./w:num/@w:numId")]
    numbers = {name: str(max([0, *taken]) + count) for count, name in enumerate(starts, start=1)}
    for name, number in numbers.items():
        append(append(root, "w:num", {"w:numId": number}), "w:abstractNumId", {"w:val": number})
        levels = {level for list_, level in enclosed if list_ == name}
        root.insert(0, _definition(number, starts[name], levels))  # all definitions stand before all lists
    return numbers


def _definition(number: str, start: int, enclosed: Container[int]) -> Any:  # noqa: ANN401 - lxml has no types
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    definition: Any = OxmlElement("w:abstractNum")
    definition.set(qn("w:abstractNumId"), number)
    append(definition, "w:multiLevelType", {"w:val": "multilevel"})
    for level, (form, text) in enumerate(FORMATS[:LEVELS]):
        row = append(definition, "w:lvl", {"w:ilvl": str(level)})
        append(row, "w:start", {"w:val": str(start if not level else 1)})
        append(row, "w:numFmt", {"w:val": form})
        append(row, "w:lvlText", {"w:val": f"({text}" if level in enclosed else text})
        append(row, "w:lvlJc", {"w:val": "left"})
        left, first = (0.0, INDENT) if not level else (INDENT + level * NUMBER, -NUMBER)
        properties = append(row, "w:pPr", {})
        stop = left + first + NUMBER
        append(append(properties, "w:tabs", {}), "w:tab", {"w:val": "left", "w:pos": _twips(stop)})
        hanging = {"w:firstLine": _twips(first)} if first > 0 else {"w:hanging": _twips(-first)}
        append(properties, "w:ind", {"w:left": _twips(left), **hanging})
    return definition


def _twips(centimetres: float) -> str:
    return str(round(centimetres * TWIPS))
