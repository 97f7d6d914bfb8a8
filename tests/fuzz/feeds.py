"""What reads hostile inputs, by kind: ``feed`` says what became of one, or raises what broke.

The functions are those that the command calls, but for one thing: what is read apart, under limits, is read in this
process, so that what would only come to its limits shows, and ten thousand inputs do not start ten thousand processes.
"""

import hashlib
import json
import re
import shutil
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

from hostile import TEXT, damaged, damaged_json, seeds

from resdiff.changelog import build_changelog
from resdiff.cli import cache as store
from resdiff.comparison import compare
from resdiff.corpus import Corpus, pins
from resdiff.errors import ResdiffError
from resdiff.fetch import _known
from resdiff.judgement import judge
from resdiff.messages import explained
from resdiff.model import Comparison, Resolution
from resdiff.parsing import parse
from resdiff.reading import apart, read
from resdiff.reading.pdf import typeset_runs
from resdiff.reading.pdf_glyphs import BROKEN, ENCRYPTED, HUGE, runs
from resdiff.recognition import Survey, recognize
from resdiff.recognition.themes import read_topics

READERS = ("txt", "md", "front", "docx", "pdf", "html")
STORES = ("cache", "documents", "manifest")
TABLES = ("table", "corpus")
KINDS = (*READERS, *TABLES, *STORES)
READ, REFUSED = "read", "refused"
PAST = Path(__file__).parent / "past"
SUFFIX = {"front": "md"}


def make(kind, random):
    """A hostile input of that kind: bytes, or (name, bytes) of one file among others."""
    if kind in STORES:
        name = random.choice(sorted(_kept(kind)))
        data = damaged_json(_kept(kind)[name], random)
        if kind == "cache" and random.random() < 0.5:  # by a hand that knows how values are kept: the types must hold
            data = (rest := data.partition(b"\n")[2]) and store._seal(name, rest) + b"\n" + rest
        return name, data
    return damaged(kind, random)


def feed(kind, given):
    """``read``, or ``refused`` in a sentence; anything else is raised: a fault of ours, or a promise broken."""
    try:
        return FEEDS.get(kind, _read)(kind, given)
    except ResdiffError as error:
        sentence = explained(error, "fr")
        assert "{" not in re.sub(r"«[^»]*»", "", sentence) or "{" in str(error.values), sentence
        assert "\n" not in sentence or "\n" in "".join(map(str, error.values)), sentence
        return REFUSED


# ---- what broke something once: tests/fuzz/past/<kind>--<what>[--<name of the file>] --------------------------------


def past():
    """The files that hold such inputs."""
    return sorted(path for path in PAST.iterdir() if "--" in path.name)


def kept(path):
    """The kind and the input that such a file holds."""
    kind, _, name = path.name.split("--") if path.name.count("--") == 2 else (*path.name.split("--"), "")
    return kind, (name, path.read_bytes()) if name else path.read_bytes()


def keep(kind, what, given):
    """Write an input to that folder."""
    name, data = given if isinstance(given, tuple) else ("", given)
    (PAST / "--".join([kind, what, *([name] if name else [])])).write_bytes(data)


# ---- files of foreign formats, and of our own -----------------------------------------------------------------------


def _here(module, given, name, **options):
    """What ``reading.apart.read`` does, in this process."""
    return import_module(f"resdiff.reading.{module}").read(given, name, **options)


def _read(kind, data):
    with patch.object(apart, "read", _here):
        source = read(data, origin=f"x.{SUFFIX.get(kind, kind)}")
    resolution = parse(source)
    assert all(paragraph.id for paragraph in resolution.paragraphs)
    return READ


def _read_pdf(kind, data):
    try:
        pages = runs(data)
    except ValueError as error:
        assert error.args[0] in (ENCRYPTED, BROKEN, HUGE), error
        return REFUSED
    parse(typeset_runs(pages, "x.pdf"))
    return READ


# ---- tables that a person writes, a corpus, its changelog -----------------------------------------------------------


@cache
def _folder():
    """A folder of this process, gone when it ends well."""
    place = Path(tempfile.mkdtemp(prefix="resdiff-fuzz-"))
    import atexit

    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


def _read_table(kind, given):
    name, data = given
    path = _folder() / "tables" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    if name == "topics.toml":
        read_topics(path)
    elif name == "links.toml":
        pins(path)
    else:
        shelf = _folder() / "shelves" / "s"
        shelf.mkdir(parents=True, exist_ok=True)
        (shelf / "A-RES-90-1.fr.md").write_bytes(TEXT.format(n=0, how="vite").encode())
        (shelf / name).write_bytes(data)
        corpus = Corpus(shelf.parent)
        _ = [shelf.title for shelf in corpus.shelves], corpus.left_out()
        corpus.find("90/1")
    return READ


