"""The house stands: floors, one home for each foreign library, small functions, nothing unfinished."""

import ast
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "resdiff"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Where each foreign library may be imported.
HOMES = {
    "click": ("cli",),
    "diff_match_patch": ("marking",),
    "markdown_it": ("reading/md.py",),
    "mdit_py_plugins": ("reading/md.py",),
    "yaml": ("reading/md.py",),
    "docx": ("reading", "rendering"),
    "lxml": ("reading", "rendering"),
    "pypdfium2": ("reading/pdf_glyphs.py",),
    "Stemmer": ("language/stems.py",),
    "simplemma": ("repair", "language/inflection.py"),
    "httpx2": ("fetch.py",),
    "distributed": ("cluster.py",),
    "fsspec": ("changelog/remote.py",),
    "xlsxwriter": ("rendering/xlsx.py",),
    "h11": ("web/connections.py",),
    "uvicorn": ("web",),
    "starlette": ("web",),
    "jinja2": ("web/shown.py",),
    "markupsafe": ("web/shown.py",),
}
# The page is loaded by ``serve`` alone, and needs them at once.
AT_ONCE = "web/"
# What the start of every command may load: the rest is imported where it is used.
EARLY = {"click", "msgspec"}


@cache
def trees():
    """The syntax tree of each module; parsed when a test asks, not by every worker that collects."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def imports(tree):
    """Each imported top package, with whether the import stands at the top of the module."""
    top = set(map(id, tree.body))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], id(node) in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").split(".")[0], id(node) in top


@pytest.mark.slow
def test_foreign_libraries_stay_at_home_and_come_late():
    astray = list[str]()
    for path in MODULES:
        place = path.relative_to(PACKAGE).as_posix()
        for name, early in imports(trees()[path]):
            if name in sys.stdlib_module_names or name in ("resdiff", "msgspec"):
                continue
            if not place.startswith(HOMES.get(name, "\0")):
                astray.append(f"{place}: {name} lives in {HOMES.get(name)}")
            if early and name not in EARLY and not place.startswith(AT_ONCE):
                astray.append(f"{place}: {name} is heavy, import it where it is used")
    assert not astray


def functions():
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                doc = ast.get_docstring(node, clean=False) or ""
                yield f"{path.name}:{node.name}", node.end_lineno - node.lineno + 1 - doc.count("\n") - bool(doc)


def test_functions_are_short():
    sizes = dict(functions())
    lengths = sorted(sizes.values())
    assert median(lengths) <= 10
    assert lengths[int(len(lengths) * 0.9)] < 35
    assert not {name: size for name, size in sizes.items() if size > 50}


def test_nothing_is_unfinished():
    texts = {path: path.read_text(encoding="utf-8") for path in MODULES}
    words = ("TODO", "FIXME", "raise NotImplementedError")
    assert not [f"{path}: {word}" for path, text in texts.items() for word in words if word in text]


def test_the_floors_hold():
    tool = Path(sys.executable).with_name("lint-imports")
    if not tool.exists():
        pytest.skip("import-linter is not installed")
    run = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


# What reads acts is not handed its language yet.
NOT_HANDED_DOWN = {f"recognition/{name}.py" for name in ("acts", "clauses")}


def test_no_module_leads_back_to_itself():
    """Whatever a module imports, late imports and those for types alone among them, no way of imports is a ring."""
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in MODULES}
    order = TopologicalSorter({name: set(ours(trees()[path], names)) - {name} for name, path in names.items()})
    order.prepare()


def ours(tree, names):
    """The modules of ours that a module imports, wherever in it, for types alone too; a package's own text apart."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module in names:
            found = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in found if name in names)
            if not set(found) <= names.keys():
                yield node.module


def test_no_stage_takes_its_language_from_a_constant():
    taking = {
        path.relative_to(PACKAGE).as_posix()
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and any(alias.name == "FRENCH" for alias in node.names)
    }
    assert taking <= NOT_HANDED_DOWN
