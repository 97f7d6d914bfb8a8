"""What fits one sheet of paper, so that the first one of a report is whole.

A style sheet cannot say "as large as fits", and a file knows neither its fonts nor its printer: what a text takes is
estimated, by the wide side of the fonts that a report is set in. All lengths are in points.
"""

from collections.abc import Iterable, Sequence
from math import ceil

from msgspec import Struct

from resdiff.report import Sentence, as_text

__all__ = ["SIZES", "Column", "lines"]

LETTER = 0.44  # the mean width of a letter in type of one point: Times at the size of the eye of Charter
SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)  # below the last nobody reads


class Column(Struct, frozen=True):
    """How wide a column of text is, how far its lines are apart in type of one point, and what room each paragraph has
    around it."""

    width: float
    leading: float
    between: float = 0.0

    def height(self, texts: Iterable[str], size: float) -> float:
        """How high paragraphs stand in type of that size.

        >>> Column(460, 1.5, between=4).height(["Décide", "a" * 200], 10)
        53.0
        """
        rows = [ceil(len(text) * LETTER * size / self.width) for text in texts]
        return sum(rows) * size * self.leading + len(rows) * self.between

    def largest(self, texts: Sequence[str], room: float) -> float:
        """The largest size in which paragraphs stand no higher than that room; the smallest where none do."""
        return next((size for size in SIZES if self.height(texts, size) <= room), SIZES[-1])


def lines(sentences: Iterable[Sentence]) -> list[str]:
    """What sentences say, a text for each line that begins anew."""
    return [as_text(Sentence(line)) for sentence in sentences for line in sentence.lines]
