"""A name with its article, as a sentence needs it: "l’Office …", "le Pacte …", "les Règles …", "du Comité …"."""

import re
from functools import cache

from msgspec import Struct

from resdiff.language import Language
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

    In a language that puts no article there, one without that table, the name stands alone.

    >>> [named(n).text for n in ("Union interparlementaire", "Comité contre le terrorisme", "Règles Nelson Mandela")]
    ['l’Union interparlementaire', 'le Comité contre le terrorisme', 'les Règles Nelson Mandela']
    >>> named("Haut-Commissariat aux droits de l’homme").text, named("INTERPOL").text, named("Wikipédia").text
    ('le Haut-Commissariat aux droits de l’homme', 'INTERPOL', '«\\xa0Wikipédia\\xa0»')
    """
    if not Language.of(lang).knows("articles"):
        return Named(name, False)
    head = RE_HEAD.match(name)
    noun = head[0] if head else ""
    gender = _genders(lang).get(noun, "")
    if gender == "bare":
        return Named(name, False)
    if not gender:
        return Named(f"«\u00a0{name}\u00a0»", False)
    article = {"masculine": "le", "feminine": "la", "plural": "les"}[gender]
    if gender != "plural" and noun not in Language.of(lang).articles.aspirated and fold(noun[:1]) in VOWELS:
        article = "l’"
    return Named(with_article(article, name), gender == "plural")


def theme(article: str, label: str, lang: str = "fr") -> str:
    """A topic as a sentence needs it: its article, and one before each later noun of its label.

    A label without an article (a person's own topic) is quoted, unless it is a name. In a language that puts no article
    there, the label stands alone.

    >>> theme("l’", "entraide judiciaire et extradition"), theme("les", "armes chimiques et biologiques")
    ('l’entraide judiciaire et l’extradition', 'les armes chimiques et biologiques')
    >>> theme("", "zones humides"), theme("", "Internet et technologies de l’information")
    ('«\\xa0zones humides\\xa0»', 'Internet et les technologies de l’information')
    """
    if not Language.of(lang).knows("articles"):
        return label
    if not article and not label[:1].isupper():
        return f"«\u00a0{label}\u00a0»"
    first, *others = RE_JOINT.split(label)
    joints, nouns = others[::2], others[1::2]
    later = (
        joint + with_article(_later(lang).get(noun.split(" ")[0], ""), noun)
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
def _later(lang: str) -> dict[str, str]:
    return {noun: article for article, nouns in Language.of(lang).articles.later.items() for noun in nouns}


@cache
def _genders(lang: str) -> dict[str, str]:
    rows = Language.of(lang).articles
    sorts = {"masculine": rows.masculine, "feminine": rows.feminine, "plural": rows.plural, "bare": rows.bare}
    return {noun: gender for gender, nouns in sorts.items() for noun in nouns}
