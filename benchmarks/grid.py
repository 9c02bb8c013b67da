"""How the grid stands a million pictures: showing, resizing, jumping to the end, scrolling.

Run ``python benchmarks/grid.py``. First in one piece, then in sections of uneven lengths with
names and dates below the pictures. Qt paints offscreen, into memory, as it does for a screen
without OpenGL. To reach: 50 ms for each of the first three, 16 ms a frame (p99) for scrolling.
"""

import argparse
import io
import os
import time
from collections.abc import Callable

import numpy as np
from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QAbstractItemView, QApplication

from desktop_app.engine.records import FileStamp, Picture
from desktop_app.ui.grid.grid_sections import Section
from desktop_app.ui.grid.grid_view import GridView
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.captions import Captions
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader
from desktop_app.ui.start.application import create_application

THUMBNAIL_PX = (480, 320)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--width", type=int, default=1600)
    parser.add_argument("--height", type=int, default=1000)
    parser.add_argument("--sections", type=int, default=30_000, help="headings among the rows")
    parser.add_argument("--steps", type=int, default=300, help="wheel notches to scroll by")
    options = parser.parse_args()

    app = create_application()
    theme = Theme(app)
    _measure(app, theme, options, [], Captions())
    sections = _sections(options.rows, options.sections)
    _measure(app, theme, options, sections, Captions(names=True, dates=True))


def _measure(
    app: QApplication,
    theme: Theme,
    options: argparse.Namespace,
    sections: list[Section],
    captions: Captions,
) -> None:
    """Measure one kind of grid, and print."""
    loader = ThumbnailLoader()
    encoded = _thumbnails()
    loader.start(lambda picture_id: encoded[picture_id % len(encoded)])
    model = PictureModel()
    model.wanted.connect(lambda ids: model.add_pictures({each: _picture(each) for each in ids}))
    grid = GridView(model, loader, theme)
    grid.set_captions(captions)
    grid.resize(options.width, options.height)
    grid.show()
    app.processEvents()

    def show() -> None:
        model.replace(np.arange(options.rows, 0, -1, dtype=np.int64), sections=sections)
        grid.repaint()

    def grow() -> None:
        ids = np.arange(options.rows + 64, 0, -1, dtype=np.int64)
        model.replace(ids, sections=sections, same_question=True)
        grid.repaint()

    def resize() -> None:
        grid.resize(options.width - 300, options.height)
        app.processEvents()

    def jump(row: int) -> None:
        grid.scrollTo(model.index(row), QAbstractItemView.ScrollHint.PositionAtTop)
        grid.viewport().repaint()

    def regroup() -> None:
        moved = Section(options.rows // 2 + 40, "less certain", is_divider=True)
        model.set_sections([*sections[: len(sections) // 2], moved])
        grid.viewport().repaint()

    print(
        f"{options.rows:,} rows in {len(sections):,} sections, "
        f"{options.width} x {options.height}, {captions}"
    )
    print(f"show           {_once(show)}")
    print(f"grow by 64     {_once(grow)}")
    print(f"resize         {_once(resize)}")
    print(f"jump to end    {_once(lambda: jump(options.rows - 1))}")
    print(f"select all     {_once(grid.selectAll)}")
    grid.clearSelection()
    jump(options.rows // 2)
    for label, frames in zip(("wall", "CPU"), _scroll_ms(app, grid, options.steps), strict=True):
        p50, p99 = np.percentile(frames, [50, 99])
        print(f"scroll, {label:4} {p50:9.1f} ms median, {p99:.1f} ms p99, while thumbnails load")
    for _ in range(100):
        app.processEvents()
        time.sleep(0.02)
    full = [_once_ms(grid.viewport().repaint) for _ in range(100)]
    p50, p99 = np.percentile(full, [50, 99])
    print(f"paint all      {p50:7.1f} ms median, {p99:.1f} ms p99")
    print(f"other sections {_once(regroup)}")
    loader.close()
    loader.wait(10)


def _sections(rows: int, number: int) -> list[Section]:
    """Headings at chance rows, so that most sections end with a short line."""
    firsts = np.random.default_rng(1).choice(rows, number - 1, replace=False)
    return [Section(row, f"Day {row}") for row in np.sort(np.append(firsts, 0)).tolist()]


def _picture(picture_id: int) -> Picture:
    stamp = FileStamp(2_800_000, 0)
    path = f"/pictures/picture {picture_id}.jpg"
    return Picture(picture_id, path, stamp, *THUMBNAIL_PX, "JPEG", 1.6e9 + picture_id, b"")


def _thumbnails() -> list[bytes]:
    """A few encoded thumbnails as hard to decode as photographs."""
    random = np.random.default_rng(0)
    width, height = THUMBNAIL_PX
    result = []
    for _ in range(16):
        coarse = random.integers(0, 256, (24, 36, 3), dtype=np.uint8)
        image = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=85)
        result.append(buffer.getvalue())
    return result


def _once(action: Callable[[], object]) -> str:
    """Do something and tell how long it took, and the CPU time of this thread in it."""
    cpu_started = time.thread_time()
    wall_ms = _once_ms(action)
    return f"{wall_ms:7.1f} ms, {1000 * (time.thread_time() - cpu_started):.1f} ms CPU"


def _once_ms(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - started)


def _scroll_ms(app: QApplication, grid: GridView, steps: int) -> tuple[list[float], list[float]]:
    """Scroll by a third of a cell at a time.

    Returns:
        Of each frame, the time it took and the GUI thread's CPU time in it, which other programs
        on a busy machine do not lengthen.
    """
    bar = grid.verticalScrollBar()
    wall, cpu = [], []
    for _ in range(steps):
        started, cpu_started = time.perf_counter(), time.thread_time()
        bar.setValue(bar.value() + grid.cells.side_px // 3)
        app.processEvents()  # paints what came into view
        wall.append(1000 * (time.perf_counter() - started))
        cpu.append(1000 * (time.thread_time() - cpu_started))
        time.sleep(0.005)  # what a frame leaves to the threads that load
    return wall, cpu


if __name__ == "__main__":
    main()
