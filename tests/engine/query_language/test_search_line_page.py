"""docs/search-line.md shows what is understood."""

import re

import pytest

from desktop_app.engine.query_language.parsing import parse
from desktop_app.engine.query_language.scanning import Key
from tests.conftest import PROJECT

_PAGE = (PROJECT / "docs" / "search-line.md").read_text(encoding="utf-8")
_ROWS = re.findall(r"^\| (`.+?`) \| ", _PAGE.partition("## For those who change")[0], re.MULTILINE)
_LINES = [line for row in _ROWS for line in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("line", _LINES)
def test_every_line_shown_is_understood(line: str) -> None:
    parsed = parse(line)
    assert parsed.parts
    assert parsed.complaints == ()


def test_shows_every_filter() -> None:
    assert all(any(f"{key}:" in line for line in _LINES) for key in Key)
