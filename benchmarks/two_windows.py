"""Whether two windows on one library answer as well as one does.

Two real windows show a library of a million rows whose thumbnails are those of real pictures. While
one is scrolled, the other one follows what happens to the library: pictures come, labels change.

    python benchmarks/two_windows.py [FOLDER] [--rows N] [--seconds N]

As `window.py`, which says what the columns are.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication

from desktop_app.engine.library import Library
from desktop_app.engine.model.shelf import SingleModel
from desktop_app.engine.paths import DataPaths, builtin_model_folder
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.start.application import create_application
from desktop_app.ui.start.windows import Windows
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from desktop_app.ui.work.stall_watch import StallWatch
from waiting import wait
from window import ACT_MS, FRAME_MS, MillionRows, Times, Watch, measure, print_stalls, show

OPEN_MS = 800.0


def use_both(
    app: QApplication, theme: Theme, rows: MillionRows, folder: Path, seconds: float
) -> None:
    """Open the windows, use them, close one."""
    paths = DataPaths.below(folder)

    def open_() -> Library:
        library = Library.open(paths, SingleModel(builtin_model_folder()))
        rows.put_into(library)
        return library

    session = Session(open_, paths.data)
    windows = Windows(session, theme)
    windows.open_as_left()
    (first,) = session.windows.all
    first.resize(1000, 800)
    wait(app, lambda: first.pictures.rowCount() == len(rows.ids))
    print(f"{len(rows.ids):,} pictures, {app.platformName()}")
    print(f"{'ms':<42}{'clock':>10}{'own':>10}{'work':>10}{'limit':>10}")
    second = _open_second(app, windows, first)
    wait(app, lambda: second.pictures.rowCount() == len(rows.ids))
    _scroll(app, first, second)
    _grow(app, rows, first, second)
    with StallWatch() as watch:
        _use(app, session, rows, (first, second), seconds)
    print(f"used for {seconds:.0f} s while pictures come and labels change")
    print_stalls(watch.stalls)
    show("close one", [measure(second.close)], ACT_MS)
    wait(app, lambda: not session.windows.leaving)
    first.close()


def _open_second(app: QApplication, windows: Windows, first: MainWindow) -> MainWindow:
    """Open a window beside the first one, which is to answer while the other one is made."""
    watch = Watch()
    turns = [measure(lambda: windows.open_beside(first))]
    while (front := windows.session.windows.front) is first or front is None:
        turns.append(measure(app.processEvents))
    turns.append(measure(app.processEvents))
    show("open a second window", [watch.read()], OPEN_MS)
    show("a turn of that, at most", turns, ACT_MS)
    return front


def _scroll(app: QApplication, first: MainWindow, second: MainWindow) -> None:
    frames: list[Times] = []
    for _ in range(300):
        for window in (first, second):

            def frame(window: MainWindow = window) -> None:
                bar = window.grid.verticalScrollBar()
                bar.setValue(bar.value() + 25)
                app.processEvents()

            frames.append(measure(frame))
        time.sleep(0.004)  # what a frame leaves to the threads that load
    show("scroll in turns, a frame, p99", frames, FRAME_MS, 0.99)


def _grow(app: QApplication, rows: MillionRows, first: MainWindow, second: MainWindow) -> None:
    times: list[Times] = []
    for _ in range(5):
        rows.ids = np.arange(len(rows.ids) + 64, 0, -1, dtype=np.int64)
        for window in (first, second):

            def grow(window: MainWindow = window) -> None:
                window.pictures.replace(rows.ids, same_question=True)
                window.grid.viewport().repaint()

            times.append(measure(grow))
        app.processEvents()
    show("grow while indexing, each", times, ACT_MS)


def _use(
    app: QApplication,
    session: Session,
    rows: MillionRows,
    windows: tuple[MainWindow, MainWindow],
    seconds: float,
) -> None:
    """Scroll in both while both are told of what happens to the library."""
    end_s, turn = time.monotonic() + seconds, 0
    while time.monotonic() < end_s:
        bar = windows[turn % 2].grid.verticalScrollBar()
        bar.setValue(bar.value() + 40)
        turn += 1
        if turn % 50 == 0:
            rows.ids = np.arange(len(rows.ids) + 64, 0, -1, dtype=np.int64)
            session.indexing.grown.emit()
        if turn % 120 == 0:
            session.labels_changed.emit()
        if turn % 300 == 0:
            session.pictures_changed.emit()
        app.processEvents()
        time.sleep(0.008)


def main() -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path("../shared/data/flickr8k-test/images")
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    files = sorted(each for each in options.folder.rglob("*") if each.is_file())
    if not files:
        sys.exit(f"{options.folder} has no pictures")
    app = create_application()
    app.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as temporary:
        rows = MillionRows(options.rows, files)
        use_both(app, Theme(app), rows, Path(temporary), options.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
