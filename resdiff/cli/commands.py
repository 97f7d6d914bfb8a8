"""The commands as click reads them: what may be typed, and its help. What they do stands in ``runs``.

Defaults stand in the options there; click hands over None for what was not typed.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
from click.core import ParameterSource

from resdiff.cli.told import PathType, ToldCommand, ToldGroup, ToldOption, ValueOption, argument, option
from resdiff.messages import LANGUAGES
from resdiff.rendering import FORMATS
from resdiff.symbol import normalise
from resdiff.version import __version__

__all__ = ["resdiff"]

Command = Callable[..., int]
Decorator = Callable[[Command], Command]
DRAFTED = ("terminal", "html", "md", "docx", "json")  # formats that can hold a compilation, or a draft
SERIES_FORMS = ("text", "html", "md", "json")  # those of ``rendering.chronicle``, which takes time to load
WEIGHTS = ("typographic", "routine", "editorial", "substantive")

_PATH = PathType()
_value = partial(option, cls=ValueOption)
_corpus = _value(
    "--corpus",
    example="corpus",
    type=_PATH,
    envvar="RESDIFF_CORPUS",
    metavar="DOSSIER",
    help="Corpus où chercher les cotes [défaut : RESDIFF_CORPUS, puis ./corpus, puis le corpus livré].",
)
_lang = option("--lang", type=click.Choice(LANGUAGES), help="Langue des messages, du rapport et de cette aide.")
_text_lang = _value("--language", example="fr", metavar="CODE", help="Langue des textes du corpus.")
_jobs = _value(
    "--jobs",
    example="2",
    type=click.IntRange(1, 256),
    metavar="NOMBRE",
    help="Séries faites à la fois [défaut : une par cœur] ; le résultat est le même.",
)
_repair = option(
    "--repair",
    type=click.Choice(("off", "safe", "full")),
    help="Réparation des textes numérisés : aucune, sûre, complète.",
)
_tracked = option(
    "--tracked",
    type=click.Choice(("accept", "reject")),
    help="Modifications suivies d’un fichier Word lu, mots barrés compris : acceptées ou refusées.",
)
_ocr = option("--ocr", is_flag=True, help="Fait lire par tesseract les pages de PDF qui sont des images.")
_fetch = option("--fetch", is_flag=True, help="Cherche en ligne les cotes qui ne sont pas dans le corpus.")
_documents = _value(
    "--documents",
    example="documents",
    type=_PATH,
    envvar="RESDIFF_DOCUMENTS",
    metavar="DOSSIER",
    help="Où garder ce qui vient en ligne [défaut : le dossier des caches].",
)
_service = _value(
    "--service",
    example="https://documents.un.org",
    envvar="RESDIFF_SERVICE",
    metavar="ADRESSE",
    help="Autre adresse du service de documents.",
)
_debug = option("--debug", is_flag=True, hidden=True, expose_value=False)  # read by ``french.run``
_color = option("--color", type=click.Choice(("auto", "always", "never")), help="Couleurs.")


def _options(*options: Decorator) -> Decorator:
    """Several options as one decorator, in the order they are to be read."""

    def decorate(command: Command) -> Command:
        for each in reversed(options):
            command = each(command)
        return command

    return decorate


_report_options = _options(
    _value(
        "-o",
        "--output",
        example="rapport.html",
        multiple=True,
        metavar="FICHIER",
        help="Où écrire ; répétable ; « - » : la sortie.",
    ),
    option("--format", "form", type=click.Choice(tuple(FORMATS)), help="Format ; l’emporte sur le suffixe."),
    _lang,
    option("--min-weight", type=click.Choice(WEIGHTS), help="Laisse de côté les changements plus légers."),
    _value(
        "--explain",
        example="op8",
        metavar="ALINÉA",
        help="Dit pourquoi cet alinéa (op8, « par. 8 ») est apparié ainsi.",
    ),
    _value(
        "--against",
        example="corpus",
        type=_PATH,
        metavar="DOSSIER|INDEX",
        help="Textes adoptés, ou leur index, où chercher les mots nouveaux : « déjà dans 2462 (2019), par. 5 ».",
    ),
    _value("--with-old", example="72-194.en.txt", metavar="COTE|FICHIER", help="L’ancien texte dans l’autre langue."),
    _value(
        "--with-new",
        example="74-175.en.txt",
        metavar="COTE|FICHIER",
        help="Le nouveau : ce qu’une langue réfute n’est pas dit, ce qui ne change que dans une est signalé.",
    ),
    option("--exit-code", is_flag=True, help="Sort avec 1 quand les textes diffèrent."),
    option("--swap", is_flag=True, help="Prend l’ancien pour le nouveau, et inversement."),
    option(
        "--by-author", is_flag=True, help="D’un seul fichier Word : un rapport par auteur de modifications suivies."
    ),
)
_cache = option("--cache/--no-cache", default=True, help="Garde d’une fois à l’autre ce qui a été lu.")
_links = _value("--links", example="links.toml", type=_PATH, metavar="FICHIER", help="Liens imposés ou interdits.")
_online = _options(_fetch, _documents, _service)
_desk_options = _options(_corpus, _text_lang, _repair, _tracked, _ocr, _online, _cache)
_reading_options = _options(
    _desk_options,
    _links,
    _value("--topics", example="themes.toml", type=_PATH, metavar="FICHIER", help="Thèmes ajoutés (TOML)."),
)
_pager = option("--pager/--no-pager", default=True, help="Page par page sur un terminal.")
_width = _value(
    "--width",
    example="100",
    type=click.IntRange(20, 400),
    metavar="NOMBRE",
    help="Largeur du texte sur un terminal.",
)
_look_options = _options(
    _color,
    _pager,
    _width,
    _value("--label-old", example="base", metavar="NOM", help="Nom de l’ancien texte dans le rapport."),
    _value("--label-new", example="proposition", metavar="NOM", help="Nom du nouveau."),
    option("--stat", is_flag=True, help="Sur un terminal, un écran : l’essentiel, et une ligne par changement."),
    option("--md-style", type=click.Choice(("html", "critic", "emphasis")), help="Marques en md."),
    _value("--author", example="Secrétariat", metavar="NOM", help="Auteur des modifications suivies (Word)."),
    _value(
        "--date",
        example="2019-12-18",
        metavar="AAAA-MM-JJ",
        envvar="RESDIFF_DATE",
        help="Leur date [défaut : l’adoption ; d’un projet (--masthead, --onto), aujourd’hui].",
    ),
    option("--layout", type=click.Choice(("tracked", "table")), help="Suivi ou tableau (Word)."),
    option("--track-moves", is_flag=True, help="Déplacements marqués comme tels (Word)."),
    option("--comments/--no-comments", default=None, help="Remarques en commentaires (Word)."),
    _value(
        "--masthead",
        example="cote=A/C.3/80/L.21",
        multiple=True,
        metavar="CLÉ=VALEUR",
        help="En-tête d’un projet (Word), répétable. Clés : cote, organe, distr, date, original, session, commission, "
        "point, auteurs.",
    ),
    _value(
        "--onto",
        example="base.docx",
        type=_PATH,
        metavar="FICHIER",
        help="Écrit les modifications suivies dans ce fichier Word, qui a l’ancien texte ; sa mise en forme reste.",
    ),
    option(
        "--pending",
        type=click.Choice(("refuse", "keep")),
        help="Modifications suivies que ce fichier a déjà : erreur, ou gardées sous les nouvelles.",
    ),
    option("--compact", is_flag=True, help="Markdown d’au plus 8 000 signes."),
    option("--json-version", type=click.Choice(("1", "2")), help="Version du JSON [défaut : 2]."),
)


def _show_version(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked and not context.resilient_parsing:
        click.echo(f"resdiff {__version__}", color=context.color)
        context.exit()


@click.group(
    cls=ToldGroup,
    invoke_without_command=True,
    subcommand_metavar="[COMMANDE] [ARGUMENTS]...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    cls=ToldOption,
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Affiche la version.",
)
@click.pass_context
def resdiff(context: click.Context) -> None:
    """Ce qui a changé entre deux résolutions successives des Nations Unies, mot à mot, et ce que cela signifie.

    Sans autre commande, « resdiff ANCIEN NOUVEAU » compare deux textes.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@resdiff.command(cls=ToldCommand, short_help="Compare deux textes (commande par défaut).")
