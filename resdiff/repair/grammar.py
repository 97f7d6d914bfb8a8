"""Where grammar says what the engine read: à behind a, A, &, 4, 8 or @, and the article l’ that is lost.

"a" is the verb avoir after its subject (il a, qui a), before a participle (l’Office a mis), before what one has (a un
rôle, a besoin); elsewhere French has no bare a, and it was à. The rules prefer to leave an "a" alone.
"""

import re
from collections.abc import Iterator
from functools import partial

from resdiff.language import Language, pattern
from resdiff.repair.edit import Edit, Level, NamedFix
from resdiff.repair.words import is_adverb, is_infinitive, is_known, is_participle

__all__ = ["fixes"]

RE_LONE = re.compile(r"(?<![^\s(«])([aA&48@])(?=\s)")
RE_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*[’']?|\d+|[^\w\s]")
RE_NEEDY = re.compile(r"(?<![\w’'-])([a-zà-ÿœ]{4,})(?=\s[a-zà-ÿœ])")
RE_GAP = re.compile(r"(?<=[a-zà-ÿœ,]) {2}(?=([a-zà-ÿœ]{4,})\b)")
NEAR = 120  # characters around a word in which its neighbours stand
ADVERBS = 5  # words between "a" and its participle


def fixes(level: Level, scanned: bool, language: Language) -> Iterator[NamedFix]:
    """The fixes of grammar that hold at this level; only in scans."""
    if scanned:
        yield "a-grave", partial(_lone_a, language)
        yield "a-lost", partial(_lost_a, language)
        yield "a-grave-as-sign", partial(_lone_signs, language)
        yield "article-lost-after-de", partial(_lost_article, language)
    if scanned and level is Level.FULL:
        yield "a-lost-probably", partial(_lost_a_probably, language)
        yield "a-lost-in-gap", partial(_gaps, language)
        yield "article-lost-after-verb", partial(_bare_noun, language)


def _before(text: str, position: int) -> list[str]:
    """The tokens before the position, nearest first."""
    return RE_TOKEN.findall(text[max(0, position - NEAR) : position])[::-1]


def _after(text: str, position: int) -> list[str]:
    """The tokens after the position."""
    return [t.replace("'", "’") for t in RE_TOKEN.findall(text[position : position + NEAR])]


def _lone_a(language: Language, text: str) -> Iterator[Edit]:
    """The bare "a" that is no verb."""
    for match in RE_LONE.finditer(text):
        if match[1] == "a" and not _is_verb(_before(text, match.start()), _after(text, match.end()), language):
            yield match.start(), match.end(), language.repair.grammar.preposition


def _is_verb(before: list[str], after: list[str], language: Language) -> bool:
    """Whether "a" between these words is the verb avoir, a label, or too uncertain to touch."""
    words = language.repair.grammar
    previous, following = (before or [""])[0].lower(), (after or [""])[0]
    if previous in words.takes_a or tuple(after[:2]) == words.others:
        return False
    if is_infinitive(following, language) and previous not in words.labels:
        return False
    if previous == "," and after[1:2] == [","] and following not in words.phrases:
        return True  # "le financement, a mobilisation, les déplacements": this one was la
    if previous.isdigit() and before[1:] and before[1].lower() in words.labels:
        return True  # "au paragraphe 3 a"
    if previous in words.subjects or previous in words.labels or following in words.objects:
        return True
    if not following[:1].isalpha() and following != "«":
        return not (following.isdigit() and previous.isdigit())
    return _has_participle(after, language) or _is_possession(after, language)


def _has_participle(after: list[str], language: Language) -> bool:
    """Whether a participle follows, adverbs aside: "a également décidé"."""
    words = language.repair.grammar
    for word in after[:ADVERBS]:
        if is_participle(word, language):
            return True
        if word not in words.adverbs and not is_adverb(word, language):
            return False
    return False


def _is_possession(after: list[str], language: Language) -> bool:
    """Whether what follows is had: "a le droit", "a les moyens", "a un rôle"; not "à le faire", "à la lutte"."""
    words = language.repair.grammar
    article, noun = after[0], (after[1:] or [""])[0]
    if article in words.verb_articles:
        return not is_infinitive(noun, language)
    if article in words.articles and noun in words.intentions:
        return is_infinitive((after[3:] or [""])[0], language)
    return article in words.possession_articles and noun in words.possessions


def _lone_signs(language: Language, text: str) -> Iterator[Edit]:
    """A, &, @, 4 and 8 where only à makes sense."""
    for match in RE_LONE.finditer(text):
        if match[1] != "a" and _is_a(match[1], _before(text, match.start()), _after(text, match.end()), language):
            yield match.start(), match.end(), language.repair.grammar.preposition


def _is_a(sign: str, before: list[str], after: list[str], language: Language) -> bool:
    """Whether the sign between these words is an à."""
    words = language.repair.grammar
    previous, following = (before or [""])[0], (after or [""])[0]
    if sign == "A" and not (previous.islower() or previous == ","):
        return False  # "Groupe A", the start of a sentence
    if sign in "&@":
        return bool(following) and not (previous[:1].isupper() and following[:1].isupper())
    numbers = previous in words.between_numbers and any(t.isdigit() for t in before[1:2])
    after_word = previous[:1].isalpha() or previous in (",", ")")
    if numbers or previous.lower() in words.labels or not after_word:
        return False
    if following in words.determiners or _infinitive_follows(after, language):
        return True
    is_name = following in language.repair.names.known or is_participle(previous, language)
    return following[:1].isupper() and not following.endswith("s") and is_name


def _infinitive_follows(after: list[str], language: Language) -> bool:
    """Whether an infinitive comes next, its pronoun before it: "en poursuivre"."""
    words = language.repair.grammar
    return any(is_infinitive(word, language) for word in after[:1]) or (
        after[:1] != [] and after[0] in words.clitics and is_infinitive((after[1:] or [""])[0], language)
    )


def _lost_a(language: Language, text: str) -> Iterator[Edit]:
    """à after a word that cannot do without: "relatifs la lutte", "visant améliorer"."""
    words = language.repair.grammar
    for match in RE_NEEDY.finditer(text):
        if match[1] in words.takes_a:
            previous, (article, *rest) = (_before(text, match.start()) or [""])[0], _after(text, match.end())
            lost = previous not in words.complements and article in words.complement_articles
            lost = lost and not {*rest[:1]} & words.not_a_complement
        else:
            lost = match[1] in words.takes_a_infinitive and is_infinitive(_after(text, match.end())[0], language)
        if lost:
            yield match.end(1), match.end(1), f" {words.preposition}"


def _lost_a_probably(language: Language, text: str) -> Iterator[Edit]:
    """à after a word that takes à or de: "continuer renforcer"."""
    words = language.repair.grammar
    for match in RE_NEEDY.finditer(text):
        if match[1] in words.may_take_a_infinitive and is_infinitive(_after(text, match.end())[0], language):
            yield match.end(1), match.end(1), f" {words.preposition}"


def _lost_article(language: Language, text: str) -> Iterator[Edit]:
    """The article between "de" and a vowel: the "de" is not elided, so that something stood there; "que" likewise."""
    words = language.repair.grammar
    for match in pattern(words.unelided_noun).finditer(text):
        noun = match[1]
        if noun in words.elided or (noun.islower() and _is_singular_noun(noun, language)):
            yield match.end(), match.end(), words.article


def _is_singular_noun(word: str, language: Language) -> bool:
    """Whether the word can be a noun in the singular; no list says so, but what it is not is known."""
    words = language.repair.grammar
    if word in words.unelided or word[-1] in "sxz" or is_infinitive(word, language) or is_participle(word, language):
        return False
    return is_known(word, language)


def _gaps(language: Language, text: str) -> Iterator[Edit]:
    """Two spaces before an infinitive that nothing governs: an à is lost there."""
    words = language.repair.grammar
    for match in RE_GAP.finditer(text):
        previous = (_before(text, match.start()) or [""])[0]
        if (
            is_infinitive(match[1], language)
            and previous.lower() not in words.governors
            and not is_infinitive(previous, language)
        ):
            yield match.start(), match.end(), f" {words.preposition} "


def _bare_noun(language: Language, text: str) -> Iterator[Edit]:
    """A noun without article as object of a verb, or after sur: its article is lost."""
    words = language.repair.grammar
    for match in pattern(words.bare_noun).finditer(text):
        verb, noun = match[1], match[2]
        adverb = noun in words.adverbs or noun in words.bare_nouns or is_adverb(noun, language)
        if _takes_noun(verb, language) and not adverb and _is_singular_noun(noun, language):
            yield match.start(2), match.start(2), words.article


def _takes_noun(word: str, language: Language) -> bool:
    """Whether a noun after this word needs an article: sur, an infinitive, a present participle."""
    words = language.repair.grammar
    verb = word.removesuffix("ant") + "er" if word.endswith("ant") else word
    return word in words.noun_prepositions or (is_infinitive(verb, language) and verb not in words.light_verbs)
