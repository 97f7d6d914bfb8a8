"""A text in two languages, held against itself: twins, what stands in one alone, and what the other language checks."""

import json
import random
import re
from io import BytesIO
from pathlib import Path

import docx
import jsonschema
import pytest
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.data import path
from resdiff.errors import UsageError
from resdiff.judgement import judge
from resdiff.language import Language
from resdiff.model import Part
from resdiff.parallel import Sort, hold
from resdiff.parallel.changes import changed_alone, checked
from resdiff.parallel.facts import FactKind, answered, find_facts
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.recognition import recognize
from resdiff.rendering.parallel import MODULES, Options, render_parallel

ENGLISH = Path(__file__).parent / "gold" / "english"
EDITIONS = ("72-194", "74-175", "78-226")

FR = """L’Assemblée générale,

Rappelant sa résolution 72/194 du 19 décembre 2017,

1. Prie l’Office des Nations Unies contre la drogue et le crime, dans le cadre de son mandat, d’aider les États ;

2. Invite les dix-huit membres du Comité à se réunir, selon qu’il convient, avant le 31 mars 2020 ;

3. Prie le Secrétaire général de lui présenter, à sa soixante-quinzième session, un rapport.
"""
EN = """The General Assembly,

Recalling its resolution 72/194 of 19 December 2017,

1. Requests the United Nations Office on Drugs and Crime, within its mandate, to assist States;

2. Invites the 18 members of the Committee to meet, as appropriate, before 31 March 2020;

3. Requests the Secretary-General to submit to it, at its seventy-fifth session, a report.
"""


def survey(text):
    return recognize(parse(read(text.encode())))


def told(one, other):
    """What is told of two texts: the sort, and the words of either."""
    return [(d.sort.value, d.one.text, d.other.text) for d in hold(survey(one), survey(other)).differences]


@pytest.fixture(scope="module")
def twins(corpus):
    """The shipped editions in both languages."""
    return {
        name: (recognize(corpus.get(name.replace("-", "/"))), recognize(parse(read(ENGLISH / f"A-RES-{name}.en.txt"))))
        for name in EDITIONS
    }


# ---- facts ----------------------------------------------------------------------------------------------------------

SAME = [
    ("à sa soixante-dix-huitième session", "at its seventy-eighth session", "78"),
    ("vingt et un pays", "twenty-one countries", "21"),
    ("10 000 hommes", "10,000 troops", "10000"),
    ("2,5 pour cent", "2.5 per cent", "2.5"),
    ("le 1er juillet 2024", "on 1 July 2024", "2024-07-01"),
    ("en juin 2018", "in June 2018", "2018-06"),
    ("Chapitre VII de la Charte", "Chapter VII of the Charter", "7"),
    ("une période de quatre ans", "a four-year period", "4"),
    ("sa résolution 1373 (2001)", "its resolution 1373 (2001)", "resolution:1373(2001)"),
    (
        "de l’Organisation mondiale de la Santé",
        "of the World Health Organization",
        "Organisation mondiale de la Santé",
    ),
    ("en République arabe syrienne", "in Syria", "République arabe syrienne"),
    ("conformément au droit interne", "in accordance with national law", "domestic law"),
    ("à partir du 1er janvier 1981", "as from January 1st 1981", "1981-01-01"),
    ("à partir du 1er janvier 1981", "as from the 1st of January, 1981", "1981-01-01"),
    ("la constante, 1,602 176 634", "the constant, 1.602 176 634", "1.602176634"),
    ("la constante, 1,602 176 53", "the constant, 1.602 176 53", "1.60217653"),
    ("un flux de 1/1,602 charges", "a flow of 1/1.602 charges", "1.602"),
    ("égale à 25 812,807 ohms", "equal to 25 812,807 ohms", "25812.807"),
    ("1984, pages 25-28,1992,60,141", "1984, pages 25-28,1992,60,141", "1992"),
    ("du platine/10 % d’iridium", "platinum/10% iridium", "10"),
    ("1,2 million de dollars", "$1.2 million", "1200000"),
    ("deux millions de personnes", "2 million people", "2000000"),
    ("847 milliers d’euros", "847 thousand euros", "847000"),
    ("400 000 euros", "400 k€", "400000"),
    ("(sept. 2014)", "(Sept 2014)", "2014-09"),
    ("une vingtaine de laboratoires", "some twenty laboratories", "20"),
]


