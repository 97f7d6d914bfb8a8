"""What only a page that is served has: the ways to other pages, the files to save, links that are corrected at once.

The page is the same without it; a saved copy of it has none.
"""

from msgspec import Struct

from resdiff.rendering.html.pieces import Markup, fill, joined
from resdiff.report import word

__all__ = ["Live", "form", "masthead"]


class Live(Struct, frozen=True):
    """The addresses around a page that is served, each behind its name: ``ways`` to other pages, ``files`` of the same
    report, the first of which are what most people want; ``links`` is where corrections of links are sent."""

    home: str
    ways: tuple[tuple[str, str], ...] = ()
    first: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    links: str = ""


def masthead(live: Live, lang: str) -> Markup:
    """The line above the report."""
    return fill(
        """\
<div class="live" role="region" aria-label="resdiff"><div><a class="brand" href="{home}">res<u>d</u><i>i</i>ff</a>
<nav aria-label="{ways_name}">{ways}</nav>
<div class="save">{first}<details><summary>{files_name}</summary><ul>{files}</ul></details></div></div></div>
""",
        home=live.home,
        ways_name=word("page.live-ways", lang),
        ways=joined(fill('<a href="{}">{}</a>', address, name) for name, address in live.ways),
        first=joined(fill('<a class="btn" href="{}">{}</a>', address, name) for name, address in live.first),
        files_name=word("page.live-files", lang),
        files=joined(fill('<li><a href="{}">{}</a></li>', address, name) for name, address in live.files),
    )


def form(live: Live) -> Markup:
    """The form by which the dialog of a row sends a corrected link; the script fills it."""
    if not live.links:
        return Markup("")
    lines = '<form id="apply" method="post" action="{}" hidden><input type="hidden" name="lines"></form>\n'
    return fill(lines, live.links)
