"""What came and what went in one line: a quotation in its marks, and how each format shows them."""

import build as made
import pytest
from judging import judged

from resdiff.comparison import compare
from resdiff.language import Language
from resdiff.model import Edit, Kind, Op, Side, Weight
from resdiff.rendering import render
from resdiff.report import Changes, Sentence, Strong, Struck, build
from resdiff.report.redline import Redline, Redlines
from resdiff.report.woven import Mark

OLD = "Prie le Secrétaire général de lui présenter, dans un délai de trente jours, un rapport sur la situation"
NEW = "Prie le Secrétaire général de lui présenter, tous les six mois, un rapport écrit sur la situation"


def redline(old, new, language="fr"):
    old, new = (made.resolution(text, language=language) for text in (old, new))
    compared = judged(compare(old, new))
    return Redlines.of(compared).redline(compared.changes[0])


def shown(parts):
    marks = {Strong: "+", Struck: "-"}
    return "".join(
        part if isinstance(part, str) else f"{marks[type(part)]}{part.text}{marks[type(part)]}" for part in parts
    )


def test_a_quotation_shows_what_came_and_what_went():
    assert shown(redline(OLD, NEW).quoted(NEW, "fr")) == (
        "«\u00a0Prie le Secrétaire général de lui présenter, -dans un délai de trente jours- +tous les six mois+, un "
        "rapport +écrit+ sur la situation\u00a0»"
    )


def test_an_excerpt_does_not_end_on_what_went_where_what_came_in_its_place_begins_another_act():
    stretches = [
        ("Calls upon ", Mark.KEPT),
        ("all ", Mark.CAME),
        ("the parties to respect the cessation of hostilities, and ", Mark.KEPT),
        ("calls", Mark.WENT),
        (" in this regard", Mark.KEPT),
        (" recalls the plan of action", Mark.CAME),
    ]
    before = sum(len(text) for text, mark in stretches[:-1] if mark is not Mark.WENT)
    line = Redline(Language.of("en"), stretches, {Side.NEW: [before + 1]})
    said = shown(line.excerpt([(len("Calls upon "), len("Calls upon all"))], "en"))
    assert said == "“Calls upon +all+ the parties to respect the cessation of hostilities …”"


def test_an_excerpt_has_what_went_from_its_act_up_to_an_act_that_went_too():
    stretches = [
        ("Recalls the protocol, signed ", Mark.KEPT),
        ("on 2 April", Mark.CAME),
        (" by the two parties", Mark.KEPT),
        (" on 17 January, demands that it be applied at once", Mark.WENT),
        (", asks the two parties to go on with the patrols", Mark.CAME),
    ]
    recalls, signed, parties, *_ = (len(text) for text, _ in stretches)
    starts = {
        Side.OLD: [0, recalls + parties + len(" on 17 January, ")],
        Side.NEW: [0, recalls + signed + parties + len(", ")],
    }
    line = Redline(Language.of("en"), stretches, starts)
    said = shown(line.excerpt([(recalls, recalls + signed)], "en"))
    assert said == "“Recalls the protocol, signed +on 2 April+ by the two parties -on 17 January- …”"


def test_a_verb_governs_what_is_quoted_behind_a_cut_in_a_language_without_tables_too():
    opens, calls = "Pide al Secretario General que ", "exhorta a los Estados a que "
    kept = "prosiga sus esfuerzos por mejorar la coordinación entre los órganos y las entidades del sistema, " * 12
    stretches = [
        (opens, Mark.KEPT),
        ("sin demora ", Mark.CAME),
        (f"{kept}{calls}{'apoyen plenamente esos esfuerzos, ' * 4}", Mark.KEPT),
        ("con urgencia", Mark.CAME),
    ]
    line = Redline(Language.of("es"), stretches, {Side.NEW: [0, len(f"{opens}sin demora {kept}")]})
    end = len(line.text)
    said = shown(line.excerpt([(len(opens), len(f"{opens}sin demora")), (end - len("con urgencia"), end)], "en"))
    assert " … exhorta a los Estados a que apoyen plenamente" in said


def test_words_that_went_side_by_side_are_not_run_together():
    stretches = [("within the ", Mark.KEPT), ("existing", Mark.WENT), (" ", Mark.KEPT), ("mandate", Mark.WENT)]
    stretches += [("means", Mark.CAME), (" of the Office", Mark.KEPT)]
    line = Redline(Language.of("en"), stretches, {})
    assert "-existing mandate-" in shown(line.quoted("within the means of the Office", "en"))


