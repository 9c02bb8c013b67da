"""Whether the window always answers: a million pictures, real painting, indexing meanwhile.

First the real window shows a library of a million rows whose thumbnails are those of real
pictures; every figure stands beside its limit. Then the real program indexes copies of the
pictures at full speed while somebody scrolls, searches and presses everything, and every time
that the window's thread does not answer for longer than a frame is noted with where it was.

    python benchmarks/window.py [FOLDER] [--rows N] [--events N] [--pictures N] [--seed N]

FOLDER has pictures (else those of the evaluation). Qt paints into memory; on a screen, or one of
Xvfb, with ``QT_QPA_PLATFORM=xcb``. Beside each time of the clock stand, for a busy machine, what
it is without waiting for a processor that others had (Linux says so), and the thread's work alone.
"""

import argparse
import io
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.engine.library import Library
from desktop_app.engine.model.shelf import SingleModel
from desktop_app.engine.paths import DataPaths, builtin_model_folder
from desktop_app.engine.records import FileStamp, Picture
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.start.application import create_application
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from desktop_app.ui.work.garbage import collected_here
from desktop_app.ui.work.python_lock import lock_passed_on
from desktop_app.ui.work.stall_watch import FRAME_S, Stall, StallWatch, turn_s
from tests.e2e.random_user import RandomUser
from waiting import wait

THUMBNAIL_PX = 320
ACT_MS, FRAME_MS, FIRST_MS = 50.0, 16.0, 100.0
SETTLED_S = 3.0


@dataclass(frozen=True)
class Times:
    """What something took, in milliseconds.

    Attributes:
        wall_ms: By the clock.
        own_ms: Without waiting for a processor that others had.
        cpu_ms: The thread's work alone.
    """

    wall_ms: float
    own_ms: float
    cpu_ms: float


class Watch:
    """Begins to count when it is made."""

    def __init__(self) -> None:
        self._turn_s, self._cpu_s, self._wall_s = turn_s(), time.thread_time(), time.perf_counter()

    def read(self) -> Times:
        """What it has been until now."""
        wall = time.perf_counter() - self._wall_s
        cpu = time.thread_time() - self._cpu_s
        turn = turn_s() - self._turn_s
        return Times(1000 * wall, 1000 * max(wall - turn, cpu), 1000 * cpu)


def measure(act: Callable[[], object]) -> Times:
    """Do something."""
    watch = Watch()
    act()
    return watch.read()


def show(what: str, times: Sequence[Times], limit_ms: float, share: float = 1.0) -> None:
    """Print a share of some times beside the limit."""
    wall, own, cpu = (
        float(np.quantile([getattr(each, name) for each in times], share))
        for name in ("wall_ms", "own_ms", "cpu_ms")
    )
    verdict = "" if wall <= limit_ms else "over" if own > limit_ms else "over by the clock alone"
    print(f"{what:<42}{wall:>10.1f}{own:>10.1f}{cpu:>10.1f}{limit_ms:>10.0f}  {verdict}")


class MillionRows:
    """Stands in for what a library says of its pictures, so that none has to be made."""

    def __init__(self, rows: int, files: Sequence[Path]) -> None:
        self.ids = np.arange(rows, 0, -1, dtype=np.int64)
        self._thumbnails = [_thumbnail(path) for path in files[:200]]

    def put_into(self, library: Library) -> None:
        """Let a library answer for them."""
        for name in ("picture_ids", "picture_count", "pictures", "thumbnail", "average_colours"):
            setattr(library, name, getattr(self, name))

    def picture_ids(self) -> np.ndarray:
        """All of them."""
        return self.ids

    def picture_count(self) -> int:
        """How many."""
        return len(self.ids)

    def thumbnail(self, picture_id: int) -> bytes | None:
        """That of a real picture."""
        return self._thumbnails[picture_id % len(self._thumbnails)]

    def average_colours(self, ids: Sequence[int]) -> dict[int, int]:
        """Any colours."""
        return {each: (each * 2654435761) & 0xFFFFFF for each in ids}

    def pictures(self, ids: Sequence[int]) -> dict[int, Picture]:
        """Records made when asked for."""
        stamp = FileStamp(2_800_000, 0)
        return {
            each: Picture(
                each, f"/p/IMG_{each}.jpg", stamp, 4000, 3000, "JPEG", 1e9 + 600 * each, b""
            )
            for each in ids
        }


def _thumbnail(path: Path) -> bytes:
    with Image.open(path) as image:
        small = image.convert("RGB")
        small.thumbnail((THUMBNAIL_PX * 4, THUMBNAIL_PX))
        buffer = io.BytesIO()
        small.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


