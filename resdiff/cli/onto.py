"""Tracked changes onto a given Word file, and what a returned one has untracked: the commands, and what they tell."""

from pathlib import Path

import click
import msgspec

from resdiff import files
from resdiff.cli.desk import Desk
from resdiff.cli.options import DiffOptions, VerifyTrackingOptions
from resdiff.cli.output import asked_date, put, say, spare, today
from resdiff.cli.told import printable
from resdiff.errors import DIFFERENT, INCOMPLETE, UsageError
from resdiff.messages import message
from resdiff.model import Weight
from resdiff.onto import Onto, Pending, Refusal, UntrackedEdit, differs_from, untracked, write_onto
from resdiff.reading import file_bytes
from resdiff.rendering import find_format, format_of
from resdiff.rendering.word import stamp
from resdiff.report import label

__all__ = ["run_onto", "run_verify_tracking", "unwritten"]

MOST_APART = 4  # lines of the new text that are told
QUOTED = 90  # characters of a quotation on the terminal
FORMAT = "resdiff-untracked-1"


def run_onto(options: DiffOptions, base: Path, desk: Desk) -> int:
    """Write the changes into the file; what could not be written is told, a sentence each, and is exit code 74."""
    output = _output(options)
    assert options.new is not None
    spare((output,), lambda: [*desk.inputs(options.old, options.new), base])
    data = file_bytes(base, str(base))
    if not files.is_same(Path(options.old), base):
        found = differs_from(data, str(base), desk.resolution(options.old))
        if found:
            raise UsageError("onto-other", base, options.old, _quoted(found))
    source, resolution = desk.read(options.new)
    asked = asked_date(options.look.date, ("docx",))
    made = write_onto(
        data,
        source,
        name=str(base),
        author=options.look.author,
        date=stamp(asked or resolution.adopted or today(), asked=bool(asked)),
        min_weight=Weight[options.min_weight.upper()] if options.min_weight else Weight.NONE,
        pending=Pending(options.pending or "refuse"),
        tracked=options.reading.tracked,
        moves=options.look.track_moves,
    )
    _deliver(output, made.data)
    say("onto.written", output, made.touched, options.look.author, lang=options.lang)
    for line in unwritten(made, options.lang):
        click.echo(f"resdiff : {printable(line)}", err=True)
    if made.left_out:
        return INCOMPLETE
    return DIFFERENT if options.exit_code and made.touched else 0


def _output(options: DiffOptions) -> str:
    """Where the file goes. Raises UsageError for options that do not go with writing onto a file."""
    if options.new is None:
        raise UsageError("onto-new")
    for name, is_given in (
        ("--swap", options.swap),
        ("--by-author", options.by_author),
        ("--explain", options.explain is not None),
        ("--layout table", options.look.layout != "tracked"),
        ("--masthead", bool(options.look.masthead)),
        ("--against", options.against is not None),
    ):
        if is_given:
            raise UsageError("onto-option", name)
    name = options.output[0] if len(options.output) == 1 else ""
    form = find_format(options.form).name if options.form else format_of(name) if name not in ("", "-") else ""
    if form != "docx":
        raise UsageError("onto-output")
    return name


def _deliver(output: str, data: bytes) -> None:
    if output == "-":
        put(data)
    else:
        files.write(Path(output), data)


def unwritten(made: Onto, lang: str) -> list[str]:
    """What a file that was written onto lacks of the new text, a sentence each; nothing where it has all."""
    told: list[str] = []
    if made.apart:
        said = ", ".join(message("onto.quoted", _quoted(line.text), lang=lang) for line in made.apart[:MOST_APART])
        more = ", …" if len(made.apart) > MOST_APART else ""
        told.append(message("onto.apart", said + more, lang=lang))
    if made.left_out:
        told.append(message("onto.left", len(made.left_out), lang=lang))
    return told + [_sentence(each, lang) for each in made.left_out]


def _sentence(refusal: Refusal, lang: str) -> str:
    """What was left out, where, and why, in one sentence."""
    way = "changed" if refusal.old and refusal.new else "deleted" if refusal.old else "inserted"
    why = message(f"onto.{refusal.code}", lang=lang)
    place = _place(refusal.line.ids if refusal.line else (), refusal.line.text if refusal.line else refusal.new, lang)
    return _capital(message(f"onto.{way}", place, _quoted(refusal.old), _quoted(refusal.new), why, lang=lang))


def _place(ids: tuple[str, ...], text: str, lang: str) -> str:
    """What a negotiator calls a paragraph; one that is none of a resolution by its first words."""
    known = [id_ for id_ in ids if not id_.startswith(("preface", "conclusion"))]
    return label(known[0], lang) if known else message("onto.place", _quoted(text), lang=lang)


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= QUOTED else words[:QUOTED].rpartition(" ")[0] + "…"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


# ---- what was not tracked -------------------------------------------------------------------------------------------


def run_verify_tracking(options: VerifyTrackingOptions) -> int:
    """Tell the edits that were not tracked; the exit code is 1 with ``--exit-code`` when there are any."""
    outputs = (options.output,) if options.output else ()
    if options.output and options.output != "-" and format_of(options.output) != "docx":
        raise UsageError("onto-output")
    spare(outputs, lambda: [options.returned, options.base])
    name, base = str(options.returned), str(options.base)
    asked = asked_date(options.date, ("docx",) if options.output else ())
    found = untracked(
        file_bytes(options.returned, name),
        file_bytes(options.base, base),
        name=name,
        base_name=base,
        author=message("untracked.author", lang=options.lang),
        date=stamp(asked or today(), asked=bool(asked)),
    )
    told = _as_json(options, found.edits) if options.form == "json" else _as_text(options, found.edits)
    if options.output:
        _deliver(options.output, found.data)
        say("cli.written", options.output, lang=options.lang)
    click.echo(told, err=options.output == "-")
    return DIFFERENT if options.exit_code and found.edits else 0


def _as_text(options: VerifyTrackingOptions, edits: tuple[UntrackedEdit, ...]) -> str:
    if not edits:
        return printable(message("untracked.none", options.returned, lang=options.lang))
    form = "one" if len(edits) == 1 else "many"
    lines = [message(f"untracked.some-{form}", options.returned, len(edits), lang=options.lang)]
    for edit in edits:
        way = "changed" if edit.base.strip() and edit.returned.strip() else "deleted" if edit.base else "inserted"
        place = _place(edit.line.ids, edit.line.text, options.lang)
        shown = (_quoted(words) or ("¶" if "\n" in words else " ") for words in (edit.base, edit.returned))
        lines.append(f"  {_capital(message(f'untracked.{way}', place, *shown, lang=options.lang))}")
    return "\n".join(map(printable, lines))


def _as_json(options: VerifyTrackingOptions, edits: tuple[UntrackedEdit, ...]) -> str:
    """The list for programs: of each edit its paragraph (an id, or null), the words of both files."""
    rows = [
        {
            "paragraph": next(iter(edit.line.ids), None),
            "text": edit.line.text,
            "base": edit.base,
            "returned": edit.returned,
        }
        for edit in edits
    ]
    said = {"format": FORMAT, "returned": str(options.returned), "base": str(options.base), "edits": rows}
    return msgspec.json.format(msgspec.json.encode(said), indent=2).decode()
