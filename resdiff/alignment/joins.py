"""Splits and merges: a paragraph left alone joins a pair when it holds what the first partner left over."""

from resdiff.alignment.state import Board, Pair
from resdiff.model import Reason

__all__ = ["join"]

# A joined paragraph holds at least this much of its host in runs the first partner does not hold: the weight of about
# eight words of middling rarity. Clauses shorter than that recur by themselves ("sur les questions relatives à").
LEAST = 8_000
HOST = 0.08  # … and at least this share of the host
OWN = 3.0  # a passage that the first partner holds too is a quotation, not a half: at most so many times the rest
BAG = 0.2  # of the shorter one must stand in the other, in any order, for a search to be worth while
OTHER_PART = 0.3  # 1535 (2004): the long name of a committee is no clause that went to the preamble
FAR = 0.03  # for each paragraph between the two halves, up to five


def join(board: Board, bar: float) -> None:
    """Link each free paragraph to the pair it completes, when it covers ``bar`` of itself or of what was left over."""
    ranked = []
    for pair in board.candidates:
        if (score := _cover(board, pair)) >= bar:
            ranked.append((-score, abs(pair[0] - pair[1]), sum(pair), pair))
    for minus, _, _, pair in sorted(ranked):
        if _cover(board, pair) >= bar:  # again: the host may have been completed by a better one
            tier = "merge" if board.olds_of.get(pair[1]) else "split"
            board.link(pair, -minus, Reason(tier, (("cover", round(-minus, 3)),)))


def _cover(board: Board, pair: Pair) -> float:
    """How much of the free paragraph, or of what is left over of its host, is in their common runs; 0 when no case."""
    i, j = pair
    news, olds = board.news_of.get(i), board.olds_of.get(j)
    if bool(news) == bool(olds):
        return 0.0
    partners = [(i, n) for n in news] if news else [(o, j) for o in olds or ()]
    if any(board.reasons[p].tier in ("exact", "pinned") or not _simple(board, p, bool(news)) for p in partners):
        return 0.0
    if board.candidates[pair].weight < max(LEAST, BAG * min(board.weights.old[i], board.weights.new[j])):
        return 0.0
    side = 1 if news else 2  # where a run stands in the host: run[1] is the old place, run[2] the new one
    host, guest = board.weights.old_words[i], board.weights.new_words[j]
    if not news:
        host, guest = guest, host
    used = {at for p in partners for run in board.runs(p) for at in range(run[side], run[side] + run[0])}
    held = {at for run in board.runs(pair) for at in range(run[side], run[side] + run[0])}
    fresh = sum([host[at] for at in held - used])
    stale = sum([host[at] for at in held & used])
    apart = board.old[i].part != board.new[j].part
    if fresh < max(LEAST * (1 + apart), HOST * sum(host)) or stale > OWN * fresh:
        return 0.0
    far = min(abs(j - n) if news else abs(i - o) for o, n in partners)
    left = sum(host) - sum([host[at] for at in used])
    return max(fresh / sum(guest), fresh / left) - FAR * min(far - 1, 5) - OTHER_PART * apart


def _simple(board: Board, pair: Pair, split: bool) -> bool:
    """Whether the partner has no other link: no group has several paragraphs on both sides."""
    return len(board.olds_of[pair[1]] if split else board.news_of[pair[0]]) == 1
