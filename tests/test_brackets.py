"""What a draft sets in square brackets, and from which words it takes them away."""

import build
import pytest

from resdiff.model import FlagCode, Kind
from resdiff.report import Summary, as_text
from resdiff.report import build as report_of

KEPT = "Exige que les États garantissent la sécurité des stocks et la gestion des munitions"
SET = KEPT.replace("et la gestion des munitions", "[et la gestion des munitions]")


def flags(old, new, **how):
    changes = build.compared([old], [new], **how).changes
    brackets = (FlagCode.BRACKETED, FlagCode.UNBRACKETED)
    return [(flag.code.value, *flag.values) for each in changes for flag in each.flags if flag.code in brackets]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (KEPT, SET, [("bracketed", "et la gestion des munitions")]),
        (SET, KEPT, [("unbracketed", "et la gestion des munitions")]),
        (KEPT, f"[{KEPT} ;]", [("bracketed", KEPT)]),
        (SET, SET, []),
        ("Prie les États d’agir", "[Prie] [Invite] les États d’agir", [("bracketed", "Prie")]),
        ("Prie les États d’agir", "Prie les États [et les donateurs] d’agir", []),  # told as new, brackets and all
        ("Salue le Comité (ci-après le Comité)", "Salue le Comité [ci-après le Comité]", []),
        ("Salue le rapport du Comité", "Salue le rapport du Comité]", []),
    ],
)
def test_words_that_are_set_in_brackets_or_freed_of_them_are_flagged(old, new, said):
    assert flags(old, new) == said


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
