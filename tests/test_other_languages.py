"""Texts in languages without tables of acts: structure, links and marks hold, nothing is judged. And English.

The texts are written for these tests. What works in which language stands in docs/languages.md.
"""

import io
import zipfile

import build as made
import pytest
from judging import judged

from resdiff.comparison import compare
from resdiff.model import Kind, Op, Source
from resdiff.parsing import parse
from resdiff.recognition import recognize
from resdiff.rendering import render
from resdiff.report import build

# Per language: the formula, two clauses of the preamble, a request, one with two points before and after, one that
# came, the last one, and the words that are marked as come.
TEXTS = {
    "es": ("La Asamblea General,",
           "Recordando su resolución 72/194 y los propósitos de la Carta de las Naciones Unidas,",
           "Reafirmando que el terrorismo en todas sus formas constituye una grave amenaza para la paz,",
           "1. Insta a los Estados Miembros a que cooperen con la Oficina contra la Droga y el Delito;",
           "2. Solicita al Secretario General que le presente un informe en su próximo período de sesiones:",
           "2. Solicita al Secretario General que le presente un informe detallado en su próximo período de sesiones:",
           "a) sobre la asistencia prestada;", "b) sobre los recursos necesarios;",
           "3. Alienta a los donantes a que hagan contribuciones voluntarias;",
           "{}. Decide seguir ocupándose de la cuestión.", "detallado"),
    "pt": ("A Assembleia Geral,",
           "Recordando a sua resolução 72/194 e os propósitos da Carta das Nações Unidas,",
           "Reafirmando que o terrorismo em todas as suas formas constitui uma grave ameaça à paz,",
           "1. Insta os Estados-Membros a cooperarem com o Escritório sobre Drogas e Crime;",
           "2. Solicita ao Secretário-Geral que lhe apresente um relatório na sua próxima sessão:",
           "2. Solicita ao Secretário-Geral que lhe apresente um relatório detalhado na sua próxima sessão:",
           "a) sobre a assistência prestada;", "b) sobre os recursos necessários;",
           "3. Encoraja os doadores a fazerem contribuições voluntárias;",
           "{}. Decide continuar a ocupar-se da questão.", "detalhado"),
    "ru": ("Генеральная Ассамблея,",
           "ссылаясь на свою резолюцию 72/194 и на цели Устава Организации Объединенных Наций,",
           "вновь подтверждая, что терроризм во всех его формах представляет собой серьезную угрозу миру,",
           "1. настоятельно призывает государства-члены сотрудничать с Управлением по наркотикам и преступности;",
           "2. просит Генерального секретаря представить ей на ее следующей сессии доклад:",
           "2. просит Генерального секретаря представить ей на ее следующей сессии подробный доклад:",
           "a) об оказанной помощи;", "b) о необходимых ресурсах;",
           "3. призывает доноров вносить добровольные взносы;",
           "{}. постановляет продолжать заниматься этим вопросом.", "подробный"),
    "ar": ("إن الجمعية العامة،", "إذ تشير إلى قرارها 72/194 وإلى مقاصد ميثاق الأمم المتحدة،",
           "وإذ تؤكد من جديد أن الإرهاب بجميع أشكاله يشكل تهديدا خطيرا للسلام،",
           "1 - تحث الدول الأعضاء على التعاون مع مكتب الأمم المتحدة المعني بالمخدرات والجريمة؛",
           "2 - تطلب إلى الأمين العام أن يقدم إليها تقريرا في دورتها المقبلة:",
           "2 - تطلب إلى الأمين العام أن يقدم إليها تقريرا مفصلا في دورتها المقبلة:",
           "(أ) عن المساعدة المقدمة؛", "(ب) عن الموارد اللازمة؛",
           "3 - تشجع المانحين على تقديم تبرعات؛",
           "{} - تقرر أن تبقي المسألة قيد نظرها.", "مفصلا"),
    "zh": ("大会，", "回顾其第72/194号决议以及《联合国宪章》的宗旨，", "重申一切形式的恐怖主义都对和平构成严重威胁，",
           "1. 敦促会员国与联合国毒品和犯罪问题办公室合作；",
           "2. 请秘书长向大会下届会议提交一份报告：", "2. 请秘书长向大会下届会议提交一份详细报告：",
           "(a) 说明所提供的援助；", "(b) 说明所需资源；", "3. 鼓励捐助者提供自愿捐款；",
           "{}. 决定继续处理此案。", "详细"),
}  # fmt: skip
KINDS = ["pp1", "pp2", "op1", "op2", "op2.a", "op2.b", "op3"]


def pair(language):
    """The judged comparison of the two texts of a language."""
    formula, first, second, one, old, new, a, b, came, last, _ = TEXTS[language]
    texts = ([formula, first, second, one, old, a, b, last.format(3)],
             [formula, first, second, one, new, a, b, came, last.format(4)])  # fmt: skip
    return judged(compare(*(parse(Source("\n\n".join(text) + "\n")) for text in texts)))


