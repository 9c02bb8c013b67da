"""What ``--self-test`` does: the whole main job on drawn pictures, in a temporary library.

It is how a built program is checked where nobody looks at it, and what to ask of a user whose
program does not work. It prints JSON and touches nothing of theirs.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from desktop_app import __version__
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.protocols import Encoder, Models
from desktop_app.engine.records import IndexSummary, Query

WINDOW_TIMEOUT_MS = 20_000
DRAWN = {"red": (205, 30, 30), "green": (30, 160, 50), "blue": (30, 60, 200)}


class SelfTestError(Exception):
    """A step did not give what it should."""


class _Report:
    """The steps so far."""

    def __init__(self) -> None:
        self.steps: list[dict[str, object]] = []

    def step(self, name: str, action: Callable[[], str]) -> bool:
        """Run one step; whatever goes wrong in it is the finding that is reported."""
        started = time.perf_counter()
        try:
            detail, ok = action(), True
        except Exception as error:  # noqa: BLE001 - any failure at all is what a self-test is for
            detail, ok = f"{type(error).__name__}: {error}", False
        seconds = round(time.perf_counter() - started, 3)
        self.steps.append({"name": name, "ok": ok, "seconds": seconds, "detail": detail})
        return ok


def run_self_test(models: Models) -> int:
    """Check that this program can do its main job here, and print what was found as JSON.

    Args:
        models: The built-in model.

    Returns:
        Exit code: 0 if every step worked.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    report = _Report()
    with tempfile.TemporaryDirectory(prefix="image-seeker-") as name:
        folder = Path(name)
        report.step("model", lambda: _check_model(_builtin(models)))
        report.step("library", lambda: _check_library(folder, models))
        report.step("window", lambda: _check_window(folder, models))
    ok = all(step["ok"] for step in report.steps)
    result = {
        "ok": ok,
        "version": __version__,
        "frozen": bool(getattr(sys, "frozen", False)),
        "steps": report.steps,
        "modules": sorted({module.partition(".")[0] for module in sys.modules}),
    }
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
    return 0 if ok else 1


def _builtin(models: Models) -> Encoder:
    return models.load(models.installed()[0].name)


def _draw(rgb: tuple[int, int, int]) -> Image.Image:
    image = Image.new("RGB", (640, 480), (240, 240, 240))
    ImageDraw.Draw(image).ellipse((120, 60, 520, 420), fill=rgb)
    return image


def _check_model(encoder: Encoder) -> str:
    pixels = np.stack([encoder.resizer(_draw(rgb)) for rgb in DRAWN.values()])
    pictures = encoder.encode_pictures(pixels)
    words = encoder.encode_texts(["a red ball"])
    for vectors, count in ((pictures, len(DRAWN)), (words, 1)):
        if vectors.shape != (count, encoder.info.dim):
            raise SelfTestError(f"vectors of shape {vectors.shape}")
        if not np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3):
            raise SelfTestError("vectors that are not of length 1")
    if np.allclose(pictures[0], pictures[1], atol=1e-3):
        raise SelfTestError("the same vector for two pictures")
    return f"{encoder.info.name}, {encoder.info.dim} dimensions"


@contextmanager
def _open(folder: Path, models: Models) -> Iterator[Library]:
    paths = DataPaths.below(folder / "data")
    library = Library.open(paths, models)
    try:
        yield library
    finally:
        library.close()


def _check_library(folder: Path, models: Models) -> str:
    """Index drawn pictures in worker processes, and find each again after a restart."""
    pictures = folder / "pictures"
    pictures.mkdir()
    for name, rgb in DRAWN.items():
        _draw(rgb).save(pictures / f"{name}.jpg")
    (pictures / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    with _open(folder, models) as library:
        summary = next(
            report
            for report in library.index([pictures], CancelToken())
            if isinstance(report, IndexSummary)
        )
    if (summary.added, len(summary.failed)) != (len(DRAWN), 1):
        raise SelfTestError(f"{summary.added} added, failed: {summary.failed}")
    with _open(folder, models) as library:
        for name in DRAWN:
            data = (pictures / f"{name}.jpg").read_bytes()
            best = int(library.search(Query.of_picture(data)).ids[0])
            found = Path(library.pictures([best])[best].path).stem
            if found != name:
                raise SelfTestError(f"found {found} for {name}")
        if len(library.search(Query.of_words("a red ball")).ids) != len(DRAWN):
            raise SelfTestError("words found nothing")
    return f"{summary.added} pictures in {summary.seconds:.2f} s"


def _check_window(folder: Path, models: Models) -> str:
    """Open the window on the library just written, and wait until it shows and finds pictures."""
    from PySide6.QtCore import QEventLoop, QTimer

    from desktop_app.ui.kit.theme import Theme
    from desktop_app.ui.start.application import create_application
    from desktop_app.ui.window.main_window import MainWindow

    paths = DataPaths.below(folder / "data")
    app = create_application()
    window = MainWindow(
        lambda: Library.open(paths, models),
        paths.data,
        Theme(app),
    )
    loop = QEventLoop()

    def wait_for(query: Query) -> None:
        """Run Qt until the grid answers a query with every picture there is."""

        def look() -> None:
            shown = window.results.shown
            if shown is not None and shown.query == query and shown.count == len(DRAWN):
                loop.quit()

        window.results.changed.connect(look)
        QTimer.singleShot(WINDOW_TIMEOUT_MS, loop, lambda: loop.exit(1))
        window.results.ask(query)
        if loop.exec() != 0:
            raise SelfTestError(f"{window.pictures.rowCount()} pictures shown for {query}")
        window.results.changed.disconnect(look)

    window.show()
    try:
        wait_for(Query())
        wait_for(Query.of_words("a red ball"))
    finally:
        window.close()
    return f"{len(DRAWN)} pictures shown and searched"
