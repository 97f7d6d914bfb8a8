"""Jobs of the local page as tests need them; a module of its own, which a worker imports quickly."""

import time

from resdiff.web.steps import step


def slowly(*_):
    """Take half a minute, and tell each of a thousand steps."""
    for done in range(1000):
        step(done, 1000)
        time.sleep(0.03)


def some_lost(*_):
    """A file, and what it lacks."""
    return b"PK", "2 alinéas perdus"
