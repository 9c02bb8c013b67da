"""The desk of saved searches, without a window around it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine import saved_search
from desktop_app.engine.saved_search import SavedSearch
from desktop_app.ui.commands.undo_stack import UndoStack
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.search.query_draft import QueryDraft
from desktop_app.ui.sidebar.searches_desk import SearchesDesk
from desktop_app.ui.sidebar.sidebar import Sidebar
from desktop_app.ui.sidebar.sidebar_items import SEARCHES, RowKind, SidebarItem
from desktop_app.ui.work.tasks import Lanes
from tests.ui.fake_library import FakeLibrary

SNOW, DOGS = SavedSearch(1, "Snow", "snow"), SavedSearch(2, "Dogs", "dogs")
WHY = "Nothing can be changed."


@dataclass
class Place:
    """A desk and what stands around it."""

    desk: SearchesDesk
    draft: QueryDraft
    sidebar: Sidebar
    notices: Notices
    library: FakeLibrary
    stack: UndoStack

    @property
    def names(self) -> list[str]:
        return [row.name for row in self._rows]

    @property
    def counts(self) -> list[int | None]:
        return [row.count for row in self._rows]

    @property
    def current(self) -> list[str]:
        marked = self.sidebar.view._current
        return [row.name for row in self._rows if row.key in marked]

    @property
    def _rows(self) -> list[SidebarItem]:
        content = self.sidebar.content
        rows = map(content.item, content.children(SEARCHES))
        return [row for row in rows if row.kind is RowKind.SEARCH]

    @property
    def notice(self) -> str:
        return "" if self.notices.shown is None else self.notices.shown.text

    def undo(self) -> None:
        shown = self.notices.shown
        assert shown is not None
        assert shown.act is not None
        shown.act()


@pytest.fixture
def place(qtbot: QtBot, theme: Theme, lanes: Lanes) -> Iterator[Place]:
    window = QWidget()
    qtbot.addWidget(window)
    library = FakeLibrary(5)
    library.strong = 3
    library.saved = {1: SNOW, 2: DOGS}
    draft, sidebar, notices = QueryDraft(), Sidebar(theme, window), Notices(theme, window)
    asking, counting = lanes.open("saved searches"), lanes.open("counting")
    stack = UndoStack(parent=window)
    desk = SearchesDesk(asking, counting, draft, sidebar, notices, stack, window)
    with qtbot.waitExposed(window):
        window.show()
    yield Place(desk, draft, sidebar, notices, library, stack)
    library.gate.set()
    window.hide()


def begin(qtbot: QtBot, place: Place) -> None:
    place.desk.set_library(place.library)
    qtbot.waitUntil(lambda: place.names == ["Snow", "Dogs"])


def test_searches_are_counted_while_they_are_seen(qtbot: QtBot, place: Place) -> None:
    place.sidebar.hide()
    begin(qtbot, place)
    place.desk.refresh()
    assert place.library.searches == []
    place.sidebar.show()
    qtbot.waitUntil(lambda: place.counts == [3, 3])
    assert place.library.searches == [SNOW.query, DOGS.query]


def test_counting_holds_nothing_up_and_does_not_pile_up(qtbot: QtBot, place: Place) -> None:
    place.library.gate.clear()
    begin(qtbot, place)
    qtbot.waitUntil(lambda: place.library.searches == [SNOW.query])
    for _ in range(5):
        place.sidebar.renamed.emit(SNOW, "Ice")
        place.sidebar.renamed.emit(SNOW, "Winter")
    qtbot.waitUntil(lambda: place.names == ["Winter", "Dogs"])
    with qtbot.waitSignal(place.draft.changed):
        place.sidebar.search_asked.emit(DOGS)
    assert place.draft.state.line == "dogs"
    place.library.gate.set()
    qtbot.waitUntil(lambda: place.counts == [3, 3])
    assert place.library.searches == [SNOW.query, DOGS.query]


def test_a_search_is_saved_removed_and_brought_back(qtbot: QtBot, place: Place) -> None:
    begin(qtbot, place)
    place.desk.save()
    assert place.notice.startswith("There is nothing to save")
    place.draft.set_line("cats")
    with qtbot.waitSignal(place.desk.saved):
        place.desk.save()
    assert (place.names, place.current) == (["Snow", "Dogs", "cats"], ["cats"])
    place.desk.save()
    assert place.notice == "This search is saved already, as “cats”."
    place.sidebar.removal_asked.emit(SNOW)
    qtbot.waitUntil(lambda: place.names == ["Dogs", "cats"])
    place.undo()
    qtbot.waitUntil(lambda: place.names == ["Snow", "Dogs", "cats"])


def test_what_is_done_to_searches_is_taken_back_newest_first(qtbot: QtBot, place: Place) -> None:
    begin(qtbot, place)
    place.draft.set_line("cats")
    with qtbot.waitSignal(place.desk.saved):
        place.desk.save()
    place.sidebar.renamed.emit(SNOW, "Ice")
    qtbot.waitUntil(lambda: place.names == ["Ice", "Dogs", "cats"])
    place.sidebar.removal_asked.emit(DOGS)
    qtbot.waitUntil(lambda: place.names == ["Ice", "cats"])
    assert place.stack.text == "Remove saved search"
    place.undo()  # by the button: the stack has it no longer
    qtbot.waitUntil(lambda: place.names == ["Ice", "Dogs", "cats"])
    assert place.stack.text == "Rename saved search"
    place.stack.undo()
    qtbot.waitUntil(lambda: place.names == ["Snow", "Dogs", "cats"])
    assert place.stack.text == "Save search"
    place.stack.undo()
    qtbot.waitUntil(lambda: place.names == ["Snow", "Dogs"])
    assert place.stack.text == ""


def test_lines_are_not_read_again_with_every_key(
    qtbot: QtBot, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(qtbot, place)
    monkeypatch.setattr(saved_search, "parse", None)
    for line in ("s", "snow"):
        place.draft.type_line(line)
    assert place.current == ["Snow"]


def test_a_library_that_cannot_be_written_keeps_its_searches(qtbot: QtBot, place: Place) -> None:
    place.desk.forbid_changes(WHY)
    begin(qtbot, place)
    place.draft.set_line("cats")
    place.desk.save()
    assert place.notice == WHY
    place.notices.dismiss()
    place.sidebar.removal_asked.emit(SNOW)
    assert place.notice == WHY
    place.notices.dismiss()
    place.sidebar.renamed.emit(SNOW, "Ice")
    assert place.notice == WHY
    assert place.library.saved == {1: SNOW, 2: DOGS}