class Paints(QObject):
    """Counts how often a widget has painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look at an event."""
        self.count += event.type() == QEvent.Type.Paint
        return False


def measure_rows(app: QApplication, theme: Theme, options: argparse.Namespace) -> None:
    """A million rows in the real window."""
    with tempfile.TemporaryDirectory() as temporary:
        paths = DataPaths.below(Path(temporary))
        rows = MillionRows(options.rows, options.files)
        opened: list[Library] = []

        def open_() -> Library:
            library = Library.open(paths, SingleModel(builtin_model_folder()))
            rows.put_into(library)
            opened.append(library)
            return library

        window = MainWindow(Session(open_, paths.data), theme)
        window.resize(1400, 900)
        window.show()
        wait(app, lambda: window.pictures.rowCount() == options.rows)
        begun_s = time.monotonic()  # model, index and thumbnails are made ready
        wait(app, lambda: time.monotonic() - begun_s > SETTLED_S)
        grid, model = window.grid, window.pictures
        bar, viewport = grid.verticalScrollBar(), grid.viewport()
        print(f"{options.rows:,} pictures, {app.platformName()}, {grid.cells.columns} in a line")
        print(f"{'ms':<42}{'clock':>10}{'own':>10}{'work':>10}{'limit':>10}")

        def repaint(act: Callable[[], object]) -> Times:
            def both() -> None:
                act()
                viewport.repaint()

            return measure(both)

        def turns(act: Callable[[int], object], number: int = 5) -> list[Times]:
            return [repaint(partial(act, each)) for each in range(number)]

        longer = np.arange(options.rows + 64, 0, -1, dtype=np.int64)
        lists = [rows.ids, longer, rows.ids, longer, rows.ids]
        widths = [1100, 1400, 900, 1300, 1400]
        last, most = options.rows - 50_000, bar.maximum()
        show("show", turns(lambda each: model.replace(lists[each])), ACT_MS)

        def grow(each: int) -> None:
            model.replace(lists[each], same_question=True)

        def resize(each: int) -> None:
            window.resize(widths[each], 900)
            app.processEvents()

        show("grow while indexing", turns(grow), ACT_MS)
        show("resize", turns(resize), ACT_MS)
        show("jump to the end", turns(lambda each: bar.setValue((1 - each % 2) * most)), ACT_MS)
        grid.go_to(50_000)
        show("select all", turns(lambda _: grid.selectAll()), ACT_MS)
        show("take it back", turns(lambda _: grid.clearSelection(), 1), ACT_MS)
        show("Shift+click over 900,000", turns(lambda _: grid.select_to(last)), ACT_MS)
        show("Ctrl+click among these", turns(lambda each: grid.toggle(300_000 + each)), ACT_MS)
        show("grow with these selected", turns(grow), ACT_MS)
        grid.clearSelection()
        measure_scrolling(app, window)
        window.close()


