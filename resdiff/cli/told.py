"""click in the language of the reader: the help, and one clear sentence when something is wrong.

click's own catalogue has no French, and its messages are English sentences; here each class of its errors has a row
in ``data/common/messages.toml``. The commands are declared in French; what their help says in English stands in
``data/common/help.toml``. The language is that of ``--lang``, as for all that is told; no locale is asked.
"""

import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from resdiff import symbol
from resdiff.errors import INTERRUPTED, OutputError, ResdiffError, UsageError
from resdiff.messages import LANGUAGES, explained, message
from resdiff.spelling import nearest

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from resdiff.data.message import Help

__all__ = [
    "PathType",
    "ToldCommand",
    "ToldGroup",
    "ToldOption",
    "ValueOption",
    "argument",
    "inert",
    "option",
    "printable",
    "run",
]

PIPE_CLOSED = 141  # 128 + SIGPIPE


# ---- a call, and what is wrong with it ------------------------------------------------------------------------------


def run(command: click.Command, args: list[str]) -> int:
    """The exit code of a call; what went wrong is told on standard error, in one sentence."""
    lang = _language(args)
    _speak_utf8()
    try:
        code: int = command.main(args, prog_name="resdiff", standalone_mode=False, obj=lang) or 0
        if sys.stdout is not None:
            sys.stdout.flush()  # a full disk is told here, not after the exit code is chosen
        return code
    except ResdiffError as error:
        _tell(explained(error, lang))
        return error.exit_code
    except click.ClickException as error:
        _tell(_sentence(error, lang))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit) as ended:
        if isinstance(ended, SystemExit) and not ended.code:
            return 0  # a shell was told what a word may become
        # the reader went away (``| head``), which click turns into an exit; nothing is left to flush into
        sys.stdout = None
        return PIPE_CLOSED
    except OSError as error:
        sys.stdout = None
        why = error.strerror or error
        unforeseen = OutputError("file-unusable", error.filename, why)
        _tell(explained(unforeseen if error.filename else OutputError("output-unwritable", "-", why), lang))
        return OutputError.exit_code
    except Exception as error:  # a fault of ours: one sentence too, and the trace for whoever asks for it
        if "--debug" in args:
            import traceback

            traceback.print_exc()
        _tell(message("error.internal", f"{type(error).__name__} : {error}"[:200], lang=lang))
        return ResdiffError.exit_code


def _speak_utf8() -> None:
    """Reports are UTF-8 whatever the locale; so is what is printed, or French would stop a run in latin-1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _language(args: list[str], otherwise: str = LANGUAGES[0]) -> str:
    """The language of the call, known even when the rest of it is wrong."""
    for word, following in zip(args, [*args[1:], ""], strict=False):
        wanted = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and wanted in LANGUAGES:
            return wanted
    return otherwise


def _tell(text: str) -> None:
    """One line on standard error."""
    click.echo(f"resdiff : {printable(text)}", err=True)


def printable(text: str) -> str:
    """One line for a terminal: control characters of a hostile file name or text never reach it."""
    return "".join(c if c.isprintable() or c in "\u00a0\u202f" else "�" for c in text)


def inert(name: str) -> str:
    """A name that a text or a file gives itself, as it may begin a line in the log of a job: no command of the runner.

    >>> inert("::error::72/194"), inert("##[error]")
    (': :error: :72/194', '## [error]')
    """
    return printable(name).replace("::", ": :").replace("##[", "## [")


def _sentence(error: click.ClickException, lang: str) -> str:
    """What was wrong with the call, in one sentence of the reader's language."""
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error, lang)
    for kind, key, values in _KNOWN:
        if isinstance(error, kind):
            return message(f"usage.{key}", *values(error, lang), lang=lang)
    if isinstance(error, click.BadOptionUsage):
        return _misused(error, lang)
    if error.format_message().startswith("Got unexpected extra argument"):
        return message("usage.too-many", lang=lang)
    return message("usage.other", error.format_message(), lang=lang)


def _name(error: click.UsageError, lang: str) -> str:
    param = getattr(error, "param", None)
    if not isinstance(param, click.Argument):
        return "/".join(param.opts) if param else ""
    name = _in_language(param.human_readable_name, lang)
    return name[1:-1] if name.startswith("[") and name.endswith("]") else name