@argument("old", metavar="ANCIEN")
@argument("new", metavar="NOUVEAU", required=False)
@_report_options
@_reading_options
@_look_options
@_debug
def diff(**given: object) -> int:
    """Compare deux textes : cotes (72/194, S/RES/1805 (2008)), fichiers, ou « - » pour l’entrée.

    D’un seul fichier Word, compare le texte sans ses modifications suivies et le texte avec elles.
    """
    if given["new"] is None and normalise(str(given["old"])) and not _is_file(str(given["old"])):
        context = click.get_current_context()
        raise click.MissingParameter(ctx=context, param=next(p for p in context.command.params if p.name == "new"))
    from resdiff.cli.options import DiffOptions, typed
    from resdiff.cli.runs import run_diff

    return run_diff(typed(DiffOptions, given))


def _is_file(name: str) -> bool:
    """Whether a text named alone may be a Word file: any file, and standard input."""
    try:
        return name == "-" or Path(name).exists()
    except (OSError, ValueError):  # no file can be called so
        return False


_series_options = _options(
    _value(
        "-o", "--output", example="vie.html", multiple=True, metavar="FICHIER", help="Où écrire ; « - » : la sortie."
    ),
    _lang,
    _corpus,
    _text_lang,
    _repair,
    _tracked,
    _ocr,
    _fetch,
    _documents,
    _service,
    option("--cache/--no-cache", default=True, help="Garde d’une fois à l’autre ce qui a été lu."),
    _color,
    _pager,
    _width,
    _debug,
)
_TEXTS = "SÉRIE|COTE|DOSSIER|FICHIERS..."


