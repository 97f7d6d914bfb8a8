"""Markdown, as the corpus is written: YAML front matter, one paragraph a block, footnotes as ``[^1]``.

PyYAML and markdown-it-py read it. What is no syntax of the corpus (HTML, links, code, rules) stays text, so that a
plain text in Markdown dress loses nothing. Numbers come out as printed: a list that starts at 12 says 12.

Loading the two libraries takes ten times as long as reading a resolution with them, and a file of the corpus holds
next to no syntax. So a file that keeps to a small grammar, in which nothing can mean two things (:data:`RE_FIELD`,
:data:`RE_BLOCK`), is read without them; any other one, however little it differs, is left to them. ``tests/test_md.py``
holds that where the grammar accepts a file both ways read the same.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from resdiff.errors import InputError
from resdiff.limits import FRONT, NESTING
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
FIELDS = ("symbol", "title", "language", "session", "adopted", "meeting", "agenda_item", "series")
SOURCE_FIELDS = ("kind", "note", "url", "sha256")
Fields = Mapping[str, object]
"""What front matter holds, before it is known to be text."""

# A field whose value YAML reads as the string it looks like: in double quotes with nothing escaped but quotes and
# backslashes; or plain: what opens with a letter and is no yes, no or null; or a hash that looks like no number.
RE_FIELD = re.compile(
    r"""
    (?P<indent>\ \ )? (?P<key>[a-z\d_]+):\ (?:
        "(?P<quoted>(?:[^"\\]++|\\["\\])*+)"
      | (?P<plain>
            (?!(?i:y|n|yes|no|on|off|true|false|null)$)
            [A-Za-z][A-Za-z\d/._-]* (?:://[A-Za-z\d/._%-]+)? (?:\ \(\d{4}\))?
          | (?=[be\d]*[acdf]) [a-f\d]{64}
        )
    )""",
    re.VERBOSE,
)
# A block on one line: perhaps its number or its label, then text with no sign of Markdown but escaped signs, italics
# from letter to letter and footnote calls. Its first sign opens no list, heading or quotation.
_PLAIN = r"(?:[^\\`*_\[\]<>&\n]++|\\[\\`*_\[\]<>&#+~=|.)-])"
RE_DAY = r"[0-9]{4}(?:-[0-9]{2}){0,2}"  # a date, or as much of it as is known
RE_BLOCK = re.compile(
    rf"""
    (?:\d{{1,9}}[.)]\ |\[\^\w{{1,20}}\]:\ )?                 # 12. or [^7]:
    (?=[^\W_]|[«(]|“|–|—|•|\\|\*) (?!\d+[.)])
    (?: {_PLAIN}++ | \*(?=[^\W_]) {_PLAIN}++ (?<=[^\W_])\*(?!\*) | \[\^\w{{1,20}}\] )++
    (?<=\S)""",
    re.VERBOSE,
)
RE_SIGN = r"\\(.)|\*"


def read(text: str, name: str) -> Source:
    """The text and the header of a Markdown file. Raises InputError where its front matter cannot be read."""
    return read_plain(text, name) or read_any(text, name)


def read_plain(text: str, name: str) -> Source | None:
    """What :func:`read_any` makes of a file that keeps to the grammar of plain files; none for any other file."""
    front, fence, body = text.partition("\n---\n\n")
    if not (front.startswith("---\n") and fence and body.endswith("\n") and _is_printed(text)):
        return None
    content = front[4:]
    fields = _plain_fields(content)
    if fields is None or not all(map(RE_BLOCK.fullmatch, body[:-1].split("\n\n"))):
        return None
    bare = re.sub(RE_SIGN, r"\1", body) if "\\" in body else body.replace("*", "")
    return Source(bare, "text/markdown", header=_header(fields, content, name))


def _is_printed(text: str) -> bool:
    """Whether a text holds no sign but those that are printed, the blanks of French and the ends of its lines."""
    return text.replace("\n", "").replace("\u00a0", "").replace("\u202f", "").isprintable()


def _plain_fields(content: str) -> Fields | None:
    """The fields of plain front matter, those of ``source`` one level down; none where a line is anything else."""
    fields: dict[str, str] = {}
    source: dict[str, str] = {}
    table, has_source = fields, False  # the fields whose lines follow; whether those of the source have come
    for line in content.split("\n"):
        match = RE_FIELD.fullmatch(line)
        if line == "source:" and not has_source:
            table, has_source = source, True
            continue
        if match is None:
            return None
        if not match["indent"]:
            table = fields
        elif table is not source:
            return None
        if match["key"] not in (SOURCE_FIELDS if table is source else FIELDS) or match["key"] in table:
            return None
        table[match["key"]] = match["plain"] or match["quoted"].replace('\\"', '"').replace("\\\\", "\\")
    return {**fields, "source": source} if has_source else fields


# ---- any file -------------------------------------------------------------------------------------------------------


def read_any(text: str, name: str) -> Source:
    """The text and the header of any Markdown file, as its libraries read it."""
    tokens = _reader().parse(text)
    header = Header()
    if any(token.level >= NESTING - 1 for token in tokens):  # what lies deeper the library leaves out
        raise InputError("points-deep", name)
    if tokens and tokens[0].type == "front_matter":
        content = tokens[0].content
        header = _header(_yaml(content, name), content, name)
    elif text.startswith("---\n") and ":" in text.split("\n", 2)[1]:
        raise InputError("front-matter-broken", name, 1)
    return Source("\n\n".join(_blocks(tokens)) + "\n", "text/markdown", header=header)


def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    reader = MarkdownIt("commonmark", {"maxNesting": NESTING}).disable(PLAIN)
    return reader.use(front_matter_plugin).use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)


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


# ---- front matter ---------------------------------------------------------------------------------------------------


def _header(fields: Fields, content: str, name: str) -> Header:
    """The header that the fields of the front matter make; keys nobody knows are ignored."""
    given = {key: _string(fields.get(key), key, content, name) for key in FIELDS}
    if given["adopted"] and not re.fullmatch(RE_DAY, given["adopted"]):
        raise InputError("front-matter-broken", name, _line(content, "adopted"))
    about = fields.get("source") or {}
    if not isinstance(about, dict):
        raise InputError("front-matter-broken", name, _line(content, "source"))
    about = {key: _string(about.get(key), key, content, name) for key in SOURCE_FIELDS}
    try:
        kind = TextKind(about.pop("kind") or TextKind.UNKNOWN)
    except ValueError:
        raise InputError("front-matter-broken", name, _line(content, "kind")) from None
    return Header(**given, provenance=Provenance(kind, **about))


def _yaml(content: str, name: str) -> Fields:
    import yaml

    if len(content) > FRONT:
        raise InputError("front-matter-long", name, FRONT // 1000)
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
