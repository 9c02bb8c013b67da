from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.saved_search import SavedSearch
from desktop_app.ui.sidebar import NOTHING_IN_A_FIXED_ONE, NOTHING_SAVED, Sidebar
from desktop_app.ui.text_label import TextLabel
from desktop_app.ui.theme import Theme

Key = Qt.Key
SNOW, DOGS, RECEIPTS = (
    SavedSearch(number, name, name.lower())
    for number, name in enumerate(("Snow", "Dogs", "Receipts"), start=1)
)


@pytest.fixture
def sidebar(qtbot: QtBot, theme: Theme) -> Iterator[Sidebar]:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    sidebar = Sidebar(theme)
    column.addWidget(sidebar)
    column.addWidget(QLineEdit())
    window.resize(300, 400)
    with qtbot.waitExposed(window):
        window.show()
    yield sidebar
    window.hide()


def names(sidebar: Sidebar) -> list[str]:
    return [row.text() for row in sidebar.rows]


def said(sidebar: Sidebar) -> list[str]:
    return [label.said for label in sidebar.findChildren(TextLabel) if label.isVisible()]


def choose(qtbot: QtBot, sidebar: Sidebar, row: int, text: str) -> None:
    reason = QContextMenuEvent.Reason.Keyboard
    event = QContextMenuEvent(reason, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(sidebar.rows[row], event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(each for each in menu.actions() if each.text() == text).trigger()
    menu.close()


def test_it_explains_itself_while_nothing_is_saved(sidebar: Sidebar) -> None:
    assert NOTHING_SAVED in said(sidebar)
    sidebar.show_searches([SNOW])
    assert NOTHING_SAVED not in said(sidebar)


def test_searches_keep_their_rows_and_counts(sidebar: Sidebar) -> None:
    sidebar.show_searches([SNOW, DOGS])
    sidebar.show_count(DOGS.id, 1203)
    sidebar.show_count(99, 5)
    sidebar.show_searches([DOGS, RECEIPTS])
    assert names(sidebar) == ["Dogs", "Receipts"]
    assert [row.count for row in sidebar.rows] == [1203, None]
    places = [row.y() for row in sidebar.rows]
    sidebar.grab()
    assert places == sorted(places)
    assert sidebar.rows[0].accessibleName().startswith("Dogs, ")


def test_it_shows_what_is_in_the_grid(sidebar: Sidebar) -> None:
    sidebar.show_searches([SNOW, DOGS])
    sidebar.show_current(DOGS.id, is_library=False)
    rows = [sidebar.library, *sidebar.rows]
    assert [row.is_current for row in rows] == [False, False, True]
    sidebar.show_current(None, is_library=True)
    assert [row.is_current for row in rows] == [True, False, False]


def test_rows_are_asked_for_by_mouse_and_keys(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.show_searches([SNOW, DOGS])
    with qtbot.waitSignal(sidebar.library_asked):
        qtbot.keyClick(sidebar.library, Key.Key_Return)
    with qtbot.waitSignal(sidebar.search_asked) as asked:
        qtbot.mouseClick(sidebar.rows[1], Qt.MouseButton.LeftButton)
    assert asked.args == [DOGS]
    with qtbot.waitSignal(sidebar.search_asked) as asked:
        qtbot.keyClick(sidebar.rows[0], Key.Key_Space)
    assert asked.args == [SNOW]
    with qtbot.waitSignal(sidebar.removal_asked) as asked:
        qtbot.keyClick(sidebar.rows[0], Key.Key_Delete)
    assert asked.args == [SNOW]


def test_a_search_is_renamed_or_removed_by_its_menu(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.show_searches([SNOW, DOGS])
    with qtbot.waitSignal(sidebar.removal_asked):
        choose(qtbot, sidebar, 0, "Remove")
    choose(qtbot, sidebar, 1, "Rename…")
    dialog = sidebar.findChild(QInputDialog)
    assert isinstance(dialog, QInputDialog)
    assert dialog.textValue() == "Dogs"
    dialog.setTextValue("  My dogs ")
    with qtbot.waitSignal(sidebar.renamed) as renamed:
        dialog.accept()
    assert renamed.args == [DOGS, "My dogs"]


def test_the_keyboard_stays_in_the_list_when_a_row_goes(sidebar: Sidebar) -> None:
    sidebar.show_searches([SNOW, DOGS, RECEIPTS])
    sidebar.rows[1].setFocus()
    sidebar.show_searches([SNOW, RECEIPTS])
    assert sidebar.rows[1].hasFocus()
    sidebar.show_searches([SNOW])
    assert sidebar.rows[0].hasFocus()
    sidebar.show_searches([])
    assert sidebar.library.hasFocus()


def test_tab_goes_down_the_list(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.show_searches([DOGS])
    sidebar.show_searches([SNOW, DOGS])
    sidebar.library.setFocus()
    for expected in (*sidebar.rows, sidebar.window().findChild(QLineEdit)):
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Key.Key_Tab)
        assert QApplication.focusWidget() is expected


def test_nothing_is_offered_that_cannot_be_done(sidebar: Sidebar) -> None:
    sidebar.forbid_changes()
    assert NOTHING_IN_A_FIXED_ONE in said(sidebar)
    sidebar.show_searches([SNOW])
    reason = QContextMenuEvent.Reason.Keyboard
    event = QContextMenuEvent(reason, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(sidebar.rows[0], event)
    assert QApplication.activePopupWidget() is None
