"""A reader or a writer in a process of its own, under limits of time and memory: bytes in, a value or bytes out.

What others wrote may be built to keep a reader busy for ever or to fill the memory, in ways that no count of tags
foresees, and the library that parses it is written in C. Such a file ends in one sentence, and takes nothing with it.

On Linux a process with one thread forks, which takes a few milliseconds. With several threads that is not safe, and
elsewhere not always there: then an interpreter is started, a tenth of a second.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
import traceback
from importlib import import_module

import msgspec

from resdiff import limits
from resdiff.errors import InputError
from resdiff.model import Source

__all__ = ["call", "read"]

MADE, REFUSED, FAULT = b"+", b"-", b"!"  # how an answer begins: what was made, why not, a fault of ours
STARTED = "from resdiff.reading.apart import main; main()"


def read(module: str, given: bytes | str, name: str, **options: str | bool | None) -> Source:
    """What ``resdiff.reading.module.read(given, name, **options)`` returns, or raises InputError for, so apart."""
    return msgspec.json.decode(call(f"resdiff.reading.{module}:read", given, name, **options), type=Source)


def call(target: str, given: bytes | str, name: str, **options: str | bool | None) -> bytes:
    """What a function (``module:function``) returns for a file, in a process of its own: bytes, or a value as JSON.

    Raises InputError where it does, and when that process comes to its limits, or crashes.
    """
    try:
        answer = (_forked if _is_alone() else _started)(target, given, name, options)
    except (OSError, TimeoutError, subprocess.TimeoutExpired) as error:
        raise InputError("reader-stopped", name) from error
    kind, said = answer[:1], answer[1:]
    if kind == MADE:
        return said
    if kind == REFUSED:
        code, *values = json.loads(said)
        raise InputError(code, *values)
    if kind == FAULT:
        raise RuntimeError(said.decode("utf-8", "replace"))
    raise InputError("reader-stopped", name)  # killed, by a limit or by its own fault


def _answer(target: str, given: bytes | str, name: str, options: dict[str, str | bool | None]) -> bytes:
    """What a function makes of a file, as bytes."""
    module, _, function = target.partition(":")
    try:
        made = getattr(import_module(module), function)(given, name, **options)
        return MADE + (made if isinstance(made, bytes) else msgspec.json.encode(made))
    except InputError as error:
        return REFUSED + json.dumps([error.code, *error.values]).encode()
    except MemoryError:
        return b""
    except Exception:
        return FAULT + traceback.format_exc().encode("utf-8", "replace")


# ---- forked ---------------------------------------------------------------------------------------------------------


def _is_alone() -> bool:
    """Whether this process has no thread but the one that asks, so that a copy of it is whole."""
    try:
        return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208
    except OSError:
        return False


def _forked(target: str, given: bytes | str, name: str, options: dict[str, str | bool | None]) -> bytes:
    out, into = os.pipe()
    process = os.fork()
    if not process:
        try:
            os.close(out)
            limits.bind()
            with os.fdopen(into, "wb") as answer:
                answer.write(_answer(target, given, name, options))
        finally:
            os._exit(0)
    os.close(into)
    try:
        return _received(out)
    finally:
        os.close(out)
        os.kill(process, signal.SIGKILL)  # it has said all, or will never
        os.waitpid(process, 0)


def _received(out: int) -> bytes:
    """All that comes out of a pipe. Raises TimeoutError when that takes too long."""
    pieces: list[bytes] = []
    end = time.monotonic() + limits.WAIT
    while select.select([out], [], [], max(0.0, end - time.monotonic()))[0]:
        piece = os.read(out, 1 << 20)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
    raise TimeoutError


# ---- started --------------------------------------------------------------------------------------------------------


def _started(target: str, given: bytes | str, name: str, options: dict[str, str | bool | None]) -> bytes:
    """The answer of an interpreter that is started for it; a name may hold what no command line can."""
    data = given.encode("utf-8", "replace") if isinstance(given, str) else given
    asked = json.dumps([target, isinstance(given, str), name, options]).encode()
    done = subprocess.run(
        [sys.executable, "-P", "-c", STARTED],
        input=asked + b"\n" + data,
        capture_output=True,
        timeout=limits.WAIT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    return done.stdout if done.returncode == 0 else b""


def main() -> None:
    """Read what is asked for on standard input, and answer on standard output."""
    limits.bind()
    asked, _, data = sys.stdin.buffer.read().partition(b"\n")
    target, is_text, name, options = json.loads(asked)
    sys.stdout.buffer.write(_answer(target, data.decode() if is_text else data, name, options))
