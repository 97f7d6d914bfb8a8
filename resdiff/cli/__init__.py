"""The command ``resdiff``: what a person types, exit codes, and one clear sentence when something is wrong."""

import errno
import gc
import io
import os
import sys

import click

from resdiff.cli.commands import resdiff
from resdiff.cli.french import sentence
from resdiff.data import table
from resdiff.errors import OutputError, ResdiffError
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
    _speak_utf8()
    try:
        code: int = resdiff.main(args, prog_name="resdiff", standalone_mode=False) or 0
        if sys.stdout is not None:
            sys.stdout.flush()  # a full disk is told here, not after the exit code is chosen
        return code
    except ResdiffError as error:
        _tell(message(f"error.{error.code}", *(_reason(value, lang) for value in error.values), lang=lang))
        return error.exit_code
    except click.ClickException as error:
        _tell(sentence(error, lang))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # the reader went away (``| head``), which click turns into an exit; nothing is left to flush into
        sys.stdout = None
        return PIPE_CLOSED
    except OSError as error:
        sys.stdout = None
        _tell(message("error.output-unwritable", "-", _reason(error.strerror or str(error), lang), lang=lang))
        return OutputError.exit_code


def _reason(value: str, lang: str) -> str:
    """The value, or what the system said in the words of the reader."""
    known = {os.strerror(getattr(errno, name)): name for name in table("messages")["system"]}
    return message(f"system.{known[value]}", lang=lang) if value in known else value


def _speak_utf8() -> None:
    """Reports are UTF-8 whatever the locale; so is what is printed, or French would stop a run in latin-1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


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
