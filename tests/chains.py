"""The successive texts that lie beside the project: each read once, each pair compared and judged once, by the first
test that asks. The tests that ask run one after another in one process (see conftest)."""

from once import once

from resdiff import comparison, judgement, parsing, reading, recognition


@once
def text(path):
    return parsing.parse(reading.read(path))


@once
def survey(path):
    return recognition.recognize(text(path))


@once
def compared(old, new):
    return comparison.compare(text(old), text(new))


@once
def judged(old, new):
    return judgement.judge(compared(old, new), survey(old), survey(new))
