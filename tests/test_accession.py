"""Entering a text in the corpus: nothing lands outside it, nothing is lost."""

import os
import shlex

import pytest

from resdiff import accession
from resdiff.accession import Doubtful, Entering, enter, enter_all, found, move
from resdiff.errors import InputError, OutputError, ResdiffError, UsageError
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
        enter(text(), tmp_path / "corpus", Entering(series="s", force=True))
    assert error.value.code == "link-outside"
    (tmp_path / "corpus" / "t").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError):
        enter(text(), tmp_path / "corpus", Entering(series="t"))
    assert victim.read_text(encoding="utf-8") == "précieux"
    assert not (tmp_path / "elsewhere").exists()


def test_the_old_text_is_kept_though_the_new_one_is_entered_twice(text, tmp_path):
    path = enter(text(), tmp_path / "corpus").path
    old = path.read_bytes()
    new = text("new.md", body=BODY.replace("Prie", "Encourage"))
    for _ in range(2):
        enter(new, tmp_path / "corpus", Entering(force=True))
        assert path.with_suffix(".md.bak").read_bytes() == old


def test_what_is_entered_is_not_overwritten_by_the_text_it_replaces(text, tmp_path):
    path = enter(text(), tmp_path / "corpus").path
    back = path.with_suffix(".md.bak")
    back.write_text(FRONT.format('"fr"') + BODY.replace("Prie", "Encourage"), encoding="utf-8")
    replaced = path.read_bytes()
    entered = enter(back, tmp_path / "corpus", Entering(force=True))
    assert "Encourage" in back.read_text(encoding="utf-8")
    assert "Encourage" in path.read_text(encoding="utf-8")
    assert entered.replaced.read_bytes() == replaced


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


# ---- many texts, each in its series ---------------------------------------------------------------------------------

ASKED = "l’Office des Nations Unies contre la drogue et le crime de continuer à fournir une assistance technique"
OTHER = """*L’Assemblée générale*,

*Rappelant* sa résolution 90/1 et la Convention relative aux droits de l’enfant,

1. *Exhorte* les États à protéger les enfants dans les conflits armés et à poursuivre les auteurs de violences ;

2. *Invite* le Fonds des Nations Unies pour l’enfance à établir un programme de formation des enseignants.
"""
APART = """
3. *Souligne* que l’éducation des filles doit rester accessible partout, y compris dans les camps.

4. *Engage* les donateurs à verser sans tarder les contributions annoncées en faveur des écoles détruites.
"""


@pytest.fixture
def files(tmp_path):
    """Three editions of one series, given in disorder, and a text that only cites one of them."""
    folder = tmp_path / "textes"
    folder.mkdir()
    for name, number, year in (("c", 92, 2037), ("a", 90, 2035), ("b", 91, 2036)):
        front = f'---\nsymbol: "A/RES/{number}/1"\nlanguage: "fr"\nadopted: "{year}-12-18"\n---\n\n'
        body = BODY.replace("88/1", f"{number - 1}/1").replace("1. *Prie*", f"1. *Prie* {ASKED}, et *prie*")
        (folder / f"{name}.md").write_text(front + body, encoding="utf-8")
    front = '---\nsymbol: "A/RES/93/5"\nlanguage: "fr"\nadopted: "2038-12-18"\n---\n\n'
    (folder / "d.md").write_text(front + OTHER + APART, encoding="utf-8")
    return folder


def told(entered):
    return [(path.name, done.why.value, done.path.parent.name, done.beside) for path, done in entered]


def test_each_text_of_a_folder_goes_into_its_series_and_says_why(files, tmp_path):
    assert told(enter_all(found([files]), tmp_path / "corpus")) == [
        ("a.md", "first", "a-res-90-1", ""),
        ("b.md", "cited", "a-res-90-1", "90/1"),
        ("c.md", "cited", "a-res-90-1", "91/1"),
        ("d.md", "first", "a-res-93-5", ""),
    ]


