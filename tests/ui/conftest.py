"""What the tests of the window share."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.work.tasks import Lane, Lanes
from tests.conftest import PATIENCE_S


@pytest.fixture(scope="module", autouse=True)
def _leave_old_objects_alone() -> Iterator[None]:
    """Make the collections below quick."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _collect_garbage_here() -> Iterator[None]:
    """Keep the collector, which runs in whatever thread it likes, from ending Qt's objects there.

    The program does the same: see `desktop_app.ui.work.garbage`.
    """
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def lanes(qapp: QApplication) -> Iterator[Lanes]:
    lanes = Lanes()
    yield lanes
    assert lanes.close(timeout_s=PATIENCE_S)


@pytest.fixture
def lane(lanes: Lanes) -> Lane:
    return lanes.open("test")


@pytest.fixture
def thumbnails(qapp: QApplication) -> Iterator[ThumbnailLoader]:
    loader = ThumbnailLoader()
    yield loader
    loader.close()
    assert loader.wait(timeout_s=PATIENCE_S)


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[list[MainWindow]]:
    """The windows that a test opens, for it to enter them; closed at its end."""
    windows: list[MainWindow] = []
    yield windows
    for window in windows:
        window.close()
        window.deleteLater()