def _wanted(error: click.BadParameter, lang: str) -> str:
    """What the value may be; click says it in English only."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return message("usage.wanted", ", ".join(kind.choices), lang=lang)
    if isinstance(kind, click.IntRange):
        return message("usage.wanted-number", kind.min, kind.max, lang=lang)
    return error.message


def _misused(error: click.BadOptionUsage, lang: str) -> str:
    """A value that is missing behind an option, with one it could be; or one behind an option that takes none."""
    params = error.ctx.command.params if error.ctx else []
    option = next((each for each in params if error.option_name in (*each.opts, *each.secondary_opts)), None)
    if option is None or getattr(option, "is_flag", False):
        return message("usage.option-alone", error.option_name, lang=lang)
    return message("usage.option-value", error.option_name, _example(option), lang=lang)


def _example(option: click.Parameter) -> str:
    """A value that the option takes: what has no example of its own is a choice."""
    if isinstance(option, ValueOption):
        return option.example
    return str(option.type.choices[0]) if isinstance(option.type, click.Choice) else ""


def _no_such_option(error: click.NoSuchOption, lang: str) -> str:
    """An option that there is not, with the nearest one that the command has."""
    params = error.ctx.command.params if error.ctx else []
    near = nearest(error.option_name, [name for param in params for name in (*param.opts, *param.secondary_opts)])
    if near:
        return message("usage.option-near", error.option_name, near, lang=lang)
    call = f"resdiff {error.ctx.info_name}" if error.ctx and error.ctx.parent else "resdiff"
    return message("usage.no-such-option", error.option_name, call, lang=lang)


_KNOWN: tuple[tuple[type[click.ClickException], str, Callable[[Any, str], tuple[object, ...]]], ...] = (
    (click.MissingParameter, "missing", lambda e, lang: (_name(e, lang),)),
    (click.BadParameter, "bad-value", lambda e, lang: (_name(e, lang), _wanted(e, lang))),
)


# ---- the help -------------------------------------------------------------------------------------------------------


def _lang(ctx: click.Context) -> str:
    """The language of the help: :func:`run` hands it down."""
    return ctx.obj if ctx.obj in LANGUAGES else LANGUAGES[0]


def _in_language(text: str, lang: str) -> str:
    """A text of the help in that language; it is declared in French."""
    return text if lang == LANGUAGES[0] else _english().get(_plain(text), text)


@cache
def _help() -> "Help":
    from resdiff.data import load
    from resdiff.data.message import Help

    return load("common", "help", Help)


@cache
def _english() -> dict[str, str]:
    return {_plain(row.fr): row.en for row in _help().text}


def _plain(text: str) -> str:
    """The text in one line, whatever its blanks."""
    return " ".join(text.split())


class ToldOption(click.Option):
    """An option whose help is told in the language of the reader."""

    def make_metavar(self, ctx: click.Context) -> str:
        return _in_language(super().make_metavar(ctx), _lang(ctx))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The line of the help."""
        record, lang = super().get_help_record(ctx), _lang(ctx)
        if record is None or not self.help:
            return record
        told = record[1].replace(self.help, _in_language(self.help, lang), 1)
        return record[0], told.replace("[required]", message("help.required", lang=lang)) if self.required else told