@pytest.mark.parametrize("language", TEXTS)
def test_structure_links_and_marks_hold_and_nothing_is_judged(language):
    comparison = pair(language)
    for text in (comparison.old, comparison.new):
        assert text.language == language
        assert [notice.code for notice in text.notices] == ["other-language"]
    points = [p.id.translate({ord("أ"): "a", ord("ب"): "b"}) for p in comparison.old.body]
    assert points == KINDS
    changes = {change.link: change for change in comparison.changes if change.kind is not Kind.UNCHANGED}
    assert {(link.old, link.new) for link in changes} == {(("op2",), ("op2",)), ((), ("op3",))}
    (edits,) = (change.edits for change in changes.values() if change.link.old)
    came = "".join(edit.text for edit in edits if edit.op is Op.INSERT)
    assert TEXTS[language][-1] in came and len(came) < 16
    assert not any(change.flags for change in changes.values())
    said = (comparison.verbs, comparison.terms, comparison.obligations, comparison.provisions, comparison.topics)
    assert not any([*said, comparison.acts, comparison.calendar, comparison.actors])


@pytest.mark.parametrize(
    "commands", [("1.Принимает доклад;", "2.Просит нас."), ("1.决定通过；", "2.请秘书长。"), ("1.Prie l’Office.",)]
)
def test_a_number_glued_to_its_text_numbers_a_paragraph_in_every_script(commands):
    text = "\n\n".join(("L’Assemblée générale,", "Rappelant la Charte,", *commands))
    assert [p.number for p in parse(Source(text)).body] == ["", "1", "2"][: 1 + len(commands)]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_arabic_is_written_from_right_to_left_in_page_and_word_file(lang):
    report = build(pair("ar"), lang=lang)
    page = render(report, "html").decode()
    assert 'dir="rtl"' in page and f'<html lang="{lang}"' in page
    with zipfile.ZipFile(io.BytesIO(render(report, "docx"))) as file:
        document = file.read("word/document.xml").decode()
    assert "<w:bidi/>" in document and "<w:rtl/>" in document


@pytest.mark.parametrize("language", ["es", "ru", "zh"])
def test_other_scripts_are_not(language):
    report = build(pair(language), lang="en")
    assert 'dir="rtl"' not in render(report, "html").decode()
    with zipfile.ZipFile(io.BytesIO(render(report, "docx"))) as file:
        assert "<w:bidi/>" not in file.read("word/document.xml").decode()


# ---- the language of the report and that of the texts ---------------------------------------------------------------

OLD = ["Encourages Member States to ratify the Convention against Corruption",
       "Requests the Secretary-General to submit to the Assembly, at its eightieth session, a report"]  # fmt: skip
NEW = ["Urges Member States to ratify the Convention against Corruption",
       "Requests the Secretary-General to submit to the Assembly, at its eighty-second session, a report",
       "Calls upon States to protect whistle-blowers, in accordance with resolution 77/155"]  # fmt: skip


@pytest.mark.parametrize(("lang", "said"), [("fr", "verbe renforcé"), ("en", "stronger verb")])
def test_a_report_speaks_its_own_language_and_quotes_that_of_the_texts(lang, said):
    report = render(build(made.compared(OLD, NEW, language="en"), lang=lang), "md").decode().replace("\u00a0", " ")
    assert said in report and "Encourages" in report and "whistle-blowers" in report
    assert ("résolution 77/155" in report) is (lang == "fr")
    assert not {"«", "verbe", "désormais"} & set(report.split()) or lang == "fr"


def test_texts_in_two_languages_are_told_and_nothing_is_said_of_their_words():
    old = made.resolution("Prie les États Membres de ratifier la Convention contre la corruption")
    new = made.resolution("Urges Member States to ratify the Convention against Corruption", language="en")
    comparison = judged(compare(old, new))
    assert not (comparison.verbs or comparison.obligations or comparison.provisions or comparison.topics)
    assert any(notice.code == "two-languages" for notice in comparison.notices)


def test_an_english_text_against_itself_says_nothing():
    comparison = made.compared(NEW, NEW, language="en")
    assert {change.kind for change in comparison.changes} == {Kind.UNCHANGED}
    assert not any(change.flags for change in comparison.changes)
    assert not (comparison.verbs or comparison.obligations or comparison.calendar)


def test_an_english_comparison_and_its_mirror_say_opposite_things():
    there, back = made.compared(OLD, NEW, language="en"), made.compared(NEW, OLD, language="en")
    assert [verb.direction for verb in there.verbs] == ["stronger"]
    assert [verb.direction for verb in back.verbs] == ["weaker"]
    assert [(c.old, c.new) for c in back.calendar] == [(c.new, c.old) for c in there.calendar] != []


def test_an_english_text_written_and_read_again_is_the_same():
    text = "The General Assembly,\n\nRecalling its resolution 72/194,\n\n" + "\n\n".join(
        f"{number}. {row};" for number, row in enumerate(NEW, 1)
    )
    first = parse(Source(text))
    again = parse(Source("\n\n".join((p.number + ". " if p.number else "") + p.text for p in first.paragraphs)))
    assert first.language == again.language == "en" and not first.notices
    assert [(p.id, p.text) for p in first.paragraphs] == [(p.id, p.text) for p in again.paragraphs]
    assert [(a.paragraph, a.verb) for a in recognize(first).acts] == [
        (a.paragraph, a.verb) for a in recognize(again).acts
    ]
