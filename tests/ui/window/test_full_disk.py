"""The window on a library whose disk is full, and has room again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.library import owed_places
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.helpers.disks import SmallDisk, fill, small_disk
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel

FULL = "The disk that holds the library is full."
LONG_MS = 60_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", "16m") as disk:
        yield disk


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path, disk: SmallDisk) -> Iterator[MainWindow]:
    paths = DataPaths.below(disk.folder / "data")
    session = Session(
        lambda: Library.open_even_if_unwritable(paths, OneModel(FakeEncoder())), tmp_path / "window"
    )
    window = MainWindow(session, theme)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.results.shown is not None, timeout=LONG_MS)
    yield window
    window.close()
    window.deleteLater()


def test_a_folder_that_could_not_even_be_noted_is_taken_in_once_there_is_room(
    qtbot: QtBot,
    window: MainWindow,
    disk: SmallDisk,
    pictures: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(owed_places, "FIRST_RETRY_MS", 300)
    ballast = fill(disk.folder)
    with qtbot.waitSignal(window.indexing.failed, timeout=LONG_MS) as failed:
        window.indexing.add([str(pictures)])
    assert str(failed.args[0]).startswith(FULL)
    library = window.session.library
    assert library is not None
    assert library.roots() == []
    ballast.unlink()
    qtbot.waitUntil(lambda: library.picture_count() == len(COLOURS), timeout=LONG_MS)
