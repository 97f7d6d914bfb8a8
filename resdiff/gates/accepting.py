"""By what a result is known again, and which results a person lets pass.

A fingerprint is the hash of the rule, of the paragraph through its whole life, of the new text and of the sign of the
fault. The paragraph is known by the edition that brought it and its id there, so that it keeps its name however it is
numbered later; one that the new text itself brings is known by its words alone. No sentence of ours is in it, so no
translation or better wording makes another one. The sign is what the rule itself names, a theme, a step on the scale of
verbs, a number: then the same text in another language has the same fingerprint. What can only be told by words of the
text, such as what changed in a paragraph, has those: another change there must not pass for the one that was accepted.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from resdiff import symbol as symbols
from resdiff.gates.rules import Accepted, Gate
from resdiff.gates.values import Fault, Result, Standing
from resdiff.language.fold import folded_line
from resdiff.model import Resolution
from resdiff.series.lineage import Lineage

__all__ = ["accept", "births", "fingerprints", "row", "unused"]

VERSION = "1"
LENGTH = 16  # hexadecimal digits


def births(lineage: Lineage, edition: int) -> dict[str, str]:
    """Of each paragraph of an edition: the symbol of the edition that brought it, and its id there."""
    return {
        paragraph.id: _name(lineage.editions[life.born], life.steps[0].ids[0])
        for paragraph in lineage.editions[edition].body
        if (life := lineage.life(edition, paragraph.id))
    }


def own_births(old: Resolution) -> dict[str, str]:
    """The same of a text of which no earlier edition is known."""
    return {paragraph.id: _name(old, paragraph.id) for paragraph in old.body}


def _name(text: Resolution, id_: str) -> str:
    return f"{symbols.file_stem(text.symbol) if text.symbol else ''} {id_}"


def fingerprints(gate: Gate, faults: Sequence[Fault], new: Resolution, born: Mapping[str, str]) -> list[str]:
    """The fingerprint of each fault of a gate; of two that would have the same, the second has another."""
    stem = symbols.file_stem(new.symbol) if new.symbol else ""
    met: Counter[str] = Counter()
    found = []
    for fault in faults:
        life = " ".join(sorted(born.get(id_, id_) for id_ in fault.old)) or "+"
        told = "\n".join(
            (VERSION, gate.id, stem, "*" if fault.is_whole else life, fault.sign or folded_line(fault.quote))
        )
        met[told] += 1
        again = f"\n{met[told]}" if met[told] > 1 else ""
        found.append(hashlib.sha256(f"{told}{again}".encode()).hexdigest()[:LENGTH])
    return found


def accept(results: Iterable[Result], accepted: Sequence[Accepted], today: date) -> tuple[Result, ...]:
    """The results with the row that accepts each, until its day, that day included. Of several the last day counts."""
    rows: dict[str, Accepted] = {}
    for each in sorted(accepted, key=lambda row: row.until):
        rows[each.fingerprint] = each
    return tuple(_accepted(result, rows.get(result.fingerprint), today) for result in results)


def _accepted(result: Result, row: Accepted | None, today: date) -> Result:
    if row is None:
        return result
    standing = Standing.ACCEPTED if row.until >= today else Standing.EXPIRED
    return replace(result, standing=standing, accepted=row)


def unused(accepted: Iterable[Accepted], results: Iterable[Result]) -> tuple[Accepted, ...]:
    """The rows that accept nothing that was found."""
    met = {result.fingerprint for result in results}
    return tuple(each for each in accepted if each.fingerprint not in met)


def row(result: Result, reason: str, until: date, where: str) -> str:
    """The TOML of a row that accepts a result."""
    fields = {
        "fingerprint": result.fingerprint,
        "gate": result.gate.id,
        "where": where,
        "quote": _shortened(result.fault.quote),
        "reason": reason,
    }
    lines = [f"{key} = {_string(value)}" for key, value in fields.items() if value]
    return "\n".join(["[[accepted]]", *lines, f"until = {until.isoformat()}", ""])


def _shortened(text: str, most: int = 200) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _string(text: str) -> str:
    """A basic string of TOML: what a terminal or an editor acts on is written by its number."""
    signs = {'"': '\\"', "\\": "\\\\"}
    plain = (signs.get(c) or (c if c.isprintable() or c in "\u00a0\u202f" else _number(c)) for c in text)
    return f'"{"".join(plain)}"'


def _number(sign: str) -> str:
    code = ord(sign)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
