"""What is remembered of the last things that happened."""

import logging
import weakref
from pathlib import Path

import pytest

from desktop_app.engine.diagnostics.debug_ring import DebugRing


class Large:
    """Something that must not be kept alive, and whose text costs something."""

    def __str__(self) -> str:
        return "large"


def record(template: str, *values: object, error: Exception | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error is not None else None
    return logging.LogRecord("desktop_app.ui.grid", logging.DEBUG, "", 0, template, values, info)


def test_the_last_lines_are_there_with_what_was_filled_in() -> None:
    ring = DebugRing(kept=3)
    for number in range(5):
        ring.handle(record("row %d of %s", number, Path("a") / "b"))
    lines = ring.lines()
    assert [line.split(": ")[1] for line in lines] == [
        f"row {n} of {Path('a/b')}" for n in (2, 3, 4)
    ]
    assert " DEBUG MainThread ui.grid: " in lines[0]


def test_it_has_the_lock_that_logging_takes() -> None:
    """Since Python 3.13 without looking whether there is one."""
    assert DebugRing().lock is not None


def test_texts_that_were_filled_in_can_be_replaced() -> None:
    ring = DebugRing()
    ring.handle(record("%s has %d rows", "secret", 3))
    assert ring.lines(lambda text: text.upper())[0].endswith(": SECRET has 3 rows")


def test_nothing_is_kept_alive() -> None:
    ring = DebugRing()
    large = Large()
    alive = weakref.ref(large)
    with pytest.raises(ValueError, match="large") as caught:
        raise ValueError(large)
    ring.handle(record("failed with %s", caught.value, error=caught.value))
    del caught
    ring.handle(record("%s came", large))
    del large
    assert alive() is None
    assert [line.split(": ")[1] for line in ring.lines()] == [
        "failed with large (ValueError)",
        "large came",
    ]


def test_a_line_that_does_not_fit_its_values_is_still_a_trace() -> None:
    ring = DebugRing()
    ring.handle(record("%d rows", "no"))
    ring.handle(record("100% done\nand more"))
    assert ring.lines()[0].endswith("%d rows ('no',)")
    assert ring.lines()[1].endswith("100% done | and more")