@resdiff.command(cls=ToldCommand, short_help="La vie de chaque paragraphe au fil des éditions d’une série.")
@argument("texts", metavar=f"{_TEXTS} [ALINÉA]", nargs=-1, required=True)
@option("--format", "form", type=click.Choice(SERIES_FORMS), help="Format ; l’emporte sur le suffixe.")
@_series_options
def history(**given: object) -> int:
    """La vie de chaque paragraphe au fil des éditions : quand il apparaît, change, se scinde, disparaît, revient.

    Se nomment une série du corpus, une de ses cotes, un dossier, ou plusieurs textes du plus ancien au plus récent ;
    « par. 9 » ou « PP 3 » à la suite : ce paragraphe seul, avec toutes ses rédactions.
    """
    from resdiff.cli.options import typed
    from resdiff.cli.series import EditionsOptions, run_history

    return run_history(typed(EditionsOptions, given))


@resdiff.command(cls=ToldCommand, short_help="Quelle édition a apporté chaque mot d’un texte.")
@argument("texts", metavar=f"{_TEXTS} [ALINÉA]", nargs=-1, required=True)
@option("--format", "form", type=click.Choice((*SERIES_FORMS, "docx")), help="Format ; l’emporte sur le suffixe.")
@_series_options
def blame(**given: object) -> int:
    """Quelle édition a apporté chaque mot du dernier texte, ou de la cote nommée.

    Les mots viennent d’où ils étaient, même déplacés, et gardent l’édition où ils sont apparus d’abord.
    """
    from resdiff.cli.options import typed
    from resdiff.cli.series import EditionsOptions, run_blame

    return run_blame(typed(EditionsOptions, given))


@resdiff.command(
    "verify-tracking", cls=ToldCommand, short_help="Cherche ce qui a changé sans suivi dans un fichier Word."
)
@argument("returned", metavar="RENDU", type=_PATH)
@_value(
    "--base", example="base.docx", required=True, type=_PATH, metavar="FICHIER", help="Le fichier qui avait été envoyé."
)
@_value(
    "-o",
    "--output",
    example="sans-suivi.docx",
    metavar="FICHIER",
    help="Où écrire RENDU, ces modifications suivies aussi.",
)
@option("--format", "form", type=click.Choice(("text", "json")), help="Format de la liste.")
@option("--exit-code", is_flag=True, help="Sort avec 1 quand il y en a.")
@_value("--date", example="2019-12-18", metavar="AAAA-MM-JJ", envvar="RESDIFF_DATE", help="Date de ces modifications.")
@_lang
@_debug
def verify_tracking(**given: object) -> int:
    """Cherche, dans un fichier Word rendu, ce qui a changé sans être suivi depuis le fichier envoyé."""
    from resdiff.cli.onto import run_verify_tracking
    from resdiff.cli.options import VerifyTrackingOptions, typed

    return run_verify_tracking(typed(VerifyTrackingOptions, given))


@resdiff.command(cls=ToldCommand)
@argument("text", metavar="COTE|FICHIER")
@option("--repairs", is_flag=True, help="Donne la liste des réparations.")
@option("--survey", is_flag=True, help="Donne ce qui est relevé du texte : verbes, noms, textes cités, thèmes.")
@option("--format", "form", type=click.Choice(("text", "json")), help="Format.")
@_lang
@_corpus
@_text_lang
@_repair
@_tracked
@_ocr
@_online
@_color
@_debug
def show(**given: object) -> int:
    """Montre comment un texte a été lu : structure, réparations, remarques."""
    from resdiff.cli.options import ShowOptions, typed
    from resdiff.cli.runs import run_show

    return run_show(typed(ShowOptions, given))