def test_what_went_behind_a_sign_is_struck_behind_it():
    old = "Rappelant les résolutions 1662 (2006) et 1746 (2007) sur la situation en Afghanistan,"
    new = "Rappelant les résolutions 1662 (2006), 1746 (2007) et 1806 (2008) sur la situation en Afghanistan,"
    said = shown(redline(old, new).quoted(new, "fr"))
    assert "1662 (2006)- et-, 1746 (2007)" in said


def test_a_list_is_marked_though_what_joins_it_to_its_opening_is_left_out():
    line = Redline(
        Language.of("fr"),
        [
            ("Affirme qu’il examinera les mesures prises et :\na ", Mark.KEPT),
            ("Qu’il suspendra les sanctions tant que l’Iran ", Mark.KEPT),
            ("arrêtera", Mark.WENT),
            ("suspendra", Mark.CAME),
            (" l’enrichissement de l’uranium", Mark.KEPT),
        ],
        {},
    )
    said = "Affirme qu’il examinera les mesures prises : a) Qu’il suspendra les sanctions tant que l’Iran suspendra "
    assert "tant que l’Iran -arrêtera- +suspendra+" in shown(line.quoted(f"{said}l’enrichissement de l’uranium", "fr"))


def test_a_point_that_came_before_another_that_the_paragraph_became_stands_there_in_the_line():
    goods, service = "du matériel destiné au déminage", "du Service de l’action antimines"
    edits = (
        Edit(Op.EQUAL, "Décide que les mesures ne s’appliquent pas à "),
        Edit(Op.INSERT, ":\nLa fourniture ", Weight.SUBSTANTIVE),
        Edit(Op.EQUAL, goods),
        Edit(Op.DELETE, f" {service}", Weight.SUBSTANTIVE),
    )
    split = made.change("op1", "op1 op1.b", edits, kind=Kind.SPLIT)
    came = made.change("", "op1.a", (Edit(Op.INSERT, "L’armement ;", Weight.SUBSTANTIVE),), kind=Kind.ADDED)
    markers = {"op1": "", "op1.a": "a) ", "op1.b": "b) "}
    text = Redlines(Language.of("fr"), markers=markers).redline(split, came).text
    assert text.index("a) L’armement") < text.index(goods) < text.index(service)


def test_between_the_points_that_are_told_a_cut_stands_for_the_others():
    opens = made.change("op1", "op1", (Edit(Op.EQUAL, "Requests the Office:"),), kind=Kind.UNCHANGED)
    came = [
        made.change("", id_, (Edit(Op.INSERT, f"To {id_} ;", Weight.SUBSTANTIVE),), kind=Kind.ADDED)
        for id_ in ("op1.d", "op1.b")
    ]
    markers = {f"op1{point}": f"({letter}) " for point, letter in (("", ""), *((f".{c}", c) for c in "abcd"))}
    text = Redlines(Language.of("en"), markers=markers).redline(opens, *came).text
    assert " ".join(text.split()) == "Requests the Office: … (b) To op1.b ; … (d) To op1.d ;"


def test_a_long_act_of_whose_changed_clause_hardly_a_word_stayed_is_no_excerpt():
    went, kept = "Souligne que des mesures coordonnées s’imposent pour rendre les vaccins accessibles", " y compris "
    stretches = [
        (went, Mark.WENT),
        (kept, Mark.KEPT),
        ("en partageant les données sur la santé " * 9, Mark.WENT),
        ("en renforçant le système commercial " * 11, Mark.CAME),
        (", en aidant les pays en développement" * 8, Mark.KEPT),
        (" en levant les restrictions à l’exportation" * 8, Mark.CAME),
        (", en facilitant les échanges" * 8, Mark.KEPT),
    ]
    line = Redline(Language.of("fr"), stretches, {})
    assert line.excerpt([(0, len(went))], "fr") == ()


def test_what_only_went_to_a_piece_that_is_cut_out_is_not_struck():
    stretches = [
        ("Developing the capacity of institutions to ", Mark.KEPT),
        ("investigate human rights violations relating to the practice of", Mark.WENT),
        ("assess the elimination of cross-border", Mark.CAME),
        (" mutilation and to ", Mark.KEPT),
        ("monitor progress in preventing this harmful practice", Mark.WENT),
        ("investigate human rights violations or abuses by promoting cooperation between them", Mark.CAME),
    ]
    line = Redline(Language.of("en"), stretches, {})
    said = "Developing the capacity of institutions to assess the elimination of cross-border mutilation"
    assert "investigate" not in shown(line.quoted(f"{said} …", "en"))
    whole = f"{said} and to investigate human rights violations or abuses by promoting cooperation between them"
    assert "-investigate human rights violations relating" in shown(line.quoted(whole, "en"))


