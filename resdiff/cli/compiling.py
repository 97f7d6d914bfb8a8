"""The command ``compile``: the drafts of several delegations as one text, and one of them taken back out of it."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click
from msgspec import Struct
from msgspec.structs import replace

from resdiff import files
from resdiff import symbol as symbols
from resdiff.cli.desk import Desk, ReadingOptions
from resdiff.cli.output import LookOptions, asked_date, coloured, deliver_all, formats_of, put, say, spare
from resdiff.errors import NotFoundError, UsageError
from resdiff.messages import message
from resdiff.model import Notice, Resolution

if TYPE_CHECKING:
    from resdiff.compilation import Compilation, Delegation

__all__ = ["BASE", "CompileOptions", "compiled", "run_compile"]

BASE = "BASE"
"""The name under which ``--take`` gives the base."""
DISPUTED = 1


class CompileOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base and the drafts as they were typed (``FR=fr.docx``, ``fr.docx``), how they are read, where it goes.

    ``tracked`` says how pending tracked changes are taken that would be refused else; ``take`` is the delegation whose
    text is taken out of the compilation ``base``.
    """

    base: str
    drafts: tuple[str, ...] = ()
    take: str | None = None
    pending: Literal["accept", "reject"] | None = None
    reading: ReadingOptions = ReadingOptions()
    lang: str = "fr"
    output: tuple[str, ...] = ()
    form: str | None = None
    look: LookOptions = LookOptions()
    exit_code: bool = False


def run_compile(options: CompileOptions) -> int:
    """Compile and deliver, or take one text out; 1 with ``--exit-code`` where passages are contested."""
    if options.take is not None:
        return _take(options)
    for given in (options.base, *options.drafts):
        _check(given)
    desk = Desk.of(options.reading)
    named = [_named(given) for given in options.drafts]
    spare(options.output, lambda: desk.inputs(options.base, *(file for _, file in named)))
    # a base that is a draft too, as it was typed, is one file with the proposals of all in it
    compilation = compiled(desk, options.base, named, options.pending, is_shared=options.base in options.drafts)
    _deliver(compilation, options)
    return DISPUTED if options.exit_code and compilation.contests else 0


def compiled(
    desk: Desk,
    base: str,
    drafts: Sequence[tuple[str, str]],
    pending: Literal["accept", "reject"] | None,
    *,
    is_shared: bool = False,
) -> "Compilation":
    """The drafts on the base as one text; each is the name of its delegation (empty: that of its file, or its authors)
    and what the desk finds it under. ``pending`` says how tracked changes are taken that would be refused else;
    ``is_shared`` that the base is a draft too. Raises what the desk raises, and UsageError."""
    from resdiff.compilation import compile_drafts

    text = _base(desk, base, pending, is_shared=is_shared)
    delegations = _drafts(desk, drafts, pending)
    compilation = compile_drafts(text, delegations)
    return replace(compilation, notices=(*_doubts(desk, text, delegations), *compilation.notices))


# ---- what is given --------------------------------------------------------------------------------------------------


def _named(given: str) -> tuple[str, str]:
    """The name of a delegation and its file, as they were typed; the name may be missing."""
    name, _, file = given.partition("=") if _is_named(given) else ("", "", given)
    return name, file


def _is_named(given: str) -> bool:
    """Whether a draft was typed with the name of its delegation; a file of that very name wins."""
    return "=" in given and not os.path.lexists(given.replace("\0", ""))


def _check(given: str) -> None:
    """Raises UsageError for a name without a file, a file without its name, and for the name of the base."""
    name, _, file = given.partition("=") if _is_named(given) else ("-", "", given)
    if name == BASE:
        raise UsageError("compile-base", given)
    if not name.strip():
        raise UsageError("compile-name", name)
    if not file:
        raise UsageError("compile-no-file", given)