@resdiff.command(cls=ToldCommand)
@argument("files", metavar="FICHIERS|DOSSIERS...", type=_PATH, nargs=-1, required=True)
@_value("--symbol", example="74/175", metavar="COTE", help="Cote du texte, si le fichier ne la porte pas.")
@_value(
    "--series",
    example="terrorisme",
    metavar="NOM",
    help="Série où le ranger [défaut : celle qu’il prolonge, ou sa cote].",
)
@option(
    "--doubtful",
    type=click.Choice(("ask", "nearest", "new", "skip")),
    help="D’un texte dont la série est douteuse : la demander, à un terminal (ask, défaut), prendre la plus proche "
    "(nearest), en commencer une (new), laisser le texte (skip) ; chacun est dit.",
)
@option("--force", is_flag=True, help="Remplace le texte déjà présent ; l’ancien reste à côté (.bak).")
@option("--kind", type=click.Choice(("official", "scan", "working-translation", "draft")), help="Nature du texte.")
@_lang
@_corpus
@_repair
@_tracked
@_ocr
@_debug
def add(**given: object) -> int:
    """Fait entrer des textes dans le corpus.

    Ils sont lus, réparés, structurés, écrits en Markdown.

    La série d’un texte est celle d’une édition qu’il cite, dont il a le titre ou à laquelle il ressemble beaucoup ;
    ce qui reste douteux est demandé, et n’est deviné que si --doubtful le dit.
    """
    from resdiff.cli.options import typed
    from resdiff.cli.shelving import AddOptions, run_add

    return run_add(typed(AddOptions, given))


@resdiff.command(cls=ToldCommand, short_help="Donne la liste des séries du corpus, ou y déplace un texte.")
@argument("named", metavar="[SÉRIE|COTE]", required=False)
@_value("--to", example="autre-serie", metavar="SÉRIE", help="Y déplace la cote nommée, avec ce qui l’accompagne.")
@_lang
@_corpus
@_debug
def series(**given: object) -> int:
    """Donne la liste des séries du corpus, ou des éditions d’une série (nom ou cote) ; y déplace un texte."""
    from resdiff.cli.options import typed
    from resdiff.cli.shelving import SeriesOptions, run_series

    return run_series(typed(SeriesOptions, given))


@resdiff.command(cls=ToldCommand, short_help="Cherche un texte au service de documents des Nations Unies.")
@argument("symbol", metavar="COTE")
@_value("--language", example="fr", metavar="CODE", help="Langue du texte : ar, en, es, fr, ru, zh.")
@option("--format", "form", type=click.Choice(("pdf", "doc")), help="Format demandé au service.")
@option("--refresh", is_flag=True, help="Demande de nouveau un texte déjà gardé ; l’ancien reste.")
@_value("-o", "--output", example="74-175.pdf", metavar="FICHIER", help="Où en écrire une copie ; « - » : la sortie.")
@_documents
@_service
@_lang
@_debug
def fetch(**given: object) -> int:
    """Cherche un texte au service de documents des Nations Unies et le garde, avec son adresse et son empreinte.

    Pour le comparer aussitôt : « resdiff ANCIEN NOUVEAU --fetch ». Pour qu’il entre dans le corpus : « resdiff add ».
    """
    from resdiff.cli.options import FetchOptions, typed
    from resdiff.cli.runs import run_fetch

    return run_fetch(typed(FetchOptions, given))