def measure_scrolling(app: QApplication, window: MainWindow) -> None:
    """Frames while one scrolls, and how soon there is something to see."""
    grid, paints = window.grid, Paints()
    bar, viewport = grid.verticalScrollBar(), grid.viewport()
    viewport.installEventFilter(paints)
    bar.setValue(bar.maximum() // 3)
    frames: list[Times] = []
    for _ in range(20):  # pages
        for _ in range(30):
            bar_step = viewport.height() // 30

            def frame(step: int = bar_step) -> None:
                bar.setValue(bar.value() + step)
                app.processEvents()

            frames.append(measure(frame))
            time.sleep(0.004)  # what a frame leaves to the threads that load
    show("scroll a page, a frame, p99", frames, FRAME_MS, 0.99)
    show("scroll a page, a frame, median", frames, FRAME_MS, 0.5)
    first: list[Times] = []
    whole: list[Times] = []
    chance = random.Random(0)
    for _ in range(20):
        arrived: list[int] = []
        window.thumbnails.arrived.connect(arrived.extend)
        painted = paints.count

        def is_first(arrived: list[int] = arrived, painted: int = painted) -> bool:
            return bool(arrived) and paints.count > painted + 1

        def is_whole() -> bool:
            ids = window.pictures.ids
            return all(
                window.thumbnails.image(int(ids[row])) is not None for row in grid.visible_rows()
            )

        watch = Watch()
        bar.setValue(chance.randrange(bar.maximum()))
        wait(app, is_first)
        first.append(watch.read())
        wait(app, is_whole)
        whole.append(watch.read())
        window.thumbnails.arrived.disconnect(arrived.extend)
    show("first thumbnails of a new page, p95", first, FIRST_MS, 0.95)
    show("all thumbnails of a new page, median", whole, 1000, 0.5)
    grid.set_cell_side(96)
    app.processEvents()
    full = [measure(viewport.repaint) for _ in range(20)]
    show(f"paint all {len(grid.visible_rows())} smallest cells, median", full, FRAME_MS, 0.5)
    print(f"{'memory of the thumbnails':<44}{window.thumbnails.used_bytes / 2**20:>9.0f} MiB")


def watch_work(app: QApplication, theme: Theme, options: argparse.Namespace) -> None:
    """Index real pictures while somebody uses the window, and print when it did not answer."""
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        os.environ.update(HOME=str(home), XDG_DATA_HOME=str(home / "share"))
        folder = home / "pictures"
        for number, path in enumerate(options.files[: options.pictures]):
            place = folder / f"folder {number % 7}" / path.name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place)
        paths = DataPaths.below(home / "data")
        models = SingleModel(builtin_model_folder())
        window = MainWindow(Session(lambda: Library.open(paths, models), paths.data), theme)
        window.resize(1400, 900)
        window.show()
        wait(app, lambda: window.results.shown is not None)
        window.indexing.add([str(folder)])
        started, cpu = time.perf_counter(), time.thread_time()
        with StallWatch() as watch:
            use(window, options.seconds)
        seconds = time.perf_counter() - started
        print(
            f"\nindexing for {seconds:.0f} s: {window.pictures.rowCount():,} pictures, "
            f"{100 * (time.thread_time() - cpu) / seconds:.0f}% of a core in the window's thread"
        )
        print_stalls(watch.stalls)
        if options.events:
            press(app, window, options)
        window.close()


def use(window: MainWindow, seconds: float) -> None:
    """Scroll, search and change sizes as people do, until the time is over.

    The event loop runs as in the program: it waits without Python's lock, which a test's way of
    waiting keeps.
    """
    chance, bar = random.Random(1), window.grid.verticalScrollBar()
    words = ["dog", "a child in the snow", "red car", "", "beach", ""]
    turn = 0

    def act() -> None:
        nonlocal turn
        turn += 1
        bar.setValue(bar.value() + chance.choice([-60, 40, 80]))
        if turn % 120 == 0:
            window.header.search_box.draft.set_line(words[turn // 120 % len(words)])
        if turn % 200 == 0:
            window.header.set_cell_side(chance.randrange(96, 385))
        if turn % 280 == 0:
            QTest.keyClick(window.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    loop = QEventLoop()
    user = QTimer(interval=8, timerType=Qt.TimerType.PreciseTimer)
    user.timeout.connect(act)
    user.start()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
    user.stop()


def press(app: QApplication, window: MainWindow, options: argparse.Namespace) -> None:
    """Let somebody press everything."""
    user = RandomUser(window, options.seed)
    with StallWatch() as watch:
        for _ in range(options.events):
            user.step()
            app.processEvents()
    print(f"\n{options.events:,} random events, seed {options.seed}")
    print_stalls(watch.stalls)


def print_stalls(stalls: Sequence[Stall]) -> None:
    """How often and how long the thread did not answer, and where it was the longest times."""
    kinds = (("", "seconds"), ("   on a machine of its own", "own_seconds"),
             ("   by its own work", "cpu_seconds"))  # fmt: skip
    for what, name in kinds:
        times = [getattr(each, name) for each in stalls if getattr(each, name) > FRAME_S]
        most_ms = 1000 * max(times, default=0.0)
        print(f"{what or 'no answer for 16 ms':<42}{len(times):>6} times, at most {most_ms:.0f} ms")
    for stall in sorted(stalls, key=lambda each: -each.own_seconds)[:4]:
        lines = str(stall).splitlines()
        print("\n".join([lines[0], *lines[1:][-6:]]))


def main() -> int:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path("../shared/data/flickr8k-test/images")
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pictures", type=int, default=1000, help="how many are indexed")
    parser.add_argument("--seconds", type=float, default=20, help="how long, while indexing")
    parser.add_argument("--events", type=int, default=0, help="random events after that")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.files = sorted(each for each in options.folder.rglob("*") if each.is_file())
    if not options.files:
        sys.exit(f"{options.folder} has no pictures")
    app = create_application()
    theme = Theme(app)
    # As in the program; or a lane would collect garbage, for 60 ms at a stretch.
    with collected_here(), lock_passed_on():
        measure_rows(app, theme, options)
        watch_work(app, theme, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
