"""What keeps its order: against all subsequences there are."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from resdiff.sequences import heaviest_increasing, out_of_order

WEIGHED = st.lists(st.tuples(st.integers(0, 8), st.integers(1, 4)), max_size=9)


@given(WEIGHED)
@settings(max_examples=200, deadline=None)
def test_no_subsequence_that_never_falls_weighs_more(rows):
    values, weights = [value for value, _ in rows], [weight for _, weight in rows]
    kept = heaviest_increasing(values, weights)
    every = (places for size in range(len(rows) + 1) for places in combinations(range(len(rows)), size))
    rising = [places for places in every if [values[n] for n in places] == sorted(values[n] for n in places)]
    assert tuple(kept) in rising
    assert sum(weights[n] for n in kept) == max(sum(weights[n] for n in places) for places in rising)


@given(st.permutations(range(7)), st.lists(st.integers(1, 3), min_size=7, max_size=7))
@settings(max_examples=200, deadline=None)
def test_what_is_out_of_order_is_the_same_when_old_and_new_change_sides(places, weights):
    steps = [(old, new, weights[old], f"paragraph {old}") for old, new in enumerate(places)]
    mirrored = [(new, old, weight, name) for old, new, weight, name in steps]
    assert out_of_order(mirrored) == {(new, old) for old, new in out_of_order(steps)}
