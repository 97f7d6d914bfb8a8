"""Dates, periods and sessions that a text sets, moves or gives up."""

import build
import cases
import pytest


@pytest.mark.parametrize("case", cases.parameters("calendar"))
def test_case(case):
    comparison = build.compared_case(case)
    moved = build.flags(comparison, "date-changed")
    assert [*map(told, comparison.calendar), *moved] == case.lines("expected")


def told(change):
    place = change.new_paragraph or f"ancien {change.old_paragraph}"
    return f"{place}: {change.old or 'nothing'} → {change.new or 'nothing'}"
