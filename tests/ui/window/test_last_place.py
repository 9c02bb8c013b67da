"""Where the window was when it was closed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import Query
from desktop_app.ui.grid.grid_view import GridView
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.grid.results import Results
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader
from desktop_app.ui.search.query_draft import DraftState, QueryDraft
from desktop_app.ui.search.query_picture import QueryPicture, read_file
from desktop_app.ui.window.last_place import LastPlace
from desktop_app.ui.window.last_place_desk import LastPlaceDesk
from desktop_app.ui.work.tasks import Lanes
from tests.helpers import pictures
from tests.ui.fake_library import FakeLibrary

OF_LIBRARY = QueryPicture("a.jpg", None, picture_id=7, weight=0.5)
OUTSIDE = QueryPicture("b.jpg", None, image=b"jpeg")


@given(st.text(), st.integers(0, 10**12))
def test_what_is_written_is_read(line: str, top_id: int) -> None:
    place = LastPlace.of(DraftState(line), top_id)
    assert LastPlace.read(place.written()) == place


def test_pictures_of_the_library_are_kept() -> None:
    place = LastPlace.of(DraftState("snow", (OF_LIBRARY,), liked=(OF_LIBRARY,)), 3)
    again = LastPlace.read(place.written())
    assert again == place
    assert again.search.query.liked == (7,)


def test_a_search_by_a_pasted_picture_is_not_kept_by_halves() -> None:
    assert LastPlace.of(DraftState("snow", (OF_LIBRARY, OUTSIDE)), 3).is_empty


def test_of_other_pictures_the_file_is_kept() -> None:
    outside = replace(OUTSIDE, path="/elsewhere/b.jpg", weight=-2.0)
    place = LastPlace.of(DraftState("snow", (outside, OF_LIBRARY), liked=(OF_LIBRARY,)), 3)
    assert "jpeg" not in place.written()
    again = LastPlace.read(place.written())
    assert again == place
    assert again.files == ("/elsewhere/b.jpg", "", "")
    assert [each.example.picture_id for each in again.search.examples] == [None, 7, 7]


@given(
    st.one_of(
        st.text(),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(st.sampled_from(["line", "examples", "top"]), inner)
            ),
        ).map(json.dumps),
    )
)
def test_what_somebody_spoiled_is_nothing(text: str) -> None:
    place = LastPlace.read(text)
    assert isinstance(place.search.line, str)
    assert isinstance(place.top_id, int)


class Window:
    """As much of a window as has a place."""

    def __init__(self, theme: Theme, lanes: Lanes, folder: Path, loader: ThumbnailLoader) -> None:
        self.memory = WindowMemory(folder)
        self.draft = QueryDraft()
        model = PictureModel()
        self.grid = GridView(model, loader, theme)
        self.results = Results(model, lanes.open("search"), lanes.open("records"), self.grid)
        self.model = model
        self.draft.changed.connect(lambda: self.results.ask(self.draft.query))
        self.desk = LastPlaceDesk(
            lanes.open("place"), self.memory, self.draft, self.results, self.grid, self.grid
        )


@pytest.fixture
def window(
    qtbot: QtBot, theme: Theme, lanes: Lanes, tmp_path: Path, thumbnails: ThumbnailLoader
) -> Window:
    window = Window(theme, lanes, tmp_path, thumbnails)
    qtbot.addWidget(window.grid)
    window.grid.resize(400, 300)
    with qtbot.waitExposed(window.grid):
        window.grid.show()
    return window


def test_the_search_and_the_place_in_it_come_back(qtbot: QtBot, window: Window) -> None:
    library = FakeLibrary(200)
    place = LastPlace.of(DraftState("snow", (OF_LIBRARY,)), 90)
    window.memory.set_last_place(place.written())
    window.results.set_library(library)
    window.desk.set_library(library)
    qtbot.waitUntil(lambda: window.draft.state.line == "snow")
    assert [each.picture_id for each in window.draft.state.pictures] == [7]
    qtbot.waitUntil(lambda: window.grid.verticalOffset() > 0)
    assert window.grid.visualRect(window.model.index(89, 0)).top() in range(40)
    window.desk.save()
    again = LastPlace.read(window.memory.last_place)
    assert again.search == place.search
    assert abs(again.top_id - 90) <= 2  # it does not wander from start to start


def test_a_picture_from_outside_is_read_again(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    file = tmp_path / "b.png"
    pictures.write(file, pictures.encode(pictures.plain((9, 9, 200)), "PNG"))
    outside = replace(read_file(str(file), 1.0), weight=-2.0)
    place = LastPlace.of(DraftState("snow", (OF_LIBRARY, outside)), 90)
    window.memory.set_last_place(place.written())
    library = FakeLibrary(200)
    window.results.set_library(library)
    window.desk.set_library(library)
    qtbot.waitUntil(lambda: window.draft.state.line == "snow")
    first, second = window.draft.state.pictures
    assert (first.picture_id, first.path) == (7, "")
    assert (second.path, second.weight, second.image) == (str(file), -2.0, file.read_bytes())
    window.desk.save()  # and is kept again
    assert LastPlace.read(window.memory.last_place).search == place.search


@pytest.mark.parametrize("content", [None, b""])
def test_without_its_file_the_search_does_not_come_back(
    qtbot: QtBot, window: Window, lanes: Lanes, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "b.png"
    if content is not None:
        file.write_bytes(content)
    place = LastPlace.of(DraftState("snow", (replace(OUTSIDE, path=str(file)),)), 9)
    window.memory.set_last_place(place.written())
    library = FakeLibrary(20)
    window.results.set_library(library)
    window.desk.set_library(library)
    done: list[int] = []
    window.desk._lane.call(lambda: 1, done.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(done))
    assert window.draft.state.is_empty


def test_the_library_itself_comes_back_at_its_place(qtbot: QtBot, window: Window) -> None:
    library = FakeLibrary(200)
    window.memory.set_last_place(LastPlace.of(DraftState(), 90).written())
    window.results.set_library(library)
    window.desk.set_library(library)
    qtbot.waitUntil(lambda: window.grid.verticalOffset() > 0)
    assert window.draft.query == Query()


@pytest.mark.parametrize("why", ["unwanted", "gone", "typing"])
def test_it_does_not_come_back(qtbot: QtBot, window: Window, why: str) -> None:
    library = FakeLibrary(200)
    window.memory.set_last_place(LastPlace.of(DraftState("snow", (OF_LIBRARY,)), 90).written())
    if why == "unwanted":
        window.memory.set_begins_where_left(False)
    if why == "gone":
        library.gone = {7}
    if why == "typing":
        window.draft.type_line("cats")
    window.results.set_library(library)
    window.desk.set_library(library)
    qtbot.waitUntil(lambda: window.results.shown is not None and not window.results.is_running)
    done: list[int] = []
    window.desk._lane.call(lambda: 1, done.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(done))
    assert window.draft.state.line == ("cats" if why == "typing" else "")


def test_who_does_not_want_it_leaves_nothing_behind(window: Window) -> None:
    window.draft.type_line("snow")
    window.memory.set_begins_where_left(False)
    window.desk.save()
    assert window.memory.last_place == ""
