"""The limits that the documentation tells are those that hold."""

import re
from pathlib import Path

from resdiff import limits

ROWS = re.compile(r"^\| `([A-Z_]+)` \| [^|]+ \| ([\d\u00a0]+) \|", re.MULTILINE)


def test_the_table_of_limits_is_that_of_the_module():
    page = (Path(__file__).parents[1] / "docs" / "security.md").read_text(encoding="utf-8")
    told = {name: int(number.replace("\u00a0", "")) for name, number in ROWS.findall(page)}
    assert told == {name: value for name, value in vars(limits).items() if name.isupper()}