def test_what_changed_between_the_pieces_of_a_quotation_is_filled_in():
    quote = "Prie le Secrétaire général … un rapport écrit"
    assert shown(redline(OLD, NEW).quoted(quote, "fr")) == (
        "«\u00a0Prie le Secrétaire général de lui présenter, -dans un délai de trente jours- +tous les six mois+, un "
        "rapport +écrit+\u00a0»"
    )
    stayed = redline(OLD, f"{OLD} écrit").quoted("Prie le Secrétaire général … un rapport sur la situation écrit", "fr")
    assert shown(stayed) == "«\u00a0Prie le Secrétaire général … un rapport sur la situation +écrit+\u00a0»"


def test_between_the_pieces_of_a_quotation_that_lie_far_apart_nothing_is_struck():
    same = ", par les voies que le Comité a retenues pour les rapports de ce genre et dans les langues officielles" * 4
    old, new = (text.replace(", un", f"{same}, un") for text in (OLD, NEW))
    quote = "Prie le Secrétaire général … un rapport écrit"
    assert (
        shown(redline(old, new).quoted(quote, "fr")) == "«\u00a0Prie le Secrétaire général … un rapport +écrit+\u00a0»"
    )


def test_one_paragraph_is_shown_whole_where_it_is_not_long():
    assert shown(redline(OLD, NEW).whole("fr")) == shown(redline(OLD, NEW).quoted(NEW, "fr"))
    assert redline(f"{OLD} {OLD * 16}", f"{OLD * 16} {NEW}").whole("fr") == ()
    rewritten = redline("Demande à la Mission d’agir sans retard", "Demande à la Mission des rapports mensuels écrits")
    assert shown(rewritten.whole("fr")).endswith("+des rapports mensuels écrits+\u00a0»")


def test_an_excerpt_is_the_act_without_the_middle_of_what_stayed():
    same = (
        "de veiller à ce que les observateurs soient déployés dans toutes les provinces du pays et à ce que les "
        f"parties, leurs chefs, {', '.join(f'les autorités du district numéro {n}' for n in range(30))}, "
        "les responsables des organismes de secours et les représentants des donateurs dans la capitale "
        "en soient avertis"
    )
    line = redline(f"Demande à la Mission {same} sans retard", f"Demande à la Mission {same} dans les dix jours")
    place = line.place("sans retard", "dans les dix jours")
    assert shown(line.excerpt([place], "fr")) == (
        "«\u00a0Demande à la Mission de veiller à ce que les observateurs soient déployés dans toutes les provinces du "
        "pays et à ce que les parties … les responsables des organismes de secours et les représentants des donateurs "
        "dans la capitale en soient avertis -sans retard- +dans les dix jours+\u00a0»"
    )


def test_an_act_that_came_by_itself_has_no_place_in_another():
    line = redline("Demande à la Mission d’agir", "Demande à la Mission d’agir, et prie les États de l’aider")
    assert line.place("", "prie les États de l’aider") is None


def test_an_act_that_another_one_took_the_place_of_is_shown_with_it():
    """What went reaches to words that stayed: between them stands what came in its place."""
    kept = "l’embargo général sur toutes les livraisons d’armes"
    went, came = (
        "Sollicite des informations sur l’application de ",
        "Souligne qu’il importe que soit scrupuleusement respecté ",
    )
    line = redline(f"{went}{kept}", f"{came}{kept}")
    place = line.place(f"{went}l’embargo général", "")
    assert place is not None
    assert shown(line.excerpt([place], "fr")) == f"«\u00a0-{went.strip()}- +{came.strip()}+ {kept}\u00a0»"


def test_what_went_here_and_came_there_among_other_words_went():
    """Somebody else bears the duty now; and what still stands says something of other countries."""
    old = "Underscores that troop- and police-contributing countries are responsible for investigating and holding"
    new = (
        "Underscores that troop-contributing countries are responsible for investigating, and troop- and "
        "police-contributing countries are responsible for holding"
    )
    assert "-investigating and-" in shown(
        redline(f"{old} staff to account", f"{new} staff to account").quoted(new, "en")
    )
    old = "Souligne les besoins des pays en développement sans littoral et des pays en développement insulaires"
    new = "Souligne les besoins des pays sans littoral et des pays en développement insulaires"
    assert "-en développement-" in shown(redline(old, new).quoted(new, "fr"))


