"""Hostile inputs: each reader gives a text or one sentence, never a crash; what is kept from run to run is never taken
damaged. ``scripts/fuzz`` runs many more."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import feeds

SLOW = ("corpus", "manifest")  # each builds a changelog


def fed(kind):
    @given(random=st.randoms(use_true_random=False))
    def feed(random):
        assert feeds.feed(kind, feeds.make(kind, random)) in (feeds.READ, feeds.REFUSED)

    examples = 15 if kind in SLOW else 150
    settings(max_examples=examples, deadline=10_000, suppress_health_check=list(HealthCheck), database=None)(feed)()


@pytest.mark.slow
@pytest.mark.parametrize("kind", feeds.KINDS)
def test_hostile_input_is_read_or_refused(kind):
    fed(kind)


@pytest.mark.parametrize("path", feeds.past(), ids=lambda path: path.name)
def test_what_broke_something_once_breaks_nothing(path):
    assert feeds.feed(*feeds.kept(path)) in (feeds.READ, feeds.REFUSED)
