"""The command ``resdiff``: what a person types, exit codes, and one clear sentence when something is wrong."""

import gc
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command and exit: no traceback for anything a person did or a text is.

    One short process makes values and no cycles worth finding. The garbage collector would take a sixth of its time,
    before click is loaded and again when Python ends: what is frozen is not searched then.
    """
    gc.disable()
    from resdiff.cli.commands import resdiff
    from resdiff.cli.french import run

    code = run(resdiff, sys.argv[1:])
    gc.freeze()
    sys.exit(code)