def test_what_is_near_a_series_without_surely_continuing_it_is_asked(files, tmp_path):
    list(enter_all([files / "a.md"], tmp_path / "corpus"))
    front = '---\nsymbol: "A/RES/91/1"\nlanguage: "fr"\n---\n\n'
    (files / "b.md").write_text(
        front + OTHER + APART + "\n5. *Décide* de rester saisie de la question.\n", encoding="utf-8"
    )
    (_, error), *_ = enter_all([files / "b.md"], tmp_path / "corpus")
    assert error.code == "series-doubtful"
    assert tree(tmp_path / "corpus").keys() == {"a-res-90-1/A-RES-90-1.fr.md", "a-res-90-1/series.toml"}


@pytest.fixture
def doubtful(files, tmp_path):
    """A text that may continue the series of one that has entered, and may not."""
    list(enter_all([files / "a.md"], tmp_path / "corpus"))
    front = '---\nsymbol: "A/RES/91/7"\nlanguage: "fr"\n---\n\n'
    body = OTHER + APART + "\n5. *Décide* de rester saisie de la question.\n"
    (tmp_path / "autres textes").mkdir()
    (tmp_path / "autres textes" / "d.md").write_text(front + body, encoding="utf-8")
    return tmp_path / "autres textes" / "d.md"


@pytest.mark.parametrize("is_alone", [True, False])
@pytest.mark.parametrize(
    ("decided", "folder", "last"),
    [
        ("nearest", "a-res-90-1", "resdiff series 91/7 --to a-res-91-7 --corpus corpus"),
        ("new", "a-res-91-7", ""),
        ("skip", "", "resdiff add '{0}' --corpus corpus --series a-res-90-1"),
    ],
)
def test_what_becomes_of_doubtful_texts_is_decided_once_and_told(
    command, doubtful, tmp_path, is_alone, decided, folder, last
):
    given = doubtful if is_alone else doubtful.parent
    code, out, errors = command("add", given, "--corpus", "corpus", "--doubtful", decided)
    assert (code, errors) == (0, "")
    assert any(line.endswith(last.format(doubtful)) for line in out.splitlines())
    assert [path.parent.name for path in (tmp_path / "corpus").rglob("A-RES-91-7.*")] == ([folder] if folder else [])


def test_without_a_terminal_a_doubtful_text_is_refused_with_commands_that_decide(command, doubtful, tmp_path):
    for asked in ((), ("--doubtful", "ask")):
        code, out, errors = command("add", doubtful, "--corpus", "corpus", "--tracked", "reject", *asked)
        assert (code, out, errors.count("\n")) == (2, "", 1)
    calls = [shlex.split(words.partition("\xa0;")[0]) for words in errors.split(": resdiff ")[1:]]
    assert [call[-2:] for call in calls] == [["--series", "a-res-90-1"], ["--series", "a-res-91-7"]]
    assert command(*calls[0])[0] == 0
    assert (tmp_path / "corpus" / "a-res-90-1" / "A-RES-91-7.fr.md").exists()


def test_what_is_there_already_enters_by_the_command_that_is_told(command, files):
    command("add", files / "a.md", "--corpus", "corpus")
    (files / "a.md").write_text((files / "a.md").read_text("utf-8").replace("crime", "vol"), "utf-8")
    code, _, errors = command("add", files / "a.md", "--corpus", "corpus")
    assert code == 73
    code, out, _ = command(*shlex.split(errors.partition(": resdiff ")[2]))
    assert code == 0 and ".bak" in out


def test_what_is_there_to_the_letter_is_no_fault(command, files, tmp_path):
    command("add", files, "--corpus", "corpus")
    before = tree(tmp_path / "corpus")
    code, out, errors = command("add", files, "--corpus", "corpus")
    assert (code, errors, out.count("y est déjà")) == (0, "", 4)
    assert tree(tmp_path / "corpus") == before


def test_what_decides_of_several_doubtful_texts_is_told_at_the_end(command, doubtful, tmp_path):
    text = doubtful.read_text("utf-8")
    doubtful.with_name("e.md").write_text(text.replace("A/RES/91/7", "A/RES/91/8"), "utf-8")
    code, out, errors = command("add", doubtful.parent, "--corpus", "corpus")
    assert (code, errors.count("\n")) == (74, 2)
    call = shlex.split(out.splitlines()[-1].partition(": resdiff ")[2])
    assert command(*call)[0] == 0
    assert {"A-RES-91-7.fr.md", "A-RES-91-8.fr.md"} <= {p.name for p in (tmp_path / "corpus" / "a-res-90-1").iterdir()}