@resdiff.command(cls=ToldCommand, short_help="Fait tous les rapports d’un corpus, et leur index.")
@argument("corpus", metavar="[CORPUS]", required=False, type=_PATH, envvar="RESDIFF_CORPUS")
@_value(
    "-o",
    "--output",
    example="reports",
    metavar="DOSSIER",
    help="Où écrire : un dossier, ou une adresse que fsspec connaît (file://, s3://) [défaut : reports].",
)
@_value(
    "--only",
    example="droit-a-la-vie-privee",
    multiple=True,
    metavar="SÉRIE",
    help="Ces séries seules (nom, ou cote d’une édition) ; répétable.",
)
@_value("--since", example="origin/main", metavar="RÉVISION", help="Les séries que git dit changées depuis, seules.")
@_value(
    "--cluster",
    example="tcp://10.0.0.1:8786",
    metavar="ADRESSE",
    help="Fait faire les séries par un cluster Dask (extra « cluster ») ; le résultat est le même.",
)
@_value(
    "--site-url",
    example="https://exemple.org/resolutions/",
    metavar="ADRESSE",
    help="Adresse du dossier sur le web, pour les liens des fils Atom [défaut : liens relatifs].",
)
@option("--check", is_flag=True, help="N’écrit rien ; échoue si les rapports ne sont pas à jour.")
@option("--force", is_flag=True, help="Refait tout, même ce qui n’a pas changé.")
@_jobs
@_value(
    "--gates",
    example="gates.sarif",
    multiple=True,
    metavar="FICHIER",
    help="Vérifie aussi les règles (voir gate) et écrit là ce qu’elles disent ; répétable ; « - » : la sortie.",
)
@option("--debug", is_flag=True, hidden=True)
@_lang
def changelog(**given: object) -> int:
    """Fait les rapports de toutes les éditions successives de toutes les séries, et leur index.

    Sans CORPUS : celui que dit RESDIFF_CORPUS, puis ./corpus. Avec --only ou --since, seules ces séries sont
    regardées ; les autres restent sur l’index comme elles y sont.
    """
    from resdiff.cli.options import typed
    from resdiff.cli.publishing import ChangelogOptions, run_changelog

    return run_changelog(typed(ChangelogOptions, given))


@resdiff.command("compile", cls=ToldCommand, short_help="Réunit les projets de plusieurs délégations en un texte.")
@argument("base", metavar="BASE")
@argument("drafts", metavar="[NOM=]PROJET...", nargs=-1)
@_value(
    "--take", example="FR", metavar="NOM", help="Redonne le texte de cette délégation ; « BASE » : le texte de base."
)
@_value("-o", "--output", example="compilation.docx", multiple=True, metavar="FICHIER", help="Où écrire ; répétable.")
@option("--format", "form", type=click.Choice(DRAFTED), help="Format ; l’emporte sur le suffixe.")
@option(
    "--tracked",
    "pending",
    type=click.Choice(("accept", "reject")),
    help="Comment lire les modifications suivies en suspens de plusieurs auteurs.",
)
@option("--exit-code", is_flag=True, help="Sort avec 1 quand des passages sont disputés.")
@_lang
@_corpus
@_text_lang
@_repair
@_ocr
@_online
@_cache
@_color
@_value(
    "--date", example="2026-11-26", metavar="AAAA-MM-JJ", envvar="RESDIFF_DATE", help="Date des propositions (Word)."
)
@_debug
def compile_(**given: object) -> int:
    """Réunit en un texte les projets de plusieurs délégations, chaque proposition sous son nom.

    « resdiff compile 74/175 FR=fr.docx CH=ch.docx -o compilation.docx » : ce qu’un seul propose, ou tous dans les mêmes
    mots, est une modification suivie à son nom ; ce qui se dispute est entre crochets, chaque texte sous ses noms.
    « resdiff compile --take FR compilation.docx » redonne le texte de FR, à la lettre.
    """
    from resdiff.cli.compiling import CompileOptions, run_compile
    from resdiff.cli.options import typed

    return run_compile(typed(CompileOptions, given))


@resdiff.command(cls=ToldCommand, short_help="Commence la prochaine édition d’un texte.")
@argument("text", metavar="COTE|FICHIER")
@_value(
    "--session",
    example="80",
    type=click.IntRange(1, 199),
    metavar="NUMÉRO",
    help="Session de la prochaine édition [défaut : la cadence].",
)
@_value("--before", example="74/175", metavar="COTE|FICHIER", help="Édition d’avant [défaut : celle du corpus].")
@_value("-o", "--output", example="projet.docx", multiple=True, metavar="FICHIER", help="Où écrire ; répétable.")
@option("--format", "form", type=click.Choice(DRAFTED), help="Format ; l’emporte sur le suffixe.")
@_lang
@_desk_options
@_color
@_value("--author", example="Secrétariat", metavar="NOM", help="Auteur des modifications suivies (Word).")
@_value("--date", example="2026-11-26", metavar="AAAA-MM-JJ", envvar="RESDIFF_DATE", help="Leur date (Word).")
@_debug
def draft(**given: object) -> int:
    """Commence la prochaine édition d’un texte à partir de la dernière.

    « resdiff draft 78/226 --session 80 -o projet.docx » : ce que la dernière édition a mis à jour par routine l’est de
    nouveau, en modifications suivies, chacune avec sa règle ; ce qu’une personne doit décider est entre crochets.
    """
    from resdiff.cli.options import typed
    from resdiff.cli.rolling import DraftOptions, run_draft

    return run_draft(typed(DraftOptions, given))