class ValueOption(ToldOption):
    """An option that takes a value, with an example of one."""

    def __init__(self, declared: Sequence[str], *, example: str, **more: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(declared, **more)
        self.example = example

    def process_value(self, ctx: click.Context, value: Any) -> Any:  # noqa: ANN401 - click's own
        """The value as a Python one. An empty one, as of a variable of the shell that is not set, is a missing one."""
        if value == "" or (isinstance(value, tuple) and "" in value):
            raise click.BadOptionUsage(self.opts[-1], "", ctx)
        return super().process_value(ctx, value)


class _Argument(click.Argument):
    """An argument. An empty one, as of a variable of the shell that is not set, is a missing one: as a path it would
    be the folder where we stand."""

    def process_value(self, ctx: click.Context, value: Any) -> Any:  # noqa: ANN401 - click's own
        if value == "" or (isinstance(value, tuple) and "" in value):
            raise click.MissingParameter(ctx=ctx, param=self)
        return super().process_value(ctx, value)

    def make_metavar(self, ctx: click.Context) -> str:
        return _in_language(super().make_metavar(ctx), _lang(ctx))


class _HelpOption(click.Option):
    """The option that shows the help. What it says is looked up with the help: of most calls nothing is to be said."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = message("help.help", lang=_lang(ctx))
        return super().get_help_record(ctx)


class _Told(click.Command):
    """Help in the language of the reader, with his headings; an error that knows the command it was made in."""

    _help: click.Option | None = None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # else nobody can say what the option is
            raise

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help. Not click's own, which asks a catalogue of English texts for what it says."""
        if self._help is None and (names := self.get_help_option_names(ctx)):
            self._help = _HelpOption([*names], is_flag=True, expose_value=False, is_eager=True, callback=_show_help)
        return self._help

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = _lang(ctx)
        pieces = " ".join(_in_language(piece, lang) for piece in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, message("help.usage", lang=lang) + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join(self.paragraphs(_lang(ctx))))

    def paragraphs(self, lang: str) -> list[str]:
        """What the command does."""
        return [_in_language(_plain(part), lang) for part in (self.help or "").strip().split("\n\n")]

    def in_short(self, lang: str) -> str:
        """What the command does, in a line."""
        return _in_language(self.short_help, lang) if self.short_help else self.paragraphs(lang)[0]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [row for param in self.get_params(ctx) if (row := param.get_help_record(ctx)) is not None]
        if rows:
            with formatter.section(message("help.options", lang=_lang(ctx))):
                formatter.write_dl(rows)


def _show_help(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked and not context.resilient_parsing:
        click.echo(context.get_help(), color=context.color)
        context.exit()


class ToldCommand(_Told):
    """A command whose help speaks French, or English.

    Its parameters are made when they are first asked for: a call needs those of one command, and to make those of all
    takes as long as to read two texts.
    """

    def __init__(self, name: str, *, callback: Callable[..., int], **more: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(name, callback=callback, **more)
        self._callback = callback
        del self.params  # the empty list of click, in the place of which comes:

    @cached_property
    def params(self) -> list[click.Parameter]:  # type: ignore[override]
        return [make() for make in reversed(getattr(self._callback, PARAMETERS, []))]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Short options before a value are taken as the long ones: click looks for each among those first, and what it
        loads to tell which is spelt like one that is not there takes as long as to read a text."""
        options = [param.opts for param in self.params if isinstance(param, click.Option)]
        long = {short: names[-1] for short, *names in options if names}
        end = args.index("--") if "--" in args else len(args) - 1
        return super().parse_args(ctx, [*(long.get(word, word) for word in args[:end]), *args[end:]])


class PathType(click.ParamType):  # type: ignore[type-arg]
    """A path, of whatever is there or is not: whoever opens it says so, in French."""

    name = "path"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        return Path(value)


RE_OF_FILES = r"FICHIER|DOSSIER|CORPUS|ANCIEN|NOUVEAU|PROJET|BASE|RENDU"
PARAMETERS = "parameters"  # of the function of a command: what makes them, the last one first, as decorators come
Command = Callable[..., int]
Decorator = Callable[[Command], Command]


def option(*declared: str, cls: type[click.Option] = ToldOption, **more: Any) -> Decorator:  # noqa: ANN401
    """``click.option`` for a :class:`ToldCommand`."""
    return _parameter(partial(cls, declared, **_with_files(more)))


def argument(*declared: str, **more: Any) -> Decorator:  # noqa: ANN401 - click's own
    """``click.argument`` for a :class:`ToldCommand`."""
    return _parameter(partial(_Argument, declared, **_with_files(more)))


def _with_files(more: dict[str, Any]) -> dict[str, Any]:
    """What makes a parameter; one that may be a file is completed by the names of files."""
    if re.search(RE_OF_FILES, str(more.get("metavar", ""))):
        return {"shell_complete": _files, **more}
    return more


def _files(_: click.Context, __: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem  # for a shell that asks

    return [CompletionItem(incomplete, type="file")]


def _parameter(make: Callable[[], click.Parameter]) -> Decorator:
    def decorate(command: Command) -> Command:
        vars(command).setdefault(PARAMETERS, []).append(make)
        return command

    return decorate


class ToldGroup(_Told, click.Group):
    """A group whose first word, when it is no command, belongs to its default command.

    So ``resdiff 72/194 74/175`` is ``resdiff diff 72/194 74/175``.
    """

    default = "diff"

    commands: "dict[str, ToldCommand]"  # type: ignore[assignment]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        args = self._with_language(args)
        own = {option for param in self.get_params(ctx) for option in param.opts}
        if args and args[0] not in own and args[0] not in self.commands:
            if near := self._mistyped(args[0]):
                raise UsageError("command-near", args[0], near)
            args = [self.default, *args]
        return super().parse_args(ctx, args)

    def _with_language(self, args: list[str]) -> list[str]:
        """The arguments where the language is asked for beside the whole help, or before a command: it is known
        already (:func:`run`), and each command has the option behind its name."""
        first = args[:1]
        size = 2 if first == ["--lang"] else 1 if first and first[0].startswith("--lang=") else 0
        lead, rest = args[:size], args[size:]
        if first in (["-h"], ["--help"]) and any(word.startswith("--lang") for word in args):
            return first
        if _language(lead, "") and rest in ([], ["-h"], ["--help"], ["--version"]):
            return rest or ["--help"]
        return [rest[0], *lead, *rest[1:]] if lead and rest and rest[0] in self.commands else args

    def _mistyped(self, word: str) -> str:
        """The command that was meant by a word that is no text: no option, no symbol, no file."""
        if word.startswith("-") or symbol.normalise(word) or os.path.lexists(word.replace("\0", "")):
            return ""
        return nearest(word, self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        lang = _lang(ctx)
        with formatter.section(message("help.commands", lang=lang)):
            formatter.write_dl([(name, command.in_short(lang)) for name, command in self.commands.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples and exit codes, in lines as they stand."""
        formatter.write_paragraph()
        formatter.write(getattr(_help().epilog, _lang(ctx)).strip() + "\n")
