"""resdiff: what changed between two successive United Nations resolutions, word by word, and what it means.

    old, new = (parse(read(Path(name))) for name in ("72-194.txt", "74-175.txt"))
    comparison = annotate(compare(old, new))
    Path("rapport.html").write_bytes(render(build(comparison), "html"))

Each stage is a function from a frozen value to a frozen value; the values stand in ``resdiff.model``.
"""

from resdiff.annotate import annotate
from resdiff.compare import compare
from resdiff.corpus import Corpus, locate
from resdiff.errors import ResdiffError
from resdiff.ingest import read
from resdiff.model import Change, Comparison, Kind, Paragraph, Resolution, Source, Weight
from resdiff.parse import parse
from resdiff.render import render
from resdiff.report import build
from resdiff.version import __version__

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
