"""Entering a text in the corpus: nothing lands outside it, nothing is lost."""

import os

import pytest

from resdiff.accession import enter
from resdiff.errors import InputError, OutputError, ResdiffError
from resdiff.files import inside

FRONT = '---\nsymbol: "A/RES/90/1"\nlanguage: {}\nsource:\n  kind: "draft"\n---\n\n'
BODY = """*L’Assemblée générale*,

*Rappelant* sa résolution 88/1 du 18 décembre 2033,

1. *Prie* le Secrétaire général de lui faire rapport ;

2. *Décide* de rester saisie de la question.
"""


@pytest.fixture
def text(tmp_path):
    def made(name="text.md", language='"fr"', body=BODY):
        path = tmp_path / name
        path.write_text(FRONT.format(language) + body, encoding="utf-8")
        return path

    return made


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", ["/../../../ESC", "..", "a/b", ".fr", "-fr", "f\\nr", "\\0", "x" * 300, "../x"])
def test_no_value_of_a_text_leads_out_of_the_corpus(text, tmp_path, language):
    victim = tmp_path / "ESC.md"
    victim.write_text("précieux", encoding="utf-8")
    before = {path.name for path in tmp_path.iterdir()}
    file = text(language=f'"{language}"')
    try:
        entered = enter(file, tmp_path / "corpus")
    except ResdiffError as error:
        assert error.code == "name-unsafe"
        assert not (tmp_path / "corpus").exists()
    else:
        assert entered.path.resolve().parent.parent == (tmp_path / "corpus").resolve()
    assert victim.read_text(encoding="utf-8") == "précieux"
    assert {path.name for path in tmp_path.iterdir()} <= before | {"text.md", "corpus"}


def test_the_escape_is_told_in_one_sentence(command, text, tmp_path):
    text(language='"/../../../ESCAPED"')
    code, _, errors = command("add", "text.md", "--corpus", "corpus")
    assert code == 65
    assert "ne peut nommer" in errors
    assert errors.count("\n") == 1
    assert not list(tmp_path.parent.glob("ESCAPED*"))


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/a", "a\\b", "a\0", "a\n", ".hid", "-o", "\udcff", "é" * 101])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    with pytest.raises(InputError) as error:
        inside(tmp_path, "serie", name)
    assert error.value.code == "name-unsafe"


def test_a_link_that_leads_out_of_the_corpus_is_not_written_through(text, tmp_path):
    victim = tmp_path / "victim.md"
    victim.write_text("précieux", encoding="utf-8")
    shelf = tmp_path / "corpus" / "s"
    shelf.mkdir(parents=True)
    (shelf / "A-RES-90-1.fr.md").symlink_to(victim)
    with pytest.raises(OutputError) as error:
        enter(text(), tmp_path / "corpus", series="s", force=True)
    assert error.value.code == "link-outside"
    (tmp_path / "corpus" / "t").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError):
        enter(text(), tmp_path / "corpus", series="t")
    assert victim.read_text(encoding="utf-8") == "précieux"
    assert not (tmp_path / "elsewhere").exists()


def test_the_old_text_is_kept_though_the_new_one_is_entered_twice(text, tmp_path):
    path = enter(text(), tmp_path / "corpus").path
    old = path.read_bytes()
    new = text("new.md", body=BODY.replace("Prie", "Encourage"))
    for _ in range(2):
        enter(new, tmp_path / "corpus", force=True)
        assert path.with_suffix(".md.bak").read_bytes() == old


def test_what_is_entered_is_not_overwritten_by_the_text_it_replaces(text, tmp_path):
    path = enter(text(), tmp_path / "corpus").path
    back = path.with_suffix(".md.bak")
    back.write_text(FRONT.format('"fr"') + BODY.replace("Prie", "Encourage"), encoding="utf-8")
    with pytest.raises(OutputError) as error:
        enter(back, tmp_path / "corpus", force=True)
    assert error.value.code == "output-is-input"
    assert "Encourage" in back.read_text(encoding="utf-8")


def test_a_text_is_entered_from_a_pipe(text, tmp_path):
    """A pipe can be read once only."""
    data = text().read_bytes()
    reader, writer = os.pipe()
    os.write(writer, data)
    os.close(writer)
    try:
        assert enter(tmp_path.__class__(f"/dev/fd/{reader}"), tmp_path / "corpus").path.is_file()
    finally:
        os.close(reader)