def test_words_that_only_moved_in_their_paragraph_are_no_news():
    line = redline(
        "Décide de proroger jusqu’au 26 février 2009 le mandat de la Mission en maintenant les effectifs",
        "Décide de proroger le mandat de la Mission jusqu’au 26 février 2009 en maintenant les effectifs",
    )
    assert not {Mark.CAME, Mark.WENT} & {*line.marks}


def test_a_passage_that_moved_to_the_start_is_no_news_beside_what_took_the_place_of_the_verb():
    progress = "cknowledging the significant progress made in several parts of the world in combating extreme poverty"
    kept = "concerned that extreme poverty persists in all countries of the world, whatever their situation"
    old = f"Deeply {kept} and hopelessness, are particularly severe in developing countries, while a{progress}"
    new = f"A{progress}, however, deeply {kept} and hopelessness"
    said = shown(redline(f"pp {old},", f"pp {new},", "en").quoted(new, "en"))
    assert said.startswith(f"“-Deeply- A{progress}, +however, deeply+ concerned")


def test_what_moved_into_the_place_of_other_words_is_struck_where_it_stood():
    old = "Urges the transfer of technologies on favourable terms, including on preferential terms, as mutually agreed"
    new = "Urges the transfer of technologies on mutually agreed terms, including preferential terms"
    said = shown(redline(f"{old}, and highlights it", f"{new}, and highlights it", "en").whole("en"))
    assert "-favourable- +mutually agreed+ terms" in said and "as mutually agreed-" in said


def test_a_name_that_moved_under_another_article_is_no_news():
    old = "Réaffirme son ferme attachement à l’intégrité territoriale, à la souveraineté et à l’indépendance du pays"
    new = (
        "Réaffirme son plus ferme attachement à la souveraineté, à l’intégrité territoriale et à l’indépendance du pays"
    )
    assert shown(redline(old, new).quoted(new, "fr")) == f"«\u00a0{new.replace('plus', '+plus+')}\u00a0»"


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        (
            "institutions, civil society organizations, including those representing indigenous peoples and others",
            "institutions, indigenous peoples and civil society organizations, including those representing local "
            "communities and others",
            "institutions, +indigenous peoples and+ civil society organizations, including those representing "
            "-indigenous peoples- +local communities+ and others",
        ),
        (
            "institutions, indigenous peoples and civil society organizations, including those representing local "
            "communities and others",
            "institutions, civil society organizations, including those representing indigenous peoples and others",
            "institutions, -indigenous peoples and- civil society organizations, including those representing -local "
            "communities- +indigenous peoples+ and others",
        ),
    ],
)
def test_what_moved_from_or_to_the_place_of_other_words_is_marked_at_both(old, new, marked):
    verb = "Invites the cooperation of national human rights"
    assert shown(redline(f"{verb} {old}", f"{verb} {new}", "en").quoted(f"{verb} {new}", "en")) == f"“{verb} {marked}”"


def test_words_that_moved_with_others_that_say_nothing_are_no_news():
    old = "Regrets that it remains unresolved since General Assembly resolution 181 (II) of 29 November 1947 on it"
    new = "Regrets that it remains unresolved since the adoption by the General Assembly on 29 November 1947 of its"
    said = shown(redline(old, f"{new} resolution 181 (II) on it", "en").quoted(new, "en"))
    assert "+the adoption by the+" in said
    assert "1947+" not in said


def test_a_word_is_no_news_for_another_that_holds_its_letters():
    new = f"{OLD} de l’individuel armé"
    said = shown(redline(f"{OLD} des individuels", new).quoted(new, "fr"))
    assert "-des individuels-" in said and "individuel armé+" in said


def test_a_verb_that_follows_another_word_now_is_no_news():
    old = "Welcomes the fact that the parties have lately met in the capital, and requests them to go on"
    new = "Further welcomes the meetings that the parties have lately held in the capital, and requests them to go on"
    assert shown(redline(old, new, "en").quoted(new, "en")).startswith("“Further welcomes the -fact- +meetings+ that")


def test_a_word_that_says_nothing_alone_goes_with_what_it_opens():
    old = "Souligne que, conformément à l’article 14 de l’Accord, les arrangements doivent rester en vigueur"
    new = "Souligne que, conformément au paragraphe 14 de l’Accord, les arrangements doivent rester en vigueur"
    assert "conformément -à l’article- +au paragraphe+ 14" in shown(redline(old, new).quoted(new, "fr"))


