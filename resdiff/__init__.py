"""resdiff: what changed between two successive United Nations resolutions, word by word, and what it means.

    old, new = (parse(read(Path(name))) for name in ("72-194.txt", "74-175.txt"))
    comparison = judge(compare(old, new), recognize(old), recognize(new))
    Path("rapport.html").write_bytes(render(build(comparison), "html"))

Each stage is a function from a frozen value to a frozen value; the values stand in ``resdiff.model``.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from resdiff.errors import ResdiffError
from resdiff.version import __version__

if TYPE_CHECKING:
    from resdiff.comparison import compare
    from resdiff.compilation import compile_drafts
    from resdiff.corpus import Corpus, locate
    from resdiff.drafting import roll
    from resdiff.judgement import annotate, judge
    from resdiff.model import Change, Comparison, Kind, Paragraph, Resolution, Source, Weight
    from resdiff.parsing import parse
    from resdiff.reading import read
    from resdiff.recognition import Survey, recognize
    from resdiff.rendering import render
    from resdiff.report import build

__all__ = [
    "Change",
    "Comparison",
    "Corpus",
    "Kind",
    "Paragraph",
    "ResdiffError",
    "Resolution",
    "Source",
    "Survey",
    "Weight",
    "__version__",
    "annotate",
    "build",
    "compare",
    "compile_drafts",
    "judge",
    "locate",
    "parse",
    "read",
    "recognize",
    "render",
    "roll",
]

_HOMES = {
    "annotate": "judgement",
    "build": "report",
    "compare": "comparison",
    "compile_drafts": "compilation",
    "judge": "judgement",
    "Corpus": "corpus",
    "locate": "corpus",
    "parse": "parsing",
    "read": "reading",
    "recognize": "recognition",
    "Survey": "recognition",
    "render": "rendering",
    "roll": "drafting",
    "ResdiffError": "errors",
} | dict.fromkeys(("Change", "Comparison", "Kind", "Paragraph", "Resolution", "Source", "Weight"), "model")


def _sentence(error: ResdiffError) -> str:
    """What printing an error says; the table of messages is read when there is something to say."""
    said: str = import_module("resdiff.messages").explained(error, "fr")
    return said


ResdiffError.sentence = _sentence


def __getattr__(name: str) -> object:
    """A name of the façade, loaded when it is first asked for: the start of the command is felt at every call."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"resdiff.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__


class _Facade(ModuleType):
    """A module whose names cannot be replaced by mistake: ``resdiff.read = …`` raises AttributeError."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in _HOMES:
            raise AttributeError(f"{name!r} is a name of the façade of resdiff: it cannot be assigned")
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Facade
