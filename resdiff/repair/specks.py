"""The call of a note of which a scan read no figure: a sign behind a word, "l’Accord d’Abuja'", "le 18 juillet 1997''".

Nothing else stands there but the end of a quotation or of a bracket, which was opened before, and the apostrophe of a
word that goes on behind a blank: "jusqu' au".
"""

import re
from collections.abc import Iterator
from functools import cache

from resdiff.language import Language, pattern
from resdiff.repair.edit import Edit

__all__ = ["specks"]

RE_BLOCK = re.compile(r"(?:[^\n\f]|\n(?![^\S\n]*\n))+")  # up to a blank line: a quotation opens each of its paragraphs
RE_MARK = (  # AT_END: what stands behind a call
    r"(?:(?<=[\s(«'’\[])|(?<![^\n]))(?:(?P<double>[\"“„]|'')(?=[\w\[(…]|\.\.)|(?P<single>'(?=[^\W\d_])|‘))"
    r"|(?P<opens>«)|(?P<bracket>[()])"
    r"|(?:(?<=[^\W\d_]{3})|(?<=\b19\d\d)|(?<=\b20[01]\d)|(?<=[^\W\d_][)»]))"
    r"(?P<speck>['’\"”]{1,3}[°*]?|[°*~^]['’]?)AT_END"
    r"|(?P<closes>»|[\"”]|'')"
)
LONGEST = 8  # letters of such a word, and the sign before it
END_AND_CALL = ("'\"", "\"'")


@cache
def _mark(language: Language) -> re.Pattern[str]:
    """What opens or closes something, and what may be a call: a sign, the end, or the next words stand behind it."""
    words = language.repair.call
    at_end = rf"(?=\s?(?:[;,.:)]|$)|\s(?:[a-zà-ÿ]{{2}}|{words.letters}|[(«]))(?!\s(?:{'|'.join(words.counted)}))"
    return re.compile(RE_MARK.replace("AT_END", at_end))


def specks(text: str, language: Language) -> Iterator[Edit]:
    """The signs to take out of a text, in order.

    >>> text = "l'Accord d'Abuja' et la lettre du 18 juillet 1997\\", pour qu' ils luttent contre la \\"haine\\" ;"
    >>> [(text[start - 3 : start], text[start:end]) for start, end, _ in specks(text, Language.of("fr"))]
    [('uja', "'"), ('997', '"')]
    """
    elided = pattern(rf"(?i)(?:{language.repair.call.elided})$")
    for block in RE_BLOCK.finditer(text):
        quoted, depth = "", 0
        for match in _mark(language).finditer(text, *block.span()):
            if match["bracket"]:
                depth = depth + 1 if match["bracket"] == "(" else max(0, depth - 1)
            elif match["speck"] is None:
                quoted = '"' if match["double"] or match["opens"] else "'" if match["single"] else ""
            elif not depth and not elided.search(text, max(0, match.start() - LONGEST), match.start()):
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