def test_nobody_waits_for_who_decides(doubtful, files, tmp_path):
    def decide(doubt):
        assert enter(files / "b.md", tmp_path / "corpus").why == "cited"
        return Doubtful.NEW

    assert enter(doubtful, tmp_path / "corpus", decide=decide).path.parent.name == "a-res-91-7"


def test_of_two_files_with_one_symbol_the_first_enters(files, tmp_path):
    (files / "z.md").write_bytes((files / "a.md").read_bytes().replace(b"crime", b"vol"))
    done = dict(enter_all(found([files]), tmp_path / "corpus", Entering(force=True)))
    assert done[files / "z.md"].code == "symbol-again"
    assert "crime" in done[files / "a.md"].path.read_text(encoding="utf-8")


def test_the_command_enters_a_folder_and_lists_the_series(command, files):
    (files / "x.bin").write_bytes(bytes(range(256)))
    code, out, errors = command("add", files, "--corpus", "corpus")
    assert (code, out.count("\n"), errors.count("\n")) == (74, 5, 1)
    assert "x.bin" in errors
    assert out.endswith(": resdiff changelog corpus -o reports\n")
    code, out, _ = command("series", "--corpus", "corpus")
    assert (code, [line.split()[:2] for line in out.splitlines()]) == (0, [["a-res-90-1", "3"], ["a-res-93-5", "1"]])
    assert command("series", "a-res-90-1", "--corpus", "corpus")[1].count("\n") == 3


def test_a_text_is_put_into_another_series_with_what_stands_beside_it(files, tmp_path):
    corpus = tmp_path / "corpus"
    list(enter_all(found([files]), corpus))
    (corpus / "a-res-93-5" / "A-RES-93-5.fr.md.bak").write_text("ancien", encoding="utf-8")
    move("93/5", "enfants", corpus)
    assert not (corpus / "a-res-93-5").exists()
    assert {name for name in tree(corpus) if name.startswith("enfants/")} == {
        "enfants/A-RES-93-5.fr.md",
        "enfants/A-RES-93-5.fr.md.bak",
        "enfants/series.toml",
    }
    assert 'series: "enfants"' in (corpus / "enfants" / "A-RES-93-5.fr.md").read_text(encoding="utf-8")


def test_moving_takes_no_text_that_is_there(files, tmp_path):
    corpus = tmp_path / "corpus"
    list(enter_all(found([files]), corpus))
    taken = corpus / "autre" / "A-RES-93-5.fr.md"
    taken.parent.mkdir()
    taken.write_text("précieux", encoding="utf-8")
    with pytest.raises(OutputError):
        move("93/5", "autre", corpus)
    assert taken.read_text(encoding="utf-8") == "précieux"
    assert (corpus / "a-res-93-5" / "A-RES-93-5.fr.md").exists()


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["series", "a-res-90-2"], 66, "a-res-90-1"),
        (["series", "74/175", "--to", "../ailleurs"], 2, "ailleurs"),
        (["series", "--to", "x"], 2, "déplace une cote"),
        (["series", "99/9", "--to", "x"], 66, "99/9"),
        (["add", "textes", "--symbol", "90/1"], 2, "un seul texte"),
        (["add", "vide"], 66, "aucun texte"),
        (["add", "absent.txt"], 66, "introuvable"),
    ],
)
def test_bad_calls_are_one_sentence(command, files, tmp_path, args, code, words):
    list(enter_all([files / "a.md"], tmp_path / "corpus"))
    (tmp_path / "vide").mkdir()
    done, _, errors = command(*args, "--corpus", "corpus")
    assert (done, errors.count("\n")) == (code, 1)
    assert words in errors


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (["a.md"], 0),
        (["a.md", "a.md"], 0),
        (["a.md", "copie.md"], 0),
        (["a.md", "b.md"], 0),
        (["absent.txt"], 66),
        (["vide"], 66),
        (["vide.txt"], 65),
        (["x.bin"], 65),
        (["sans-cote.txt"], 65),
        ([""], 2),
        (["a.md", ""], 2),
        (["a.md", "absent.txt"], 74),
        (["a.md", "vide"], 74),
        (["a.md", "vide.txt"], 74),
        (["a.md", "x.bin"], 74),
        (["a.md", "sans-cote.txt"], 74),
        (["vide.txt", "x.bin"], 74),
    ],
)
def test_one_text_that_does_not_enter_says_why_by_the_code_and_of_several_that_it_is_not_all(
    command, files, tmp_path, given, code
):
    """The codes that the help tells: a failure is never 0."""
    (files / "copie.md").write_bytes((files / "a.md").read_bytes())
    (files / "vide").mkdir()
    (files / "vide.txt").write_bytes(b"")
    (files / "x.bin").write_bytes(bytes(range(256)))
    (files / "sans-cote.txt").write_text("Rien de tel", encoding="utf-8")
    done, _, errors = command("add", *given, "--corpus", tmp_path / "corpus", cwd=files)
    assert (done, errors.count("\n")) == (code, {0: 0, 74: 1 + ("x.bin" in given and "vide.txt" in given)}.get(code, 1))
    entered = {path.name for path in tmp_path.rglob("A-RES-*.md")}
    assert bool(entered) == ("a.md" in given and "" not in given)


