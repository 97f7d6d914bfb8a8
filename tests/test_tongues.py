"""Only French is repaired: no clean word of another language is altered by a reading, and its language is told."""

import itertools
import tomllib
from pathlib import Path

import pytest

from resdiff.language import FRENCH
from resdiff.language.tongues import is_foreign, tongue
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.repair import looks_scanned, repair

ROOT = Path(__file__).resolve().parent.parent
ROWS = tomllib.loads((ROOT / "resdiff/data/common/tongues.toml").read_text(encoding="utf-8"))["tongue"]

# Written for this test, with words that look like damaged French: a la, è, é before a mute e, ere, ü, «&».
TEXTS = {
    "es": """La Asamblea General,

Recordando sus resoluciones anteriores relativas a la lucha contra la delincuencia y a la cooperación técnica,

Teniendo presente que la pérdida de vidas humanas, la corrupción y el tráfico ilícito afectan a la estabilidad,

1. Exhorta a los Estados Miembros a que adopten medidas eficaces para prevenir estos delitos y a la vez protejan a las
víctimas, de conformidad con el derecho interno ;

2. Pide al Secretario General que le presente un informe sobre la aplicación de la presente resolución.""",
    "it": """L’Assemblea generale,

Ricordando le sue precedenti risoluzioni relative alla lotta contro il terrorismo perché è necessario prevenire i reati,

Preoccupata per l’impiego delle nuove tecnologie, che può favorire attività illecite ed ere di instabilità,

1. Invita gli Stati membri a rafforzare la cooperazione e a garantire che le persone siano trattate in maniera equa ;

2. Chiede al Segretario generale di presentare una relazione sull’attuazione della presente risoluzione.""",
    "pt": """A Assembleia Geral,

Recordando as suas resoluções anteriores relativas à luta contra o terrorismo e a todas as formas de criminalidade,

Consciente de que é necessário reforçar a assistência técnica às autoridades nacionais e a cada um dos países,

1. Exorta os Estados-Membros a adotarem medidas destinadas a prevenir e a combater o tráfico ilícito de armas ;

2. Solicita ao Secretário-Geral que apresente um relatório sobre a aplicação da presente resolução.""",
    "ro": """Adunarea Generală,

Reamintind rezoluțiile sale anterioare privind lupta împotriva terorismului și a criminalității organizate,

Conștientă că este necesar să se întărească asistența tehnică acordată autorităților naționale la cererea acestora,

1. Îndeamnă statele membre să adopte măsuri eficiente pentru a preveni și a combate traficul ilicit de arme ;

2. Cere Secretarului general să prezinte un raport cu privire la aplicarea prezentei rezoluții.""",
    "ca": """L’Assemblea General,

Recordant les seves resolucions anteriors relatives a la lluita contra el terrorisme i a la cooperació tècnica,

Conscient que és necessari reforçar l’assistència a les autoritats nacionals, a petició d’aquestes, i a la població,

1. Insta els Estats membres a adoptar mesures eficaces per a prevenir i combatre el tràfic il·lícit d’armes ;

2. Demana al Secretari General que presenti un informe sobre l’aplicació d’aquesta resolució.""",
    "de": """Die Generalversammlung,

unter Hinweis auf ihre früheren Resolutionen über die Bekämpfung des Terrorismus und über die technische Hilfe,

in der Erkenntnis, dass die Maßnahmen der Staaten & der Organisationen verstärkt werden müssen,

1. fordert die Mitgliedstaaten auf, wirksame Maßnahmen zu ergreifen, um diese Straftaten zu verhüten ;

2. ersucht den Generalsekretär, ihr einen Bericht über die Durchführung dieser Resolution vorzulegen.""",
    "nl": """De Algemene Vergadering,

Herinnerend aan haar eerdere resoluties over de strijd tegen het terrorisme en over de technische bijstand,

Zich ervan bewust dat de maatregelen van de staten & van de organisaties moeten worden versterkt,

1. Roept de lidstaten op doeltreffende maatregelen te nemen om deze misdrijven te voorkomen en te bestrijden ;

2. Verzoekt de secretaris-generaal een verslag over de uitvoering van deze resolutie voor te leggen.""",
    "en": """The General Assembly,

Recalling its previous resolutions on the fight against terrorism and on a la carte technical assistance & training,

Aware that the measures taken by the States have to be strengthened, the résumé of each café notwithstanding,

1. Calls upon the Member States to take effective measures to prevent and to combat these offences ;

2. Requests the Secretary-General to submit a report on the implementation of the present resolution.""",
}
SPOKEN = """L’Assemblée générale,

Rappelant ses résolutions antérieures relatives à la lutte contre le terrorisme et à la coopération technique,

1. Prie 1’Office de contribuer a la lutte de maniére intégrée et de renforcer 1’assistance aux États ;

2. Prie le Secrétaire général de lui présenter un rapport sur la question a sa session suivante."""


@pytest.mark.parametrize("code", TEXTS)
@pytest.mark.parametrize("level", ["safe", "full"])
def test_no_clean_word_of_another_language_is_altered(code, level):
    text = TEXTS[code]
    assert repair(text, level) == (text, ())
    source = read(text.encode(), repair=level)
    assert (source.text, source.scanned) == (text, False)
    for block in text.split("\n\n"):
        assert repair(block, level)[0] == block


@pytest.mark.parametrize("code", TEXTS)
def test_the_language_seen_is_told(code):
    resolution = parse(read(TEXTS[code].encode()))
    assert resolution.language == tongue(TEXTS[code]) == code
    told = ("other-language", (code,)) in [(n.code, n.values) for n in resolution.notices]
    assert told == (code != "en")  # of what English means something is said


@pytest.mark.parametrize("code", TEXTS)
def test_a_block_of_another_language_in_a_french_scan_is_left_alone(code):
    quoted = TEXTS[code].split("\n\n")[1]
    repaired, fixes = repair(f"{SPOKEN}\n\n{quoted}\n\n{SPOKEN}")
    assert quoted in repaired
    assert repaired.count("de contribuer à la lutte de manière intégrée") == 2
    assert fixes


def test_damaged_french_is_french():
    assert looks_scanned(SPOKEN) > 0.5
    assert not is_foreign(SPOKEN, FRENCH)
    assert tongue(SPOKEN) == "fr"


def test_every_language_is_told_from_every_other():
    for row in ROWS:
        assert tongue(row["example"]) == row["code"]
        assert is_foreign(row["example"], FRENCH) == (row["code"] != "fr")
    for one, other in itertools.permutations(TEXTS, 2):
        assert tongue(f"{TEXTS[one]} {TEXTS[other].split(chr(10))[2]}") in (one, "")


def test_no_french_text_is_taken_for_another(shared):
    for path in sorted((shared / "texts" / "fr-sc-all").glob("*.txt"))[::20]:
        assert not is_foreign(path.read_text(encoding="utf-8", errors="replace"), FRENCH)


def test_no_english_text_is_taken_for_another(shared):
    for path in sorted((shared / "texts" / "en-ga").rglob("*.txt"))[::20]:
        assert tongue(path.read_text(encoding="utf-8")) == "en"
