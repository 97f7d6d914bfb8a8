"""The sentences a reader sees, in French and in English, from one table.

A message is a row of ``data/messages.toml`` with one string a language; ``{0}``, ``{1}`` are filled with values.
French is UN French: typographic apostrophe, « guillemets », a no-break space before ``; : ! ?`` and inside guillemets.
"""

from resdiff.data import table

__all__ = ["LANGUAGES", "message"]

LANGUAGES = ("fr", "en")


def message(key: str, *values: object, lang: str = "fr") -> str:
    """The message of that key in that language, filled with the values.

    >>> message("error.file-missing", "x.txt").replace("\\u00a0", " ")
    'Fichier introuvable : « x.txt ».'
    """
    section, _, name = key.partition(".")
    template: str = table("messages")[section][name][lang]
    return template.format(*values)
