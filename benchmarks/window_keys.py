"""From a key in the search box to the first hits painted, through the real window.

Sentences that people wrote about pictures are typed key by key, each key after the hits of the one
before are on the screen; Qt paints into memory. Beside it stands how long the window's thread was
kept from the next event at most. benchmarks/keystrokes.py tells what the engine's part of it costs.

    python benchmarks/window_keys.py [--data DIR] [--pictures N] [--sentences N] [--folder DIR]

With --folder, the library stays there for the next run; it is the one of keystrokes.py.
"""

import argparse
import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_app.engine.library import Library
from desktop_app.engine.model.shelf import SingleModel
from desktop_app.engine.paths import DataPaths, builtin_model_folder
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.start.application import create_application
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from keystrokes import make, sentences
from waiting import wait

GOAL_MS = 60.0


class Paints(QObject):
    """Counts how often a widget has painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look at an event."""
        self.count += event.type() == QEvent.Type.Paint
        return False


def type_sentences(app: QApplication, window: MainWindow, typed: list[str]) -> None:
    """Type, and print what keys took."""
    box = window.header.search_box
    line = box.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    paints = Paints()
    window.grid.viewport().installEventFilter(paints)
    times_ms: list[float] = []
    gaps_ms: list[float] = []
    for sentence in typed:
        box.clear()
        wait(app, lambda: window.results.shown.query.is_empty)  # type: ignore[union-attr]
        for key in sentence:
            before = box.query
            painted = paints.count
            started = time.perf_counter()
            QTest.keyClicks(line, key)
            if box.query == before:
                continue  # such as a space at the end
            wait(app, partial(_is_painted, window, paints, painted), gaps_ms)
            times_ms.append(1000 * (time.perf_counter() - started))
    for what, values, goal in (
        ("from a key to hits painted", times_ms, f"p95 {GOAL_MS:.0f} ms"),
        ("the window's thread at a stretch", gaps_ms, "16 ms a frame"),
    ):
        p50, p95, p99 = np.quantile(values, [0.5, 0.95, 0.99])
        print(
            f"{what:<36}{len(values):>8}{p50:>8.1f}{p95:>8.1f}{p99:>8.1f}{max(values):>8.1f}"
            f"  goal: {goal}"
        )


def main() -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--sentences", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="where to keep what was made")
    options = parser.parse_args()
    models = SingleModel(builtin_model_folder())
    info = models.load(models.installed()[0].name).info
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.folder or Path(temporary)) / f"keystrokes-{options.pictures}"
        folder.mkdir(parents=True, exist_ok=True)
        make(folder / "catalog.sqlite3", info, options.pictures)
        paths = DataPaths.below(folder)
        app = create_application()
        window = MainWindow(Session(lambda: Library.open(paths, models), folder), Theme(app))
        window.resize(1180, 780)
        window.show()
        wait(app, lambda: window.results.shown is not None and window.indexing.is_idle)
        wait(app, lambda: _is_warm(window))
        print(f"{options.pictures:,} pictures{'':<22}keys     p50     p95     p99     max (ms)")
        type_sentences(app, window, sentences(options.data, options.sentences))
        window.close()
    return 0


def _is_painted(window: MainWindow, paints: Paints, before: int) -> bool:
    """Whether the hits of what is asked for are there, and the grid has painted since."""
    shown = window.results.shown
    is_answered = shown is not None and shown.query == window.header.search_box.query
    return is_answered and paints.count > before


def _is_warm(window: MainWindow) -> bool:
    """Ask once before it counts: the model and the vectors are loaded by then."""
    box = window.header.search_box
    if box.query.is_empty:
        box.draft.set_line("warm up")
    shown = window.results.shown
    return shown is not None and shown.query == box.query


if __name__ == "__main__":
    sys.exit(main())
