"""Markdown, as the corpus is written: YAML front matter, one paragraph a block, footnotes as ``[^1]``.

Read from the tokens of markdown-it-py, never by regular expressions over its syntax. What is no syntax of the corpus
(HTML, links, code, rules) stays text, so that a plain text in Markdown dress loses nothing. Numbers come out as
printed: a list that starts at 12 says 12.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from resdiff.errors import InputError
from resdiff.model import Header, Provenance, Source, TextKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["read"]

# Syntax that stays text: a resolution has none of it, and reading it would lose characters.
PLAIN = [
    "code",
    "fence",
    "html_block",
    "html_inline",
    "link",
    "image",
    "autolink",
    "reference",
    "hr",
    "lheading",
    "blockquote",
    "backticks",
]
NESTING = 60  # points below points; deeper text would be lost by the reader of lists
FIELDS = ("symbol", "title", "language", "session", "adopted", "meeting", "agenda_item", "series")


def read(text: str, name: str) -> Source:
    """The text and the header of a Markdown file. Raises InputError where its front matter cannot be read."""
    tokens = _reader().parse(text)
    header = Header()
    if tokens and tokens[0].type == "front_matter":
        header = _header(tokens[0].content, name)
    elif text.startswith("---\n") and ":" in text.split("\n", 2)[1]:
        raise InputError("front-matter-broken", name, 1)
    return Source("\n\n".join(_blocks(tokens)) + "\n", "text/markdown", header=header)


def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    reader = MarkdownIt("commonmark", {"maxNesting": NESTING}).disable(PLAIN)
    return reader.use(front_matter_plugin).use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)


# ---- blocks -------------------------------------------------------------------------------------------------------


class Walk(Struct):
    """The walk over the tokens: blocks so far, the marker that waits for its text, whether a footnote is open."""

    blocks: list[str] = field(default_factory=list)
    marker: str = ""
    note: bool = False
    fresh: bool = False  # the footnote has no text yet


def _blocks(tokens: Sequence["Token"]) -> list[str]:
    """One text a paragraph, in order; a list item begins with its number or dash, a footnote with ``[^7]:``."""
    walk = Walk()
    for token in tokens:
        match token.type:
            case "list_item_open":
                _flush(walk)
                walk.marker = f"{token.info}{token.markup} "
            case "list_item_close":
                _flush(walk)
            case "footnote_reference_open":
                walk.marker, walk.note, walk.fresh = f"[^{token.meta['label']}]: ", True, True
            case "footnote_reference_close":
                _flush(walk)
                walk.note = False
            case "inline":
                _add(walk, _inline(token.children or []))
            case _:
                pass
    return walk.blocks


def _add(walk: Walk, text: str) -> None:
    if walk.note and not walk.fresh:
        walk.blocks[-1] += f"\n{text}"
        return
    walk.blocks.append(walk.marker + text)
    walk.marker, walk.fresh = "", False


def _flush(walk: Walk) -> None:
    """A number or a footnote label with no text behind it is kept all the same."""
    if walk.marker:
        walk.blocks.append(walk.marker.strip())
        walk.marker, walk.fresh = "", False


def _inline(tokens: Sequence["Token"]) -> str:
    """The text of inline tokens: italics dropped, footnote calls as ``[^7]``."""
    pieces: list[str] = []
    for token in tokens:
        match token.type:
            case "softbreak" | "hardbreak":
                pieces.append("\n")
            case "footnote_ref":
                pieces.append(f"[^{token.meta['label']}]")
            case _:
                pieces.append(token.content)
    return "".join(pieces)


# ---- front matter -------------------------------------------------------------------------------------------------


def _header(content: str, name: str) -> Header:
    """The header that the front matter makes; keys nobody knows are ignored."""
    found = _yaml(content, name)
    given = {key: _string(found.get(key), key, content, name) for key in FIELDS}
    about = found.get("source") or {}
    if not isinstance(about, dict):
        raise InputError("front-matter-broken", name, _line(content, "source"))
    about = {key: _string(about.get(key), key, content, name) for key in ("kind", "note", "url", "sha256")}
    try:
        kind = TextKind(about.pop("kind") or TextKind.UNKNOWN)
    except ValueError:
        raise InputError("front-matter-broken", name, _line(content, "kind")) from None
    return Header(**given, provenance=Provenance(kind, **about))


def _yaml(content: str, name: str) -> dict[str, Any]:
    import yaml

    try:
        found = yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InputError("front-matter-broken", name, mark.line + 2 if mark else 1) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise InputError("front-matter-broken", name, 1) from None
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise InputError("front-matter-broken", name, 2)
    return found


def _string(value: object, key: str, content: str, name: str) -> str:
    """A plain value as text: a number and a date are what YAML made of what a person wrote."""
    import datetime

    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float | datetime.date):
        raise InputError("front-matter-broken", name, _line(content, key))
    return value.isoformat()[:10] if isinstance(value, datetime.date) else str(value).strip()


def _line(content: str, key: str) -> int:
    """The line of the file where a key of the front matter stands; the fence is line 1."""
    for place, line in enumerate(content.split("\n")):
        if line.strip().startswith(f"{key}:"):
            return place + 2
    return 1
