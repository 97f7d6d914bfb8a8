"""``resdiff changed``: which texts of a corpus changed since a revision of git, and in what.

A new text is compared with the edition before it; one that was corrected with what it was. As Markdown it is a comment
that fits where GitHub takes one: what has no room is named.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from resdiff import symbol as symbols
from resdiff.cli.output import hand_out
from resdiff.cli.revisions import Changed
from resdiff.cli.told import inert
from resdiff.comparison import compare
from resdiff.corpus import Corpus, Edition, Shelf, load, locate
from resdiff.errors import INCOMPLETE, ResdiffError, UsageError
from resdiff.judgement import judge
from resdiff.messages import explained, message
from resdiff.model import Comparison, Resolution
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.recognition import recognize
from resdiff.rendering import render
from resdiff.rendering.markdown_text import escape
from resdiff.report import build

__all__ = ["ChangedOptions", "changes", "compared", "run_changed"]

MARK = "<!-- resdiff -->"
"""By this line the next run finds its comment."""
LARGEST = 45_000  # characters: GitHub takes 65,536 in a comment, and what the gates say follows


class ChangedOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A corpus in a git repository, the revision with which it is compared, and where the result goes."""

    since: str
    corpus: Path | None = None
    form: Literal["text", "md"] | None = None
    output: str = "-"
    lang: str = "fr"


class Change(Struct, frozen=True):
    """A text that changed: ``added``, ``first``, ``modified``, ``removed`` or ``failed``; what it is called, what it is
    compared with, the comparison, and why there is none."""

    way: str
    name: str
    other: str = ""
    comparison: Comparison | None = None
    why: str = ""


def run_changed(options: ChangedOptions) -> int:
    """Tell what changed. 74 where a text could not be compared."""
    form = _form(options)
    corpus = Corpus(locate(options.corpus, own=True))
    since = Changed.since(options.since, corpus.folder)
    found = list(changes(corpus, since, options.lang))
    data = _markdown(found, options) if form == "md" else _text(found, options)
    hand_out([(options.output, data.encode())], options.lang)
    return INCOMPLETE if any(change.way == "failed" for change in found) else 0


def _form(options: ChangedOptions) -> str:
    if options.form:
        return options.form
    suffix = "" if options.output == "-" else Path(options.output).suffix.lower()
    if suffix not in ("", ".txt", ".md"):
        raise UsageError("format-not-here", suffix, "text, md")
    return "md" if suffix == ".md" else "text"


def changes(corpus: Corpus, since: Changed, lang: str) -> Iterator[Change]:
    """The texts of a corpus that changed, in its order, then those that are no more."""
    for shelf in corpus.shelves:
        for edition in shelf.editions:
            if way := since.way(edition.path):
                yield _change(shelf, edition, way, since, lang)
    top = corpus.folder.resolve()
    for path in sorted(path for path, way in since.files.items() if way == "D" and path.is_relative_to(top)):
        if path.suffix == ".md":
            yield Change("removed", inert(path.stem.rpartition(".")[0] or path.stem))


def _change(shelf: Shelf, edition: Edition, way: str, since: Changed, lang: str) -> Change:
    try:
        new = load(edition)
        name = inert(symbols.short(new.symbol)) or edition.stem
        if way == "A":
            before = shelf.before(edition)
            if not before:
                return Change("first", name)
            old, code = load(before[-1]), "added"
            other = inert(symbols.short(old.symbol)) or before[-1].stem
        else:
            old, code = parse(read(since.before(edition.path), origin=edition.path.name)), "modified"
            other = message("changed.before", name, lang=lang)
        return Change(code, name, other, compared(old, new))
    except ResdiffError as error:
        return Change("failed", edition.stem, why=explained(error, lang).rstrip("."))


def compared(old: Resolution, new: Resolution) -> Comparison:
    """Two texts with all that can be said of them."""
    return judge(compare(old, new), recognize(old), recognize(new))


def _line(change: Change, lang: str) -> str:
    return message(f"changed.{change.way}", change.name, change.why or change.other, lang=lang)


def _text(found: list[Change], options: ChangedOptions) -> str:
    lines = [_line(change, options.lang) for change in found]
    return "\n".join(lines or [message("changed.none", _revision(options.since), lang=options.lang)]) + "\n"


def _revision(given: str) -> str:
    """A revision as it is told: of a whole hash the beginning."""
    return given[:12] if re.fullmatch(r"[0-9a-f]{40,64}", given) else given


def _markdown(found: list[Change], options: ChangedOptions) -> str:
    """The comment: a line a text, with its report in short folded below it."""
    lang = options.lang
    if not found:
        return f"{MARK}\n{escape(message('changed.none', _revision(options.since), lang=lang))}\n"
    text = f"{MARK}\n## {escape(message('changed.heading', _revision(options.since), len(found), lang=lang))}\n"
    left = []
    for change in found:
        block = _block(change, lang)
        if len(text) + len(block) <= LARGEST:
            text += block
        else:
            left.append(change.name)
    more = f"\n{_cut(escape(message('changed.more', ', '.join(left), lang=lang)))}\n" if left else ""
    return text.replace("@", "@\u200b") + more


def _block(change: Change, lang: str) -> str:
    line = escape(_line(change, lang))
    if change.comparison is None:
        return f"\n- {line}\n"
    labels = (change.other, change.name)
    report = build(change.comparison, lang=lang, labels=labels)
    body = render(report, "md", compact=True).decode().strip()
    return f"\n<details><summary>{line}</summary>\n\n{body}\n\n</details>\n"


def _cut(text: str, most: int = 2_000) -> str:
    return text if len(text) <= most else f"{text[:most]} …"
