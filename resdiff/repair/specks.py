"""The call of a note of which a scan read no figure: a sign behind a word, "l’Accord d’Abuja'", "le 18 juillet 1997''".

Nothing else stands there but the end of a quotation or of a bracket, which was opened before, and the apostrophe of a
word that goes on behind a blank: "jusqu' au".
"""

import re
from collections.abc import Iterator

from resdiff.repair.edit import Edit

__all__ = ["specks"]

# What stands behind a call: a sign, the end, or the next words; the "e" of "la 2034e séance" is read as a sign too.
AT_END = r"(?=\s?(?:[;,.:)]|$)|\s(?:[a-zà-ÿ]{2}|[àay]\s|[cdlns]['’]|[(«]))(?!\s(?:séance|année))"
RE_BLOCK = re.compile(r"(?:[^\n\f]|\n(?![^\S\n]*\n))+")  # up to a blank line: a quotation opens each of its paragraphs
RE_MARK = re.compile(
    r"(?:(?<=[\s(«'’\[])|(?<![^\n]))(?:(?P<double>[\"“„]|'')(?=[\w\[(…]|\.\.)|(?P<single>'(?=[^\W\d_])|‘))"
    r"|(?P<opens>«)|(?P<bracket>[()])"
    r"|(?:(?<=[^\W\d_]{3})|(?<=\b19\d\d)|(?<=\b20[01]\d)|(?<=[^\W\d_][)»]))"
    rf"(?P<speck>['’\"”]{{1,3}}[°*]?|[°*~^]['’]?){AT_END}"
    r"|(?P<closes>»|[\"”]|'')"
)
RE_ELIDED = re.compile(r"(?:qu|\baujourd|\bentr)$", re.IGNORECASE)
LONGEST = 8  # letters of such a word, and the sign before it
END_AND_CALL = ("'\"", "\"'")


def specks(text: str) -> Iterator[Edit]:
    """The signs to take out of a text, in order.

    >>> text = "l'Accord d'Abuja' et la lettre du 18 juillet 1997\\", pour qu' ils luttent contre la \\"haine\\" ;"
    >>> [(text[start - 3 : start], text[start:end]) for start, end, _ in specks(text)]
    [('uja', "'"), ('997', '"')]
    """
    for block in RE_BLOCK.finditer(text):
        quoted, depth = "", 0
        for match in RE_MARK.finditer(text, *block.span()):
            if match["bracket"]:
                depth = depth + 1 if match["bracket"] == "(" else max(0, depth - 1)
            elif match["speck"] is None:
                quoted = '"' if match["double"] or match["opens"] else "'" if match["single"] else ""
            elif not depth and not RE_ELIDED.search(text, max(0, match.start() - LONGEST), match.start()):
                kept = _closing(match["speck"], quoted)
                quoted = "" if kept else quoted
                if kept != match["speck"]:
                    yield *match.span(), kept


def _closing(sign: str, quoted: str) -> str:
    """What of a sign behind a word closes the quotation that a mark opened; nothing where none did."""
    if quoted == '"':
        closes = any(mark in sign for mark in ('"', "”", "''"))
        return '"' if sign in END_AND_CALL else sign if closes else ""
    return sign if quoted and sign[0] in "'’" else ""
