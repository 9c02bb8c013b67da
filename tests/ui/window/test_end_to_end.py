"""The main job in the window, on a real library: real files, SQLite, USearch, worker processes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import Query, WatchMode
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel
from tests.helpers.pictures import encode, plain, write

Key = Qt.Key
LONG_MS = 60_000  # worker processes start slowly on a busy machine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "my pictures"
    for name, colour in COLOURS.items():
        write(folder / f"{name}.png", encode(plain(colour, 300, 200), "PNG"))
    write(folder / "broken.jpg", b"\xff\xd8\xff broken")
    write(folder / "notes.txt", b"no picture")
    return folder


@pytest.fixture
def open_window(
    qtbot: QtBot, theme: Theme, tmp_path: Path, windows: list[MainWindow]
) -> Callable[[], MainWindow]:
    paths = DataPaths.below(tmp_path / "data")

    def open_() -> MainWindow:
        window = MainWindow(
            Session(lambda: Library.open(paths, OneModel(FakeEncoder())), paths.data), theme
        )
        windows.append(window)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.results.shown is not None, timeout=LONG_MS)
        return window

    return open_


def names(window: MainWindow, library_rows: int = 3) -> list[str]:
    found = [window.pictures.picture(row) for row in range(window.pictures.rowCount())]
    return [Path(picture.path).stem for picture in found[:library_rows] if picture]


def test_the_main_job(qtbot: QtBot, open_window: Callable[[], MainWindow], folder: Path) -> None:
    window = open_window()
    assert window.empty.message.title == "Drop a folder here"

    with qtbot.waitSignal(window.indexing.finished, timeout=LONG_MS) as finished:
        window.indexing.add([str(folder)])
    assert finished.args is not None
    summary = finished.args[0]
    assert (summary.added, len(summary.failed)) == (len(COLOURS), 1)
    qtbot.waitUntil(lambda: window.pictures.rowCount() == len(COLOURS))
    qtbot.waitUntil(lambda: window.problems.model.rowCount() >= 1)
    assert window.problems.model.file(0).path == str(folder / "broken.jpg")

    edit = window.header.search_box.findChild(QLineEdit)
    with qtbot.waitSignal(window.results.changed, timeout=LONG_MS):
        qtbot.keyClicks(edit, "something red")
    qtbot.waitUntil(lambda: names(window)[:1] == ["red"])
    first = [int(each) for each in window.pictures.ids]

    qtbot.keyClick(edit, Key.Key_Return)
    qtbot.keyClick(window.grid, Key.Key_Return)
    qtbot.waitUntil(lambda: window.viewer.isVisible() and not window.viewer.sentence)
    qtbot.keyClick(window.viewer, Key.Key_Escape)
    qtbot.waitUntil(lambda: all(window.thumbnails.image(each) is not None for each in first))

    window.close()
    again = open_window()
    assert again.pictures.rowCount() == len(COLOURS)
    with qtbot.waitSignal(again.results.changed, timeout=LONG_MS):
        again.results.ask(Query.of_words("something red"))
    assert [int(each) for each in again.pictures.ids] == first


def test_pictures_come_and_go_with_their_files(
    qtbot: QtBot, open_window: Callable[[], MainWindow], folder: Path
) -> None:
    window = open_window()
    with qtbot.waitSignal(window.indexing.finished, timeout=LONG_MS):
        window.indexing.add([str(folder)])
    qtbot.waitUntil(
        lambda: [state.mode for state in window.folder_watch.states.values()] == [WatchMode.LIVE],
        timeout=LONG_MS,
    )
    # The look at the start of the program may come late, and says what it finds.
    qtbot.waitUntil(lambda: window.indexing.is_idle, timeout=LONG_MS)
    window.notices.dismiss()
    write(folder / "new.png", encode(plain(COLOURS["red"], 310, 200), "PNG"))
    many = len(COLOURS) + 1
    qtbot.waitUntil(lambda: window.pictures.rowCount() == many, timeout=LONG_MS)
    (folder / "new.png").unlink()
    qtbot.waitUntil(lambda: window.pictures.rowCount() == many - 1, timeout=LONG_MS)
    assert window.notices.shown is None


def test_a_second_window_says_that_the_first_is_open(
    qtbot: QtBot, open_window: Callable[[], MainWindow], tmp_path: Path, theme: Theme
) -> None:
    open_window()
    paths = DataPaths.below(tmp_path / "data")
    second = MainWindow(
        Session(lambda: Library.open(paths, OneModel(FakeEncoder())), paths.data), theme
    )
    second.show()
    qtbot.waitUntil(
        lambda: (
            second.empty.message.title
            == "Another Image Seeker, a window or a command, is working with this library."
        ),
        timeout=LONG_MS,
    )
    second.close()
    second.deleteLater()


def test_switching_models_on_a_real_library(
    qtbot: QtBot, theme: Theme, tmp_path: Path, folder: Path
) -> None:
    paths = DataPaths.below(tmp_path / "data")
    models = OneModel(FakeEncoder("first"), FakeEncoder("second"))
    window = MainWindow(Session(lambda: Library.open(paths, models), paths.data), theme)
    window.show()
    window.indexing.add([str(folder)])
    qtbot.waitUntil(lambda: window.pictures.rowCount() == len(COLOURS), timeout=LONG_MS)
    qtbot.waitUntil(lambda: window.indexing.is_idle, timeout=LONG_MS)
    with qtbot.waitSignal(
        window.indexing.embedded, timeout=LONG_MS, check_params_cb=lambda summary: summary.switched
    ):
        window.models_desk.use("second")
    with qtbot.waitSignal(window.models_desk.answering_changed, timeout=LONG_MS):
        window.models_desk.use("first")  # its vectors are kept: at once
    window.close()
    window.deleteLater()
