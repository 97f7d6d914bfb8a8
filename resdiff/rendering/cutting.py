"""Text cut short so that it does not mislead: at the end of a clause where one is near, a quotation closed, a mark."""

from resdiff.report import word

__all__ = ["cut"]

MARK = " …"
LEAST_LEFT = 0.6  # of a text that is cut at the end of a clause; for less, a word is the border


def cut(text: str, size: int, lang: str) -> str:
    """The text in about so many characters; it may be longer by a mark and the end of a quotation.

    >>> cut("Prie l’Office d’aider les États", 20, "fr"), cut("«\\xa0Prie l’Office, sans délai\\xa0»", 23, "fr")
    ('Prie l’Office …', '«\\xa0Prie l’Office, …\\xa0»')
    """
    if len(text) <= size:
        return text
    opening, closing = word("word.quote", lang).split("{0}")
    head = _clause(text[:size])
    end = closing if head.count(opening.strip()) > head.count(closing.strip()) else ""
    return f"{head}{MARK}{end}"


def _clause(text: str) -> str:
    """The text without the clause at its end that is cut, or where that would cost too much without its last word."""
    border = max(text.rfind(mark) for mark in (", ", "; ")) + 1
    return text[:border] if border > len(text) * LEAST_LEFT else text.rpartition(" ")[0] or text
