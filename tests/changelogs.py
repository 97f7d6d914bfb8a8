"""Front pages of made-up pairs: one pair, so many, the pages of a whole changelog."""

from datetime import date, timedelta

from resdiff.model import Kind, Side, Status
from resdiff.report import Address, Listing, Pair, Sentence, Text, Topic, fronts

TITLE = "Assistance technique dans le domaine de la lutte contre le terrorisme"
SAID = "Demande aux États Membres de partager les meilleures pratiques, conformément à leur droit interne. " * 8


def pair(number, adopted="2019-12-18", title=TITLE, **more):
    old, new = (Text(f"{n}/1", f"A/RES/{n}/1", title, adopted, adopted, "fr") for n in (number - 1, number))
    return Pair(
        old.name,
        new.name,
        f"A-RES-{number - 1}-1_A-RES-{number}-1.fr",
        Sentence(("33 → 49 alinéas et paragraphes",)),
        (Sentence((Address(Side.NEW, "op6", "par. 6"), f" : « {SAID} »")),) * 3,
        texts=(old, new),
        kinds=((Kind.ADDED, 18), (Kind.REMOVED, 3), (Kind.MODIFIED, 22), (Kind.UNCHANGED, 7)),
        topics=tuple(
            Topic(f"t{n}", f"thème {n}", status)
            for n, status in enumerate((Status.NEW, Status.NEW, Status.DROPPED, *[Status.KEPT] * 20))
        ),
        **more,
    )


def site(series, lang="fr"):
    return dict(fronts(series, lang, feed="atom.xml"))


def many(count, of=10):
    """So many pairs, ten a series, one a week."""
    rows = [pair(n + 2, (date(1990, 1, 1) + timedelta(days=7 * n)).isoformat()) for n in range(count)]
    return {f"serie-{n:03d}": Listing(f"Série {n}", tuple(rows[n * of : (n + 1) * of])) for n in range(count // of)}
