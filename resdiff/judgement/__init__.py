"""What may be said of two texts: ``judge(comparison, old, new)`` adds weights, flags, verbs, actors, themes …

Each kind of statement has a module with a judge: a function of the whole case that says what it found and looks at no
other judge. :mod:`resdiff.judgement.order` asks them all and puts together what they said.
"""

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from resdiff.judgement.order import judge
from resdiff.model import Comparison, Resolution
from resdiff.recognition import recognize

if TYPE_CHECKING:
    from resdiff.recognition.theme_patterns import Rule

__all__ = ["annotate", "judge"]


def annotate(
    comparison: Comparison, *, earlier: Sequence[Resolution] = (), topics: "Sequence[Rule]" = ()
) -> Comparison:
    """Deprecated: ``judge(comparison, recognize(comparison.old), recognize(comparison.new))`` says the same.

    This name is kept for one release.
    """
    warnings.warn("annotate is deprecated: use recognize and judge", DeprecationWarning, stacklevel=2)
    old, new, *before = (recognize(text, topics=topics) for text in (comparison.old, comparison.new, *earlier))
    return judge(comparison, old, new, earlier=before)
