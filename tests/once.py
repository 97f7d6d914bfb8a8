"""A function asked once for the same values, and a clock that goes on as if it had been asked each time."""

import time
from functools import wraps

_spared = 0.0  # seconds that what was asked before did not take again


def once(function):
    """The function, which gives again what it gave for the same values; of one whose value depends on nothing else."""
    kept = {}

    @wraps(function)
    def ask(*given, **named):
        global _spared
        key = (tuple(map(_fixed, given)), tuple((name, _fixed(value)) for name, value in named.items()))
        if key not in kept:
            start = clock()
            value = function(*given, **named)
            kept[key] = value, clock() - start
            return value
        value, seconds = kept[key]
        _spared += seconds
        return value

    return ask


def clock():
    """Processor time in seconds; what was given again counts as if it had been made again."""
    return time.process_time() + _spared


def _fixed(value):
    return tuple(value) if isinstance(value, list) else value
