"""Which window is which, in a list of windows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from desktop_app.ui.words import wording
from tests.ui.fake_library import FakeLibrary


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    library = FakeLibrary(20)
    window = MainWindow(Session(lambda: library, tmp_path), theme)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.results.shown is not None)
    yield window
    window.close()
    window.deleteLater()


def search(window: MainWindow, line: str) -> None:
    window.header.search_box.draft.set_line(line)


def test_what_was_searched_for_comes_first(qtbot: QtBot, window: MainWindow) -> None:
    assert window.windowTitle() == "Image Seeker"
    search(window, "snow -people in:Winter")
    qtbot.waitUntil(
        lambda: window.windowTitle() == "snow, \N{MINUS SIGN} people, in Winter – Image Seeker"
    )
    window.header.search_box.clear()
    qtbot.waitUntil(lambda: window.windowTitle() == "Image Seeker")


def test_a_saved_search_is_called_as_it_is_saved(qtbot: QtBot, window: MainWindow) -> None:
    search(window, "snow")
    window.book.run("search.save")
    qtbot.waitUntil(lambda: len(window.searches_desk.searches) == 1)
    (saved,) = window.searches_desk.searches
    window.sidebar.renamed.emit(saved, "Winter")
    qtbot.waitUntil(lambda: window.windowTitle() == "Winter – Image Seeker")


def test_the_picture_that_is_looked_at_comes_before_the_search(
    qtbot: QtBot, window: MainWindow
) -> None:
    search(window, "snow")
    qtbot.waitUntil(lambda: window.windowTitle() == "snow – Image Seeker")
    for row in (0, 1):
        window.viewer.open_row(row)

        def is_named(row: int = row) -> bool:
            picture = window.pictures.picture(row)
            if picture is None:
                return False
            return window.windowTitle() == f"{wording.file_name(picture.path)} – Image Seeker"

        qtbot.waitUntil(is_named)
    window.viewer.close_viewer()
    assert window.windowTitle() == "snow – Image Seeker"


def test_what_means_something_to_qt_is_told_as_it_is(qtbot: QtBot, window: MainWindow) -> None:
    """A window with a placeholder would leave it out, and show a star there when asked to."""
    search(window, "a[*]b")
    qtbot.waitUntil(lambda: window.windowTitle() == "a[*][*]b – Image Seeker")
