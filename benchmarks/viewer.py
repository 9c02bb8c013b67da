"""From the key for the next picture to its pixels on the screen, in the real viewer.

Photographs of 12 megapixels are made up; Qt paints into memory. Each key is pressed twice over:
once after the neighbours have been decoded ahead, as for somebody who looks at pictures, and once
at once, as for somebody who hurries along, where the picture has to be decoded first. Beside it
stands how long the window's thread was kept from the next event at most.

    python benchmarks/viewer.py [--pictures N]
"""

import argparse
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.engine.files.picture_reader import DecodeLimits, make_thumbnail
from desktop_app.engine.library import Library
from desktop_app.engine.looking import Looking
from desktop_app.engine.records import FileStamp, Picture
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.start.application import create_application
from desktop_app.ui.viewer.viewer import Viewer
from desktop_app.ui.viewer.viewer_commands import viewer_lanes
from desktop_app.ui.work.tasks import Lanes
from waiting import wait

WIDTH_PX, HEIGHT_PX = 4000, 3000
WINDOW_PX = (1600, 1000)
GOAL_MS = 50.0


class Folder:
    """As much of a library as the viewer asks for."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = [str(path) for path in paths]
        statuses = [path.stat() for path in paths]
        self._stamps = [FileStamp(each.st_size, each.st_mtime_ns) for each in statuses]
        self._thumbnails = [make_thumbnail(path, DecodeLimits()) for path in self._paths]
        self.looking = Looking(self.pictures, DecodeLimits())

    def pictures(self, ids: Sequence[int]) -> dict[int, Picture]:
        """Their records."""
        return {
            each: Picture(each, self._paths[each - 1], self._stamps[each - 1], WIDTH_PX, HEIGHT_PX,
                          "JPEG", 0.0, b"")
            for each in ids
        }  # fmt: skip

    def thumbnail(self, picture_id: int) -> bytes:
        """As from the cache."""
        return self._thumbnails[picture_id - 1]


def make(folder: Path, count: int) -> list[Path]:
    """Write photographs: soft shapes with the noise of a sensor, 3 MB each."""
    random = np.random.default_rng(0)
    paths = []
    for number in range(count):
        rough = Image.fromarray(random.integers(0, 255, (12, 16, 3), dtype=np.uint8))
        soft = np.asarray(rough.resize((WIDTH_PX, HEIGHT_PX), Image.Resampling.BICUBIC))
        noise = random.integers(-6, 7, soft.shape, dtype=np.int16)
        path = folder / f"{number:03}.jpg"
        noisy = np.clip(soft + noise, 0, 255).astype(np.uint8)
        Image.fromarray(noisy).save(path, quality=88)
        paths.append(path)
    return paths


def walk(app: QApplication, viewer: Viewer, count: int, *, is_patient: bool) -> None:
    """Go from the first picture to the last, and print what each step took."""
    images = viewer._show.images
    images.forget()
    viewer.open_row(0)

    def is_sharp(row: int) -> bool:
        if row >= viewer.count:
            return True
        shown = images.image(int(viewer._model.ids[row]))
        return shown is not None and bool(shown.levels)

    times_ms: list[float] = []
    gaps_ms: list[float] = []
    wait(app, lambda: is_sharp(0))
    for row in range(1, count):
        if is_patient:
            wait(app, lambda row=row: is_sharp(row) and is_sharp(row + 1))  # type: ignore[misc]
        started = time.perf_counter()
        QTest.keyClick(viewer, Qt.Key.Key_Right)
        wait(app, lambda row=row: is_sharp(row), gaps_ms)  # type: ignore[misc]
        viewer.canvas.repaint()
        times_ms.append(1000 * (time.perf_counter() - started))
    how = "decoded ahead" if is_patient else "decoded when asked for"
    p50, p95 = np.percentile(times_ms, (50, 95))
    goal = f" (goal {GOAL_MS:.0f} ms)" if is_patient else ""
    gap_ms = max(gaps_ms, default=0.0)
    print(f"{how}: p50 {p50:.0f} ms{goal}, p95 {p95:.0f} ms, longest gap {gap_ms:.0f} ms")
    viewer.close_viewer()


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=24)
    count = parser.parse_args().pictures
    app = create_application()
    lanes = Lanes()
    with tempfile.TemporaryDirectory() as folder:
        library = Folder(make(Path(folder), count))
        model = PictureModel()
        model.replace(np.arange(1, count + 1))
        model.add_pictures(library.pictures(range(1, count + 1)))
        viewer = Viewer(model, viewer_lanes(lanes), Theme(app))
        viewer.resize(*WINDOW_PX)
        viewer.set_library(cast(Library, library))
        started = time.perf_counter()
        library.looking.fitted(1, *WINDOW_PX)
        print(f"decoding one to {WINDOW_PX}: {1000 * (time.perf_counter() - started):.0f} ms")
        for is_patient in (True, False):
            walk(app, viewer, count, is_patient=is_patient)
        lanes.close(10)


if __name__ == "__main__":
    main()
