"""What only a page that is served has: the ways to other pages, the files to save, links that are corrected at once.

The page is the same without it; a saved copy of it has none.
"""

from msgspec import Struct

from resdiff.rendering.html.pieces import Markup, fill, joined, source_of
from resdiff.report import word

__all__ = ["Asking", "Live", "above", "form", "live_style", "masthead"]


class Asking(Struct, frozen=True):
    """A question that is asked again from the line above a page: the address it goes to, the name of its field, what it
    is called, what was asked, what the button says."""

    address: str
    name: str
    label: str
    value: str
    button: str


class Live(Struct, frozen=True):
    """The addresses around a page that is served, each behind its name: ``ways`` to other pages, that of ``here`` as
    the room one is in, ``files`` of the same report, ``first`` what most people want; ``links`` is where corrections of
    links are sent, ``asking`` what may be asked again."""

    home: str
    ways: tuple[tuple[str, str], ...] = ()
    first: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    links: str = ""
    asking: Asking | None = None
    here: str = ""


def above(live: Live | None, lang: str) -> Markup:
    """What stands above a page: nothing where it is not served."""
    return masthead(live, lang) if live else Markup("")


def live_style(live: Live | None) -> str:
    """The style of that."""
    return source_of("live.css") if live else ""


def masthead(live: Live, lang: str) -> Markup:
    """The line above the report."""
    return fill(
        """\
<div class="live" role="region" aria-label="resdiff"><div><a class="brand" href="{home}">res<u>d</u><i>i</i>ff</a>
<nav aria-label="{ways_name}">{ways}</nav>
{asking}<div class="save">{first}{files}</div></div></div>
""",
        home=live.home,
        ways_name=word("page.live-ways", lang),
        ways=joined(
            fill(
                '<a href="{}"{}>{}</a>',
                address,
                Markup(' aria-current="true"') if address == live.here else "",
                name,
            )
            for name, address in live.ways
        ),
        first=joined(fill('<a class="btn" href="{}">{}</a>', address, name) for name, address in live.first),
        asking=_asking(live.asking) if live.asking else "",
        files=fill(
            "<details><summary>{}</summary><ul>{}</ul></details>",
            word("page.live-files", lang),
            joined(fill('<li><a href="{}">{}</a></li>', address, name) for name, address in live.files),
        )
        if live.files
        else "",
    )


def _asking(asking: Asking) -> Markup:
    return fill(
        '<form class="ask" action="{0}"><label><span class="vh">{1}</span>'
        '<input type="search" name="{2}" value="{3}" placeholder="{1}" maxlength="2000"></label>'
        "<button>{4}</button></form>\n",
        asking.address,
        asking.label,
        asking.name,
        asking.value,
        asking.button,
    )


def form(live: Live) -> Markup:
    """The form by which the dialog of a row sends a corrected link; the script fills it."""
    if not live.links:
        return Markup("")
    lines = '<form id="apply" method="post" action="{}" hidden><input type="hidden" name="lines"></form>\n'
    return fill(lines, live.links)
