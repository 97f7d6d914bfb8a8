"""The symbols of resolutions: what people write, the full form, the name of a file.

Sessions 1 to 30 of the General Assembly number resolutions in one row with the session in Roman figures
(``A/RES/103(I)``, ``A/RES/3201(S-VI)``); from session 31 on the session comes first (``A/RES/72/194``,
``A/RES/S-13/2``, parts as ``A/RES/36/97 C``). The Security Council writes ``S/RES/1805 (2008)``. See
https://research.un.org/en/docs/ga/resolutions.
"""

import re

__all__ = ["file_stem", "found", "normalise", "of_file", "order", "short", "year"]

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
    if part := "".join(named.get("part", "").split()).replace("–", "-"):
        symbol = symbol.replace("(", f" {part} (") if "(" in symbol else f"{symbol} {part}"
    return symbol + named["suffix"].title()


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


def of_file(stem: str) -> str:
    """The symbol that the name of a file tells, as :func:`file_stem` writes it or nearly so; empty where it tells none.

    >>> of_file("A-RES-74-175.fr"), of_file("S_RES_0302_1971_FR"), of_file("projet")
    ('A/RES/74/175', 'S/RES/302 (1971)', '')
    """
    if match := re.match(r"S[-_]RES[-_]0*(\d{1,4})[-_]\(?((?:19|20)\d\d)(?!\d)", stem, re.IGNORECASE):
        return f"S/RES/{match[1]} ({match[2]})"
    if match := re.match(r"(A|A[-_]HRC)[-_]RES[-_](\d{1,3})[-_](\d{1,3})(?![-_]?\d)", stem, re.IGNORECASE):
        return f"{match[1].upper().replace('_', '/').replace('-', '/')}/RES/{match[2]}/{match[3]}"
    return ""


def order(symbol: str) -> tuple[str | int, ...]:
    """A key that sorts symbols by organ, then by number as a person would.

    >>> sorted(["A/RES/104/1", "A/RES/74/175", "A/RES/74/9"], key=order)
    ['A/RES/74/9', 'A/RES/74/175', 'A/RES/104/1']
    """
    return tuple(int(piece) if piece.isdecimal() else piece for piece in re.split(r"(\d+)", symbol))


ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def year(symbol: str) -> str:
    """The year in which a text of that symbol was adopted, or its session opened; empty where the symbol does not say.

    The General Assembly opened its session 1 in 1946, one a year since; the Human Rights Council holds three a year
    since the middle of 2006.

    >>> year("A/RES/74/175"), year("S/RES/1805 (2008)"), year("A/RES/103(I)"), year("A/HRC/RES/21/15"), year("x")
    ('2019', '2008', '1946', '2012', '')
    """
    if match := re.search(r"\((\d{4})\)", symbol):
        return match[1]
    if match := re.match(r"A/RES/(\d{1,3})/", symbol):
        return str(1945 + int(match[1]))
    if match := re.match(r"A/HRC/RES/(\d{1,3})/", symbol):
        return str(2005 + (int(match[1]) + 2) // 3)
    if match := re.match(r"A/RES/.*\(([IVXL]+)\)", symbol):
        values = [ROMAN[letter] for letter in match[1]]
        return str(1945 + sum(-v if v < max(values[n:]) else v for n, v in enumerate(values)))
    return ""
