"""A concordance as one HTML page: no network, no script; what differs is a link to its place in both texts."""

from typing import Any

from resdiff.messages import message
from resdiff.model import Paragraph
from resdiff.parallel import Concordance
from resdiff.rendering.html.pieces import Markup, fill, head, joined, language, ours
from resdiff.rendering.parallel.words import cautions, columns, figures, heading, lines, marks
from resdiff.report import label

__all__ = ["render"]


def render(held: Concordance, options: Any) -> bytes:  # noqa: ANN401 - parallel.Options
    """The page of a concordance."""
    lang = options.lang
    title = heading(held, lang)
    heads = columns(held, options.names, lang)
    page = fill(
        """\
{head}<body>
<a class="skip" href="#texts">{skip}</a>
<main>
<h1>{title}</h1>
<p class="about">{figures}</p>
<ul class="cautions">{cautions}</ul>
{differences}<h2 id="texts">{texts}</h2>
<div class="twins" role="table" aria-labelledby="texts">
<div class="heads" role="row"><b role="columnheader">{place}</b><b role="columnheader">{one}</b>\
<b role="columnheader">{other}</b></div>
{rows}</div>
</main>
</body>
</html>
""",
        head=head(title, lang, ours("compiled.css", ours("parallel.css").text)),
        skip=message("parallel.skip", lang=lang),
        title=title,
        figures=figures(held, lang),
        cautions=joined(fill("<li>{}</li>", line) for line in cautions(held, lang)),
        differences=_differences(held, heads, lang),
        texts=message("parallel.texts", lang=lang),
        place=message("parallel.place", lang=lang),
        one=heads[0],
        other=heads[1],
        rows=_rows(held, lang),
    )
    return page.encode("utf-8")


def _differences(held: Concordance, heads: tuple[str, str], lang: str) -> Markup | str:
    if not held.differences:
        return ""
    rows = joined(
        fill(
            '<tr id="d{0}"><th scope="row"><a href="#{1}">{0}. {2}</a></th><td>{3}</td>'
            '<td data-in="{8}"{4}>{5}</td><td data-in="{9}"{6}>{7}</td></tr>\n',
            line.number,
            _place(held, line.number),
            line.place,
            line.sort,
            language(held.one.language, lang),
            line.one,
            language(held.other.language, lang),
            line.other,
            *heads,
        )
        for line in lines(held, lang)
    )
    return fill(
        '<table class="diffs"><caption>{0}</caption><thead><tr><th scope="col">{1}</th><th scope="col">{2}</th>'
        '<th scope="col">{3}</th><th scope="col">{4}</th></tr></thead>\n<tbody>{5}</tbody></table>\n',
        message("parallel.what", lang=lang),
        message("parallel.place", lang=lang),
        message("parallel.sort", lang=lang),
        *heads,
        rows,
    )


def _place(held: Concordance, number: int) -> str:
    """The anchor of the row of a difference."""
    difference = held.differences[number - 1]
    return f"{'a' if difference.one.paragraph else 'b'}-{difference.one.paragraph or difference.other.paragraph}"


def _rows(held: Concordance, lang: str) -> Markup:
    texts = [{p.id: p for p in text.body} for text in (held.one, held.other)]
    return joined(
        fill(
            '<div class="row" role="row"><span class="at" role="rowheader">{}</span>{}{}</div>\n',
            label(twins.one or twins.other, lang),
            *(
                _cell(held, texts[at].get(name), "ab"[at], (held.one, held.other)[at].language, lang)
                for at, name in enumerate((twins.one, twins.other))
            ),
        )
        for twins in held.twins
    )


def _cell(held: Concordance, paragraph: Paragraph | None, side: str, spoken: str, lang: str) -> Markup:
    if paragraph is None:
        return fill('<p role="cell" class="none">{}</p>', message("parallel.no-twin", lang=lang))
    shown, end = [fill("{}", f"{paragraph.number}. " if paragraph.number else "")], 0
    for start, stop, number in marks(held, paragraph.id, first=side == "a"):
        shown.append(fill("{}", paragraph.text[end:start]))
        shown.append(fill('<a class="df" href="#d{}"><mark>{}</mark></a>', number, paragraph.text[start:stop]))
        end = stop
    shown.append(fill("{}", paragraph.text[end:]))
    return fill('<p role="cell" id="{}-{}"{}>{}</p>', side, paragraph.id, language(spoken, lang), joined(shown))
