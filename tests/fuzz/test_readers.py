"""Hostile inputs: every reader gives a text or one sentence, never a crash; ``scripts/fuzz`` runs many more."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from hostile import damaged

from resdiff.errors import ResdiffError
from resdiff.messages import message
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.reading.pdf import typeset_runs
from resdiff.reading.pdf_glyphs import BROKEN, ENCRYPTED, HUGE, runs


@pytest.mark.parametrize("kind", ["txt", "md", "docx", "html"])
@settings(max_examples=200, deadline=5000, suppress_health_check=list(HealthCheck), database=None)
@given(random=st.randoms(use_true_random=False))
def test_a_hostile_file_is_read_or_refused(kind, random):
    try:
        resolution = parse(read(damaged(kind, random), origin=f"x.{kind}"))
    except ResdiffError as error:
        assert "{" not in message(f"error.{error.code}", *error.values)
    else:
        assert all(paragraph.id for paragraph in resolution.paragraphs)


@settings(max_examples=200, deadline=5000, suppress_health_check=list(HealthCheck), database=None)
@given(random=st.randoms(use_true_random=False))
def test_a_hostile_pdf_is_read_or_refused(random):
    try:
        resolution = parse(typeset_runs(runs(damaged("pdf", random)), "x.pdf"))
    except ResdiffError as error:
        assert error.code == "pdf-scanned"
    except ValueError as error:
        assert error.args[0] in (ENCRYPTED, BROKEN, HUGE)
    else:
        assert all(paragraph.id for paragraph in resolution.paragraphs)
