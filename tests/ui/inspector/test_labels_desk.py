"""Labels are changed in a catalog as the program has it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.labels import LONGEST_TAG, Labels
from desktop_app.engine.query_language.parsing import parse
from desktop_app.engine.records import (
    FileStamp,
    ModelInfo,
    NewPicture,
    PictureLabels,
    Query,
    RootKind,
    SidecarFailure,
    SidecarProgress,
)
from desktop_app.engine.store.catalog import Catalog
from desktop_app.ui.commands.command_book import CommandBook, Menu
from desktop_app.ui.commands.command_menus import command_menu
from desktop_app.ui.commands.undo_stack import UndoStack
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.grid.results import Results
from desktop_app.ui.inspector.label_files import LabelFiles
from desktop_app.ui.inspector.labels_desk import LabelsDesk
from desktop_app.ui.inspector.tag_strip import TagStrip
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.messages.problems_panel import ProblemsPanel
from desktop_app.ui.work.tasks import Lanes
from tests.ui.fake_library import FakeLibrary

COUNT = 5
MODEL = ModelInfo("m", "M", 2, is_builtin=False)
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def picture(number: int) -> NewPicture:
    return NewPicture(
        path=f"/pictures/{number}.jpg",
        stamp=FileStamp(1000, number),
        width_px=4,
        height_px=3,
        format="JPEG",
        taken_at_s=float(number),
        fingerprint=bytes([number]),
        vector=np.array([1, 0], dtype=np.float32),
    )


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    catalog = Catalog.open(tmp_path / "catalog.sqlite3")
    root_id = catalog.add_root("/pictures", RootKind.FOLDER)
    catalog.write_pictures(root_id, MODEL, [picture(number) for number in range(COUNT)])
    yield catalog
    catalog.close()


class Window(QWidget):
    """As much of the window as the desk needs."""

    def __init__(self, theme: Theme, lanes: Lanes, catalog: Catalog) -> None:
        super().__init__()
        self.library = FakeLibrary(COUNT)
        self.library.labels = Labels(catalog, lambda: False, lambda: None, lambda: None)
        self.rows: list[int] = []
        self.unwritable = ""
        self.strip, self.notices, self.undo = (
            TagStrip(theme),
            Notices(theme),
            UndoStack(parent=self),
        )
        self.unwritten = ProblemsPanel(theme)
        layout = QVBoxLayout(self)
        for widget in (self.strip, self.notices, self.unwritten):
            layout.addWidget(widget)
        self.unwritten.hide()
        self.results = Results(
            PictureModel(self), lanes.open("search"), lanes.open("records"), self
        )
        self.results.set_library(self.library)
        self.writing = LabelFiles(lanes.open("writing"), self)
        self.desk = LabelsDesk(
            lanes.open("labels"),
            self.writing,
            lambda: self.rows,
            self.results,
            self.strip,
            self.unwritten,
            self.notices,
            self.undo,
            self,
        )
        self.book = CommandBook(theme, self)
        self.book.refused.connect(self.notices.mention)
        self.desk.add_to(self.book, lambda: self.unwritable)
        self.desk.set_library(self.library)
        self.desk.changed.connect(self.desk.refresh)  # as the session has it done in all windows
        self.writing.set_library(self.library)

    def labels(self) -> dict[int, PictureLabels]:
        found = self.library.labels.of(range(1, COUNT + 1))
        return {each: labels for each, labels in found.items() if labels != PictureLabels()}

    @property
    def said(self) -> str:
        return "" if self.notices.shown is None else self.notices.shown.text


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, lanes: Lanes, catalog: Catalog) -> Window:
    window = Window(theme, lanes, catalog)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: window.results.shown is not None)
    return window


def test_a_key_rates_what_is_chosen(qtbot: QtBot, window: Window) -> None:
    window.rows = [0, 2]  # the ids 5 and 3
    with qtbot.waitSignal(window.desk.changed):
        qtbot.keyClick(window, Key.Key_4, CTRL)
    assert window.labels() == {3: PictureLabels(4), 5: PictureLabels(4)}
    assert window.said == "2 pictures: ★★★★☆."
    window.rows = [0]
    with qtbot.waitSignal(window.desk.changed):
        qtbot.keyClick(window, Key.Key_0, CTRL)
    assert window.labels() == {3: PictureLabels(4)}
    for expected in ({3: PictureLabels(4), 5: PictureLabels(4)}, {}):
        with qtbot.waitSignal(window.desk.changed):
            window.undo.undo()
        assert window.labels() == expected
    assert window.said == "Taken back: 2 pictures: ★★★★☆."
    assert window.undo.text == ""


def test_the_button_takes_back_what_it_says_and_nothing_else(qtbot: QtBot, window: Window) -> None:
    window.rows = [0]
    with qtbot.waitSignal(window.desk.changed):
        window.book.run("label.rate3")
    notice = window.notices.shown
    assert notice is not None
    assert notice.act is not None
    window.undo.push("something else", lambda: pytest.fail("this was not meant"))
    with qtbot.waitSignal(window.desk.changed):
        notice.act()
    assert window.labels() == {}
    assert window.undo.text == "something else"


def test_what_changes_nothing_is_not_taken_back(qtbot: QtBot, window: Window) -> None:
    window.rows = [0]
    window.book.run("label.rate0")
    qtbot.waitUntil(lambda: window.said == "The picture has that already.")
    assert window.undo.text == ""


def test_tags_are_typed(qtbot: QtBot, window: Window) -> None:
    window.rows = [0, 1]
    qtbot.keyClick(window, Key.Key_T, CTRL)
    qtbot.waitUntil(window.strip.isVisible)
    qtbot.keyClicks(window.strip.field, "Old house, snow")
    with qtbot.waitSignal(window.desk.changed):
        qtbot.keyClick(window.strip.field, Key.Key_Return)
    assert window.strip.isHidden()
    assert set(window.labels().values()) == {PictureLabels(0, ("Old house", "snow"))}
    assert window.said == "2 pictures: tagged “Old house”, “snow”."
    window.rows = [0]
    window.desk.ask_tags()
    qtbot.waitUntil(window.strip.isVisible)
    assert window.strip.said == "Now: Old house · snow"
    qtbot.keyClicks(window.strip.field, "-SNOW")
    window.strip.completer.list.hide()
    with qtbot.waitSignal(window.desk.changed):
        qtbot.keyClick(window.strip.field, Key.Key_Return)
    assert window.labels()[5] == PictureLabels(0, ("Old house",))
    with qtbot.waitSignal(window.desk.changed):
        window.undo.undo()
    assert window.labels()[5] == PictureLabels(0, ("Old house", "snow"))


def test_a_tag_that_cannot_be_one_can_be_mended(qtbot: QtBot, window: Window) -> None:
    window.rows = [0]
    window.desk.ask_tags()
    qtbot.waitUntil(window.strip.isVisible)
    window.strip.field.setText("x" * (LONGEST_TAG + 1))
    qtbot.keyClick(window.strip.field, Key.Key_Return)
    qtbot.waitUntil(lambda: "too long" in window.strip.said)
    assert window.strip.isVisible()
    assert window.labels() == {}


def test_it_says_why_not(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window, Key.Key_3, CTRL)
    assert window.said == "Select a picture first."
    window.rows, window.unwritable = [0], "The library may only be read."
    for name in ("label.rate5", "label.tag"):
        window.book.run(name)
        assert window.said == "The library may only be read."
    assert window.labels() == {}


def test_what_is_searched_by_labels_is_searched_again(qtbot: QtBot, window: Window) -> None:
    window.results.ask(Query(parts=parse("rating:5").parts))
    qtbot.waitUntil(lambda: len(window.library.searches) == 1)
    qtbot.waitUntil(lambda: not window.results.is_running)
    window.rows = [0]
    window.book.run("label.rate5")
    qtbot.waitUntil(lambda: len(window.library.searches) == 2)
    window.results.ask(Query(parts=parse("dogs").parts))
    qtbot.waitUntil(lambda: not window.results.is_running)
    asked = len(window.library.searches)
    with qtbot.waitSignal(window.desk.changed):
        window.book.run("label.rate4")
    assert len(window.library.searches) == asked


def test_ratings_have_a_menu_of_their_own(window: Window) -> None:
    menu = command_menu(window.book, Menu.PICTURE, window)
    rating, tag = menu.actions()
    below = rating.menu()
    assert isinstance(below, QMenu)
    assert (rating.text(), tag.text()) == ("Rating", "Tag…")
    assert [each.text() for each in below.actions()] == [
        "Rate 5 stars", "Rate 4 stars", "Rate 3 stars", "Rate 2 stars", "Rate 1 star", "No rating",
    ]  # fmt: skip


def test_what_cannot_be_written_beside_is_told_and_listed(qtbot: QtBot, window: Window) -> None:
    failure = SidecarFailure(5, "/pictures/5.jpg", "You may not write in this folder.")
    window.library.sidecars.runs = [[SidecarProgress(1, 2, (failure,)), SidecarProgress(2, 2)]]
    window.library.sidecars.listed = [failure]
    window.library.sidecars.switch(True)
    window.desk.unwritten_asked.connect(window.unwritten.show)
    with qtbot.waitSignals([window.writing.progressed, window.writing.ended]):
        window.writing.write()
    notice = window.notices.shown
    assert notice is not None
    assert notice.text == "The labels of one picture could not be written beside it."
    assert notice.act is not None
    notice.act()
    qtbot.waitUntil(lambda: window.unwritten.model.rowCount() == 1)
    with qtbot.waitSignal(window.writing.ended):
        window.unwritten.retry_asked.emit([])
    assert window.library.sidecars.retried == 1
