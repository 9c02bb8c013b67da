"""What the commands write where: in a terminal, and elsewhere."""

import io
import sys

import pytest

from desktop_app.terminal import progress_line, shorten, terminal_width


class Terminal(io.StringIO):
    """Says that it is one."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "width", "shown"), [("Garden", 6, "Garden"), ("Garden", 5, "Gard…"), ("ab", 1, "…")]
)
def test_shorten(text: str, width: int, shown: str) -> None:
    assert shorten(text, width) == shown


def test_width_is_that_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "57")
    assert terminal_width(Terminal()) == 57
    assert terminal_width(io.StringIO()) is None


def test_a_progress_line_never_wraps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress_line() as line:
        line.show("Preparing a model with a long title: 3 / 10")
    shown = terminal.getvalue().split("\r")
    assert shown == ["", "Preparing a model …", " " * 19, ""]
