"""The command ``resdiff``: what a person types, exit codes, and one clear sentence when something is wrong."""

import gc
import sys

import click

from resdiff.cli.commands import resdiff
from resdiff.cli.french import sentence
from resdiff.errors import ResdiffError
from resdiff.messages import LANGUAGES, message

__all__ = ["main"]

INTERRUPTED = 130  # 128 + SIGINT, as shells do
PIPE_CLOSED = 141  # 128 + SIGPIPE


def main() -> None:
    """Run the command and exit: no traceback for anything a person did or a text is.

    One short process makes values and no cycles worth finding: the collector would take a sixth of its time.
    """
    gc.disable()
    sys.exit(run(sys.argv[1:]))


def run(args: list[str]) -> int:
    """The exit code of a call; what went wrong is told on standard error."""
    lang = _language(args)
    try:
        return resdiff.main(args, prog_name="resdiff", standalone_mode=False) or 0
    except ResdiffError as error:
        _tell(message(f"error.{error.code}", *error.values, lang=lang))
        return error.exit_code
    except click.ClickException as error:
        _tell(sentence(error, lang))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # the reader went away (``| head``); nothing is left to flush into
        sys.stdout = None
        return PIPE_CLOSED


def _language(args: list[str]) -> str:
    """The language of the call, known even when the rest of it is wrong."""
    for word, following in zip(args, [*args[1:], ""], strict=False):
        wanted = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and wanted in LANGUAGES:
            return wanted
    return LANGUAGES[0]


def _tell(text: str) -> None:
    """One line on standard error; control characters of a hostile file name never reach the terminal."""
    line = "".join(c if c.isprintable() or c in "\u00a0\u202f" else "�" for c in text)
    click.echo(f"resdiff : {line}", err=True)