@pytest.mark.parametrize(("french", "english", "value"), SAME)
def test_a_fact_has_one_value_in_both_languages(french, english, value):
    for text, code in ((french, "fr"), (english, "en")):
        assert value in {fact.value for fact in find_facts(text, Language.of(code))}, text


@pytest.mark.parametrize("text", ["who may act", "ils peuvent, elle peut", "les deux parties", "the first of them", ""])
def test_what_is_no_fact_is_none(text):
    language = Language.of("en" if "the" in text or "who" in text else "fr")
    assert [fact.kind for fact in find_facts(text, language) if not fact.weak] == []


def test_a_number_of_a_group_is_answered_by_its_acronym():
    fact = next(f for f in find_facts("le Groupe de travail 12", Language.of("fr")) if f.kind is FactKind.NUMBER)
    english = Language.of("en")
    assert answered(fact, "the JCGM WG12", (), english)
    assert not any(answered(fact, text, (), english) for text in ("the JCGM WG2", "page12"))


ANSWERS = [
    ("achieving 1 ns uncertainty", "une incertitude d’une nanoseconde", True),
    ("in paragraph 1", "une question", False),
    ("in paragraph 2", "les deux questions", False),
    ("at Session II", "lors de la deuxième partie", True),
    ("about 20 institutes", "une vingtaine de laboratoires", True),
    ("Recommendations 6, 8 and 10", "les recommandations 6 à 10", True),
    ("Recommendations 6 and 11", "les recommandations 6 à 10", False),
    ("on 12 November", "le 12 novembre 2018", True),
    ("on 12 November 2018", "le 12 novembre", True),
    ("on 13 November", "le 12 novembre 2018", False),
    ("on 12 November 2017", "le 12 novembre 2018", False),
    ("in decision 106 21", "dans la décision CIPM/106-21", True),
    ("in 2012", "en juin 2012", True),
    ("in June 2012", "en 2012", False),
]


@pytest.mark.parametrize(("english", "french", "is_answered"), ANSWERS)
def test_what_answers_a_number(english, french, is_answered):
    language = Language.of("fr")
    facts = [fact for fact in find_facts(english, Language.of("en")) if not fact.weak]
    assert facts
    assert all(answered(fact, french, find_facts(french, language), language) for fact in facts) is is_answered


def test_one_phrase_may_say_two_things():
    facts = find_facts("consistent with domestic and international law", Language.of("en"))
    assert {fact.value for fact in facts if not fact.weak} == {"domestic law", "international law"}


# ---- differences ----------------------------------------------------------------------------------------------------


def test_a_text_and_its_translation_agree():
    assert told(FR, EN) == told(EN, FR) == []


CHANGES = [
    (("19 décembre 2017", "18 décembre 2017"), ("date", "18 décembre 2017", "19 December 2017")),
    (("72/194", "72/195"), ("symbol", "72/195", "72/194")),
    (("dix-huit", "seize"), ("number", "seize", "18")),
    (("soixante-quinzième", "soixante-seizième"), ("session", "soixante-seizième", "seventy-fifth")),
    ((", dans le cadre de son mandat,", ""), ("condition", "", "within its mandate")),
    ((", selon qu’il convient,", ""), ("condition", "", "as appropriate")),
    (("1. Prie", "1. Invite"), ("verb", "Invite", "Requests")),
    (
        ("Office des Nations Unies contre la drogue et le crime", "Fonds monétaire international"),
        ("name", "Fonds monétaire international", "United Nations Office on Drugs and Crime"),
    ),
]


@pytest.mark.parametrize(("change", "difference"), CHANGES)
def test_what_stands_in_one_text_alone_is_told(change, difference):
    assert told(FR.replace(*change), EN) == [difference]
    sort, one, other = difference
    assert told(EN, FR.replace(*change)) == [(sort, other, one)]


def test_a_name_may_be_cut_down_to_its_noun():
    again = "prie l’Office d’agir ;", "and requests the United Nations Office on Drugs and Crime to act;"
    assert told(FR.replace("les États ;", "les États, et " + again[0]), EN) == []


@pytest.mark.parametrize("lost", ["1.", "2."])
def test_a_paragraph_without_a_twin_is_told_and_the_others_keep_theirs(lost):
    lines = EN.split("\n\n")
    short = "\n\n".join(line for line in lines if not line.startswith(lost))
    found = told(FR, short)
    assert [sort for sort, *_ in found] == ["paragraph"]


