"""Readers of foreign formats run apart: what never ends, fills the memory or crashes is one sentence."""

import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest
from test_docx import archive, word

from resdiff.errors import InputError
from resdiff.reading import apart, md, read

PAGE = b"<html><body><p>A/RES/90/1</p><p>1. Prie l\xe2\x80\x99Office d\xe2\x80\x99agir ;</p></body></html>"
WORD = word("<w:p><w:r><w:t>1. Prie l’Office d’agir ;</w:t></w:r></w:p>")

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks, and keeps every limit")


@contextmanager
def another_thread():
    """With a second thread a copy of this process would not be whole: an interpreter is started."""
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert not apart._is_alone()
        yield
    finally:
        end.set()
        thread.join()


def refusal(data, origin="x.docx"):
    with pytest.raises(InputError) as caught:
        read(data, origin=origin)
    return caught.value.code


@pytest.mark.parametrize(("data", "origin"), [(PAGE, "x.html"), (WORD, "x.docx")], ids=["page", "word"])
def test_a_copy_and_an_interpreter_read_the_same(data, origin):
    source = read(data, origin=origin)
    with another_thread():
        assert read(data, origin=origin) == source
    assert "Prie l’Office d’agir" in source.text


@pytest.mark.parametrize(
    "data",
    [archive(x="y"), word("<w:p/>" * 700_000), PAGE.replace(b"<p>", b"<p " + b"a=1 " * 900 + b">")],
    ids=["archive", "word", "page"],
)
def test_a_refusal_comes_through_either_way(data):
    code = refusal(data, "«\n\udcff»")
    with another_thread():
        assert refusal(data, "«\n\udcff»") == code
    assert code in ("format-zip", "docx-broken", "docx-hostile", "html-hostile")


STRANGE = {
    "never ends": "while True: pass",
    "sleeps": "time.sleep(60)",
    "takes all memory": "bytearray(2 * limits.MEMORY)",
    "crashes": "os.kill(os.getpid(), signal.SIGSEGV)",
}
# A process with one thread, whose reader of Word files is strange: what reading says, and what is left behind.
ALONE = """
import os, signal, sys, time
from resdiff import limits
from resdiff.errors import InputError
from resdiff.reading import apart, docx, read

def strange(*given, **options):
    {strange}

docx.read, limits.SECONDS, limits.WAIT = strange, 1, {wait}
signal.signal(signal.SIGALRM, signal.default_int_handler)
signal.setitimer(signal.ITIMER_REAL, {alarm})
assert apart._is_alone()
try:
    read(sys.stdin.buffer.read(), origin="x.docx")
except InputError as error:
    print(error.code)
except KeyboardInterrupt:
    print("interrupted")
except RuntimeError as error:
    print(str(error).splitlines()[-1])
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("nothing left")
"""


def said(strange, wait=5.0, alarm=0):
    line = ALONE.format(strange=strange, wait=wait, alarm=alarm)
    done = subprocess.run([sys.executable, "-c", line], input=WORD, capture_output=True, timeout=100, check=True)
    return done.stdout.decode().splitlines()


@linux
@pytest.mark.slow
@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
def test_what_never_ends_or_takes_too_much_is_one_sentence(strange):
    assert said(strange) == ["reader-stopped", "nothing left"]


@linux
def test_a_fault_of_ours_is_no_fault_of_the_file():
    assert said("raise KeyError('oh')") == ["KeyError: 'oh'", "nothing left"]


@pytest.mark.slow
@linux
def test_an_interrupt_leaves_no_process():
    assert said("time.sleep(60)", wait=50.0, alarm=1) == ["interrupted", "nothing left"]


# ---- what took for ever once ----------------------------------------------------------------------------------------


def styles(count):
    chain = "".join(f"<w:style w:styleId='s{n}'><w:basedOn w:val='s{n + 1}'/></w:style>" for n in range(count))
    last = f"<w:style w:styleId='s{count}'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    return chain + last


BOX, BOXED = "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(word(BOX * 50 + "<w:p><w:r><w:t>mot</w:t></w:r></w:p>" + BOXED * 50), id="boxes in boxes"),
        pytest.param(word("<w:p><w:r><w:t>mot</w:t></w:r></w:p>", styles=styles(30_000)), id="styles based on styles"),
    ],
)
def test_what_is_nested_is_read_once(data):
    assert read(data, origin="x.docx").text.split() == ["mot"]


def test_a_paragraph_in_a_paragraph_of_a_note_is_read_once():
    inner = "<w:p><w:r><w:t>Deux.</w:t></w:r></w:p>"
    note = f"<w:footnote w:id='1'><w:p><w:r><w:t>Un.</w:t></w:r>{inner}</w:p></w:footnote>"
    data = word(
        "<w:p><w:r><w:t>mot</w:t><w:footnoteReference w:id='1'/></w:r></w:p>",
        footnotes=note,
    )
    assert read(data, origin="x.docx").text.count("Deux.") == 1


def test_front_matter_without_end_is_refused_before_it_is_read():
    front = "".join(f"k{n}: [1, 2]\n" for n in range(50_000))
    assert refusal(f"---\n{front}---\n\n1. Prie.\n".encode(), "x.md") == "front-matter-long"


@pytest.mark.parametrize("depth", [10, 28, 29, 60, 3000])
def test_points_too_deep_to_be_read_whole_are_refused(depth):
    text = "- " * depth + "mot"
    try:
        assert md.read(text, "x.md").text.split().count("mot") == 1
    except InputError as error:
        assert (error.code, depth > 28) == ("points-deep", True)