def test_no_paragraph_is_told_as_going_on_in_the_next():
    letters = [(letter, Mark.KEPT) for letter in "Prie les États d’agir\nPrie l’Office d’aider "]
    letters += [(letter, Mark.CAME) for letter in "les enfants"]
    line = Redline(Language.of("fr"), letters, {Side.OLD: (), Side.NEW: (0, 22)})
    assert (
        shown(line.excerpt([line.place("", "les enfants")], "fr"))
        == "«\u00a0Prie l’Office d’aider +les enfants+\u00a0»"
    )


def test_the_halves_of_a_paragraph_that_was_split_are_quoted_each():
    stretches = [
        ("Demande aux parties de coopérer", Mark.KEPT),
        (" avec l’Envoyé spécial ;\nCondamne", Mark.CAME),
        (" les violences commises dans la région", Mark.KEPT),
    ]
    said = shown(Redline(Language.of("fr"), stretches, {}).excerpt([(31, 70)], "fr"))
    assert said == (
        "«\u00a0Demande aux parties de coopérer +avec l’Envoyé spécial+\u00a0»\u00a0; "
        "«\u00a0+Condamne+ les violences commises dans la région\u00a0»"
    )


@pytest.mark.parametrize(
    ("went", "said"),
    [
        (
            " et grâce à un dialogue direct",
            "Engage les parties à négocier -et grâce à un dialogue direct- +sans délai+",
        ),
        (" et prie le Comité de l’en tenir informé", "Engage les parties à négocier +sans délai+"),  # the other half
    ],
)
def test_what_went_at_the_end_of_the_first_half_of_a_split_is_struck(went, said):
    stretches = [
        ("Engage les parties à négocier", Mark.KEPT),
        (went, Mark.WENT),
        (" sans délai ;\nDemande au Comité", Mark.CAME),
        (" de rendre compte", Mark.KEPT),
    ]
    acts = {Side.OLD: (0, 33) if "prie" in went else (0,), Side.NEW: (0, 43)}
    line = Redline(Language.of("fr"), stretches, acts)
    assert shown(line.quoted("Engage les parties à négocier sans délai", "fr")) == f"«\u00a0{said}\u00a0»"


def test_a_space_stands_between_a_bracket_that_went_and_the_word_that_came():
    old = "Décide de proroger le mandat de la Mission tel qu’il est défini dans la résolution 1320 (2000)"
    new = "Décide de proroger le mandat de la Mission et de réexaminer ses effectifs à la fin de la période"
    assert "(2000)- +et" in shown(redline(old, new).quoted(new, "fr"))


def test_a_space_stands_between_an_apostrophe_that_went_and_the_word_that_came():
    old = "Souligne qu’un appui est nécessaire pour réaliser l’ambition des techniques"
    new = "Souligne qu’un appui est nécessaire pour réaliser toute ambition des techniques"
    assert "-l’- +toute+ ambition" in shown(redline(old, new).quoted(new, "fr"))


KEPT = "les ressources dont il a besoin afin de s’acquitter pleinement de cette tâche"


def test_a_retouch_is_marked_beside_what_tells_and_nowhere_else():
    old = f"Prie l’Office de continuer à fournir {KEPT} dans les trente jours"
    far, near = f"Prie l’Office de continuer de fournir {KEPT} tous les ans", old.replace("continuer à", "cesser de")
    assert "l’Office de continuer de fournir" in shown(redline(old, far).quoted(far, "fr"))
    assert "-continuer à- +cesser de+ fournir" in shown(redline(old, near).quoted(near, "fr"))


@pytest.mark.parametrize(("paragraph", "is_marked"), [("pp1", False), ("op1", True)])
def test_what_is_routine_is_marked_in_the_operative_part_alone(paragraph, is_marked):
    texts = [
        made.resolution(
            f"{paragraph} Rappelle les mesures {how} et {KEPT} visées dans sa résolution {cited} ;", symbol=symbol
        )
        for how, cited, symbol in (("prises", "73/186", "A/RES/74/175"), ("voulues", "74/175", "A/RES/75/200"))
    ]
    comparison = judged(compare(*texts))
    (change,) = (change for change in comparison.changes if change.link.new == (paragraph,))
    said = shown(Redlines.of(comparison).redline(change).whole("fr"))
    assert ("+74/175+" in said) is is_marked and "+voulues+" in said


