"""The desk of the sidebar, without a window around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.query_language.parts import InFolder, Rated
from desktop_app.engine.records import (
    IndexProgress,
    IndexSummary,
    PictureLabels,
    WatchMode,
    WatchState,
)
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.library.indexing_queue import IndexingQueue
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.search.query_draft import QueryDraft
from desktop_app.ui.sidebar import sidebar_desk
from desktop_app.ui.sidebar.sidebar import Sidebar
from desktop_app.ui.sidebar.sidebar_desk import SidebarDesk
from desktop_app.ui.sidebar.sidebar_items import LIBRARY, folder_key
from desktop_app.ui.work.tasks import Lanes
from tests.ui.fake_labels import FakeLabels, tree_of
from tests.ui.fake_library import FakeLibrary

WINTER = InFolder("/pictures/Winter")


@dataclass
class Place:
    """A desk and what stands around it."""

    desk: SidebarDesk
    draft: QueryDraft
    sidebar: Sidebar
    indexing: IndexingQueue
    notices: Notices
    library: FakeLibrary

    @property
    def notice(self) -> str:
        return "" if self.notices.shown is None else self.notices.shown.text

    def count(self, key: str) -> int | None:
        return self.sidebar.content.item(key).count


@pytest.fixture
def place(
    qtbot: QtBot, theme: Theme, lanes: Lanes, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    monkeypatch.setattr(sidebar_desk, "COUNT_INTERVAL_MS", 50)
    window = QWidget()
    qtbot.addWidget(window)
    library = FakeLibrary(5)
    library.tree.told = tree_of("/pictures/Winter", "/pictures")
    library.labels = labels = FakeLabels()
    labels.held = {1: PictureLabels(5, ("snow",)), 2: PictureLabels(0, ("snow", "ice"))}
    draft, sidebar, notices = QueryDraft(), Sidebar(theme, window), Notices(theme, window)
    indexing = IndexingQueue(lanes.open("indexing"), window)
    desk = SidebarDesk(lanes.open("sidebar"), draft, sidebar, indexing, notices, window)
    with qtbot.waitExposed(window):
        window.show()
    yield Place(desk, draft, sidebar, indexing, notices, library)
    library.index_gate.set()
    window.hide()


def begin(qtbot: QtBot, place: Place) -> None:
    place.indexing.set_library(place.library)
    place.desk.set_library(place.library)
    qtbot.waitUntil(lambda: place.count(LIBRARY) == 2)


def test_it_counts_while_it_is_seen(qtbot: QtBot, place: Place) -> None:
    place.sidebar.hide()
    place.desk.set_library(place.library)
    assert place.count(LIBRARY) is None
    place.sidebar.show()
    qtbot.waitUntil(lambda: place.count(LIBRARY) == 2)
    assert place.count(folder_key("/pictures/Winter")) == 1
    assert place.sidebar.content.tags == {"ice": 1, "snow": 2}


def test_pictures_that_come_are_counted(qtbot: QtBot, place: Place) -> None:
    begin(qtbot, place)
    place.library.tree.told = tree_of("/pictures/Winter", "/pictures/Winter", "/pictures")
    place.library.runs = [[IndexSummary(added=1)]]
    place.indexing.add(["/pictures/Winter"])
    qtbot.waitUntil(lambda: place.count(LIBRARY) == 3)


def test_rows_become_the_search_or_are_added_to_it(qtbot: QtBot, place: Place) -> None:
    begin(qtbot, place)
    place.draft.set_line("dogs")
    place.sidebar.part_asked.emit(WINTER, True)
    assert place.draft.state.line == "dogs in:/pictures/Winter"
    assert place.sidebar.view._current == {folder_key("/pictures/Winter")}
    place.sidebar.part_asked.emit(WINTER, True)  # once more takes it out
    assert place.draft.state.line == "dogs"
    place.sidebar.part_asked.emit(Rated(5, 5), False)
    assert place.draft.state.line == "rating:5"
    place.sidebar.library_asked.emit()
    assert place.draft.state.is_empty
    place.draft.undo()
    assert place.draft.state.line == "rating:5"


def test_what_is_in_work_has_its_sign(qtbot: QtBot, place: Place) -> None:
    begin(qtbot, place)
    place.library.runs = [
        [IndexProgress(1, 2, 2, current="/pictures/Winter/a.jpg"), IndexSummary(added=1)]
    ]
    works = []
    place.indexing.progressed.connect(lambda _state: works.append(place.sidebar.content.work.path))
    place.desk.show_watch(WatchState(1, WatchMode.PERIODIC))
    place.indexing.add(["/pictures"])
    qtbot.waitUntil(lambda: place.indexing.is_idle)
    assert works == ["/pictures/Winter/a.jpg"]
    assert place.sidebar.content.work.path == ""
    assert place.sidebar.content.watch[1].mode is WatchMode.PERIODIC


def test_a_folder_is_opened_elsewhere_if_it_is_there(
    qtbot: QtBot, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    place.sidebar.opening_asked.emit(str(tmp_path))
    qtbot.waitUntil(lambda: place.notice == "No file manager was found.")
    assert opened == [str(tmp_path)]
    place.sidebar.opening_asked.emit(str(tmp_path / "gone"))
    qtbot.waitUntil(lambda: place.notice == "gone is not at its place any more.")


def test_a_folder_is_looked_through(qtbot: QtBot, place: Place) -> None:
    begin(qtbot, place)
    place.sidebar.look_asked.emit("/pictures/Winter")
    qtbot.waitUntil(lambda: place.library.asked == [(["/pictures/Winter"], False)])


def test_an_unwritable_library_is_only_shown(qtbot: QtBot, place: Place) -> None:
    place.library.why_unwritable = "The disk is read-only."
    begin(qtbot, place)
    assert place.sidebar.content.is_fixed