def _base(desk: Desk, base: str, pending: str | None, *, is_shared: bool) -> Resolution:
    """The base. Raises UsageError where it holds tracked changes that nobody said how to take."""
    if pending is None and desk.authors(base):
        if not is_shared:
            raise UsageError("compile-base-tracked", base)
        return desk.proposal(base, tracked="reject")
    return desk.proposal(base, tracked=pending or "accept")


def _drafts(desk: Desk, drafts: Sequence[tuple[str, str]], pending: str | None) -> "list[Delegation]":
    """The drafts with the names of their delegations; of a file of several authors, one for each of them."""
    from resdiff.compilation import Delegation

    found: list[Delegation] = []
    for name, file in drafts:
        if name == BASE:
            raise UsageError("compile-base", name)
        authors = desk.authors(file)
        if len(authors) > 1 and name and pending is None:
            raise UsageError("compile-authors", name, file, ", ".join(author or "?" for author in authors))
        if name or not any(authors):
            text = desk.proposal(file, tracked=pending or "accept")
            found.append(Delegation(name or Path(file).stem, text))
        elif not all(authors):
            raise UsageError("compile-authors", "?", file, ", ".join(author or "?" for author in authors))
        else:
            found += [Delegation(author, desk.proposal(file, author)) for author in authors]
    return found


def _doubts(desk: Desk, base: Resolution, drafts: "list[Delegation]") -> list[Notice]:
    """Drafts that were written on another edition of the corpus, changes of one author in those of another, and what
    the texts say beside their words, which the compilation does not have."""
    from resdiff.compilation import nearer

    doubts = []
    others = desk.neighbours(base)
    for draft in drafts:
        if other := nearer(draft.text, base, others):
            doubts.append(Notice("compile-nearer", (draft.name, symbols.short(other.symbol))))
        doubts += [notice for notice in draft.text.notices if notice.code == "tracked-nested"]
    beside = [n for text in (base, *(draft.text for draft in drafts)) for n in text.notices if n.code == "annotation"]
    return doubts + list({notice.values: notice for notice in beside}.values())


# ---- where it goes --------------------------------------------------------------------------------------------------


def _deliver(compilation: "Compilation", options: CompileOptions) -> None:
    """Write the compilation to each output, and tell its cautions."""
    from resdiff.rendering.compiled import Options, render_compilation
    from resdiff.rendering.compiled.words import cautions

    wanted = [row.name for _, row in formats_of(options.output, options.form)]
    look = Options(
        name=symbols.short(compilation.base.symbol) or Path(options.base).name,
        lang=options.lang,
        date=asked_date(options.look.date, wanted),
        color=coloured(options.look.color),
        width=options.look.width or 100,
    )
    told = cautions(compilation, options.lang)
    deliver_all(
        options.output,
        options.form,
        lambda form: render_compilation(compilation, form, look),
        lang=options.lang,
        cautions=told,
    )


def _take(options: CompileOptions) -> int:
    """Give the text of one delegation back, from the compilation alone."""
    from resdiff.layers import take
    from resdiff.reading.layered import read_layers
    from resdiff.rendering.compiled.taken import render

    if options.drafts:
        raise UsageError("take-drafts")
    spare(options.output, lambda: [Path(options.base)])
    data: bytes | Path = sys.stdin.buffer.read() if options.base == "-" and sys.stdin else Path(options.base)
    layers = read_layers(data, options.base)
    name = "" if options.take == BASE else options.take or ""
    if name and name not in layers.names:
        raise NotFoundError("take-unknown", name, options.base, ", ".join((*layers.names, BASE)))
    if not layers.own:
        click.echo(f"resdiff : {message('notice.compile-unowned', lang=options.lang)}", err=True)
    lines = take(layers, name)
    made = [(each, render(lines, Path(each).suffix if each != "-" else "")) for each in options.output or ("-",)]
    for each, written in made:
        if each == "-":
            put(written)
        else:
            files.write(Path(each), written)
            say("cli.written", each, lang=options.lang)
    return 0