def test_another_session_is_marked_in_a_recital_that_is_shown_for_other_words():
    """Beside "may" and "might" alone the new session would be read as the one that was there before."""
    said_at = "pp1 Welcoming the discussions held by the Working Group at its {} session on how {} halting all measures that {} harm the right to development"  # noqa: E501
    how = "a legally binding instrument would help to make the right to development a reality for all by"
    texts = [
        made.resolution(said_at.format(*row), symbol=symbol, language="en")
        for row, symbol in (
            (("twentieth", how, "may"), "A/HRC/RES/45/6"),
            (("twenty-first", how, "might"), "A/HRC/RES/48/10"),
        )
    ]
    comparison = judged(compare(*texts))
    said = shown(Redlines.of(comparison).redline(comparison.changes[0]).whole("en"))
    assert "-twentieth- +twenty-first+ session" in said and "-may- +might+" in said


def test_of_what_is_routine_in_a_recital_all_is_marked_or_nothing():
    texts = [
        made.resolution(
            f"pp1 Rappelant sa résolution {first} et {KEPT} visées dans sa résolution {second}, {how} l’essor,",
            symbol=symbol,
        )
        for first, second, how, symbol in (
            ("72/186", "73/186", "notant", "A/RES/74/175"),
            ("73/186", "74/175", "saluant", "A/RES/75/200"),
        )
    ]
    comparison = judged(compare(*texts))
    (change,) = (change for change in comparison.changes if change.link.new == ("pp1",))
    said = shown(Redlines.of(comparison).redline(change).whole("fr"))
    assert "-72/186- +73/186+" in said and "+74/175, saluant+" in said


def test_both_versions_can_be_read_back_from_the_line():
    line = redline(OLD, NEW)
    for side, text, quiet in ((Side.OLD, OLD, Op.INSERT), (Side.NEW, NEW, Op.DELETE)):
        left_out = {Op.INSERT: (Mark.CAME, Mark.CAME_QUIETLY), Op.DELETE: (Mark.WENT, Mark.WENT_QUIETLY)}[quiet]
        assert "".join(c for c, mark in zip(line.text, line.marks, strict=True) if mark not in left_out) == text
        assert {Side.OLD: line.old, Side.NEW: line.new}[side].letters == "".join(filter(str.isalnum, text.lower()))


@pytest.mark.parametrize(
    ("form", "marks"),
    [
        ("md", "<del>dans un délai de trente jours</del> **tous les six mois**"),
        ("html", "<s>dans un délai de trente jours</s> <b>tous les six mois</b>"),
        ("terminal", "[-dans un délai de trente jours-] {+tous les six mois+}"),
    ],
)
def test_each_format_strikes_what_went(form, marks):
    report = build(judged(compare(made.resolution(OLD), made.resolution(NEW))))
    assert marks in " ".join(render(report, form).decode().split())


def test_a_sentence_as_bare_text_has_what_went_in_brackets():
    from resdiff.report import as_text

    assert as_text(Sentence(("le ", Struck("Comité"), " ", Strong("Conseil")))) == "le [Comité] Conseil"


def test_a_short_paragraph_below_a_remark_that_shows_its_marks_says_it_itself():
    """A page shows the paragraph with its marks below; a long one is told where to look."""
    long = " ".join(f"et de veiller à la sécurité du poste {place} de la frontière" for place in ("nord", "sud", "est"))
    for more, repeats in (("", True), (" " + " ".join([long] * 8), False)):
        report = build(judged(compare(made.resolution(OLD + more), made.resolution(NEW + more))))
        (row,) = next(block.rows for block in report.blocks if isinstance(block, Changes))
        assert row.repeats is repeats


def test_bold_words_begin_with_a_word():
    """A sign of emphasis between a letter and a comma opens nothing in Markdown."""
    report = build(
        judged(compare(made.resolution(OLD), made.resolution(OLD + ", et de le tenir informé des mesures prises")))
    )
    assert "situation, **et de le tenir informé des mesures prises**" in " ".join(render(report, "md").decode().split())


def test_what_went_at_the_end_of_an_act_is_struck_in_its_quotation():
    kept, went = "Prie le Secrétaire général de présenter un rapport", ", et d’y joindre une analyse des droits"
    line = redline(f"{kept}{went}", kept)
    assert shown(line.quoted(kept, "fr")) == f"«\u00a0{kept}-{went}-\u00a0»"
    assert shown(line.quoted("Prie le Secrétaire général …", "fr")) == "«\u00a0Prie le Secrétaire général …\u00a0»"


