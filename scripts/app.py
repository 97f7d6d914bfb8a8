"""What starts in the folder that ``scripts/build-app`` makes: the command, or the page by a double click.

resdiff starts other interpreters with ``sys.executable``: to read a file under limits, to bind a program that is not
ours. Here that is this program itself, which does then what Python would.
"""

import multiprocessing
import os
import runpy
import sys

FLAGS = ("-P", "-I", "-S")  # of the interpreters that resdiff starts; in a folder of its own they hold already


def as_interpreter(arguments: list[str]) -> None:
    """Run ``-c CODE …`` or ``FILE …`` as Python does, with its arguments in ``sys.argv``."""
    if arguments[0] == "-c":
        sys.argv = ["-c", *arguments[2:]]
        exec(compile(arguments[1], "<string>", "exec"), {"__name__": "__main__"})
        return
    sys.path[0:0] = [os.path.dirname(arguments[0])]  # noqa: PTH120
    sys.argv = arguments
    runpy.run_path(arguments[0], run_name="__main__")


def main() -> None:
    """Be a worker, an interpreter, the page or the command, by what is asked."""
    multiprocessing.freeze_support()
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):  # set to our folder: not for a browser or LibreOffice
        kept = os.environ.pop(f"{name}_ORIG", None)
        os.environ.pop(name, None)
        if kept:
            os.environ[name] = kept
    arguments = sys.argv[1:]
    if arguments and arguments[0] in FLAGS:
        while arguments[0] in FLAGS:
            del arguments[0]
        as_interpreter(arguments)
        return
    from resdiff.cli import main as command

    if not arguments:  # a second double click opens a second page, at another port
        sys.argv += ["serve", "--port", "0"]
    command()


if __name__ == "__main__":
    main()
