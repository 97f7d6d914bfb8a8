"""A job of the local page that takes its time; a module of its own, which a worker imports quickly."""

import time

from resdiff.web.workers import step


def slowly(*_):
    """Take half a minute, and tell each of a thousand steps."""
    for done in range(1000):
        step(done, 1000)
        time.sleep(0.03)