def test_a_quotation_behind_which_words_of_its_act_went_shows_a_cut():
    kept = "Prie le Secrétaire général de lui présenter à sa {} session un rapport sur la suite donnée au plan"
    old = f"{kept.format('seizième')} et sur les progrès accomplis en matière de transparence et de contrôle"
    new = f"{kept.format('vingtième')}, et décide d’examiner la question à cette session"
    said = shown(redline(old, new).quoted(kept.format("vingtième"), "fr"))
    assert said.startswith("«\u00a0Prie le Secrétaire général de lui présenter à sa -seizième- +vingtième+ session")
    assert said.endswith("la suite donnée au plan …\u00a0»")


def test_a_long_stretch_that_came_is_cut_at_its_end_alone():
    """Its two ends would be read as one statement."""
    asked = f"{OLD}, et d’en informer les organisations humanitaires, les pays qui fournissent des contingents, les "
    asked += "commissions régionales, les banques de développement et les institutions spécialisées"
    names = ", ".join(f"les responsables de la province numéro {number}" for number in range(1, 24))
    line = redline(asked, f"{asked}, {names}")
    said = shown(line.excerpt([line.place("", "les responsables de la province numéro 1")], "fr"))
    came = said.split("+")[1]
    assert came.endswith(" …")
    assert came.count("…") == 1
    assert "numéro 1," in came


MARKED = [
    (
        "Engage les agriculteurs et les paysans de la région",
        "Engage les agriculteurs, les paysans et les pêcheurs de la région",
        "Engage les agriculteurs- et-, les paysans +et les pêcheurs+ de la région",
    ),
    (
        "Proroge le mandat de la Mission jusqu'au 20 mai 2004",
        "Proroge le mandat de la Mission pour une période de six mois, jusqu’au 20 mai 2004",
        "Proroge le mandat de la Mission +pour une période de six mois+, jusqu’au 20 mai 2004",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), MARKED)
def test_marks_hold_whole_words_and_leave_no_space_before_a_sign(old, new, expected):
    assert shown(redline(old, new).quoted(new, "fr")) == f"«\u00a0{expected}\u00a0»"


def test_behind_what_went_at_the_end_of_a_quotation_no_space_stays():
    stretches = [
        ("Prie l’Office d’aider les États", Mark.KEPT),
        (", et de rendre compte ", Mark.WENT),
        (" ;", Mark.KEPT),
    ]
    line = Redline(Language.of("fr"), stretches, {})
    said = "«\u00a0Prie l’Office d’aider les États-, et de rendre compte-\u00a0»"
    assert shown(line.quoted("Prie l’Office d’aider les États", "fr")) == said
    assert shown(line.changed("fr")) == said


def test_the_last_words_of_a_paragraph_end_its_excerpt_but_for_and_before_a_point():
    for end, shown_end in (("requested by her", "requested by her"), ("requested by her; and", "requested by her")):
        line = Redline(
            Language.of("en"),
            [
                ("Calls upon States", Mark.KEPT),
                (" and funds", Mark.CAME),
                (f" to provide information {end}", Mark.KEPT),
            ],
            {},
        )
        assert (
            shown(line.excerpt([(17, 27)], "en"))
            == f"“Calls upon States +and funds+ to provide information {shown_end}”"
        )


def test_an_excerpt_says_that_words_stand_before_it():
    """The words themselves where both are short."""
    long = f"{'Salue tout ce que l’Office a fait pour les victimes depuis sa création, ' * 20}et "
    openings = (("", "«\u00a0prie"), (long, "«\u00a0… prie"), ("Salue l’Office, et ", "«\u00a0Salue l’Office, et prie"))
    for before, said in openings:
        stretches = [
            (f"{before}prie les États de coopérer sans ", Mark.KEPT),
            ("délai", Mark.WENT),
            ("attendre", Mark.CAME),
        ]
        line = Redline(Language.of("fr"), stretches, {Side.NEW: [len(before)] if before else [0]})
        assert shown(line.changed("fr")).startswith(said)


def test_words_are_borne_out_by_the_marks_of_their_paragraph():
    line = redline(
        "Engage les États à prendre toutes les mesures voulues pour protéger les femmes",
        "Engage les États à prendre toutes les mesures voulues, notamment législatives et budgétaires, pour protéger "
        "les femmes",
    )
    assert line.bears_out(Side.NEW, "notamment législatives et budgétaires")
    assert not line.bears_out(Side.NEW, "à prendre toutes les mesures voulues, notamment législatives et budgétaires")
    assert not line.bears_out(Side.OLD, "toutes les mesures voulues")
    assert line.bears_out(Side.OLD, "des mots qui n’y sont pas")


