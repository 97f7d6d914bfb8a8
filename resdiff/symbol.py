"""The symbols of resolutions: what people write, the full form, the name of a file.

Sessions 1 to 30 of the General Assembly number resolutions in one row with the session in Roman figures
(``A/RES/103(I)``, ``A/RES/3201(S-VI)``); from session 31 on the session comes first (``A/RES/72/194``,
``A/RES/S-13/2``, parts as ``A/RES/36/97 C``). The Security Council writes ``S/RES/1805 (2008)``. See
https://research.un.org/en/docs/ga/resolutions.
"""

import re

__all__ = ["file_stem", "found", "normalise", "order", "short"]

RE_SUFFIX = r"(?P<suffix>(?:/(?:CORR|ADD|REV)\.\d+)*)"
RE_PART = r"(?:\s?(?P<part>[A-Z](?:\s?[-–]\s?[A-Z])?))?"
_FORMS = (  # no text has two of these forms: the commonest stands first, and the others are not even compiled then
    ("A/RES/{number}", rf"(?:A/RES/)?(?P<number>(?:E?S-)?\d{{1,3}}/\d{{1,3}}){RE_PART}"),
    # Security Council, with or without its prefix: 1805 (2008)
    ("S/RES/{number} ({year})", r"(?:S/RES/)?(?P<number>\d{1,4})\s?\((?P<year>(?:19|20)\d\d)\)"),
    # first sessions of the General Assembly: 103(I), 3201(S-VI)
    ("A/RES/{number}({year})", rf"(?:A/RES/)?(?P<number>\d{{1,4}}){RE_PART}\s?\((?P<year>(?:E?S-)?[IVXL]+)\)"),
    ("{number}", rf"(?P<number>(?:A/HRC|E|A/HRC/S-\d+)/RES/(?:S-)?\d{{1,4}}/\d{{1,3}}){RE_PART}"),
)
RE_ADDRESS = r"^(?:HTTPS?://)?(?:WWW\.)?(?:DOCS\.UN\.ORG|UNDOCS\.ORG)/(?:[A-Z]{2}/)?"

RE_NAMED = r"(?<![\w/])(?:[A-Z]+/)*(?:E?S-)?\d{1,4}(?:/\d{1,3}(?: [A-Z]\b)?| \((?:19|20)\d\d\)| ?\([IVXL]+\))"


def normalise(text: str) -> str:
    """The full symbol that a person meant, or an empty string when it is no symbol of a resolution.

    >>> normalise("72/194"), normalise("1805 (2008)"), normalise("a/res/36/97 c")
    ('A/RES/72/194', 'S/RES/1805 (2008)', 'A/RES/36/97 C')
    >>> normalise("https://docs.un.org/fr/A/RES/72/194")
    'A/RES/72/194'
    >>> normalise("rapport.txt")
    ''
    """
    wanted = text.strip().upper().replace("\u00a0", " ").replace("%20", " ")
    if "DOCS." in wanted:
        wanted = re.sub(RE_ADDRESS, "", wanted)
    for form, pattern in _FORMS:
        if found := re.fullmatch(pattern + RE_SUFFIX, wanted, re.ASCII):
            return _assemble(form, found)
    return ""


def found(text: str) -> tuple[str, ...]:
    """The full symbols of the resolutions that a text names, each once, in order.

    >>> found("sa résolution 72/194 du 19 décembre 2017, les résolutions 1373 (2001) et 72/194 A")
    ('A/RES/72/194', 'S/RES/1373 (2001)', 'A/RES/72/194 A')
    """
    full = (normalise(match[0]) for match in re.finditer(RE_NAMED, text))
    return tuple(dict.fromkeys(symbol for symbol in full if symbol))


def _assemble(form: str, found: re.Match[str]) -> str:
    named = {name: value or "" for name, value in found.groupdict().items()}
    symbol = form.format(number=named["number"], year=named.get("year", ""))
    part = re.sub(r"\s|–", lambda m: "-" if m[0] == "–" else "", named.get("part", ""))
    if part:
        symbol = symbol.replace("(", f" {part} (") if "(" in symbol else f"{symbol} {part}"
    suffix = re.sub(r"/([A-Z])([A-Z]+)", lambda m: f"/{m[1]}{m[2].lower()}", named["suffix"])
    return symbol + suffix


def short(symbol: str) -> str:
    """The form people say: ``74/175``, ``1805 (2008)``; the symbol itself when there is no shorter one.

    >>> short("A/RES/74/175"), short("S/RES/1805 (2008)"), short("A/HRC/RES/41/8")
    ('74/175', '1805 (2008)', 'A/HRC/RES/41/8')
    """
    return re.sub(r"^[AS]/RES/", "", symbol)


def file_stem(symbol: str) -> str:
    """The symbol as a file name: letters, digits, dots and hyphens only.

    >>> file_stem("A/RES/74/175"), file_stem("S/RES/1805 (2008)"), file_stem("A/RES/36/97 C")
    ('A-RES-74-175', 'S-RES-1805-2008', 'A-RES-36-97-C')
    """
    return re.sub(r"[^A-Za-z0-9.]+", "-", symbol).strip("-.")


def order(symbol: str) -> tuple[str | int, ...]:
    """A key that sorts symbols by organ, then by number as a person would.

    >>> sorted(["A/RES/104/1", "A/RES/74/175", "A/RES/74/9"], key=order)
    ['A/RES/74/9', 'A/RES/74/175', 'A/RES/104/1']
    """
    return tuple(int(piece) if piece.isdecimal() else piece for piece in re.split(r"(\d+)", symbol))
