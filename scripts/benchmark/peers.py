"""The other tools: how each is called on two lists of paragraphs, and which version is here."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmark import outputs
from benchmark.outputs import Told

__all__ = ["PEERS", "Peer", "write_inputs"]

REDLINES = """
import sys
from pathlib import Path
from redlines import Redlines
old, new = (Path(name).read_text("utf-8") for name in sys.argv[1:3])
Path(sys.argv[3]).write_text(Redlines(old, new).output_json(), "utf-8")
"""
DIFF_MATCH_PATCH = """
import json, sys
from pathlib import Path
from diff_match_patch import diff_match_patch
old, new = (Path(name).read_text("utf-8") for name in sys.argv[1:3])
differ = diff_match_patch()
edits = differ.diff_main(old, new)
differ.diff_cleanupSemantic(edits)
Path(sys.argv[3]).write_text(json.dumps(edits), "utf-8")
"""
DOCXODUS = """
import sys
from pathlib import Path
from python_redlines.engines import DocxodusEngine
old, new = (Path(name).read_bytes() for name in sys.argv[1:3])
Path(sys.argv[3]).write_bytes(DocxodusEngine().run_redline("bench", old, new)[0])
"""
XMLDIFF = """
import json, sys
from lxml import etree
from pathlib import Path
from xmldiff.diff import Differ
differ = Differ()
differ.set_trees(*(etree.parse(name) for name in sys.argv[1:3]))
places = [{p: at for at, p in enumerate(root)} for root in (differ.left, differ.right)]
pairs = differ.match()
links = [[places[0][a], places[1][b]] for a, b, *_ in pairs if a in places[0] and b in places[1]]
list(differ.diff())
Path(sys.argv[3]).write_text(json.dumps(links), "utf-8")
"""
WIKIDIFF2 = """
[$old, $new] = [file_get_contents($argv[1]), file_get_contents($argv[2])];
file_put_contents($argv[3], wikidiff2_inline_json_diff($old, $new, 1000000));
"""
DOCX = """
import sys
from docx import Document
for name in sys.argv[1:]:
    document = Document()
    for line in open(name + ".txt", encoding="utf-8"):
        document.add_paragraph(line.strip())
    document.save(name + ".docx")
"""


@dataclass(frozen=True)
class Peer:
    """A tool: the format it reads, its command on two files and an output, and what that output tells."""

    name: str
    reads: str
    command: Callable[[Path], list[str]]
    told: Callable[[str, Path, list[str], list[str]], Told]
    package: str = ""
    ask: tuple[str, ...] = ()

    def call(self, python: Path, old: Path, new: Path, output: Path) -> list[str]:
        given = [str(path.with_suffix(f".{self.reads}")) for path in (old, new)]
        fill = {"OLD": given[0], "NEW": given[1], "OUT": str(output)}
        return [fill.get(word, word) for word in self.command(python)]

    def version(self, python: Path) -> str:
        """Its version as installed; empty when it is not."""
        if self.package:
            program = f"from importlib.metadata import version; print(version({self.package!r}))"
            return _printed([str(python), "-c", program]).strip()
        if not shutil.which(self.ask[0]):
            return ""
        found = re.search(r"\d+\.\d+[\d.]*", _printed(self.ask))
        return found.group().rstrip(".") if found else ""


def _printed(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def _library(program: str) -> Callable[[Path], list[str]]:
    return lambda python: [str(python), "-c", program, "OLD", "NEW", "OUT"]


def _script(name: str, *words: str) -> Callable[[Path], list[str]]:
    """A command that pip put beside the interpreter."""
    return lambda python: [str(python.parent / name), *words]


def _program(*words: str) -> Callable[[Path], list[str]]:
    return lambda _: list(words)


PEERS = (
    Peer(
        "prosediff",
        "txt",
        _script(
            "prosediff", "--files", "OLD", "NEW", "--split", "paragraph", "--full", "--format", "html", "-o", "OUT"
        ),
        outputs.prosediff,
        package="prosediff",
    ),
    Peer("docx-trackdiff", "docx", _script("docx-trackdiff", "OLD", "NEW", "OUT"), outputs.tracked, "docx-trackdiff"),
    Peer("python-redlines (Docxodus)", "docx", _library(DOCXODUS), outputs.tracked, "python-redlines"),
    Peer(
        "wikidiff2",
        "txt",
        _program("php", "-r", WIKIDIFF2, "--", "OLD", "NEW", "OUT"),
        outputs.wikidiff2,
        ask=("php", "-r", 'echo phpversion("wikidiff2");'),
    ),
    Peer("xmldiff", "xml", _library(XMLDIFF), outputs.xmldiff, "xmldiff"),
    Peer("redlines", "txt", _library(REDLINES), outputs.redlines, "redlines"),
    Peer("diff-match-patch", "txt", _library(DIFF_MATCH_PATCH), outputs.diff_match_patch, "diff-match-patch"),
    Peer(
        "git --word-diff",
        "txt",
        _program("git", "diff", "--no-index", "--word-diff=porcelain", "-U1000000", "OLD", "NEW"),
        outputs.git,
        ask=("git", "--version"),
    ),
    Peer("wdiff", "txt", _program("wdiff", "OLD", "NEW"), outputs.bracketed, ask=("wdiff", "--version")),
    Peer("dwdiff", "txt", _program("dwdiff", "OLD", "NEW"), outputs.bracketed, ask=("dwdiff", "--version")),
)


def write_inputs(stem: Path, paragraphs: Sequence[str]) -> None:
    """The paragraphs as each tool wants them: a line each, an XML element each, a Word paragraph each."""
    from xml.sax.saxutils import escape

    lines = "".join(f"{words}\n" for words in paragraphs)
    stem.with_suffix(".txt").write_text(lines, "utf-8")
    rows = "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
    stem.with_suffix(".xml").write_text(f'<?xml version="1.0" encoding="utf-8"?><text>{rows}</text>', "utf-8")
    subprocess.run([sys.executable, "-c", DOCX, str(stem)], check=True)
