"""A compilation read back: ``read_layers(path) -> Layers``, from the marks that a person sees.

Word: the tracked changes by their authors; Markdown: ``[+FR: …+]`` and ``[-FR: …-]``; a web page and JSON hold the
layers as data. What was accepted, rejected or written since is so in what is read.
"""

import json
import re
from pathlib import Path

import msgspec

from resdiff import limits
from resdiff.errors import InputError
from resdiff.layers import Layers, Mark, Own, Stretch

__all__ = ["read_layers"]

DATA = re.compile(rb'<script type="application/json" id="resdiff-layers">(.*?)</script>', re.DOTALL)
RE_TEXT = re.compile(r"<!-- resdiff-text -->\n(.*?)<!-- resdiff-end -->", re.DOTALL)
RE_OWN = re.compile(r"<!-- resdiff-own (.*?) -->", re.DOTALL)
RE_MARK = re.compile(r"\[([+-])((?:[^,:;\[\]\n]+)(?:, [^,:;\[\]\n]+)*): ")
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&para;": "¶"}
SIGNS = {"+": Mark.ADDED, "-": Mark.REMOVED}
PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def read_layers(given: Path | bytes, name: str) -> Layers:
    """The layers of a compilation that resdiff wrote, whatever the format; ``name`` names it in errors.

    Raises NotFoundError where there is no such file, InputError where it is no compilation.
    """
    from resdiff.reading import file_bytes

    data = given if isinstance(given, bytes) else file_bytes(given, name)
    if len(data) > limits.FILE:
        raise InputError("file-too-large", name, limits.FILE // 1_000_000)
    if data.startswith(b"PK\x03\x04"):
        from resdiff.reading import apart

        return msgspec.json.decode(apart.read("layered_docx", data, name).text, type=Layers)
    try:
        if found := DATA.search(data):
            return msgspec.json.decode(found[1], type=Layers)
        if data.lstrip().startswith(b"{"):
            return msgspec.convert(json.loads(data)["layers"], Layers)
        return _markdown(data.decode("utf-8-sig"))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError("compilation-none", name) from error


# ---- Markdown -------------------------------------------------------------------------------------------------------


def _markdown(text: str) -> Layers:
    """The layers of a Markdown file. Raises ValueError where it has none."""
    found = RE_TEXT.search(text.replace("\r\n", "\n"))
    if not found:
        raise ValueError("no layers")
    stretches: list[Stretch] = []
    for block in re.split(r"\n\s*\n", found[1].strip("\n")):
        if block.strip():
            stretches += _block(block.replace("\n", " "))
    own = RE_OWN.search(text)
    names, owned = msgspec.json.decode(own[1], type=tuple[tuple[str, ...], tuple[Own, ...]]) if own else ((), ())
    met = dict.fromkeys(name for stretch in stretches for name in stretch.names)
    return Layers(names or tuple(met), _numbered(stretches), owned)


def _block(block: str) -> list[Stretch]:
    """The stretches of a paragraph with its line end."""
    found: list[Stretch] = []
    at, is_open = 0, False
    while at < len(block):
        if mark := RE_MARK.match(block, at):
            text, at = _inside(block, mark.end(), mark[1])
            found.append(Stretch(SIGNS[mark[1]], text, tuple(mark[2].split(", ")), int(is_open)))
        elif block[at] in "[]" and not (block.startswith("[^", at)):
            is_open, at = block[at] == "[", at + 1
        else:
            text, at = _character(block, at)
            if (not is_open and text != "¶") or (text == "¶" and block[at - 1] != "¶"):
                found.append(Stretch(Mark.KEPT, text))
    if not (found and found[-1].text.endswith("\n")):
        found.append(Stretch(Mark.KEPT, "\n"))
    return found


def _inside(block: str, at: int, sign: str) -> tuple[str, int]:
    """The words of a mark that was opened, and where it is closed; its emphasis is no part of them."""
    text = ""
    while at < len(block):
        if block.startswith(f"{sign}]", at):
            return text, at + 2
        if block.startswith(("**", "~~"), at):
            at += 2
        elif block[at] == "¶":
            text, at = text + "\n", at + 1
        else:
            character, at = _character(block, at)
            text += character
    raise ValueError("a mark that is not closed")


def _character(block: str, at: int) -> tuple[str, int]:
    """The character that stands there, as it was before it was escaped, or a call; and where the next one stands."""
    if block[at] == "\\" and block[at + 1 : at + 2] in PUNCTUATION and at + 1 < len(block):
        return block[at + 1], at + 2
    if block[at] == "&":
        for entity, sign in ENTITIES.items():
            if block.startswith(entity, at):
                return sign, at + len(entity)
    if block.startswith("[^", at) and (end := block.find("]", at)) > 0:
        return block[at : end + 1], end + 1
    return block[at], at + 1


def _numbered(stretches: list[Stretch]) -> tuple[Stretch, ...]:
    """The stretches with the number of each contested passage, neighbours of one sort joined."""
    found: list[Stretch] = []
    contest, before = 0, False
    for stretch in stretches:
        contest += bool(stretch.contest) and not before
        before = bool(stretch.contest)
        last = found[-1] if found else None
        number = contest if before else 0
        if last and (last.mark, last.names, last.contest) == (stretch.mark, stretch.names, number):
            found[-1] = Stretch(last.mark, last.text + stretch.text, last.names, number)
        else:
            found.append(Stretch(stretch.mark, stretch.text, stretch.names, number))
    return tuple(found)
