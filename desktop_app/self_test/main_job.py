"""The whole main job on drawn pictures, in a temporary library: model, indexing and window."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.protocols import Models
from desktop_app.engine.records import IndexSummary, Query

WINDOW_TIMEOUT_MS = 20_000
DRAWN = {"red": (205, 30, 30), "green": (30, 160, 50), "blue": (30, 60, 200)}


_log = logging.getLogger(__name__)


class SelfTestError(Exception):
    """A step did not give what it should."""


def _draw(rgb: tuple[int, int, int]) -> Image.Image:
    image = Image.new("RGB", (640, 480), (240, 240, 240))
    ImageDraw.Draw(image).ellipse((120, 60, 520, 420), fill=rgb)
    return image


def check_model(models: Models) -> str:
    """Encode drawn pictures and words with the first model there is."""
    encoder = models.load(models.installed()[0].name)
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


def check_indexing(folder: Path, models: Models) -> str:
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


def check_window(folder: Path, models: Models) -> str:
    """Open the window on the library just written, and wait until it shows and finds pictures."""
    from PySide6.QtCore import QEventLoop, QTimer, qInstallMessageHandler

    from desktop_app.self_test.window_tour import walk
    from desktop_app.ui.kit.theme import Theme
    from desktop_app.ui.start.application import create_application
    from desktop_app.ui.window.main_window import MainWindow
    from desktop_app.ui.window.session import Session

    paths = DataPaths.below(folder / "data")
    qInstallMessageHandler(_log_qt_message)
    app = create_application()
    session = Session(lambda: Library.open(paths, models), paths.data)
    window = MainWindow(session, Theme(app))
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
        copies = folder / "copies"
        copies.mkdir()
        seen = walk(window, copies)
    finally:
        window.close()
        qInstallMessageHandler(None)
    return f"{len(DRAWN)} pictures shown and searched, {seen}"


def _log_qt_message(_kind: object, _context: object, message: str) -> None:
    """What Qt says of a window without a screen is not for the terminal."""
    _log.info("Qt: %s", message)