@resdiff.command(cls=ToldCommand, short_help="Met en regard un texte dans deux langues.")
@argument("one", metavar="COTE|FICHIER")
@argument("other", metavar="[COTE|FICHIER]", required=False)
@_value("-o", "--output", example="regard.html", multiple=True, metavar="FICHIER", help="Où écrire ; répétable.")
@option("--format", "form", type=click.Choice(DRAFTED), help="Format ; l’emporte sur le suffixe.")
@option("--exit-code", is_flag=True, help="Sort avec 1 quand quelque chose diffère.")
@_lang
@_desk_options
@_color
@_debug
def parallel(**given: object) -> int:
    """Met en regard le français et l’anglais d’un même texte, et dit ce qui n’est que dans l’un.

    « resdiff parallel 74-175.fr.md 74-175.en.docx -o regard.html » : nombres, dates, sessions, cotes, noms, conditions
    et force des verbes, alinéa par alinéa ; le reste de la traduction n’est pas jugé. Une cote seule : les deux langues
    du corpus.
    """
    from resdiff.cli.options import typed
    from resdiff.cli.paralleling import ParallelOptions, run_parallel

    return run_parallel(typed(ParallelOptions, given))


@resdiff.command(cls=ToldCommand)
@argument("named", metavar="[THÈME]", required=False)
@_value("--topics", example="themes.toml", type=_PATH, metavar="FICHIER", help="Thèmes ajoutés (TOML).")
@_lang
@_debug
def topics(**given: object) -> int:
    """Donne la liste des thèmes reconnus, ou de ceux de ce nom."""
    from resdiff.cli.options import TopicsOptions, typed
    from resdiff.cli.runs import run_topics

    return run_topics(typed(TopicsOptions, given))


@resdiff.command(cls=ToldCommand, short_help="Fait ou tient à jour l’index du langage convenu.")
@argument("corpus", metavar="[CORPUS]", required=False, type=_PATH, envvar="RESDIFF_CORPUS")
@_value(
    "-o",
    "--output",
    example="corpus.index",
    type=_PATH,
    metavar="FICHIER",
    help="Fichier de l’index [défaut : dans le dossier des caches, où search et check le trouvent].",
)
@_value(
    "--cluster",
    example="tcp://10.0.0.1:8786",
    metavar="ADRESSE",
    help="Fait lire les textes par un cluster Dask (extra « cluster ») ; le résultat est le même.",
)
@option("--check", is_flag=True, help="N’écrit rien ; échoue si l’index n’est pas à jour ou est abîmé.")
@_lang
@_debug
def index(**given: object) -> int:
    """Fait l’index des phrases et des membres de phrase d’un corpus, ou de tout dossier de textes.

    Ce qui n’a pas changé n’est pas relu. Un index interrompu reste ce qu’il était.
    """
    from resdiff.cli.options import typed
    from resdiff.cli.search import IndexOptions, run_index

    return run_index(typed(IndexOptions, given))


@resdiff.command(cls=ToldCommand, short_help="Cherche où des mots ont été adoptés, et depuis quand.")
@argument("query", metavar="MOTS", nargs=-1, required=True)
@_value("--near", example="coopération", metavar="MOTS", help="À dix mots au plus de ceux-ci.")
@_value("--since", example="2015", metavar="ANNÉE", help="Dans des textes adoptés depuis.")
@_value("--until", example="2023", metavar="ANNÉE", help="Dans des textes adoptés jusque-là.")
@option("--part", type=click.Choice(("operative", "preamble", "annex")), help="Dispositif, préambule ou annexe.")
@_value("--language", example="fr", metavar="CODE", help="Langue des textes [défaut : toutes].")
@_value("--index", example="corpus.index", type=_PATH, metavar="FICHIER", help="Index où chercher.")
@_corpus
@_value(
    "--most", example="50", type=click.IntRange(1, 1000), metavar="NOMBRE", help="Formulations données [défaut : 20]."
)
@option("--format", "form", type=click.Choice(("text", "json", "html")), help="Format ; l’emporte sur le suffixe.")
@_value("-o", "--output", example="passages.html", metavar="FICHIER", help="Où écrire ; « - » : la sortie.")
@_lang
@_color
@_width
@_debug
def search(**given: object) -> int:
    """Cherche des mots dans les textes adoptés : « preuves électroniques », électron*, "les deux à la suite", -exclu.

    Une même formulation n’est donnée qu’une fois, avec le premier et le dernier texte qui l’ont et leur nombre.
    """
    from resdiff.cli.options import typed
    from resdiff.cli.search import SearchOptions, run_search

    given["query"] = " ".join(given["query"]) if isinstance(given["query"], tuple) else given["query"]
    if given["index"] and click.get_current_context().get_parameter_source("corpus") is ParameterSource.ENVIRONMENT:
        given["corpus"] = None
    return run_search(typed(SearchOptions, given))