@pytest.mark.parametrize("name", EDITIONS)
def test_the_shipped_editions_have_all_their_twins_and_few_differences(twins, name):
    held = hold(*twins[name])
    assert all(each.one == each.other for each in held.twins)
    assert len(held.differences) <= 2, held.differences


# ---- planted --------------------------------------------------------------------------------------------------------

VERBS = {"fr": ("Prie", "Invite"), "en": ("Requests", "Encourages")}
WORDS = {"fr": "quatorze", "en": "fourteen"}
NAMES = {"fr": "Programme alimentaire mondial", "en": "World Food Programme"}


def planted(text, sort, rng):
    """The text with a difference of that sort put into one of its paragraphs, and the id of that."""
    language = Language.of(text.language)
    paragraphs = list(text.body)
    rng.shuffle(paragraphs)
    for paragraph in paragraphs:
        if sort is Sort.PARAGRAPH:
            return replace(text, paragraphs=tuple(p for p in text.paragraphs if p is not paragraph)), paragraph.id
        if changed := _changed(paragraph.text, sort, language):
            now = replace(paragraph, text=changed)
            return replace(text, paragraphs=tuple(now if p is paragraph else p for p in text.paragraphs)), paragraph.id
    raise AssertionError(f"nothing to change: {sort}")


def _changed(text, sort, language):
    if sort is Sort.VERB:
        old, new = VERBS[language.code]
        return re.sub(rf"^{old}\b", new, text) if re.match(rf"{old}\b(?! instamment)", text) else ""
    facts = find_facts(text, language)
    kinds = [fact.value for fact in facts if fact.kind.value == sort.value]
    fact = next((f for f in facts if f.kind.value == sort.value and not f.weak and kinds.count(f.value) == 1), None)
    if fact is None:
        return ""
    new = {
        FactKind.NUMBER: WORDS[language.code],
        FactKind.DATE: re.sub(r"\d{4}", "1999", fact.text),
        FactKind.NAME: NAMES[language.code],
        FactKind.CONDITION: "",
    }[fact.kind]
    return text[: fact.start] + new + text[fact.end :]


@pytest.mark.slow
@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("name", EDITIONS)
def test_every_planted_difference_is_found_and_nothing_else(twins, name, side):
    rng = random.Random(f"{name}{side}")
    before = len(hold(*twins[name]).differences)
    for sort in (Sort.NUMBER, Sort.DATE, Sort.VERB, Sort.CONDITION, Sort.PARAGRAPH, Sort.NAME) * 3:
        text, where = planted(twins[name][side].resolution, sort, rng)
        pair = [*twins[name]]
        pair[side] = recognize(text)
        found = hold(*pair).differences
        assert any(d.sort is sort and where in (d.one.paragraph, d.other.paragraph) for d in found), (sort, where)
        assert len(found) <= before + 1, (sort, where, found)


# ---- two editions in two languages ----------------------------------------------------------------------------------


def editions(old, new):
    surveys = survey(old), survey(new)
    return judge(compare(*(each.resolution for each in surveys)), *surveys)


def test_what_changes_in_one_language_alone_is_no_change_of_substance():
    new = FR.replace("d’aider les États", "de fournir un appui aux gouvernements")
    one, other = editions(FR, new), editions(EN, EN)
    held = hold(survey(new), survey(EN)).twins
    (lonely,) = changed_alone(one, other, held)
    assert (lonely.twins.one, lonely.in_one) == ("op1", True)
    (change,) = (c for c in checked(one, other, held).changes if "op1" in c.link.new)
    assert change.flags == () and change.weight.label == "editorial"


def test_what_changes_in_both_stands():
    new, english = FR.replace("1. Prie", "1. Encourage"), EN.replace("1. Requests", "1. Encourages")
    one, other = editions(FR, new), editions(EN, english)
    held = hold(survey(new), survey(english)).twins
    assert list(changed_alone(one, other, held)) == []
    assert checked(one, other, held) == one


