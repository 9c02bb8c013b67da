"""The inspector with its desk, the grid beside it, and a library that holds nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.query_language.parsing import parse
from desktop_app.engine.records import PhotoFacts, PictureLabels, Query
from desktop_app.ui.commands.undo_stack import UndoStack
from desktop_app.ui.grid.grid_view import GridView
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.grid.results import Results
from desktop_app.ui.inspector.inspector import Inspector
from desktop_app.ui.inspector.inspector_desk import InspectorDesk
from desktop_app.ui.inspector.label_files import LabelFiles
from desktop_app.ui.inspector.labels_desk import LabelsDesk
from desktop_app.ui.inspector.tag_strip import TagStrip
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.messages.problems_panel import ProblemsPanel
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader
from desktop_app.ui.pictures.viewer_images import ViewerImages
from desktop_app.ui.search.query_draft import QueryDraft
from desktop_app.ui.work.tasks import Lanes
from tests.ui.fake_labels import FakeLabels
from tests.ui.fake_library import FakeLibrary

COUNT = 5
Flag = QItemSelectionModel.SelectionFlag


@dataclass
class Place:
    """A desk and what stands around it."""

    desk: InspectorDesk
    labels: LabelsDesk
    inspector: Inspector
    grid: GridView
    results: Results
    draft: QueryDraft
    notices: Notices
    undo: UndoStack
    library: FakeLibrary

    def select(self, first: int, last: int) -> None:
        model = self.results.model
        rows = QItemSelection(model.index(first), model.index(last))
        self.grid.selectionModel().select(rows, Flag.ClearAndSelect)

    @property
    def fake(self) -> FakeLabels:
        assert isinstance(self.library.labels, FakeLabels)
        return self.library.labels

    @property
    def tags(self) -> list[str]:
        return [chip.tag for chip in self.inspector.tags.chips]


@pytest.fixture
def make(
    qtbot: QtBot, theme: Theme, lanes: Lanes, thumbnails: ThumbnailLoader
) -> Iterator[Callable[..., Place]]:
    windows: list[QWidget] = []

    def make(count: int = COUNT, *, unwritable: str | None = None) -> Place:
        window = QWidget()
        qtbot.addWidget(window)
        windows.append(window)
        library = FakeLibrary(count)
        library.why_unwritable = unwritable
        model = PictureModel(window)
        results = Results(model, lanes.open("search"), lanes.open("records"), window)
        grid, inspector = GridView(model, thumbnails, theme), Inspector(theme)
        draft, undo, notices = QueryDraft(), UndoStack(), Notices(theme, window)
        row = QHBoxLayout(window)
        row.addWidget(grid)
        row.addWidget(inspector)
        problems, strip = ProblemsPanel(theme, parent=window), TagStrip(theme, window)
        problems.hide()
        labels = LabelsDesk(
            lanes.open("labels"),
            LabelFiles(lanes.open("label files"), window),
            grid.selected_rows,
            results,
            strip,
            problems,
            notices,
            undo,
            window,
        )
        inspector.stars.rated.connect(labels.rate)
        inspector.tags.entered.connect(labels.tag)
        inspector.tags.removed.connect(lambda tag: labels.tag(remove=[tag]))
        desk = InspectorDesk(
            lanes.open("inspector"),
            lanes.open("photo facts"),
            lanes.open("sums"),
            ViewerImages(lanes.open("picture"), window),
            grid,
            results,
            thumbnails,
            draft,
            inspector,
            notices,
            window,
        )
        labels.changed.connect(desk.refresh)
        labels.set_library(library)
        window.resize(900, 600)
        with qtbot.waitExposed(window):
            window.show()
        thumbnails.start(library.thumbnail)
        results.set_library(library)
        desk.set_library(library)
        qtbot.waitUntil(lambda: model.rowCount() == count)
        return Place(desk, labels, inspector, grid, results, draft, notices, undo, library)

    yield make
    for window in windows:
        window.hide()


@pytest.fixture
def place(make: Callable[..., Place]) -> Place:
    return make()


def test_without_a_choice_it_sums_up_what_is_shown(qtbot: QtBot, place: Place) -> None:
    qtbot.waitUntil(lambda: "3.0 MB" in " ".join(place.inspector.facts))
    assert place.inspector.name == "5 pictures shown"
    assert place.library.tree.summed[-1] is None  # the whole library needs no list
    assert not place.inspector.stars.isVisible()
    place.results.ask(Query(parse("is:square").parts))
    qtbot.waitUntil(lambda: place.library.tree.summed[-1:] == [COUNT])


def test_an_empty_library_says_so(make: Callable[..., Place], qtbot: QtBot) -> None:
    place = make(0)
    qtbot.waitUntil(lambda: place.inspector.name == "No picture is shown")
    assert place.inspector.facts == []
    assert place.library.tree.summed == []


def test_one_picture_is_told_of(qtbot: QtBot, place: Place) -> None:
    place.fake.held[5] = PictureLabels(4, ("snow",))
    place.grid.go_to(0)
    inspector = place.inspector
    qtbot.waitUntil(lambda: place.tags == ["snow"])
    assert inspector.name == "picture 5.jpg"
    assert inspector.stars.rating == 4
    assert [each.text() for each in inspector.crumbs.buttons] == ["pictures"]
    assert any("480 × 320" in fact and "2.8 MB" in fact for fact in inspector.facts)
    assert inspector.why == []
    # The thumbnail is teal, the picture itself olive.
    qtbot.waitUntil(lambda: inspector.picture.image is not None)
    qtbot.waitUntil(lambda: _is_olive(inspector))
    place.grid.go_to(1)
    qtbot.waitUntil(lambda: inspector.name == "picture 4.jpg" and place.tags == [])


def _is_olive(inspector: Inspector) -> bool:
    image = inspector.picture.image
    return image is not None and image.pixelColor(5, 5).red() > 100


def test_what_the_file_says_is_told_after(qtbot: QtBot, place: Place) -> None:
    said = PhotoFacts(
        1 / 250, 4.0, 100, 35.0, "A lens", 47.05016, -8.30931, 436.4, "Display P3", ("snow", "dogs")
    )
    place.library.facts = dict.fromkeys(place.library.ids.tolist(), said)
    place.grid.go_to(0)
    qtbot.waitUntil(lambda: place.inspector.place == "47.0502 N 8.3093 W, 436 m")
    assert place.inspector.facts[-4:] == [
        "1/250 s · f/4 · 35 mm · ISO 100",
        "A lens",
        "Display P3",
        "Keywords: snow, dogs",
    ]
    button = next(
        each for each in place.inspector.findChildren(QPushButton) if each.text() == "Copy"
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "47.0502 N 8.3093 W, 436 m"
    QGuiApplication.clipboard().clear()


def test_a_hit_says_why_it_is_one(qtbot: QtBot, place: Place) -> None:
    place.draft.set_line("dogs -people")
    place.results.ask(place.draft.query)
    shown = place.results
    qtbot.waitUntil(lambda: shown.shown is not None and shown.shown.query.is_ranked)
    place.grid.go_to(0)
    qtbot.waitUntil(lambda: len(place.inspector.why) == 3)
    assert place.inspector.why[0].startswith("Score 0.90, relevance")
    assert place.inspector.why[1] == "dogs 0.30 (strong)"


def test_several_are_counted_at_once_and_summed_up_after(qtbot: QtBot, place: Place) -> None:
    place.fake.held = {5: PictureLabels(4, ("snow",)), 4: PictureLabels(4)}
    place.select(0, 2)
    inspector = place.inspector
    qtbot.waitUntil(lambda: place.tags == ["snow"])
    assert inspector.name == "3 pictures selected"
    assert inspector.stars.rating is None
    assert inspector.tags.chips[0].of == (1, 3)
    assert not inspector.picture.isVisible()
    assert inspector.facts == ["3.0 MB", "All in pictures"]
    place.library.tree.gone = 1
    place.select(0, 1)
    qtbot.waitUntil(lambda: "1 of them are gone" in inspector.facts)


def test_a_million_are_chosen_without_a_list_of_them(
    qtbot: QtBot, make: Callable[..., Place]
) -> None:
    place = make(1_000_000)
    place.grid.selectAll()
    chosen = place.grid.selectionModel().selection()
    assert chosen.count() == 1
    qtbot.waitUntil(lambda: place.inspector.name == "1\u202f000\u202f000 pictures selected")
    qtbot.waitUntil(lambda: place.library.tree.summed[-1:] == [None])
    place.select(1, 999_999)
    qtbot.waitUntil(lambda: place.library.tree.summed[-1:] == [999_999], timeout=20_000)


def test_labels_are_given_and_taken_back(qtbot: QtBot, place: Place) -> None:
    labels = place.fake
    place.select(0, 1)
    qtbot.waitUntil(lambda: place.inspector.stars.isVisible())
    with qtbot.waitSignal(place.labels.changed):
        place.inspector.stars.rated.emit(3)
    qtbot.waitUntil(lambda: place.inspector.stars.rating == 3)
    assert place.undo.text == "2 pictures: ★★★☆☆"
    with qtbot.waitSignal(place.labels.changed):
        place.inspector.tags.entered.emit(["snow"], [])
    qtbot.waitUntil(lambda: place.tags == ["snow"])
    assert labels.held[4] == PictureLabels(3, ("snow",))
    with qtbot.waitSignal(place.labels.changed):
        place.inspector.tags.removed.emit("snow")
    qtbot.waitUntil(lambda: place.tags == [])
    for expected in (PictureLabels(3, ("snow",)), PictureLabels(3), PictureLabels()):
        with qtbot.waitSignal(place.labels.changed):
            place.undo.undo()
        assert labels.held[4] == expected


def test_what_changes_nothing_is_nothing_to_take_back(qtbot: QtBot, place: Place) -> None:
    place.fake.held[5] = PictureLabels(0, ("snow",))
    place.grid.go_to(0)
    qtbot.waitUntil(lambda: place.tags == ["snow"])
    place.labels.tag(["snow"])
    place.labels.tag(["ice"])
    qtbot.waitUntil(lambda: place.tags == ["ice", "snow"])
    place.undo.undo()
    assert place.undo.text == ""


def test_a_failure_is_told_and_shows_what_is(qtbot: QtBot, place: Place) -> None:
    place.grid.go_to(0)
    qtbot.waitUntil(lambda: place.inspector.stars.isVisible())
    place.fake.error = UserFacingError("The tag is too long.")
    place.inspector.tags.entered.emit(["x"], [])
    qtbot.waitUntil(lambda: place.notices.shown is not None)
    assert place.undo.text == ""


def test_folders_and_tags_are_searched_for(qtbot: QtBot, place: Place) -> None:
    place.fake.held[5] = PictureLabels(0, ("old house",))
    place.grid.go_to(0)
    qtbot.waitUntil(lambda: place.tags == ["old house"])
    qtbot.mouseClick(place.inspector.crumbs.buttons[0], Qt.MouseButton.LeftButton)
    assert place.draft.state.line == "in:/pictures"
    place.inspector.tags.chips[0].asked.emit()
    assert place.draft.state.line == 'tag:"old house"'


def test_nothing_is_asked_while_nobody_sees_it(qtbot: QtBot, place: Place) -> None:
    qtbot.waitUntil(lambda: bool(place.library.tree.summed))
    place.inspector.hide()
    asked = len(place.library.tree.summed)
    place.select(0, 2)
    place.results.reload_records()
    QApplication.processEvents()
    assert len(place.library.tree.summed) == asked
    place.inspector.show()
    qtbot.waitUntil(lambda: place.inspector.name == "3 pictures selected")


def test_a_library_that_cannot_be_written_is_only_shown(
    qtbot: QtBot, make: Callable[..., Place]
) -> None:
    place = make(unwritable="The disk is read-only.")
    place.grid.go_to(0)
    qtbot.waitUntil(lambda: place.inspector.stars.isVisible())
    assert not place.inspector.tags.field.isVisible()
    with qtbot.assertNotEmitted(place.inspector.stars.rated):
        qtbot.keyClick(place.inspector.stars, Qt.Key.Key_3)


def test_records_that_come_late_are_shown(qtbot: QtBot, place: Place) -> None:
    place.results.model.replace(np.array([2, 1]))
    place.grid.go_to(1)
    qtbot.waitUntil(lambda: place.inspector.name == "picture 1.jpg")
    place.library.missing = {1}
    place.results.reload_records()
    qtbot.waitUntil(lambda: "This file is gone." in place.inspector.facts)


def test_pictures_that_come_in_are_added_up_without_a_flicker(qtbot: QtBot, place: Place) -> None:
    qtbot.waitUntil(lambda: "3.0 MB" in place.inspector.facts)
    place.library.ids = np.arange(9, 0, -1)
    seen: list[list[str]] = []
    place.results.changed.connect(lambda: seen.append(place.inspector.facts))
    place.results.refresh()
    qtbot.waitUntil(lambda: place.inspector.name == "9 pictures shown")
    assert "3.0 MB" in place.inspector.facts
    assert all("3.0 MB" in facts for facts in seen)
