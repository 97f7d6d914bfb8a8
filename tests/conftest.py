"""What every test may ask for: the shipped corpus, the real pair, the material beside the project, the command."""

import os
import subprocess
import sys
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from browsers import chromium, context_of, opened, violations  # noqa: F401 - fixtures of tests/browser
from hypothesis import settings
from visitors import served, visitor  # noqa: F401 - fixtures of tests of the local page

# what the command asks its surroundings: a test says itself what it wants of them, and runs alike at a desk and in CI
SURROUNDINGS = ("CI", "FORCE_COLOR", "GIT_PAGER_IN_USE", "LESS", "LV", "NO_COLOR", "PAGER", "SOURCE_DATE_EPOCH")
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

person = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may do anything")
for name in tuple(os.environ):
    if name in SURROUNDINGS or name.startswith("RESDIFF_"):
        del os.environ[name]
settings.register_profile("untimed", deadline=None)  # three processes share two cores: what is slow is benchmarked
settings.load_profile("untimed")
collect_ignore = ["libreoffice.py"]  # a script for the Python that LibreOffice brings


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.slow)
    # one process runs what stands together, and so compares the long series once; what takes long is best begun first
    items.sort(key=lambda item: item.get_closest_marker("chains") is None)


@pytest.fixture(scope="session")
def shared():
    """The real material beside the project; tests that want it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the material in ../shared is absent")
    return SHARED


@pytest.fixture(scope="module")
def read_here():
    """Word files that the tests of a module made are read in its own process: another takes a third of a second for
    each beside the threads of a test run. That files of others have one is what test_apart and test_hostile see."""
    from resdiff.reading import apart

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "_started", apart._answer)
        yield


@pytest.fixture(scope="module")
def made_once():
    """The steps of a changelog by their names, each made once for the same values."""
    from once import once

    from resdiff.changelog import making

    steps = ("compare", "recognize", "judge", "build_report", "entry", "render", "render_chronicle")
    return {name: once(getattr(making, name)) for name in steps}


@pytest.fixture
def remembered(made_once, monkeypatch):
    """A changelog compares, judges and draws the same texts once, however often the tests of a module have it built:
    for tests of what becomes of its pages on a disk, not of what they say."""
    for name, step in made_once.items():
        monkeypatch.setattr(f"resdiff.changelog.making.{name}", step)


@pytest.fixture(scope="session")
def scan():
    """The path of a file of a scan, ``A-72-194.ocr.txt``: in the project where it may be shipped, else beside it."""

    def path(name):
        shipped = ROOT / "tests" / "gold" / "scans" / name
        if not shipped.is_file() and not SHARED.is_dir():
            pytest.skip("the material in ../shared is absent")
        return shipped if shipped.is_file() else SHARED / "ocr" / name

    return path


@pytest.fixture(scope="session")
def corpus():
    from resdiff.corpus import Corpus

    return Corpus(ROOT / "corpus")


@pytest.fixture(scope="session")
def pairs(corpus):
    """The judged comparisons of the shipped series, by the short symbols of the pair."""
    from judging import judged

    from resdiff.comparison import compare

    names = ("72/194", "74/175", "78/226")
    texts = {name: corpus.get(name) for name in names}
    earlier = {"74/175": (texts["72/194"],)}
    return {
        (old, new): judged(compare(texts[old], texts[new]), earlier=earlier.get(old, ()))
        for old, new in pairwise(names)
    }


@pytest.fixture(scope="session")
def real_pair(pairs):
    return pairs["72/194", "74/175"]


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """A home for what the command keeps from run to run, away from that of the person who tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def run_command(cache):
    """Run ``resdiff`` as a person does, in a folder, against the shipped corpus: exit code, output, errors."""
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "RESDIFF_CORPUS", "CI")}

    def run(*args, cwd, given=b"", env=None):
        done = subprocess.run(
            [sys.executable, "-m", "resdiff", *map(str, args)],
            input=given,
            capture_output=True,
            cwd=cwd,
            env=environment | {"RESDIFF_CORPUS": str(ROOT / "corpus"), "XDG_CACHE_HOME": str(cache)} | (env or {}),
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    return run


@pytest.fixture
def command(tmp_path, run_command):
    """Run ``resdiff`` in an empty folder, or in another one that is named."""
    return partial(run_command, cwd=tmp_path)