def test_what_went_is_not_struck_where_a_cut_hides_what_took_its_place():
    old = "Constate l’arrestation de journalistes et encourage le Gouvernement à poursuivre ses efforts"
    new = (
        "Constate l’arrestation de journalistes et la restriction alléguée de la liberté de la presse, dont le retrait "
        "de la licence d’un média indépendant, et exhorte le Gouvernement à poursuivre ses efforts"
    )
    whole, cut = (shown(redline(old, new).quoted(said, "fr")) for said in (new, new.partition(", dont")[0] + " …"))
    assert "-encourage-" in whole
    assert "+la restriction alléguée de la liberté de la presse+ …" in cut
    assert "encourage" not in cut


def test_the_clause_of_words_goes_from_sign_to_sign():
    kept, came, went = Mark.KEPT, Mark.CAME, Mark.WENT
    stretches = [
        ("Notes the debt, and ", kept),
        ("urges Myanmar to commence ", came),
        ("opposes ", went),
        ("the return of refugees", kept),
        (", which ends", came),
    ]
    line = Redline(Language.of("en"), stretches, {})
    place = line.place("", "Myanmar to commence", alone=True)
    clause = line.clause(Side.NEW, place)
    assert not line.said(Side.NEW, clause)  # too much of it stayed
    assert shown(line.marked_in(clause, "en")) == "“+urges Myanmar to commence+ -opposes- the return of refugees”"


def test_a_clause_whose_sign_is_far_is_none():
    line = Redline(Language.of("en"), [("urges ", Mark.CAME), ("the parties and " * 12, Mark.KEPT)], {})
    assert line.clause(Side.NEW, line.place("", "urges", alone=True)) is None


def test_the_points_of_an_english_list_are_marked_each():
    kept, came, went = Mark.KEPT, Mark.CAME, Mark.WENT
    stretches = [
        ("Calls upon the Government: ", kept),
        ("\npp10 Noting the elections", kept),
        ("\n", kept),
        ("To complete the elections ", came),
        ("in a manner agreed upon by all", kept),
        ("\ne ", kept),
        ("To hold elections in 2025", came),
        (" in time", went),
    ]
    points = "(d) To complete the elections in a manner agreed upon by all; (e) To hold elections in 2025"
    found = Redline(Language.of("en"), stretches, {}).quoted(f"Calls upon the Government: … {points}", "en")
    assert "(d) +To complete the elections+ in a manner agreed upon by all; (e) +To hold elections in 2025+" in shown(
        found
    )


def test_what_moved_is_marked_where_the_end_of_it_gave_way_to_something():
    """Else "of" would be read with the words that are left: "freedoms of the Universal Declaration"."""
    line = redline(
        "Underlining an order in which all human rights and fundamental freedoms can be fully realized, as envisioned "
        "in article 28 of the Universal Declaration of Human Rights",
        now
        := "Underlining an order in which rights and freedoms set forth in the Universal Declaration of Human Rights "
        "can be fully realized, as envisioned in article 28 thereof",
        "en",
    )
    assert shown(line.quoted(now, "en")) == (
        "“Underlining an order in which -all human- rights and -fundamental- freedoms -can be fully realized, as "
        "envisioned in article 28 of- +set forth in+ the Universal Declaration of Human Rights +can be fully realized, "
        "as envisioned in article 28 thereof+”"
    )


def test_a_gist_shows_what_weighs_most_and_says_that_there_is_more(monkeypatch):
    was = "Recalling the 2010 meeting on the Millennium Development Goals, and the report of the Council"
    now = "Recalling the 2015 meeting on the Sustainable Development Goals, and the report of the Council"
    assert shown(redline(was, now, "en").gist(lambda went, came: 1, "en", 12)) == (
        "“-2010- +2015+ meeting on the -Millennium- +Sustainable+”"
    )
    thirty = " ".join(f"word{n}" for n in range(30))
    long = was.replace("2010", f"2010 {thirty}").replace("the Council", f"the Council and {thirty.upper()}")
    said = shown(redline(was, long, "en").gist(lambda went, came: len(came.split()), "en", 12))
    assert said == f"“+{thirty.partition(' word10')[0]} … and {thirty.upper().partition(' WORD11')[0]} …+”"
    monkeypatch.setattr("resdiff.report.redline.MORE", 2)
    said = shown(redline(was, long, "en").gist(lambda went, came: len(came.split()), "en", 12))
    assert said == f"“+and {thirty.upper().partition(' WORD11')[0]} …+”, etc."
    assert redline(was, now, "en").gist(lambda went, came: -1, "en", 12) == ()
