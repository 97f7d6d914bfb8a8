"""Our docstrings as the site wants them; mkdocstrings loads this, see mkdocs.yml."""

import re
import textwrap
from typing import Any

from griffe import Attribute, Class, Extension, Object

EXAMPLE = re.compile(r"(?m)^ *>>> .*\n(?: *\S.*(?:\n|\Z))*")
ROLE = re.compile(r":(?:class|data|func|mod):`\.?([\w.]+)`")


class Docstrings(Extension):
    """Examples in fences, since Markdown takes ``>>>`` for a quotation; roles as code; fields under their class."""

    def on_object(self, *, obj: Object, **_: Any) -> None:  # noqa: ANN401 - what griffe hands on
        """Each docstring once, before it is parsed."""
        if obj.docstring:
            text = ROLE.sub(r"`\1`", obj.docstring.value)
            obj.docstring.value = EXAMPLE.sub(lambda found: _fenced(found[0], "pycon"), text + "\n").rstrip()

    def on_class_members(self, *, cls: Class, **_: Any) -> None:  # noqa: ANN401
        """The fields of a value, the members of an enumeration: one line each, as the code has them."""
        lines = [
            _line(member) for member in cls.members.values() if isinstance(member, Attribute) and _is_field(member)
        ]
        if cls.docstring and lines:
            cls.docstring.value += "\n\n" + _fenced("\n".join(lines), "python")


def _is_field(member: Attribute) -> bool:
    """Written in the body of the class, with a type or a value; no property, which has a docstring of its own."""
    written = member.annotation is not None or "class-attribute" in member.labels
    return written and not member.docstring and not member.name.startswith("_") and "property" not in member.labels


def _line(field: Attribute) -> str:
    annotation = f": {field.annotation}" if field.annotation else ""
    value = f" = {field.value}" if field.value is not None else ""
    return f"{field.name}{annotation}{value}"


def _fenced(code: str, language: str) -> str:
    return f"```{language}\n{textwrap.dedent(code).rstrip()}\n```\n"
