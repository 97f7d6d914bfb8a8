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
    pairs = [*enumerate(places)]
    off = out_of_order(pairs, lambda old, _: (weights[old], f"paragraph {old}"))
    mirrored = out_of_order([(new, old) for old, new in pairs], lambda _, old: (weights[old], f"paragraph {old}"))
    assert mirrored == {(new, old) for old, new in off}


@given(st.permutations(range(7)), st.lists(st.integers(1, 3), min_size=7, max_size=7))
@settings(max_examples=200, deadline=None)
def test_what_crosses_nothing_is_in_order_and_is_not_weighed(places, weights):
    pairs = [*enumerate(places)]
    asked = []

    def weigh(old, new):
        asked.append((old, new))
        return weights[old], ""

    off = out_of_order(pairs, weigh)
    crossing = {pair for pair in pairs for other in pairs if (pair[0] - other[0]) * (pair[1] - other[1]) < 0}
    kept = heaviest_increasing(places, weights)
    assert set(asked) == crossing
    assert sum(weights[old] for old, _ in off) == sum(weights) - sum(weights[n] for n in kept)
