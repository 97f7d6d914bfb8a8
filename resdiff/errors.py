"""What can go wrong because of what the caller gave.

    ResdiffError                 exit 70
    ├── UsageError          2    options that contradict each other, an unknown format
    ├── InputError         65    a text that cannot be read: empty, binary, too large, broken front matter
    │   └── DataError      65    a table of resdiff/data that is not as its schema says
    ├── NotFoundError      66    no such file, no such symbol in the corpus
    ├── ServiceError       69    the document service of the United Nations refused or did not answer
    └── OutputError        73    the output cannot be written

An error carries the code of its message and the values that fill it; the sentence itself stands in
``data/common/messages.toml`` in French and in English, under ``error.<code>``; printing the error says it in French.
What is strange about a text but does not stop the work is no error: it is a :class:`resdiff.model.Notice`. Exit codes
follow sysexits(3). Some tell what was found, and no error has them: ``DIFFERENT`` the texts differ, ``FAILED`` a gate
does not hold, ``INCOMPLETE`` something could not be done and the rest was, ``INTERRUPTED`` by Ctrl-C.
"""

from collections.abc import Callable
from typing import ClassVar

__all__ = [
    "DIFFERENT",
    "FAILED",
    "INCOMPLETE",
    "INTERRUPTED",
    "DataError",
    "InputError",
    "NotFoundError",
    "OutputError",
    "ResdiffError",
    "ServiceError",
    "UsageError",
]

DIFFERENT = 1
FAILED = 3
INCOMPLETE = 74
INTERRUPTED = 130  # 128 + SIGINT, as shells do


class ResdiffError(Exception):
    """The root: catch this to catch all that resdiff raises on purpose."""

    exit_code: ClassVar[int] = 70
    sentence: ClassVar[Callable[["ResdiffError"], str] | None] = None
    """What says an error in a sentence. The table of the sentences stands on a higher floor: the package sets this."""

    def __init__(self, code: str, *values: object) -> None:
        super().__init__(code, *values)
        self.code = code
        self.values = tuple(str(value) for value in values)

    def __str__(self) -> str:
        said = type(self).sentence
        try:
            return said(self) if said else self._plain()
        except LookupError:  # no such message, or one with more values than these
            return self._plain()

    def _plain(self) -> str:
        return f"{self.code}: {', '.join(self.values)}" if self.values else self.code


class UsageError(ResdiffError):
    """The call itself is wrong."""

    exit_code = 2


class InputError(ResdiffError):
    """The bytes given are not a text resdiff can read."""

    exit_code = 65


class DataError(InputError):
    """A table of knowledge is not as its schema says: file, row, key, and what the matter is.

    Its text is a plain sentence, for the sentences of ``messages.toml`` may be what is broken.
    """

    _SENTENCES: ClassVar[dict[str, str]] = {
        "toml-broken-at": "The TOML file “{0}” cannot be read: mistake in line {1}, column {2}.",
        "toml-encoding": "The TOML file “{0}” is not in UTF-8.",
        "toml-unfinished": "The TOML file “{0}” cannot be read: a value has no end, or tables are too deep.",
        "data-missing": "“{0}”, {1}: the key “{2}” is missing.",
        "data-unknown": "“{0}”, {1}: the key “{2}” is unknown.",
        "data-value": "“{0}”, {1}: the value of “{2}” will not do ({3}).",
    }

    def __str__(self) -> str:
        plain = "data-unknown" if self.code.startswith("data-unknown") else "data-value"
        return self._SENTENCES.get(self.code, self._SENTENCES[plain]).format(*self.values)


class NotFoundError(ResdiffError):
    """What was named is not there."""

    exit_code = 66


class ServiceError(ResdiffError):
    """The document service refused, or did not answer."""

    exit_code = 69


class OutputError(ResdiffError):
    """The result could not be written."""

    exit_code = 73
