"""The command ``changelog``: what it was asked for, how it gets on, what it says at the end."""

import gc
import os
import re
import sys
import time
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct, field

from resdiff import files
from resdiff.cli.desk import ReadingOptions
from resdiff.cli.output import is_terminal, pair_rate, progress_in_pairs, say
from resdiff.cli.told import printable
from resdiff.errors import INCOMPLETE, INTERRUPTED, NotFoundError, UsageError
from resdiff.messages import message
from resdiff.processes import cores
from resdiff.spelling import nearest
from resdiff.symbol import normalise

if TYPE_CHECKING:
    from resdiff.changelog import Checked, Moved, Outcome, Run, Step, Store
    from resdiff.corpus import Corpus

__all__ = ["ChangelogOptions", "run_changelog"]

MOST_NAMED = 3  # series named when one is not there
# the address of a folder on the web, in the characters of RFC 3986: a server, perhaps its port, perhaps a path
RE_SITE = r"https?://(?:[a-z0-9][a-z0-9.-]*|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:/[\w.~!$&'()*+,;=:@%/-]*)?"
RE_PLACE = r"[a-z][a-z0-9+]+://.+"


class ChangelogOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A corpus, where its reports go and where that lies on the web, which series are looked at, and who builds them:
    so many processes (0: one for each core), or a cluster; and where goes what its gates say."""

    corpus: Path | None = None
    output: str = "reports"
    site_url: str = ""
    only: tuple[str, ...] = ()
    since: str = ""
    cluster: str = ""
    check: bool = False
    debug: bool = False
    force: bool = False
    jobs: int = 0
    gates: tuple[str, ...] = ()
    lang: str = "fr"


def run_changelog(options: ChangelogOptions) -> int:
    """Build the reports of a corpus, or check them; what failed is told pair by pair."""
    from resdiff.changelog import Checked
    from resdiff.corpus import Corpus, locate

    if options.output == "-":
        raise UsageError("folder-needed")
    # a corpus is no short run: cycles of values are looked for again, among what is made from now on
    gc.freeze()
    gc.enable()
    corpus = Corpus(locate(options.corpus, own=True))
    _ask_for_pairs(corpus, options)
    only = _only(corpus, options)
    try:
        done = _done(corpus, only, options)
    except KeyboardInterrupt:
        click.echo(f"resdiff : {message('cli.interrupted', lang=options.lang)}", err=True)
        return INTERRUPTED
    lines = [message("cli.failed", place, why, lang=options.lang) for place, why in done.failed]
    if isinstance(done, Checked):
        lines += [message(f"cli.{s.reason}", f"{options.output}/{s.name}", lang=options.lang) for s in done.stale]
    else:
        say("cli.built", done.built, done.skipped, len(done.failed), lang=options.lang)
    for line in lines:
        click.echo(f"resdiff : {printable(line)}", err=True)
    for trace in done.traces if options.debug else ():
        click.echo(trace, err=True)
    return _gates(options, corpus.folder, INCOMPLETE if lines else 0)


def _gates(options: ChangelogOptions, folder: Path, code: int) -> int:
    """Judge the gates of the corpus too, where that is asked for; that the reports are incomplete weighs more."""
    if not options.gates:
        return code
    from resdiff.cli.gating import GateOptions, run_gate

    reading = ReadingOptions(corpus=folder, cache=True)
    judged = run_gate(GateOptions(texts=(str(folder),), reading=reading, output=options.gates, lang=options.lang))
    return code or judged


def _done(corpus: "Corpus", only: set[str] | None, options: ChangelogOptions) -> "Checked | Outcome":
    from resdiff.changelog import build_changelog, check_changelog, pairs

    lang, site, jobs = options.lang, _site(options.site_url), options.jobs or cores()
    place = _place(options.output)
    with _progress(pairs(corpus, only), lang) as step:
        if options.check:
            if not isinstance(place, Path):
                raise UsageError("check-needs-folder", options.output)
            return check_changelog(corpus, place, lang=lang, site=site, only=only, step=step, jobs=jobs)
        run = _cluster(options, place)
        return build_changelog(
            corpus, place, lang=lang, site=site, force=options.force, only=only, step=step, jobs=jobs, run=run
        )


def _ask_for_pairs(corpus: "Corpus", options: ChangelogOptions) -> None:
    """Raises NotFoundError, with the way out, for a corpus of which nothing can be told."""
    if files.is_same(Path(options.output), corpus.folder):  # which is told first
        return
    left_out = corpus.left_out()
    if not corpus.shelves:
        if left_out:
            path, why = left_out[0]
            raise NotFoundError("corpus-unreadable", corpus.folder, printable(path.name), why)
        raise NotFoundError("corpus-empty", corpus.folder)
    if not left_out and not any(shelf.pairs() for shelf in corpus.shelves):
        raise NotFoundError("corpus-without-pairs", corpus.folder)


def _site(address: str) -> str:
    """The address of a site with a slash at its end, empty where none was given. Raises UsageError."""
    if not address:
        return ""
    if not re.fullmatch(RE_SITE, address, re.ASCII | re.IGNORECASE):
        raise UsageError("site-url-invalid", address)
    return address.rstrip("/") + "/"


def _place(output: str) -> "Path | Store":
    """The folder of the reports, or a place that fsspec knows. Raises UsageError, OutputError."""
    if not re.fullmatch(RE_PLACE, output, re.ASCII):
        return Path(output)
    if output.startswith("file://"):
        from urllib.parse import unquote, urlsplit

        return Path(unquote(urlsplit(output).path))
    from resdiff.changelog.remote import remote

    return remote(output)


def _cluster(options: ChangelogOptions, place: "Path | Store") -> "Run | None":
    """What builds the series on the cluster that was named, else None. Raises UsageError, ServiceError."""
    if not options.cluster:
        return None
    from resdiff.cluster import on_cluster

    return on_cluster(options.cluster, is_shared=not isinstance(place, Path) or options.output.startswith("file://"))


# ---- which series ---------------------------------------------------------------------------------------------------


def _only(corpus: "Corpus", options: ChangelogOptions) -> set[str] | None:
    """The keys of the series to look at; None for all. Raises NotFoundError, UsageError."""
    if not options.only and not options.since:
        return None
    keys = {shelf.key for shelf in corpus.shelves}
    named = {_key(word, keys, corpus) for word in options.only} or keys
    return named & (_changed(corpus.folder, options.since) if options.since else keys)


def _key(word: str, keys: Set[str], corpus: "Corpus") -> str:
    """The series of that key, or that has the text of that symbol. Raises NotFoundError."""
    if word in keys:
        return word
    if normalise(word):
        return corpus.find_any(word)[0].key
    near = nearest(word, keys)
    raise NotFoundError("series-not-there", word, corpus.folder, near or ", ".join(sorted(keys)[:MOST_NAMED]))


def _changed(folder: Path, revision: str) -> set[str]:
    """The folders of series in which git tells another text than at a revision, or one it does not know.

    Raises NotFoundError where there is no repository or no such revision, UsageError for a name that is none.
    """
    from resdiff.cli.revisions import Changed

    here = folder.resolve()
    paths = (path.relative_to(here) for path in Changed.since(revision, folder).files if path.is_relative_to(here))
    return {path.parts[0] for path in paths if len(path.parts) > 1}


# ---- how it gets on -------------------------------------------------------------------------------------------------


@contextmanager
def _progress(length: int, lang: str) -> Iterator["Step"]:
    """What shows how a run gets on: a bar with rate and rest time on a terminal, a line a series in the log of a CI job
    (where ``CI`` is set), else nothing."""
    if length and is_terminal(sys.stderr):
        with progress_in_pairs(length, lang) as step:
            yield lambda moved: step(moved.pairs)
    elif os.environ.get("CI"):
        yield _Log(length, lang).step
    else:
        yield lambda _: None


class _Log(Struct):
    """The lines of a log: how many pairs there are, how many are done, since when."""

    length: int
    lang: str
    pairs: int = 0
    begin: float = field(default_factory=time.monotonic)

    def step(self, moved: "Moved") -> None:
        self.pairs += moved.pairs
        done = moved.done
        if done and (done.built or done.failed):
            counts = (done.built, done.kept, len(done.failed), self.pairs, self.length)
            gone = pair_rate(self.pairs, self.begin, self.lang), self._left()
            click.echo(printable(message("cli.series-done", done.key, *counts, *gone, lang=self.lang)), err=True)

    def _left(self) -> str:
        """How long the rest will take at that rate: "1:05" is a minute and five seconds."""
        seconds = round((time.monotonic() - self.begin) * (self.length / max(1, self.pairs) - 1))
        return f"{seconds // 60}:{seconds % 60:02}"
