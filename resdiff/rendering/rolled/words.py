"""The words around a draft that all formats share: its heading, the remarks on what is revised, what is cited late."""

from resdiff.drafting import Revision, RollForward
from resdiff.messages import message
from resdiff.report import counted, label, word

__all__ = ["cautions", "figures", "heading", "late", "remark"]


def heading(rolled: RollForward, name: str, lang: str) -> str:
    """The heading of a draft: of which text it is the next edition, and at which session."""
    text = name or rolled.text.title or word("word.untitled", lang)
    session = message("draft.at-session", rolled.cycle.session, lang=lang) if rolled.cycle.session else ""
    return message("draft.heading", text, lang=lang) + session


def figures(rolled: RollForward, lang: str) -> str:
    """How much is proposed, and how much is left to decide."""
    updates, questions = len(rolled.updates), len(rolled.questions)
    return message(
        "draft.figures",
        counted("draft.updates", updates, lang) if updates else message("draft.updates-none", lang=lang),
        counted("draft.questions", questions, lang) if questions else message("draft.questions-none", lang=lang),
        lang=lang,
    )


def remark(revision: Revision, lang: str) -> str:
    """Why something is proposed or asked: the rule in a sentence."""
    said = message(
        f"draft.rule-{revision.rule}", revision.old.strip(" ,"), (revision.text or "").strip(" ,"), lang=lang
    )
    if revision.hint:
        hint = "hint-session" if revision.rule.startswith("session") else "hint"
        said += " " + message(f"draft.{hint}", revision.hint, lang=lang)
    return f"{said} {message('draft.quoted', lang=lang)}" if revision.quotes else said


def late(rolled: RollForward, lang: str) -> list[str]:
    """What the text cites in an older form, a sentence each."""
    return [message("draft.late", label(s.paragraph, lang), s.cited, s.later, lang=lang) for s in rolled.stale]


def cautions(rolled: RollForward, lang: str) -> list[str]:
    """What is missing for a better draft."""
    return [message(f"notice.{notice.code}", *notice.values, lang=lang) for notice in rolled.notices]