def _fill(folder):
    """The series of three small texts, as it is when nothing is damaged."""
    shelf = folder / "s"
    shutil.rmtree(folder, ignore_errors=True)
    shelf.mkdir(parents=True)
    for name, data in seeds("corpus"):
        (shelf / name).write_bytes(data)
    (folder / "t").mkdir()
    for n in (3, 4):
        (folder / "t" / f"A-RES-9{n}-1.fr.md").write_bytes(TEXT.format(n=n, how="tôt" * n).encode())
    return folder


def _read_corpus(kind, given):
    """A corpus with one damaged file: its changelog is built, and the series beside it is there."""
    name, data = given
    folder = _fill(_folder() / "corpus")
    (folder / "s" / name).write_bytes(data)
    try:
        outcome = build_changelog(Corpus(folder), _folder() / "out")
    except ResdiffError as error:
        raise AssertionError("one file stops a whole changelog") from error
    assert not outcome.traces, outcome.traces[0]
    assert (_folder() / "out" / "t" / "A-RES-93-1_A-RES-94-1.fr.html").is_file()
    return REFUSED if outcome.failed else READ


# ---- what is kept from run to run -----------------------------------------------------------------------------------


def _pair():
    """Two resolutions, what is known of them, how they compare: the values of the cache, by name."""
    old, new = (parse(read(TEXT.format(n=n, how="vite" * n).encode(), origin="x.md")) for n in (1, 2))
    compared = judge(compare(old, new), recognize(old), recognize(new))
    return {"text": (old, Resolution), "survey": (recognize(old), Survey), "pair": (compared, Comparison)}


@cache
def _values():
    return _pair()


@cache
def _kept(kind):
    """The files that a run leaves, by name, as they are when nothing is damaged."""
    place = _folder() / kind
    match kind:
        case "cache":
            for name, (value, _) in _values().items():
                store.save(place, name, value)
            return {name: (place / f"{name}.json").read_bytes() for name in _values()}
        case "documents":
            place.mkdir(exist_ok=True)
            data = b"%PDF-1.4\n%%EOF\n"
            digest = hashlib.sha256(data).hexdigest()
            (place / digest).write_bytes(data)
            names = ("symbol", "language", "media_type", "url", "sha256", "date", "path")
            row = dict(
                zip(
                    names,
                    ("A/RES/90/1", "fr", "application/pdf", "https://x", digest, "2030-01-01", digest),
                    strict=True,
                )
            )
            return {"A-RES-90-1.fr.pdf.json": json.dumps([row, row]).encode()}
        case _:
            build_changelog(Corpus(_fill(_folder() / "made")), place)
            return {name: (place / name).read_bytes() for name in ("manifest.json", "s/manifest.json")}


def _load_value(kind, given):
    """A damaged value is made again, never taken for what was kept; one that is sealed anew is of its type."""
    name, data = given
    value, type_ = _values()[name]
    _kept(kind)
    (_folder() / kind / f"{name}.json").write_bytes(data)
    loaded = store.load(_folder() / kind, name, type_)
    is_sealed = data.startswith(store._seal(name, data.partition(b"\n")[2]))
    assert loaded is None or loaded == value or is_sealed, "a damaged value of the cache was taken"
    return REFUSED if loaded is None else READ


def _load_documents(kind, given):
    name, data = given
    _kept(kind)
    (_folder() / kind / name).write_bytes(data)
    return READ if _known(_folder() / kind / name) else REFUSED


def _load_manifest(kind, given):
    """Whatever a manifest says, the reports are after the run what they were."""
    name, data = given
    _kept(kind)
    wanted, folder = _folder() / kind, _folder() / "again"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(wanted, folder)
    (folder / name).write_bytes(data)
    outcome = build_changelog(Corpus(_folder() / "made"), folder)
    before, after = _tree(wanted), _tree(folder)
    assert not outcome.traces, outcome.traces[0]
    other = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert not other, f"a damaged manifest made other reports: {sorted(other)}"
    return READ if outcome.skipped else REFUSED


def _tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


FEEDS = {
    "pdf": _read_pdf,
    "table": _read_table,
    "corpus": _read_corpus,
    "cache": _load_value,
    "documents": _load_documents,
    "manifest": _load_manifest,
}
