"""click in French: the headings of the help, and what it says of a wrong call.

click's own catalogue has no French, and its messages are English sentences; here each class of its errors has a row
in ``data/messages.toml``.
"""

from collections.abc import Callable
from typing import Any

import click

from resdiff.messages import message

__all__ = ["FrenchCommand", "FrenchGroup", "sentence"]


def sentence(error: click.ClickException, lang: str) -> str:
    """What was wrong with the call, in one sentence of the reader's language."""
    for kind, key, values in _KNOWN:
        if isinstance(error, kind):
            return message(f"usage.{key}", *values(error, lang), lang=lang)
    if error.format_message().startswith("Got unexpected extra argument"):
        return message("usage.too-many", lang=lang)
    return message("usage.other", error.format_message(), lang=lang)


def _name(error: click.UsageError) -> str:
    param = getattr(error, "param", None)
    return param.human_readable_name if isinstance(param, click.Argument) else "/".join(param.opts) if param else ""


def _wanted(error: click.BadParameter, lang: str) -> str:
    """What the value may be; click says it in English only."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return message("usage.wanted", ", ".join(kind.choices), lang=lang)
    if isinstance(kind, click.IntRange):
        return message("usage.wanted-number", kind.min, kind.max, lang=lang)
    return error.message


_KNOWN: tuple[tuple[type[click.ClickException], str, Callable[[Any, str], tuple[object, ...]]], ...] = (
    (click.NoSuchOption, "no-such-option", lambda e, _: (e.option_name,)),
    (click.MissingParameter, "missing", lambda e, _: (_name(e),)),
    (click.BadParameter, "bad-value", lambda e, lang: (_name(e), _wanted(e, lang))),
    (click.BadOptionUsage, "option-value", lambda e, _: (e.option_name,)),
)


class _French(click.Command):
    """Help with French headings."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = message("help.help")
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), message("help.usage") + " ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [row for param in self.get_params(ctx) if (row := param.get_help_record(ctx)) is not None]
        if rows:
            with formatter.section(message("help.options")):
                formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.epilog:
            formatter.write_paragraph()
            formatter.write(self.epilog.strip() + "\n")


class FrenchCommand(_French):
    """A command whose help speaks French."""


class FrenchGroup(_French, click.Group):
    """A group whose first word, when it is no command, belongs to its default command.

    So ``resdiff 72/194 74/175`` is ``resdiff diff 72/194 74/175``.
    """

    default = "diff"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {option for param in self.get_params(ctx) for option in param.opts}
        if args and args[0] not in own and args[0] not in self.commands:
            args = [self.default, *args]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str(80)) for name in self.commands]
        with formatter.section(message("help.commands")):
            formatter.write_dl(rows)
