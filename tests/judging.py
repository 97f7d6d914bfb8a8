"""From a comparison to a judged one, in one call."""

from resdiff.judgement import judge
from resdiff.recognition import recognize


def judged(comparison, *, earlier=(), topics=()):
    """The comparison with all that may be said of it; ``earlier`` are texts, not surveys."""
    old, new, *before = (recognize(text, topics=topics) for text in (comparison.old, comparison.new, *earlier))
    return judge(comparison, old, new, earlier=before)
