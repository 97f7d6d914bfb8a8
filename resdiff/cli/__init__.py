"""The command ``resdiff``: what a person types, exit codes, and one clear sentence when something is wrong."""

import gc
import os
import signal
import sys
from contextlib import suppress
from threading import active_count
from typing import NoReturn

from resdiff.errors import INTERRUPTED

__all__ = ["main"]


def main() -> None:
    """Run the command and exit: no traceback for anything a person did or a text is.

    One short process makes values and no cycles worth finding. The garbage collector would take a sixth of its time,
    before click is loaded and again when Python ends: what is frozen is not searched then.
    """
    gc.disable()
    try:
        _end_in_order()
        from resdiff.cli.commands import resdiff
        from resdiff.cli.told import run

        code = run(resdiff, sys.argv[1:])
    except KeyboardInterrupt:  # while modules load
        code = INTERRUPTED
    _end(code)


def _end(code: int) -> NoReturn:
    """End the process, and at once where nothing is to be ended in order: no thread runs, no other process was begun.

    To take every value apart first is a fiftieth of a comparison.
    """
    if "multiprocessing" in sys.modules or active_count() > 1:
        gc.freeze()
        sys.exit(code)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError, ValueError):  # closed, or its reader went away: ``run`` has told of it
            stream.flush()
    os._exit(code)


def _end_in_order() -> None:
    """Have a run that is told to end (``kill``, a terminal that closes) end as by Ctrl-C: nothing of it is left."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has the first alone
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # ``nohup`` has it ignored
            signal.signal(number, signal.default_int_handler)
