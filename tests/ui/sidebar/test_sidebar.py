"""The sidebar, by what a user sees and does."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.query_language.parsing import parse
from desktop_app.engine.query_language.parts import InFolder, Rated, Tagged
from desktop_app.engine.records import FolderTreeState, Query, WatchMode, WatchState
from desktop_app.engine.saved_search import SavedSearch
from desktop_app.ui.folders.folder_signs import Work
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.sidebar import sidebar_model
from desktop_app.ui.sidebar.sidebar import Sidebar
from desktop_app.ui.sidebar.sidebar_items import (
    FOLDERS,
    LIBRARY,
    RECENT,
    SEARCHES,
    folder_key,
    tag_key,
)
from tests.ui.fake_labels import tree_of

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SNOW, DOGS, RECEIPTS = (
    SavedSearch(number, name, name.lower())
    for number, name in enumerate(("Snow", "Dogs", "Receipts"), start=1)
)
TREE = tree_of(
    "/pictures/Winter/Alps",
    "/pictures/Winter/Alps",
    "/pictures/Summer",
    failed=["/pictures/Summer"],
)
RATINGS = (3, 0, 0, 0, 2, 5)
TAGS = {"old house": 4, "snow": 41}


@pytest.fixture
def sidebar(qtbot: QtBot, theme: Theme) -> Iterator[Sidebar]:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    sidebar = Sidebar(theme)
    column.addWidget(sidebar)
    column.addWidget(QLineEdit())
    window.resize(300, 600)
    with qtbot.waitExposed(window):
        window.show()
    yield sidebar
    window.hide()


def shown(sidebar: Sidebar) -> list[str]:
    """The rows one can see, from the top."""
    view, rows = sidebar.view, []
    index = view.model().index(0, 0)
    while index.isValid():
        rows.append(str(index.data()))
        index = view.indexBelow(index)
    return rows


def index_of(sidebar: Sidebar, name: str) -> QModelIndex:
    index = sidebar.view.model().index(0, 0)
    while index.isValid() and index.data() != name:
        index = sidebar.view.indexBelow(index)
    assert index.isValid(), name
    return index


def click(
    qtbot: QtBot, sidebar: Sidebar, name: str, *, x: int | None = None, ctrl: bool = False
) -> None:
    place = sidebar.view.visualRect(index_of(sidebar, name))
    at = place.center() if x is None else QPoint(x, place.center().y())
    modifier = CTRL if ctrl else Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(sidebar.view.viewport(), Qt.MouseButton.LeftButton, modifier, at)


def popup(sidebar: Sidebar, name: str) -> QMenu | None:
    """Open the menu of a row by keyboard."""
    sidebar.view.setCurrentIndex(index_of(sidebar, name))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(sidebar.view.viewport(), event)
    opened = QApplication.activePopupWidget()
    assert opened is None or isinstance(opened, QMenu)
    return opened


def menu(sidebar: Sidebar, name: str) -> list[str]:
    """What the menu of a row offers."""
    opened = popup(sidebar, name)
    if opened is None:
        return []
    opened.close()
    return [each.text() for each in opened.actions() if each.text()]


def choose(sidebar: Sidebar, name: str, text: str) -> None:
    opened = popup(sidebar, name)
    assert opened is not None
    next(each for each in opened.actions() if each.text() == text).trigger()
    opened.close()


def test_it_says_what_will_be_there(sidebar: Sidebar) -> None:
    assert shown(sidebar) == ["Library", "Folders", "Searches", "Save one with Ctrl+S"]
    sidebar.show_tree(tree_of())
    sidebar.show_searches([SNOW])
    assert shown(sidebar) == ["Library", "Folders", "pictures", "Searches", "Snow"]
    sidebar.show_tree(FolderTreeState())
    assert "Drop a folder here" in shown(sidebar)
    sidebar.forbid_changes()
    assert "Drop a folder here" not in shown(sidebar)
    assert "No folder" in shown(sidebar)


def test_one_folder_is_open_at_first_and_others_open_by_their_chevron(
    qtbot: QtBot, sidebar: Sidebar
) -> None:
    sidebar.show_tree(TREE)
    assert shown(sidebar)[1:5] == ["Folders", "pictures", "Summer", "Winter"]
    with qtbot.assertNotEmitted(sidebar.part_asked):
        click(qtbot, sidebar, "Winter", x=24)
    assert shown(sidebar)[3:6] == ["Summer", "Winter", "Alps"]
    click(qtbot, sidebar, "Folders")
    assert shown(sidebar)[:3] == ["Library", "Folders", "Searches"]
    click(qtbot, sidebar, "Folders")
    assert "Alps" in shown(sidebar)


def test_a_click_asks_for_a_folder_and_ctrl_adds_it(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.show_tree(TREE)
    part = InFolder("/pictures/Winter")
    with qtbot.waitSignals([sidebar.part_asked, sidebar.chosen]):
        click(qtbot, sidebar, "Winter")
    with qtbot.waitSignal(sidebar.part_asked) as asked, qtbot.assertNotEmitted(sidebar.chosen):
        click(qtbot, sidebar, "Winter", ctrl=True)
    assert asked.args == [part, True]
    with qtbot.waitSignal(sidebar.library_asked):
        click(qtbot, sidebar, "Library")
    with qtbot.assertNotEmitted(sidebar.chosen):
        click(qtbot, sidebar, "Save one with Ctrl+S")


def test_recent_ratings_and_tags_are_there_once_there_are_some(
    qtbot: QtBot, sidebar: Sidebar
) -> None:
    assert "Recent" not in shown(sidebar)
    sidebar.show_tree(tree_of(*["/pictures"] * 501))
    sidebar.show_labels(RATINGS, TAGS)
    assert sidebar.content.item(RECENT).count == 500
    assert shown(sidebar)[-5:] == ["★★★★★", "★★★★☆", "Tags", "old house", "snow"]
    for name, part in (("★★★★☆", Rated(4, 4)), ("old house", Tagged("old house"))):
        with qtbot.waitSignal(sidebar.part_asked) as asked:
            click(qtbot, sidebar, name)
        assert asked.args == [part, False]
    said = index_of(sidebar, "★★★★☆").data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "4 stars, 2 pictures"
    sidebar.show_labels((1, 0, 0, 0, 0, 0), {})
    assert "Tags" not in shown(sidebar)


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("", {LIBRARY}),
        ("dogs", set()),
        ("in:/pictures/Winter", {folder_key("/pictures/Winter")}),
        ("in:/pictures/Winter tag:SNOW", {folder_key("/pictures/Winter"), tag_key("snow")}),
        ("-in:/pictures/Winter", set()),
        ("is:recent", {RECENT}),
        ("rating:>=4", {"rating:4", "rating:5"}),
        ('tag:"old house"', {tag_key("old house")}),
    ],
)
def test_what_is_searched_for_is_marked(sidebar: Sidebar, line: str, keys: set[str]) -> None:
    sidebar.show_tree(TREE)
    sidebar.show_labels(RATINGS, TAGS)
    sidebar.show_query(Query(parse(line).parts))
    assert sidebar.view._current == keys


def test_a_marked_row_looks_different(sidebar: Sidebar) -> None:
    sidebar.show_tree(TREE)
    place = sidebar.view.visualRect(index_of(sidebar, "Winter"))
    before = sidebar.view.viewport().grab(place).toImage()
    sidebar.show_query(Query((InFolder("/pictures/Winter"),)))
    assert sidebar.view.viewport().grab(place).toImage() != before


def test_signs_say_how_a_folder_is(sidebar: Sidebar) -> None:
    sidebar.show_tree(TREE)

    def said(name: str) -> str:
        return str(index_of(sidebar, name).data(Qt.ItemDataRole.AccessibleTextRole))

    assert said("Summer") == "Summer, 1 picture, 1 file could not be read, /pictures/Summer"
    assert said("pictures") == "pictures, 3 pictures, 1 file could not be read, /pictures"
    sidebar.show_watch({1: WatchState(1, WatchMode.PERIODIC, "It is a network share.")})
    assert "It is a network share" in said("pictures")
    sidebar.show_work(Work("/pictures/Winter/a.jpg"))
    assert "Being looked through" in said("pictures")
    assert "Being looked through" not in said("Winter")
    sidebar.show_work(Work("/pictures/Winter/a.jpg", "The battery is low."))
    assert "The battery is low" in said("pictures")


def test_keys_choose_open_and_remove(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.show_tree(TREE)
    sidebar.show_searches([SNOW, DOGS])
    view = sidebar.view
    view.setFocus()
    assert view.currentIndex().data() == "Library"
    with qtbot.waitSignal(sidebar.library_asked):
        qtbot.keyClick(view, Key.Key_Return)
    for _ in range(4):
        qtbot.keyClick(view, Key.Key_Down)
    assert view.currentIndex().data() == "Winter"
    qtbot.keyClick(view, Key.Key_Right)
    assert "Alps" in shown(sidebar)
    qtbot.keyClick(view, Key.Key_Left)
    assert "Alps" not in shown(sidebar)
    qtbot.keyClick(view, Key.Key_Up)
    qtbot.keyClick(view, Key.Key_Up)
    qtbot.keyClick(view, Key.Key_Asterisk)
    assert "Winter" in shown(sidebar)
    assert "Alps" not in shown(sidebar)  # a disk has very many folders
    view.setCurrentIndex(index_of(sidebar, "Dogs"))
    with qtbot.waitSignal(sidebar.search_asked) as asked:
        qtbot.keyClick(view, Key.Key_Space)
    assert asked.args == [DOGS]
    with qtbot.waitSignal(sidebar.removal_asked) as asked:
        qtbot.keyClick(view, Key.Key_Delete)
    assert asked.args == [DOGS]


def test_the_menu_of_a_folder(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.show_tree(TREE)
    assert menu(sidebar, "Winter") == [
        "Show only these",
        "Add to the search",
        "Open in file manager",
        "Look for changes here",
    ]
    for name, text, signal, args in (
        ("Winter", "Open in file manager", sidebar.opening_asked, ["/pictures/Winter"]),
        ("Winter", "Look for changes here", sidebar.look_asked, ["/pictures/Winter"]),
        ("Summer", "Files not indexed here (1)…", sidebar.problems_asked, ["/pictures/Summer"]),
        ("pictures", "Forget…", sidebar.panel_asked, [TREE.folders["/pictures"], True]),
        ("pictures", "Show in Folders", sidebar.panel_asked, [TREE.folders["/pictures"], False]),
    ):
        with qtbot.waitSignal(signal) as asked:
            choose(sidebar, name, text)
        assert asked.args == args
    assert menu(sidebar, "Folders") == []


def test_searches_and_tags_are_renamed_or_removed_by_their_menus(
    qtbot: QtBot, sidebar: Sidebar
) -> None:
    sidebar.show_searches([SNOW])
    sidebar.show_labels(RATINGS, TAGS)
    with qtbot.waitSignal(sidebar.removal_asked):
        choose(sidebar, "Snow", "Remove")
    with qtbot.waitSignal(sidebar.tag_removal_asked) as asked:
        choose(sidebar, "old house", "Remove from all pictures")
    assert asked.args == ["old house"]
    for name, signal, args in (
        ("Snow", sidebar.renamed, [SNOW, "New"]),
        ("snow", sidebar.tag_renamed, ["snow", "New"]),
    ):
        choose(sidebar, name, "Rename…")
        dialog = sidebar.findChild(QInputDialog)
        assert isinstance(dialog, QInputDialog)
        assert dialog.textValue() == name
        dialog.setTextValue("  New ")
        with qtbot.waitSignal(signal) as renamed:
            dialog.accept()
        assert renamed.args == args
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_nothing_is_offered_that_cannot_be_done(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.forbid_changes()
    sidebar.show_searches([SNOW])
    sidebar.show_tree(TREE)
    assert menu(sidebar, "Snow") == ["Show only these"]
    assert "Forget…" not in menu(sidebar, "pictures")
    sidebar.view.setCurrentIndex(index_of(sidebar, "Snow"))
    with qtbot.assertNotEmitted(sidebar.removal_asked):
        qtbot.keyClick(sidebar.view, Key.Key_Delete)


def test_a_search_that_lost_a_picture_says_so(sidebar: Sidebar) -> None:
    sidebar.show_searches([SavedSearch(1, "Alike", "", lost=1), SavedSearch(2, "Two", "x", lost=2)])
    tip = Qt.ItemDataRole.ToolTipRole
    assert "A picture it was made with has left" in str(index_of(sidebar, "Alike").data(tip))
    assert "2 pictures it was made with have left" in str(index_of(sidebar, "Two").data(tip))


def test_what_is_open_is_remembered(sidebar: Sidebar, theme: Theme, qtbot: QtBot) -> None:
    sidebar.show_tree(TREE)
    sidebar.view.open_row(folder_key("/pictures/Winter"))
    sidebar.view.setExpanded(index_of(sidebar, "Searches"), False)
    again = Sidebar(theme)
    qtbot.addWidget(again)
    again.view.restore_open(sidebar.view.open_keys)
    again.show_tree(TREE)
    assert shown(again) == shown(sidebar)
    assert shown(again)[-2:] == ["Alps", "Searches"]
    again.view.reveal(folder_key("/pictures/Summer"))
    assert again.view.currentIndex().data() == "Summer"


def test_pictures_that_come_leave_what_is_open_and_the_keyboard_in_place(
    sidebar: Sidebar,
) -> None:
    sidebar.show_tree(TREE)
    sidebar.view.open_row(folder_key("/pictures/Winter"))
    sidebar.view.setCurrentIndex(index_of(sidebar, "Alps"))
    sidebar.show_tree(tree_of("/pictures/Winter/Alps", "/pictures/Autumn", "/pictures/Winter/Äg"))
    assert shown(sidebar)[2:7] == ["pictures", "Autumn", "Winter", "Äg", "Alps"]
    assert sidebar.view.currentIndex().data() == "Alps"
    assert sidebar.content.children(SEARCHES)
    assert sidebar.content.children(FOLDERS) == (folder_key("/pictures"),)


def test_right_to_left_is_a_mirror(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.show_tree(TREE)
    sidebar.window().setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    width_px = sidebar.view.viewport().width()
    click(qtbot, sidebar, "Winter", x=width_px - 24)
    assert "Alps" in shown(sidebar)


@pytest.fixture
def crowded(sidebar: Sidebar) -> Sidebar:
    """One folder with 700 folders, open, and another one below it."""
    names = [f"/pictures/{number:03}" for number in range(700)]
    sidebar.show_tree(tree_of(*names, "/pictures/Winter"))
    sidebar.view.open_row(folder_key("/pictures"))
    return sidebar


def test_of_very_many_folders_more_come_as_one_gets_near_their_end(
    qtbot: QtBot, crowded: Sidebar
) -> None:
    model, bar = crowded.view.model(), crowded.view.verticalScrollBar()
    root = model.index(0, 0, index_of(crowded, "Folders"))
    assert model.rowCount(root) == sidebar_model.PIECE
    for made in (2 * sidebar_model.PIECE, 701):
        bar.setValue(bar.maximum())
        qtbot.waitUntil(partial(lambda count: model.rowCount(root) == count, made))
    bar.setValue(bar.maximum())
    assert "Winter" in shown(crowded)


def test_a_folder_that_was_not_made_yet_is_found_by_its_letters(
    qtbot: QtBot, crowded: Sidebar
) -> None:
    view = crowded.view
    view.setFocus()
    view.setCurrentIndex(index_of(crowded, "003"))
    qtbot.keyClick(view, Key.Key_W)
    assert view.currentIndex().data() == "Winter"
