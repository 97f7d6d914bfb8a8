"""What is mistyped: one sentence that names what was perhaps meant, whatever it was."""

import pytest
from build import resolution

from resdiff.comparison import compare
from resdiff.errors import NotFoundError
from resdiff.report.explain import explain

OLD, NEW = "72/194", "74/175"


@pytest.mark.parametrize(
    ("call", "code", "near"),
    [
        (("shwo", NEW), 2, "la commande la plus proche : « show »"),
        (("topcis",), 2, "la commande la plus proche : « topics »"),
        (("chagelog", "corpus"), 2, "la commande la plus proche : « changelog »"),
        ((OLD, NEW, "--ouptut", "x.md"), 2, "« --ouptut » n’existe pas ; la plus proche : « --output »"),
        ((OLD, NEW, "--no-page"), 2, "la plus proche : « --no-pager »"),
        (("show", NEW, "--repair-s"), 2, "la plus proche : « --repairs »"),
        ((OLD, "74/715"), 66, "les plus proches : 74/175"),
        ((OLD, "74-175"), 66, "le plus proche : « 74/175 »"),
        ((OLD, "74/l75"), 66, "le plus proche : « 74/175 »"),
        (("projet.dcx", NEW), 66, "le plus proche : « projet.docx »"),
        (("topics", "migratn"), 66, "Aucun thème ne s’appelle « migratn » ; le plus proche : migration"),
        ((OLD, NEW, "--explain", "par. 99"), 66, "le plus proche : par. 30"),
        ((OLD, NEW, "--explain", "pp20"), 66, "le plus proche : PP 19"),
        ((OLD, "74/715", "--lang", "en"), 66, "the nearest: 74/175"),
        (("gate", "corpus", "--zzz"), 2, "« --zzz » n’existe pas ; voir « resdiff gate --help »"),
        (("changelog", "--only", "assistance"), 66, "la plus proche : assistance-technique-terrorisme"),
        (("--lang", "en", OLD, NEW, "--compcat"), 2, "the nearest: “--compact”"),
    ],
)
def test_what_is_mistyped_names_the_nearest(command, tmp_path, call, code, near):
    (tmp_path / "projet.docx").touch()
    got, out, errors = command(*call)
    assert (got, out) == (code, "")
    assert errors.count("\n") == 1
    assert near in errors.replace("\xa0", " ")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("call", "code"),
    [
        (("xyzzy", NEW), 66),
        ((OLD, NEW, "--zzzzzz"), 2),
        ((OLD, NEW, "--explain", "zzz"), 66),
        (("topics", "zzzzzz"), 66),
        (("\x1b[2J" * 3000, NEW), 66),
        ((OLD, NEW, "--explain", "\x1b[2J§" * 3000), 66),
        ((OLD, NEW, "--explain", "9" * 5000), 66),
        (("topics", "é" * 50_000), 66),
    ],
)
def test_what_is_like_nothing_is_one_sentence_all_the_same(command, call, code):
    got, out, errors = command(*call)
    assert (got, out, errors.count("\n")) == (code, "", 1)
    assert "\x1b" not in errors and "resdiff lui-même" not in errors
    assert "proche" not in errors or "par." in errors


def test_a_file_called_like_a_command_is_a_file(command, tmp_path):
    (tmp_path / "shwo").write_text("Prie l’Office d’aider les États Membres ;")
    code, out, _ = command("shwo", NEW)
    assert code == 0
    assert "74/175" in out


@pytest.mark.parametrize(
    ("call", "id_"),
    [
        ("par. 8", "op8"),
        ("par.\u00a08", "op8"),
        ("Par 8", "op8"),
        ("paragraphe 8", "op8"),
        ("8", "op8"),
        ("§ 8", "op8"),
        ("OP8", "op8"),
        ("op. 8", "op8"),
        ("paragraphe 8 du dispositif", "op8"),
        ("operative paragraph 8", "op8"),
        ("PP 3", "pp3"),
        ("pp3", "pp3"),
        ("al. 3", "pp3"),
        ("alinéa 3", "pp3"),
        ("alinéa 3 du préambule", "pp3"),
        ("paragraphe 3 du préambule", "pp3"),
        ("preambular paragraph 3", "pp3"),
    ],
)
def test_a_paragraph_may_be_called_as_people_call_it(real_pair, call, id_):
    assert explain(real_pair, call) == explain(real_pair, id_)


def test_the_old_paragraph_alone_may_be_asked_for(real_pair):
    both, old, new = (explain(real_pair, call) for call in ("par. 8", "ancien par. 8", "nouveau par. 8"))
    assert old != new
    assert old.startswith("Ancien par.\u00a08 →")
    assert both != old
    with pytest.raises(NotFoundError):
        explain(real_pair, "ancien par. 30")


def test_points_and_annexes_are_called_by_their_labels():
    rows = (("op1", "Prie :"), ("op1.a", "d’agir ;"), ("op11", "Décide ;"), ("annex1.op1", "Adopte ;"))
    text = resolution(*rows)
    compared = compare(text, text)
    for call, id_ in (("par. 1 a)", "op1.a"), ("1 a", "op1.a"), ("11", "op11"), ("annexe, par. 1", "annex1.op1")):
        assert explain(compared, call) == explain(compared, id_), call
