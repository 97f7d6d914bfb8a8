"""What XML cannot hold, for the formats that are made of it: Word, Excel, Atom."""

import re

__all__ = ["clean"]

RE_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


def clean(text: str) -> str:
    """The text without the characters that XML cannot hold, each shown as �.

    >>> clean("l’État\\x0c")
    'l’État�'
    """
    return RE_NOT_XML.sub("\ufffd", text)
