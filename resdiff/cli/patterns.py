"""The patterns of a comparison as the compiler of ``re`` leaves them, kept when resdiff is installed.

One pair needs two hundred, and to compile them took a tenth of its time: Python keeps what it compiles of a module, not
what it compiles of a pattern. ``scripts/build-patterns`` keeps that beside the copies of the tables, and the command
hands it to the cache in which ``re`` looks first; whoever uses a pattern knows nothing of it. The text of a pattern is
its key, so that an edit takes effect at once. What is not there is compiled as ever, and so is all where there is no
such file or another Python made it.
"""

import _sre  # type: ignore[import-not-found]
import marshal
import re
import sys
from collections.abc import Collection
from pathlib import Path

__all__ = ["PLACE", "keep", "recall"]

_MAGIC: int = _sre.MAGIC
COMPILER = f"{sys.implementation.cache_tag}-{_MAGIC}-{sys.byteorder}"
"""What runs the program of a pattern: that of another one is not for it."""
PLACE = Path(__file__).parents[1] / "data" / "built" / f"{COMPILER}.patterns"  # ``data`` itself takes time to load
Pattern = tuple[str | bytes, int]
"""A pattern as it is written, and its flags."""


def recall() -> None:
    """Have ``re`` find the patterns that were kept for this Python."""
    try:
        cache = re._cache  # type: ignore[attr-defined]
        for (written, flags), program in marshal.loads(PLACE.read_bytes()).items():
            cache[type(written), written, flags] = _sre.compile(written, *program)
    except (OSError, EOFError, ValueError, TypeError, AttributeError):
        return


def keep(patterns: Collection[Pattern]) -> None:
    """Compile these patterns and write their file."""
    kept = {pattern: _program(*pattern) for pattern in sorted(patterns, key=repr)}
    PLACE.parent.mkdir(exist_ok=True)
    PLACE.write_bytes(marshal.dumps(kept, 2))  # later formats tell how often a value is held, which differs each time


def _program(written: str | bytes, flags: int) -> tuple[int, list[int], int, dict[str, int], tuple[str | None, ...]]:
    """What ``_sre.compile`` makes a pattern of, as ``re._compiler.compile`` hands it over."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(written, flags)
    names: dict[str, int] = parsed.state.groupdict
    groups = {number: name for name, number in names.items()}
    named = tuple(groups.get(number) for number in range(parsed.state.groups))
    code = list(map(int, _compiler._code(parsed, flags)))
    return int(flags | parsed.state.flags), code, parsed.state.groups - 1, dict(names), named
