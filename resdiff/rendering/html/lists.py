"""What stands after the changes: the lists of facts, the concordance, where the two texts come from."""

from collections.abc import Iterable

from resdiff.model import Change
from resdiff.rendering.html.markup import LOOKS, Markup, fill, joined, kind_class, language, link
from resdiff.report import Concordance, Fact, Facts, Notices, Report, Text, Title, label, outcome, word

__all__ = ["after"]

WEB = ("https://", "http://")


def after(report: Report, title: Title) -> Markup:
    spoken = language(title.new.language, report.lang)
    lists = (_facts(block, spoken, report.lang) for block in report.blocks if isinstance(block, Facts))
    concordance = report.find(Concordance)
    return fill(
        '<div class="after">\n<div class="lists">\n{}</div>\n{}{}</div>\n',
        joined(lists),
        _concordance(concordance, title.names, report.lang) if concordance else "",
        _origins(title, report.lang),
    )


def _facts(block: Facts, spoken: Markup, lang: str) -> Markup:
    """A list; its lines are in the language of the texts, save what we say of them ourselves."""
    name = type(block).__name__.lower()
    spoken = Markup("") if isinstance(block, Notices) else spoken
    folded = _groups(block.routine, spoken)
    routine = fill("<details><summary>{}</summary>{}</details>", word("heading.routine", lang), folded)
    return fill(
        '<section class="facts" id="{0}" aria-labelledby="h-{0}"><h2 id="h-{0}">{1}</h2>\n{2}{3}</section>\n',
        name,
        word(f"heading.{name}", lang),
        _groups(block.facts, spoken),
        routine if block.routine else "",
    )


def _groups(facts: Iterable[Fact], spoken: Markup) -> Markup:
    """The lines of each status under its chip, in the order in which they come up."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((fact.status, fact.label), []).append(fact)
    return joined(
        fill('{}<ul class="list">\n{}</ul>\n', _chip(*group), joined(_fact(fact, spoken) for fact in lines))
        for group, lines in groups.items()
    )


def _chip(status: str, text: str) -> Markup:
    name, sign = LOOKS[status]
    return fill('<h3><span class="tag {}">{}{}</span></h3>', name, sign, text) if text else Markup("")


def _fact(fact: Fact, spoken: Markup) -> Markup:
    return fill(
        "<li><span{}>{}</span>{}{}</li>\n",
        spoken,
        f"{fact.text} ({fact.acronym})" if fact.acronym else fact.text,
        joined(fill(" {}", link(place)) for place in fact.places),
        fill(' <span class="ren">{}</span>', fact.note) if fact.note else "",
    )


def _concordance(block: Concordance, names: tuple[str, str], lang: str) -> Markup:
    return fill(
        """\
<section class="facts" id="concordance" aria-labelledby="h-concordance"><h2 id="h-concordance">{heading}</h2>
<table class="conc" aria-labelledby="h-concordance"><thead class="vh"><tr><th scope="col">{old}</th>\
<th scope="col">{new}</th><th scope="col">{kind}</th></tr></thead><tbody>
{lines}</tbody></table>
</section>
""",
        heading=word("heading.concordance", lang),
        old=names[0],
        new=names[1],
        kind=word("page.kind", lang),
        lines=joined(_line(change, lang) for change in block.rows),
    )


def _line(change: Change, lang: str) -> Markup:
    """Old numbers, new numbers, what became of them."""
    cells = (
        joined((fill('<a href="#{}{}">{}</a>', prefix, id_, label(id_, lang)) for id_ in ids), ", ") or "–"
        for prefix, ids in (("old-", change.link.old), ("", change.link.new))
    )
    row = '<tr><td>{}</td><td>{}</td><td class="st {}">{}</td></tr>\n'
    return fill(row, *cells, kind_class(change), outcome(change, lang))


def _origins(title: Title, lang: str) -> Markup:
    return fill(
        """\
<section class="facts" id="provenance" aria-labelledby="h-provenance"><h2 id="h-provenance">{}</h2>
<ul class="list">
{}</ul>
</section>
""",
        word("heading.provenance", lang),
        joined(_origin(text, lang) for text in (title.old, title.new)),
    )


def _origin(text: Text, lang: str) -> Markup:
    """Where a text comes from; an address is a link only when it leads to the web."""
    origin, name = text.origin, text.symbol or text.title or word("word.untitled", lang)
    return fill(
        "<li><b>{}</b>{}, {}{}{}{}</li>\n",
        name,
        fill(', <time datetime="{}">{}</time>', text.adopted, text.date) if text.adopted else "",
        text.sort,
        fill(". <span{}>{}</span>", language(text.language, lang), origin.note) if origin.note else "",
        fill(' <a class="u" href="{0}">{0}</a>', origin.url) if origin.url.startswith(WEB) else "",
        fill(" <code>sha256 {}…</code>", origin.sha256[:12]) if origin.sha256 else "",
    )
