"""Why paragraphs are linked: the sentences behind ``--explain`` and the ``reason`` of the JSON contract."""

from resdiff.errors import NotFoundError
from resdiff.model import Change, Comparison, Link, Rival, Side
from resdiff.report.wording import address, addresses, as_text, figure, label, message_or_code, say, sentence, word

__all__ = ["explain", "reason"]


def reason(link: Link, lang: str = "fr") -> str:
    """Why the paragraphs of that link are linked, in one sentence: what decided, and the parts of the score."""
    why = message_or_code(f"reason.{link.reason.tier}", (), lang)
    parts = ", ".join(
        f"{message_or_code(f'part.{name}', (), lang)} {figure(value, lang)}" for name, value in link.reason.parts
    )
    return word("reason.with-parts", lang).format(why, parts) if parts else f"{why}."


def explain(comparison: Comparison, paragraph: str, lang: str = "fr") -> str:
    """Why that paragraph is linked as it is: its partners, what decided, which pairs competed.

    An id that stands in both texts is explained for both. Raises ``NotFoundError`` for an id that stands in neither.
    """
    found = [change for change in comparison.changes if paragraph in (*change.link.old, *change.link.new)]
    if not found:
        raise NotFoundError("paragraph-unknown", paragraph)
    return "\n\n".join(_explanation(change, lang) for change in found) + "\n"


def _explanation(change: Change, lang: str) -> str:
    link = change.link
    old = addresses(Side.OLD, link.old, lang, marked=True)
    new = addresses(Side.NEW, link.new, lang)
    said = as_text(sentence(say(f"explain.{change.kind}", old, new, lang=lang)))
    lines = [said[:1].upper() + said[1:], reason(link, lang)]
    if link.old and link.new:
        lines.append(word("explain.score", lang).format(figure(min(link.score, 1.0), lang)))
    if change.moved:
        lines.append(word("explain.moved", lang))
    # a pair whose place and citations speak against it never competed
    close = [rival for rival in link.reason.rivals if rival.score > 0]
    if close:
        rivals = word("word.semicolon", lang).join(_rival(rival, lang) for rival in close)
        lines.append(word("explain.rivals", lang).format(rivals))
    else:
        lines.append(word("explain.no-rival", lang))
    return "\n".join(lines)


def _rival(rival: Rival, lang: str) -> str:
    old = address(Side.OLD, rival.old, lang, marked=True).label
    return f"{old} → {label(rival.new, lang)} ({figure(rival.score, lang)})"
