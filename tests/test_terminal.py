"""What the commands write where: in a terminal, and elsewhere."""

import io
import sys
from datetime import datetime

import pytest

from desktop_app.engine.records import SkipKind, SkippedFile
from desktop_app.terminal import iso_time, progress_line, shorten, skip_dicts, terminal_width


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


def test_scripts_learn_when_a_file_was_tried_and_what_kind_of_trouble_it_is() -> None:
    skip = SkippedFile("/cut.jpg", "It is cut short.", SkipKind.DAMAGED, at_s=1_700_000_000.5)
    (told,) = skip_dicts([skip])
    assert (told["path"], told["reason"], told["kind"]) == (
        "/cut.jpg",
        "It is cut short.",
        "damaged",
    )
    at = datetime.fromisoformat(told["at"] or "")
    assert at.utcoffset() is not None
    assert at.timestamp() == 1_700_000_000


@pytest.mark.parametrize("at_s", [None, 1e20, float("nan")])
def test_a_moment_that_nobody_knows_is_none(at_s: float | None) -> None:
    assert iso_time(at_s) is None