@resdiff.command(cls=ToldCommand, short_help="Dit ce qui, dans un projet, est convenu, adapté ou nouveau.")
@argument("draft", metavar="PROJET")
@_value(
    "--against",
    example="corpus.index",
    type=_PATH,
    metavar="DOSSIER|INDEX",
    help="Textes adoptés auxquels comparer [défaut : le corpus].",
)
@_value(
    "-o",
    "--output",
    example="relu.docx",
    multiple=True,
    metavar="FICHIER",
    help="Où écrire (.html, .docx, .json, .md, .txt) ; répétable ; « - » : la sortie.",
)
@option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "html", "md", "docx")),
    help="Format ; l’emporte sur le suffixe.",
)
@_lang
@_corpus
@_text_lang
@_repair
@_tracked
@_ocr
@_color
@_width
@_value("--author", example="Secrétariat", metavar="NOM", help="Auteur des commentaires (Word).")
@_value(
    "--date",
    example="2019-12-18",
    metavar="AAAA-MM-JJ",
    envvar="RESDIFF_DATE",
    help="Leur date [défaut : aucune].",
)
@_debug
def check(**given: object) -> int:
    """Compare chaque membre de phrase d’un projet à ce qui a été adopté : convenu, adapté ou nouveau, avec sa source.

    D’un projet Word, « -o relu.docx » rend le même fichier, avec des commentaires.
    """
    from resdiff.cli.options import typed
    from resdiff.cli.search import CheckOptions, run_check

    return run_check(typed(CheckOptions, given))


_since = _value(
    "--since",
    example="origin/main",
    metavar="RÉVISION",
    help="Seulement ce qui a changé depuis cette révision de git (l’ancêtre commun compte).",
)


@resdiff.command(cls=ToldCommand, short_help="Vérifie des règles : ce qui ne doit pas changer.")
@argument("texts", metavar="[ANCIEN NOUVEAU|SÉRIE|COTE|DOSSIER|FICHIER]", nargs=-1)
@_value(
    "--gate",
    example="regles.toml",
    multiple=True,
    metavar="FICHIER|RÈGLE",
    help="Règles : un fichier TOML, ou « phrase=vie privée », « at-most=3 », « routine-only »… ; répétable "
    "[en plus de resdiff.toml et des series.toml].",
)
@option(
    "--family",
    type=click.Choice(("mandat", "garanties", "rédactionnel", "technique")),
    multiple=True,
    help="Seulement les règles de cette famille ; répétable.",
)
@option("--latest", is_flag=True, help="De chaque série, seulement les deux dernières éditions.")
@_since
@option("--explain", is_flag=True, help="Dit de chaque règle pourquoi elle est respectée ou enfreinte.")
@_value(
    "--accept",
    example="all",
    multiple=True,
    metavar="EMPREINTE|all",
    help="Accepte ce résultat, ou tous : une ligne [[accepted]] dans resdiff.toml ; répétable.",
)
@_value("--reason", example="décidé le 3 mai", metavar="TEXTE", help="Pourquoi (avec --accept, obligatoire).")
@_value("--until", example="2027-12-31", metavar="AAAA-MM-JJ", help="Jusqu’à quel jour (avec --accept, obligatoire).")
@_value(
    "-o",
    "--output",
    example="gates.sarif",
    multiple=True,
    metavar="FICHIER",
    help="Où écrire (.txt, .json, .sarif, .xml pour JUnit, .md) ; répétable ; « - » : la sortie.",
)
@option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "sarif", "junit", "github", "md")),
    help="Format ; l’emporte sur le suffixe.",
)
@_lang
@_desk_options
@_links
@_color
@_jobs
@option("--debug", is_flag=True, hidden=True)
def gate(**given: object) -> int:
    """Vérifie des règles [[gate]] : un thème, un nom, des mots, une condition qui ne doivent pas disparaître, des
    verbes qui ne doivent pas faiblir, des alinéas qui ne doivent pas changer.

    Se comparent deux textes, toutes les éditions d’une série, tout le corpus, ou d’un fichier Word le texte sans ses
    modifications suivies et le texte avec elles. Sort avec 3 quand une règle de gravité
    « error » est enfreinte, avec 74 quand des textes n’ont pu être comparés.
    """
    from resdiff.cli.gating import GateOptions, run_gate
    from resdiff.cli.options import typed

    return run_gate(typed(GateOptions, given))


