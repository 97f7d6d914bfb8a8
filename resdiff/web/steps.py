"""How far a job is, told by the process that is at it to the page that waits for it."""

from multiprocessing.connection import Connection

__all__ = ["STEP", "step", "tell"]

STEP = "step"
_LINK: Connection | None = None  # in a worker: to the page


def tell(link: Connection) -> None:
    """From now on send each step of a job of this process there."""
    global _LINK
    _LINK = link


def step(done: int, total: int) -> None:
    """Tell who waits for this job how far it is: so many of so many. Outside a worker it does nothing."""
    if _LINK:
        _LINK.send((STEP, (done, total)))
