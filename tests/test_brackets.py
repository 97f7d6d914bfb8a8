"""What a draft sets in square brackets, and from which words it takes them away."""

import build
import pytest

from resdiff.model import FlagCode, Kind
from resdiff.report import Summary, as_text
from resdiff.report import build as report_of
from resdiff.report.blocks import Strong

KEPT = "Exige que les États garantissent la sécurité des stocks et la gestion des munitions"
SET = KEPT.replace("et la gestion des munitions", "[et la gestion des munitions]")


def flags(old, new):
    return flags_of([old], [new])


def flags_of(old, new):
    changes = build.compared(old, new).changes
    brackets = (FlagCode.BRACKETED, FlagCode.UNBRACKETED)
    return [(flag.code.value, *flag.values) for each in changes for flag in each.flags if flag.code in brackets]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (KEPT, SET, [("bracketed", "et la gestion des munitions")]),
        (SET, KEPT, [("unbracketed", "et la gestion des munitions")]),
        (KEPT, f"[{KEPT} ;]", [("bracketed", KEPT)]),
        (SET, SET, []),
        ("Prie les États d’agir", "[Prie] [Invite] les États d’agir", [("bracketed", "[Prie] [Invite]")]),
        (f"{KEPT}, d’ici à [2030][2035]", f"{KEPT}, d’ici à 2030", [("unbracketed", "2030")]),
        (SET.replace("[et", "[UE : , et"), KEPT, [("unbracketed", "et la gestion des munitions")]),
        (f"[{KEPT} [et des drones]]", KEPT, [("unbracketed", KEPT)]),
        ("[Prie] [Invite] les États d’agir", "Engage les États à agir", []),
        (
            "Dit que les États ne doivent [pas] y renoncer",
            "Dit que les États ne doivent pas y renoncer",
            [("unbracketed", "États ne doivent pas y renoncer")],
        ),
        (  # a whole paragraph, in other words since
            f"[France : {KEPT} ;]",
            KEPT.replace("Exige que", "Souhaite que"),
            [("unbracketed", KEPT.replace("Exige que", "Souhaite que"))],
        ),
        (KEPT, SET.replace("[et", "[UE : et"), [("bracketed", "UE : et la gestion des munitions")]),
        (KEPT, SET.replace("munitions]", "munitions – Grèce]"), [("bracketed", "et la gestion des munitions – Grèce")]),
        ("Prie d’unir [les forces et les moyens]", "Prie d’unir les forces", [("unbracketed", "les forces")]),
        ("Prie les États d’agir", "Prie les États [et les donateurs] d’agir", []),  # told as new, brackets and all
        ("Salue le Comité (ci-après le Comité)", "Salue le Comité [ci-après le Comité]", []),
        ("Salue le rapport du Comité", "Salue le rapport du Comité]", []),
    ],
)
def test_words_that_are_set_in_brackets_or_freed_of_them_are_flagged(old, new, said):
    assert flags(old, new) == said


def test_brackets_may_hold_several_paragraphs():
    old, new = ["Exige une trêve ;", "Prie les États d’agir ;"], ["[Exige une trêve ;", "Prie les États d’agir ;]"]
    assert flags_of(old, new) == [("bracketed", "Exige une trêve"), ("bracketed", "Prie les États d’agir")]
    assert flags_of(old, [new[0], old[1]]) == []


def test_of_wordings_to_choose_from_the_summary_says_which_one_stays():
    summary = next(
        block
        for block in report_of(build.compared([f"{KEPT} d’ici à [2030] ou [2035]"], [f"{KEPT} d’ici à 2030"])).blocks
        if isinstance(block, Summary)
    )
    said = as_text(summary.sentences[0]).replace("\u00a0", " ")
    assert said == "Crochets levés : par. 1 : « [2030] ou [2035] » devient « 2030 »."


def test_brackets_are_no_typography():
    (change,) = build.compared([KEPT], [SET]).changes
    assert change.kind is Kind.MODIFIED


def test_the_summary_tells_of_brackets_where_they_are():
    comparison = build.compared(
        [KEPT, "Décide de rester saisie de la question"], [SET, "Décide de rester saisie [de la question]"]
    )
    summary = next(block for block in report_of(comparison, lang="fr").blocks if isinstance(block, Summary))
    said = [as_text(sentence).replace("\u00a0", " ") for sentence in summary.sentences]
    assert said[0] == "Mis entre crochets : par. 1 : « et la gestion des munitions » ; par. 2 : « de la question »."


@pytest.mark.parametrize(
    ("new", "quoted"),
    [
        (f"[UE, Suisse : supprimer] {KEPT}", f"« **[UE, Suisse : supprimer]** {KEPT} »"),
        (
            f"{KEPT} [, selon qu’il convient,] et [la formation] [la remise à niveau] du personnel",
            f"« {KEPT} **[, selon qu’il convient,] et [la formation] [la remise à niveau] du personnel** »",
        ),
    ],
)
def test_brackets_that_came_are_marked_with_what_they_hold(new, quoted):
    summary = next(b for b in report_of(build.compared([KEPT], [new]), lang="fr").blocks if isinstance(b, Summary))
    shown = "".join(
        f"**{part.text}**" if isinstance(part, Strong) else str(getattr(part, "text", getattr(part, "label", part)))
        for part in summary.sentences[0].parts
    )
    assert quoted in shown.replace("\u00a0", " ")
