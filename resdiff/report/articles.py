"""A name with its article, as a sentence needs it: "l’Office …", "le Pacte …", "les Règles …", "du Comité …"."""

import re
from functools import cache

from msgspec import Struct

from resdiff.data import table
from resdiff.language.fold import fold

__all__ = ["Named", "named", "theme"]

RE_HEAD = re.compile(r"[^\s’']+")
RE_JOINT = re.compile(r"(, | et )")
VOWELS = frozenset("aeiouh")


class Named(Struct, frozen=True):
    """A name as it stands in a sentence, and whether its verb is in the plural."""

    text: str
    plural: bool


def named(name: str, lang: str = "fr") -> Named:
    """A proper name with the article of its first noun; a name whose noun is not in the table is quoted instead.

    >>> [named(n).text for n in ("Union interparlementaire", "Comité contre le terrorisme", "Règles Nelson Mandela")]
    ['l’Union interparlementaire', 'le Comité contre le terrorisme', 'les Règles Nelson Mandela']
    >>> named("Haut-Commissariat aux droits de l’homme").text, named("INTERPOL").text, named("Wikipédia").text
    ('le Haut-Commissariat aux droits de l’homme', 'INTERPOL', '«\\xa0Wikipédia\\xa0»')
    """
    if lang != "fr":
        return Named(name, False)
    head = RE_HEAD.match(name)
    noun = head[0] if head else ""
    gender = _genders().get(noun, "")
    if gender == "bare":
        return Named(name, False)
    if not gender:
        return Named(f"«\u00a0{name}\u00a0»", False)
    article = {"masculine": "le", "feminine": "la", "plural": "les"}[gender]
    if gender != "plural" and noun not in table("articles")["aspirated"] and fold(noun[:1]) in VOWELS:
        article = "l’"
    return Named(with_article(article, name), gender == "plural")


def theme(article: str, label: str) -> str:
    """A topic as a sentence needs it: its article, and one before each later noun of its label.

    A label without an article (a person's own topic) is quoted, unless it is a name.

    >>> theme("l’", "entraide judiciaire et extradition"), theme("les", "armes chimiques et biologiques")
    ('l’entraide judiciaire et l’extradition', 'les armes chimiques et biologiques')
    >>> theme("", "zones humides"), theme("", "Internet et technologies de l’information")
    ('«\\xa0zones humides\\xa0»', 'Internet et les technologies de l’information')
    """
    if not article and not label[:1].isupper():
        return f"«\u00a0{label}\u00a0»"
    first, *others = RE_JOINT.split(label)
    joints, nouns = others[::2], others[1::2]
    later = (
        joint + with_article(_later().get(noun.split(" ")[0], ""), noun)
        for joint, noun in zip(joints, nouns, strict=True)
    )
    return with_article(article, first) + "".join(later)


def with_article(article: str, noun: str) -> str:
    """The article and the noun, a space between them where the article is not elided.

    >>> with_article("l’", "éducation"), with_article("les", "prisons"), with_article("", "Internet")
    ('l’éducation', 'les prisons', 'Internet')
    """
    gap = "" if not article or article.endswith(("’", "'")) else " "
    return f"{article}{gap}{noun}"


@cache
def _later() -> dict[str, str]:
    return {noun: article for article, nouns in table("articles")["later"].items() for noun in nouns}


@cache
def _genders() -> dict[str, str]:
    rows = table("articles")
    return {noun: gender for gender in ("masculine", "feminine", "plural", "bare") for noun in rows[gender]}
