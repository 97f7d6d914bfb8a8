"""The reader of the cases: what it takes, what it refuses and where, and the examples of its README."""

import importlib
import re

import pytest
from cases import CASES, FORMS, NOTHING, CaseError, cases_of, escape, read_cases, unescape
from hypothesis import given
from hypothesis import strategies as st

# At least so many cases stand in each folder: a file that is not found is missed.
COUNTS = {
    "acts": 79,
    "actors": 11, "align": 12, "calendar": 9, "citations": 4, "notes": 15, "obligations": 28, "parse": 78,
    "provisions": 17, "remarks": 22, "repair": 124, "routine": 9, "topics": 18, "verbs": 26, "words": 123,
}  # fmt: skip
FORM = {"given": (1, 1), "expected": (1, 99), "level": (0, 1)}
README = (CASES / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"^## (\w+) ·.*?^````markdown\n(.*?)^````$", README, re.MULTILINE | re.DOTALL)


def written(tmp_path, text):
    path = tmp_path / "file.md"
    path.write_text(text, "utf-8")
    return path


def test_every_folder_has_a_form_and_its_cases():
    assert {path.name for path in CASES.iterdir() if path.is_dir()} == set(FORMS) == set(COUNTS)
    for stage, count in COUNTS.items():
        assert len(cases_of(stage)) >= count, stage


def test_only_files_of_cases_stand_in_a_folder():
    assert {path.suffix for path in CASES.glob("*/*")} == {".md"}


def test_a_case_has_a_title_a_reason_and_its_values_in_order(tmp_path):
    text = "# File\n\nProse.\n\n## Title\n\nWhy it\nis so.\n\n- given: a: b\n- expected: one\n- expected: two\n"
    (case,) = read_cases(written(tmp_path, text), FORM)
    assert (case.title, case.why) == ("file: Title", "Why it is so.")
    assert (case.text("given"), case.lines("expected"), case.lines("level")) == ("a: b", ["one", "two"], [])


def test_nothing_is_no_value_and_a_block_is_lines(tmp_path):
    text = "## T\n- given:\n\n```\n## a\n\n- b: c\\f\n```\n- expected: nothing\n"
    (case,) = read_cases(written(tmp_path, text), FORM)
    assert (case.text("given"), case.lines("expected")) == ("## a\n\n- b: c\f\n", [])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "no case"),
        ("# Title only\n", 1, "no case"),
        ("- given: a\n", 1, "belongs to no key"),
        ("## T\n- given: a\n", 1, "“expected” is missing"),
        ("## T\n- given: a\n- given: b\n- expected: c\n", 1, "more than once"),
        ("## T\n- given: a\n- expected: b\n- wieght: c\n", 1, "“wieght” is no key"),
        ("## T\n- given: a\n- expected: b\n- expected: nothing\n", 1, "nothing and something"),
        ("## T\n- given: a\n- expected: b\nmore\n", 4, "belongs to no key"),
        ("## T\n- given a\n- expected: b\n", 2, "belongs to no key"),
        ("## T\n- given: a\n- expected:\n", 3, "no value"),
        ("## T\n- given:\n```\na\n", 3, "does not end"),
        ("## T\n- given: a\u00a0;\n- expected: b\n", 2, "write \\_"),
        ("## T\n- given:\n```\n\u202f\n```\n- expected: b\n", 4, "write \\u202f"),
        ("## T\n- given: a \n- expected: b\n", 2, "a space at the end"),
        ("## T\n- given: \\q\n- expected: b\n", 1, "“\\q” is no sign"),
        ("## T\n- given: a\n- expected: b\n## T\n- given: a\n- expected: b\n", 4, "another case has this title"),
    ],
)  # fmt: skip
def test_what_is_written_wrong_is_refused_with_its_line(tmp_path, text, line, said):
    path = written(tmp_path, text)
    with pytest.raises(CaseError) as caught:
        read_cases(path, FORM)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert said in str(caught.value)


def test_a_folder_without_cases_is_refused(tmp_path):
    (tmp_path / "words").mkdir()
    with pytest.raises(CaseError, match="no file of cases"):
        cases_of("words", folder=tmp_path)


ODD = st.sampled_from("\u00a0\u202f\u00ad\u200b\ufeff\f\r\t\n\\_nu ’«»é\u0301\U000e0001") | st.characters(codec="utf-8")


@given(st.lists(ODD).map("".join))
def test_any_text_comes_back_from_one_visible_line(tmp_path_factory, text):
    line = escape(text)
    assert unescape(line) == text
    assert line.isprintable() and line.strip(" ") == line and line != NOTHING
    if text:
        path = written(tmp_path_factory.getbasetemp(), f"## T\n- given: {line}\n- expected: nothing\n")
        assert read_cases(path, FORM)[0].text("given") == text


def test_the_readme_has_an_example_for_each_stage():
    assert sorted(stage for stage, _ in EXAMPLES) == sorted(FORMS)


RUN = {
    "actors": "test_which_actors_came_and_went", "citations": "test_which_citations_came_and_went",
    "obligations": "test_which_obligations_came_and_went", "routine": "test_what_is_routine",
    "verbs": "test_what_is_said_of_verbs", "repair": "test_damage_is_repaired_logged_and_repaired_once",
    "words": "test_case_is_marked_as_a_delegate_would",
}  # fmt: skip


@pytest.mark.parametrize(("stage", "text"), EXAMPLES, ids=lambda value: value if value in FORMS else "")
def test_the_examples_of_the_readme_hold(tmp_path, stage, text):
    module = importlib.import_module(f"test_{stage}")
    for case in read_cases(written(tmp_path, text), FORMS[stage]):
        getattr(module, RUN.get(stage, "test_case"))(case)
