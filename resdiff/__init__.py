"""resdiff: what changed between two successive United Nations resolutions, word by word, and what it means.

    old, new = (parse(read(Path(name))) for name in ("72-194.txt", "74-175.txt"))
    comparison = annotate(compare(old, new))
    Path("rapport.html").write_bytes(render(build(comparison), "html"))

Each stage is a function from a frozen value to a frozen value; the values stand in ``resdiff.model``.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from resdiff.version import __version__

if TYPE_CHECKING:
    from resdiff.annotate import annotate
    from resdiff.compare import compare
    from resdiff.corpus import Corpus, locate
    from resdiff.errors import ResdiffError
    from resdiff.ingest import read
    from resdiff.model import Change, Comparison, Kind, Paragraph, Resolution, Source, Weight
    from resdiff.parse import parse
    from resdiff.render import render
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
    "Weight",
    "__version__",
    "annotate",
    "build",
    "compare",
    "locate",
    "parse",
    "read",
    "render",
]

_HOMES = {
    "annotate": ("annotate",),
    "compare": ("compare",),
    "corpus": ("Corpus", "locate"),
    "errors": ("ResdiffError",),
    "ingest": ("read",),
    "model": ("Change", "Comparison", "Kind", "Paragraph", "Resolution", "Source", "Weight"),
    "parse": ("parse",),
    "render": ("render",),
    "report": ("build",),
}


def _late(home: str, name: str) -> property:
    """A name of the façade, loaded when it is first asked for: the start of the command is felt at every call.

    Python puts a submodule into its package under its name; where function and module share it (``compare``), the
    function stays: ``from resdiff import compare`` is always the function.
    """

    def get(self: ModuleType) -> object:
        return getattr(import_module(f"resdiff.{home}"), name)

    return property(get, lambda self, submodule: None)


sys.modules[__name__].__class__ = type(
    "Facade", (ModuleType,), {name: _late(home, name) for home, names in _HOMES.items() for name in names}
)