@resdiff.command(cls=ToldCommand, short_help="Dit quels textes du corpus ont changé depuis une révision de git.")
@argument("corpus", metavar="[CORPUS]", required=False, type=_PATH, envvar="RESDIFF_CORPUS")
@_value("--since", example="origin/main", required=True, metavar="RÉVISION", help="Révision de git de départ.")
@option("--format", "form", type=click.Choice(("text", "md")), help="Liste, ou commentaire en Markdown.")
@_value("-o", "--output", example="comment.md", metavar="FICHIER", help="Où écrire ; « - » : la sortie.")
@_lang
@_debug
def changed(**given: object) -> int:
    """Dit quels textes du corpus ont changé depuis une révision de git, et en quoi.

    Un nouveau texte est comparé à l’édition d’avant, un texte corrigé à ce qu’il était. En Markdown, c’est un
    commentaire pour une demande de fusion, qui tient dans la taille permise.
    """
    from resdiff.cli.changed import ChangedOptions, run_changed
    from resdiff.cli.options import typed

    return run_changed(typed(ChangedOptions, given))


@resdiff.command("git-textconv", cls=ToldCommand, short_help="Un texte par alinéas, pour « git diff ».")
@argument("text", metavar="FICHIER")
@_lang
@_debug
def git_textconv(**given: object) -> int:
    """Écrit un texte alinéa par alinéa, pour que « git diff » et « git log -p » les montrent.

    À régler une fois : git config diff.resdiff.textconv "resdiff git-textconv", et « *.fr.md diff=resdiff » dans
    .gitattributes. Vaut aussi pour des fichiers Word ou PDF.
    """
    from resdiff.cli.gitting import GitTextconvOptions, run_textconv
    from resdiff.cli.options import typed

    return run_textconv(typed(GitTextconvOptions, given))


@resdiff.command(cls=ToldCommand, short_help="Compare deux versions d’un fichier, appelé par git.")
@argument("given", metavar="FICHIERS...", nargs=-1, required=True)
@_lang
@_color
@_debug
def difftool(**given: object) -> int:
    """Compare deux versions d’un texte, comme git les nomme.

    À régler une fois : git config diff.resdiff.command "resdiff difftool", ou
    git config difftool.resdiff.cmd 'resdiff difftool "$LOCAL" "$REMOTE"'. Ce qui ne peut être lu est dit, et n’arrête
    pas git.
    """
    from resdiff.cli.gitting import DifftoolOptions, run_difftool
    from resdiff.cli.options import typed

    return run_difftool(typed(DifftoolOptions, given))


@resdiff.command(cls=ToldCommand, short_help="Ouvre la page locale : tout cela dans un navigateur.")
@_value("--port", example="8000", type=click.IntRange(0, 65_535), metavar="NOMBRE", help="Port [défaut : 8000].")
@_value(
    "--host",
    example="0.0.0.0",
    metavar="ADRESSE",
    help="Adresse où écouter [défaut : 127.0.0.1, cette machine seule].",
)
@_value(
    "--name",
    "names",
    example="resdiff.mission.example",
    multiple=True,
    metavar="NOM",
    help="Autre nom sous lequel la page est demandée ; répétable.",
)
@_corpus
@option("--browser/--no-browser", default=True, help="Ouvre le navigateur ; sinon, écrit l’adresse à ouvrir.")
@_lang
@_debug
def serve(**given: object) -> int:
    """Ouvre la page locale : déposer deux textes, vérifier ce qui a été lu, lire le rapport, l’enregistrer en Word.

    Aucun texte ne quitte la machine. Ctrl-C arrête la page. Il faut l’installer avec : pip install
    'resdiff[web] @ git+https://github.com/resdiff/resdiff'.
    """
    from resdiff.cli.options import typed
    from resdiff.cli.serving import ServeOptions, run_serve

    return run_serve(typed(ServeOptions, given))