# ---- formats and the command ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def held():
    return hold(survey(FR.replace("dix-huit", "seize").replace("1. Prie", "1. Invite")), survey(EN))


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("form", MODULES)
def test_every_format_says_what_differs(held, form, lang):
    data = render_parallel(held, form, Options(names=("a", "b"), lang=lang))
    assert data == render_parallel(held, form, Options(names=("a", "b"), lang=lang))
    text = data.decode() if form != "docx" else _words(data)
    assert all(words in text for words in ("seize", "18", "Invite", "Requests"))


def _words(data):
    document = docx.Document(BytesIO(data))
    return "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_the_json_is_valid_and_its_quotes_stand_where_they_say(held):
    document = json.loads(render_parallel(held, "json"))
    jsonschema.validate(document, json.loads(path("parallel.schema.json").read_text("utf-8")))
    texts = [{p.id: p.text for p in text.body} for text in (held.one, held.other)]
    for row in document["differences"]:
        for side, quote in enumerate((row["one"], row["other"])):
            if quote and quote["text"] and row["sort"] != "paragraph":
                assert texts[side][quote["paragraph"]][quote["start"] : quote["end"]] == quote["text"]


def test_hostile_words_are_written_as_words():
    nasty = "<script>alert(1)</script> | `x` *y*"
    one, other = survey(FR.replace("d’aider", nasty)), survey(EN.replace("to assist", nasty))
    held = hold(one, other)
    assert b"<script>" not in render_parallel(held, "html")
    assert b"<script>" not in render_parallel(held, "md")


def test_a_format_that_cannot_hold_it_is_refused(held):
    with pytest.raises(UsageError):
        render_parallel(held, "csv")


def test_an_empty_text_has_no_twin():
    empty = recognize(replace(parse(read(FR.encode())), paragraphs=()))
    assert {d.sort for d in hold(empty, survey(EN)).differences} == {Sort.PARAGRAPH}
    assert hold(empty, empty).twins == ()


def test_points_have_twins_too():
    french = " :\n\na) De renforcer la coopération ;\n\nb) D’échanger des renseignements ;"
    english = ":\n\n(a) To cooperate;\n\n(b) To share;"
    one, other = (
        FR.replace("d’aider les États ;", "d’agir" + french),
        EN.replace("to assist States;", "to act" + english),
    )
    held = hold(survey(one), survey(other))
    assert all(each.one == each.other for each in held.twins)
    assert sum(p.part is Part.OPERATIVE for p in held.one.body) == 5


@pytest.mark.slow
def test_the_command_holds_two_files(command, tmp_path):
    (tmp_path / "fr.txt").write_text(FR.replace("72/194", "72/195"), "utf-8")
    (tmp_path / "en.txt").write_text(EN, "utf-8")
    code, out, _ = command("parallel", "fr.txt", "en.txt")
    assert (code, "72/195" in out) == (0, True)
    assert command("parallel", "fr.txt", "en.txt", "--exit-code")[0] == 1
    code, out, err = command("parallel", "fr.txt", "en.txt", "-o", "x.html", "-o", "x.docx")
    assert code == 0 and (tmp_path / "x.html").is_file() and (tmp_path / "x.docx").is_file(), err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("78/226",), 66, "n’est là que dans une langue"),
        (("fr.txt", "nulle-part.txt"), 66, "nulle-part.txt"),
        (("fr.txt", "fr.txt", "-o", "fr.txt"), 73, "fr.txt"),
        (("fr.txt", "fr.txt", "-o", "x.csv"), 2, "csv"),
    ],
)
def test_a_wrong_call_is_one_sentence(command, tmp_path, arguments, code, said):
    (tmp_path / "fr.txt").write_text(FR, "utf-8")
    got, out, err = command("parallel", *arguments)
    assert (got, out, len(err.strip().splitlines())) == (code, "", 1)
    assert said in err and (tmp_path / "fr.txt").read_text("utf-8") == FR


def test_the_diff_is_checked_by_the_other_language(command, tmp_path):
    new = FR.replace("d’aider les États", "de fournir un appui aux gouvernements")
    for name, text in (("old.txt", FR), ("new.txt", new), ("en.txt", EN)):
        (tmp_path / name).write_text(text, "utf-8")
    code, out, _ = command("old.txt", "new.txt", "--with-old", "en.txt", "--with-new", "en.txt", "--format", "md")
    assert code == 0 and "Le français change, l’anglais non" in out
    code, _, err = command("old.txt", "new.txt", "--with-old", "en.txt")
    assert code == 2 and "--with-new" in err
