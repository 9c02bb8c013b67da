"""Where one reads from the right, the window is the mirror image of itself."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.folders.folders_panel import FoldersPanel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.ui.fake_library import FakeLibrary

LINE = "two dogs -people after:2023-05 is:square"
Open = Callable[[Qt.LayoutDirection, int], MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, theme: Theme, tmp_path: Path) -> Iterator[Open]:
    before = qapp.layoutDirection()
    windows: list[MainWindow] = []

    def open_(direction: Qt.LayoutDirection, width_px: int) -> MainWindow:
        qapp.setLayoutDirection(direction)
        library = FakeLibrary(50)
        window = MainWindow(Session(lambda: library, tmp_path / f"data{len(windows)}"), theme)
        windows.append(window)
        window.resize(width_px, 800)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.results.shown is not None)
        window.header.search_box.draft.set_line(LINE)
        window.folders_desk.panel_asked.emit()
        panel = window.findChild(FoldersPanel)
        assert panel is not None
        # A splitter of Qt is one pixel too far right where one reads from there.
        inside = QRect(-1, 0, window.width() + 2, 1)
        qtbot.waitUntil(
            lambda: (
                len(window.header.strip.chips) == 4
                and window.results.shown is not None
                and window.results.shown.query == window.header.search_box.query
                and " ms" in window.status.text
                and bool(window.status.model_name)
                and panel.isVisible()
                and inside.contains(QRect(panel.mapTo(window, QPoint()).x(), 0, panel.width(), 1))
            )
        )
        QApplication.processEvents()  # what was said last is laid out
        return window

    yield open_
    for window in windows:
        window.close()
        window.deleteLater()
    qapp.setLayoutDirection(before)


def places(window: QWidget) -> dict[str, tuple[str, int, QRect]]:
    """What one sees within what: by its path, who lays it out, how wide that is, and where."""
    found: dict[str, tuple[str, int, QRect]] = {}

    def look(parent: QWidget, path: str, owner: str) -> None:
        if type(parent) is not QWidget:
            owner = type(parent).__name__
        children = [each for each in parent.children() if isinstance(each, QWidget)]
        for number, child in enumerate(children):
            if child.isVisible() and not child.isWindow() and not isinstance(child, QScrollBar):
                name = f"{path}/{type(child).__name__} {number}"
                found[name] = (owner, parent.width(), child.geometry())
                look(child, name, owner)

    look(window, "", "")
    return found


@pytest.mark.parametrize("width_px", [480, 1200])
def test_the_window_is_mirrored(open_window: Open, width_px: int) -> None:
    usual = places(open_window(Qt.LayoutDirection.LeftToRight, width_px))
    other = places(open_window(Qt.LayoutDirection.RightToLeft, width_px))
    assert len(usual) > 20
    wrong = []
    for path, (_, width, place) in usual.items():
        if path not in other:
            continue
        _, other_width, there = other[path]
        # What is said may be as long as a search took, so widths are not compared.
        ends = place.left(), width - place.right() - 1
        other_ends = other_width - there.right() - 1, there.left()
        if min(abs(ends[0] - other_ends[0]), abs(ends[1] - other_ends[1])) > 1:
            wrong.append((path, place, there))
    assert wrong == []
