"""The table of formats, and the concordance as CSV."""

import csv
import io
import subprocess
import sys

import pytest

from resdiff.compare import compare
from resdiff.errors import UsageError
from resdiff.model import Change, Comparison, Kind, Link, Reason, Resolution, Weight
from resdiff.render import FORMATS, format_of, render
from resdiff.report import build, index


@pytest.mark.parametrize(
    ("name", "wanted"), [("a.md", "markdown"), ("A.HTML", "html"), ("x/y.json", "json"), ("a.csv", "csv")]
)
def test_a_suffix_asks_for_a_format(name, wanted):
    assert format_of(name) == wanted


@pytest.mark.parametrize("name", ["a.xyz", "a", ".md2", ""])
def test_an_unknown_suffix_is_an_error(name):
    with pytest.raises(UsageError):
        format_of(name)


def test_formats_are_called_by_name_or_by_suffix(real_pair):
    report = build(real_pair)
    assert render(report, "md") == render(report, "markdown")
    with pytest.raises(UsageError):
        render(report, "xyz")


def test_options_of_other_formats_are_left_aside(real_pair):
    report = build(real_pair)
    assert render(report, "json", color=True, compact=True) == render(report, "json")


def test_a_front_page_in_a_format_without_one_is_an_error():
    with pytest.raises(UsageError):
        render(index(()), "csv")


@pytest.mark.parametrize("name", ["terminal", "markdown", "json", "csv"])
def test_every_text_format_takes_two_empty_texts(name):
    empty = Resolution("", "", "fr", "", "", ())
    assert name in FORMATS
    assert render(build(compare(empty, empty)), name)


def test_json_loads_nothing_heavy():
    code = (
        "import sys, resdiff.render.json;"
        "print(sorted({'jinja2', 'docx', 'markdown_it', 'yaml', 'click'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---- CSV ----------------------------------------------------------------------------------------------------------


def rows(report):
    data = render(report, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_concordance_has_a_line_for_each_change(real_pair):
    head, *lines = rows(build(real_pair))
    assert head == ["ancien", "nouveau", "changement", "déplacé", "renuméroté", "portée"]
    assert len(lines) == len(real_pair.changes)
    assert ["PP 13", "PP 3", "inchangé", "oui", "oui", "aucun"] in [[*line[:4], "oui", line[5]] for line in lines]
    assert rows(build(real_pair, lang="en"))[0] == ["old", "new", "kind", "moved", "renumbered", "weight"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum"])
def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(name):
    empty = Resolution("", "", "fr", "", "", ())
    change = Change(Link((name,), (), 0.0, Reason("none")), Kind.REMOVED, False, False, Weight.SUBSTANTIVE, ())
    cell = rows(build(Comparison(empty, empty, (change,))))[1][0]
    assert not cell.startswith(("=", "+", "-", "@"))
