"""Word files edited at random, and how much of the look of what stayed another file has kept.

Words that are put in are masked in a copy, so that what was there before can be told from them character by character.
"""

import io
import re
import zipfile
from copy import deepcopy

import revisions
from lxml import etree
from msgspec import Struct
from revisions import W

WORDS = ["nouvelle", "coopération", "vivement", "Membres", "2026", "l’Office", "convention,", "traité", ";", "paix"]
KINDS = ["word", "word", "in", "out", "sentence", "come", "go", "move"]
PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
MASK = 0xF0000  # where the characters of new words stand in the copy: a private plane, which no text has
RE_MASKED = re.compile(f"[{chr(MASK)}-{chr(MASK + 0xFFFD)}]")


def masked(words):
    return "".join(chr(MASK + ord(sign)) if sign != " " else sign for sign in words)


def unmasked(text):
    return RE_MASKED.sub(lambda match: chr(ord(match[0]) - MASK), text)


class Edited(Struct):
    """A file after ``done`` edits, and the root of its main part with the words masked that were put in."""

    data: bytes
    masked: object
    done: int


def packed(data, root):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in revisions.parts(data).items():
            archive.writestr(name, etree.tostring(root) if name == revisions.main_part(data) else raw)
    return out.getvalue()


def edited(data, chance, times, *, rows=False):
    """The file with words, sentences and paragraphs put in, taken out and moved at random; with ``rows`` rows of tables
    come too.
    """
    root = etree.fromstring(revisions.parts(data)[revisions.main_part(data)])
    kinds = [*KINDS, *(["row"] * len(KINDS) if rows else [])]
    done = sum(_edit(root, chance, kinds) for _ in range(times))
    hidden = deepcopy(root)
    for text in root.iter(f"{W}t"):
        text.set(PRESERVE, "preserve")
        text.text = unmasked(text.text or "")
    return Edited(packed(data, root), hidden, done)


def _edit(root, chance, kinds):
    body = root.find(f"{W}body")
    full = [
        q
        for q in root.iter(f"{W}p")
        if any((t.text or "").strip() for t in q.iter(f"{W}t"))
        and not any(each.tag.endswith("}txbxContent") for each in q.iterancestors())
    ]
    top = [q for q in full if q.getparent() is body and q.find(f"{W}pPr/{W}sectPr") is None]
    if not full:
        return False
    kind = chance.choice(kinds)
    if kind == "row":
        return _add_row(root, chance)
    text = chance.choice([t for t in chance.choice(full).iter(f"{W}t") if _is_text(t)] or [None])
    if kind in ("word", "in", "out", "sentence") and text is not None:
        words = text.text.split(" ")
        place = chance.randrange(len(words))
        new = {"word": [masked(chance.choice(WORDS))], "in": [words[place], masked(chance.choice(WORDS))], "out": []}
        sentence = [words[place], *map(masked, chance.choices(WORDS, k=8))]
        words[place : place + 1] = new.get(kind, sentence)
        text.text = " ".join(words)
    elif kind == "come" and top:
        model = chance.choice(top)
        made = deepcopy(model)
        for child in [child for child in made if child.tag != f"{W}pPr"]:
            made.remove(child)
        words = masked(" ".join(chance.choices(WORDS, k=12)))
        made.append(etree.fromstring(f"<w:r xmlns:w='{W[1:-1]}'><w:t>{words}</w:t></w:r>"))
        model.addnext(made)
    elif kind in ("go", "move") and len(top) > 2:
        gone, other = chance.sample(top, 2)
        body.remove(gone) if kind == "go" else other.addnext(gone)
    else:
        return False
    return True


def _is_text(text):
    """Whether words may be edited: an edit within what is struck through by its look is none, as none reads it."""
    look = text.getparent().find(f"{W}rPr")
    return bool((text.text or "").strip()) and (look is None or look.find(f"{W}strike") is None)


def _add_row(root, chance):
    """A row behind another one of its table: a copy of it, with a paragraph of new words in each cell."""
    rows = [row for row in root.iter(f"{W}tr") if row.find(f"{W}tc") is not None]
    if not rows:
        return False
    model = chance.choice(rows)
    made = deepcopy(model)
    for cell in made.iterfind(f"{W}tc"):
        for child in [child for child in cell if child.tag != f"{W}tcPr"]:
            cell.remove(child)
        words = masked(" ".join(chance.choices(WORDS, k=4)))
        cell.append(etree.fromstring(f"<w:p xmlns:w='{W[1:-1]}'><w:r><w:t>{words}</w:t></w:r></w:p>"))
    model.addnext(made)
    return True


# ---- how much of the look is kept -----------------------------------------------------------------------------------


class Kept(Struct):
    """Characters that both texts have, and of these how many look as before: by the properties of their run, and by
    those of their paragraph. ``lost`` are examples."""

    characters: int = 0
    runs: int = 0
    paragraphs: int = 0
    lost: list = []


def kept_look(made, new):
    """How much of the look the file ``made`` has, all changes accepted, of what the new one did not put in.

    The text of both is the same; paragraphs with text stand against each other in their order.
    """
    mine, theirs = (list(_lettered(root)) for root in (revisions.settled(made, "accept"), new.masked))
    found = Kept(lost=[])
    for (shape, letters), (other_shape, others) in zip(mine, theirs, strict=True):
        assert "".join(s for s, _ in letters) == unmasked("".join(s for s, _ in others))
        for (_, look), (sign, other) in zip(letters, others, strict=True):
            if RE_MASKED.match(sign) or sign == " ":
                continue
            found.characters += 1
            found.runs += look == other
            found.paragraphs += shape == other_shape
            if look != other and (look, other) not in found.lost:
                found.lost.append((look, other))
    return found


def _lettered(root):
    """Of each paragraph with text its properties, but for those of its mark, and its letters."""
    for paragraph in root.iter(f"{W}p"):
        if any(each.tag.endswith("}Fallback") for each in paragraph.iterancestors()):
            continue
        found = [
            (sign, look) for sign, look in revisions.letters(paragraph) if isinstance(sign, str) and len(sign) == 1
        ]
        text = "".join(sign for sign, _ in found)
        if not text.strip():
            continue
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        shape = deepcopy(paragraph.find(f"{W}pPr"))
        if shape is not None and (mark := shape.find(f"{W}rPr")) is not None:
            shape.remove(mark)
        yield revisions.key(shape) if shape is not None and len(shape) else "", found[start:end]
