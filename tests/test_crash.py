"""A run that is stopped at any write, then repeated, ends as if it had never been stopped.

In the manner of https://sqlite.org/testing.html#crash_testing: a layer below lets the first n changes of the disk pass
and stops at the next, for every n, of long runs for each third in turn. A *kill* lets nothing pass after it, not even
what tidies up; an *interrupt* (Ctrl-C) comes once, and the run may end in order.
"""

import hashlib
import io
import os
import shutil
from itertools import count

import build
import pytest
from turns import turn

from resdiff import files
from resdiff.accession import Entering, enter
from resdiff.changelog import build_changelog, check_changelog
from resdiff.corpus import Corpus
from resdiff.errors import OutputError
from resdiff.fetch import Fetched, _keep, _known

pytestmark = pytest.mark.usefixtures("remembered")

CHANGES = ("mkdir", "replace", "rename", "unlink", "rmdir", "chmod")


class Kill(BaseException):
    """The process is no more."""


class Disk:
    """Lets ``passes`` changes through and stops at the next: ``stopped`` says whether it came to that."""

    def __init__(self, monkeypatch, passes, stop):
        self.left, self.stop, self.stopped = passes, stop, False
        for name in CHANGES:
            monkeypatch.setattr(os, name, self._guarded(getattr(os, name)))
        monkeypatch.setattr(io, "open", self._opened(io.open))

    def change(self):
        if self.left == 0 and not (self.stopped and self.stop is KeyboardInterrupt):
            self.stopped = True
            raise self.stop
        self.left = max(0, self.left - 1)

    def _guarded(self, real):
        def act(*args, **options):
            self.change()
            return real(*args, **options)

        return act

    def _opened(self, real):
        def opened(file, mode="r", *args, **options):
            if not set(mode) & set("wxa+"):
                return real(file, mode, *args, **options)
            self.change()
            return Halting(self, real(file, mode, *args, **options))

        return opened


class Halting:
    """A file that is stopped in the middle of what it writes."""

    def __init__(self, disk, file):
        self.disk, self.file = disk, file

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def flush(self):
        self.file.flush()

    def fileno(self):
        return self.file.fileno()

    def write(self, data):
        self.file.write(data[: len(data) // 2])
        self.disk.change()
        self.file.write(data[len(data) // 2 :])


def stopped_at_every_change(monkeypatch, tmp_path, stop, make, act, parts=1):
    """For every n a folder that ``make`` made, in which ``act`` was stopped at the nth change; at last, not stopped."""
    for passes in count(turn() % parts, parts):
        folder = tmp_path / f"folder{passes}"
        make(folder)
        with monkeypatch.context() as patched:
            disk = Disk(patched, passes, stop)
            try:
                act(folder)
            except stop:
                assert disk.stopped
        yield folder
        if not disk.stopped:
            break
    assert passes > 5


# before, while it is stopped, after: how the texts are, and the language of the reports
HISTORIES = {
    "from nothing": (None, (build.THREE, "fr"), (build.THREE, "fr")),
    "another language": ((build.THREE, "fr"), (build.THREE, "en"), (build.THREE, "en")),
    "another language and back": ((build.THREE, "fr"), (build.THREE, "en"), (build.THREE, "fr")),
    "an edit undone": ((build.THREE, "fr"), (("vite", "peu à peu", "aussitôt"), "fr"), (build.THREE, "fr")),
    "a text that comes and goes": ((build.THREE[:2], "fr"), (build.THREE, "fr"), (build.THREE[:2], "fr")),
    "a text that goes": ((build.THREE, "fr"), (build.THREE[:2], "fr"), (build.THREE[:2], "fr")),
    "a series that goes": ((build.THREE, "fr"), (build.THREE[:1], "fr"), (build.THREE[:1], "fr")),
}


@pytest.mark.slow
@pytest.mark.parametrize("stop", [Kill, KeyboardInterrupt])
@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_a_changelog_stopped_at_any_write_is_taken_up(tmp_path, monkeypatch, history, stop):
    before, during, after = history
    folder = tmp_path / "corpus"

    def make(state, out):
        build.corpus(folder, state[0])
        build_changelog(Corpus(folder), out, lang=state[1])

    make(after, tmp_path / "wanted")
    if before:
        make(before, tmp_path / "before")

    def begin(out):
        if before:
            shutil.copytree(tmp_path / "before", out)  # it depends on the texts alone
        build.corpus(folder, during[0])

    def run(out):
        build_changelog(Corpus(folder), out, lang=during[1])

    for out in stopped_at_every_change(monkeypatch, tmp_path, stop, begin, run, parts=3):
        if stop is KeyboardInterrupt and out.exists():
            assert not list(out.rglob(".resdiff-*"))
        make(after, out)
        assert build.tree(out) == build.tree(tmp_path / "wanted")
        assert check_changelog(Corpus(folder), out, lang=after[1]).stale == ()


def test_what_was_done_before_an_interrupt_is_kept(tmp_path):
    build.corpus(tmp_path / "corpus", build.THREE)

    def interrupt(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_changelog(Corpus(tmp_path / "corpus"), tmp_path / "out", step=interrupt)
    outcome = build_changelog(Corpus(tmp_path / "corpus"), tmp_path / "out")
    assert (outcome.built, outcome.skipped) == (1, 1)


@pytest.mark.parametrize("is_there", [False, True])
@pytest.mark.parametrize("stop", [Kill, KeyboardInterrupt])
def test_a_text_stopped_at_any_write_is_entered_whole_and_the_old_one_not_lost(tmp_path, monkeypatch, stop, is_there):
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(build.TEXT.format(n=1, how="vite"), encoding="utf-8")
    new.write_text(build.TEXT.format(n=1, how="aussitôt"), encoding="utf-8")

    def make(corpus):
        if is_there:
            enter(old, corpus, Entering(series="s"))

    def entered(corpus):
        enter(new, corpus, Entering(series="s", force=is_there))

    make(tmp_path / "wanted")
    before = {data for name, data in build.tree(tmp_path / "wanted").items() if name.endswith(".md")}
    entered(tmp_path / "wanted")
    for corpus in stopped_at_every_change(monkeypatch, tmp_path, stop, make, entered):
        assert before <= set(build.tree(corpus).values())
        try:
            entered(corpus)
        except OutputError as error:
            assert error.code == "edition-exists"
        assert build.tree(corpus) == build.tree(tmp_path / "wanted")


@pytest.mark.parametrize("stop", [Kill, KeyboardInterrupt])
def test_a_document_stopped_at_any_write_is_kept_whole(tmp_path, monkeypatch, stop):
    data = b"%PDF-1.7\n%%EOF\n"
    digest = hashlib.sha256(data).hexdigest()
    came = Fetched("A/RES/90/1", "fr", "application/pdf", "https://x", digest, "2030-01-01", None, data)

    def make(folder):
        assert files.private(folder, readable=True)

    def keep(folder):
        return _keep(came, folder / "A-RES-90-1.fr.pdf.json")

    make(tmp_path / "wanted")
    keep(tmp_path / "wanted")
    for folder in stopped_at_every_change(monkeypatch, tmp_path, stop, make, keep):
        assert all(known.data == data for known in _known(folder / "A-RES-90-1.fr.pdf.json"))
        keep(folder)
        assert build.tree(folder) == build.tree(tmp_path / "wanted")
