"""One page of help for a delegate: four steps with pictures, what the other pages do, what to do when
something is wrong.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resdiff import limits
from resdiff.web.shown import page

__all__ = ["NAV", "ROUTES"]

OTHERS = ("series", "search", "check", "compile", "draft")
"""The other pages, by the end of their address."""
WRONG = ("link", "picture", "tracked", "gone", "limits", "stop")


async def show(request: Request) -> Response:
    """The help; its pictures are made of these pages by ``scripts/build-pictures``, in each language."""
    return page(request, "help.html", others=OTHERS, wrong=WRONG, megabytes=limits.FILE // 1_000_000)


ROUTES = [Route("/aide", show)]
NAV = [("nav-help", "/aide")]
