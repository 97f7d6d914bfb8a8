"""How two texts were adopted, as a reader is told it: "par 14 voix contre zéro, avec une abstention"."""

from resdiff.messages import plural
from resdiff.model import Vote, VoteKind
from resdiff.report.wording import Parts, join, say, word

__all__ = ["another_vote"]

FEW_NAMES = 3  # of those who voted against a text, or abstained, for them to be named
MOST_TURNED = 8  # of those who voted otherwise on the old text


def another_vote(was: Vote, now: Vote, lang: str) -> list[Parts]:
    """How the new text was adopted, and the old one, and who voted otherwise; nothing where nothing is otherwise."""
    turned = [
        word("vote.turned", lang).format(name, word(f"vote.{was.roll[name]}", lang), word(f"vote.{ballot}", lang))
        for name, ballot in now.roll.items()
        if was.roll.get(name, ballot) is not ballot
    ]
    if not turned and _tally(was) == _tally(now):
        return []
    adopted = _adopted(now, lang), _adopted(was, lang)
    if len(turned) > MOST_TURNED + 1:
        said, more = ", ".join(turned[:MOST_TURNED]), str(len(turned) - MOST_TURNED)
        return [say("summary.vote-turned-more", *adopted, said, more, lang=lang)]
    if turned:
        row = f"summary.vote-turned-{plural(len(turned), lang)}"
        return [say(row, *adopted, join([(each,) for each in turned], lang), lang=lang)]
    return [say("summary.vote", *adopted, lang=lang)]


def _tally(vote: Vote) -> tuple[VoteKind, int, int, int]:
    return vote.kind, vote.yes, vote.no, vote.abstaining


def _adopted(vote: Vote, lang: str) -> str:
    """How a text was adopted: by how many votes, with the names of few."""
    if vote.kind is not VoteKind.RECORDED:
        return word(f"vote.{vote.kind}", lang)
    against, abstained = (
        word("vote.names", lang).format(names) if names and count <= FEW_NAMES else ""
        for names, count in ((vote.against, vote.no), (vote.abstained, vote.abstaining))
    )
    no = word("vote.no-one" if vote.no == 1 else "vote.no-many" if vote.no else "vote.no-none", lang).format(vote.no)
    said = word("vote.recorded", lang).format(vote.yes, f"{no}{against}")
    if vote.abstaining:
        row = f"vote.abstaining-{'one' if vote.abstaining == 1 else 'many'}"
        said += word(row, lang).format(vote.abstaining) + abstained
    return said