def test_a_text_that_is_there_in_other_words_is_no_success(command, files):
    assert command("add", files / "a.md", "--corpus", "corpus")[0] == 0
    (files / "a.md").write_bytes((files / "a.md").read_bytes().replace(b"crime", b"vol"))
    assert command("add", files / "a.md", "--corpus", "corpus")[0] == 73
    assert command("add", files / "a.md", files / "b.md", "--corpus", "corpus")[0] == 74


def test_a_folder_that_is_too_large_is_refused_whole(files, monkeypatch):
    """What is over was left out without a word."""
    monkeypatch.setattr(accession, "MOST", 3)
    with pytest.raises(UsageError) as error:
        found([files])
    assert error.value.values == (str(files), "4", "3")


def test_a_text_that_was_left_does_not_count_as_entered(doubtful, tmp_path):
    """Of two files with one symbol of which the first is left where it is, the second is not told to come after it."""
    doubtful.with_name("e.md").write_text(doubtful.read_text("utf-8").replace("camps", "villes"), "utf-8")
    done = enter_all(found([doubtful.parent]), tmp_path / "corpus", decide=lambda _: Doubtful.SKIP)
    assert [type(each).__name__ for _, each in done] == ["Left", "Left"]


def test_each_text_that_is_replaced_is_kept(text, tmp_path):
    """Replaced twice, both are there."""
    for how in ("vite", "bien", "enfin"):
        file = text(body=BODY.replace("lui faire", f"lui {how} faire"))
        enter(file, tmp_path / "corpus", Entering(series="s", force=True))
    kept = [data.decode() for name, data in sorted(tree(tmp_path / "corpus").items()) if name.endswith(".bak")]
    assert ["vite" in kept[0] or "vite" in kept[1], any("bien" in each for each in kept), len(kept)] == [True, True, 2]


def test_a_text_without_a_date_is_as_old_as_its_symbol_says(files, tmp_path):
    path = files / "b.md"
    path.write_text(path.read_text("utf-8").replace('adopted: "2036-12-18"\n', ""), "utf-8")
    assert [name for name, *_ in told(enter_all(found([files]), tmp_path / "corpus"))] == [
        "a.md",
        "b.md",
        "c.md",
        "d.md",
    ]


@pytest.mark.slow
def test_a_series_is_named_by_a_symbol_too(command, files):
    command("add", files, "--corpus", "corpus")
    assert command("series", "91/1", "--corpus", "corpus") == command("series", "a-res-90-1", "--corpus", "corpus")


def test_each_file_of_many_is_a_step_when_it_is_read(files, tmp_path):
    steps = []
    paths = found([files])
    list(enter_all(paths, tmp_path / "corpus", step=steps.append))
    assert steps == [path.name for path in paths] and len(steps) > 1
