import threading

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.viewer.crop_frame import CropFrame
from desktop_app.ui.viewer.heat_layer import HeatLayer
from desktop_app.ui.viewer.viewer import Viewer
from desktop_app.ui.work.tasks import Lanes
from tests.ui.fake_library import ROOT_ID, FakeLibrary, jpeg, picture
from tests.ui.viewers import (
    OLIVE,
    TEAL,
    button,
    child,
    color,
    make_viewer,
    near,
    open_first,
    texts,
)

Key = Qt.Key
COUNT = 20
NOTHING = "The file cannot be opened now."
GONE = f"{NOTHING} This is its thumbnail."


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(COUNT)


@pytest.fixture
def viewer(qtbot: QtBot, library: FakeLibrary, lanes: Lanes, theme: Theme) -> Viewer:
    return make_viewer(qtbot, library, lanes, theme)


def test_it_shows_the_picture_with_its_name_and_place(qtbot: QtBot, viewer: Viewer) -> None:
    with qtbot.waitExposed(viewer):
        viewer.open_row(2)
    assert viewer.hasFocus()
    qtbot.waitUntil(lambda: "picture 18.jpg" in texts(viewer))
    assert any("480 × 320 · 2.8 MB" in text for text in texts(viewer))
    assert f"3 / {COUNT}" in texts(viewer)
    qtbot.waitUntil(lambda: near(color(viewer), OLIVE))
    assert viewer.sentence == ""


def test_the_thumbnail_stands_in_until_the_picture_is_there(
    qtbot: QtBot, viewer: Viewer, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    real = library.preview
    monkeypatch.setattr(library, "preview", lambda *args: real(*args) if gate.wait(10) else None)
    viewer.open_row(0)
    qtbot.waitUntil(lambda: near(color(viewer), TEAL))
    edge = viewer.canvas.view.place.toRect().topLeft() + QPoint(5, 50)
    assert near(color(viewer, edge), TEAL)
    gate.set()
    qtbot.waitUntil(lambda: near(color(viewer), OLIVE))
    assert near(color(viewer, edge), OLIVE)


def test_a_file_that_is_gone_is_said_and_its_thumbnail_stays(
    qtbot: QtBot, viewer: Viewer, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "preview", lambda _id, _side: None)
    viewer.open_row(0)
    qtbot.waitUntil(lambda: viewer.sentence == GONE)
    assert near(color(viewer), TEAL)


def test_a_picture_without_even_a_thumbnail(
    qtbot: QtBot, viewer: Viewer, library: FakeLibrary
) -> None:
    library.gone = {COUNT}
    viewer.open_row(0)
    qtbot.waitUntil(lambda: viewer.sentence == NOTHING)
    viewer.grab()


def test_an_error_while_loading_is_said_too(
    qtbot: QtBot, viewer: Viewer, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_id: int, _side: int) -> None:
        raise OSError("the disk")

    monkeypatch.setattr(library, "preview", fail)
    viewer.open_row(0)
    qtbot.waitUntil(lambda: viewer.sentence == GONE)


def test_keys_lead_on_and_back(qtbot: QtBot, viewer: Viewer) -> None:
    viewer.open_row(0)
    moved: list[int] = []
    viewer.moved.connect(moved.append)
    for key in (
        Key.Key_Right,
        Key.Key_Down,
        Key.Key_Left,
        Key.Key_End,
        Key.Key_Right,
        Key.Key_Home,
        Key.Key_Left,
    ):
        qtbot.keyClick(viewer, key)
    assert moved == [1, 2, 1, COUNT - 1, COUNT - 1, 0, 0]


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Space, Key.Key_Backspace])
def test_some_keys_close_it(qtbot: QtBot, viewer: Viewer, key: Qt.Key) -> None:
    viewer.open_row(0)
    with qtbot.waitSignal(viewer.closed):
        qtbot.keyClick(viewer, key)
    assert not viewer.isVisible()


def test_the_button_for_going_back_closes_it(qtbot: QtBot, viewer: Viewer) -> None:
    viewer.open_row(0)
    with qtbot.waitSignal(viewer.closed):
        qtbot.mouseClick(viewer.canvas, Qt.MouseButton.BackButton)


def test_it_stays_with_its_picture_when_others_arrive(
    qtbot: QtBot, viewer: Viewer, library: FakeLibrary
) -> None:
    viewer.open_row(3)
    model: PictureModel = viewer.model  # type: ignore[attr-defined]
    model.replace(np.arange(COUNT + 5, 0, -1), same_question=True)
    assert viewer.row == 8
    assert f"9 / {COUNT + 5}" in texts(viewer)
    model.replace(np.arange(3, 0, -1), same_question=True)  # this one is gone
    assert viewer.row == 2
    model.replace(np.arange(0))
    assert not viewer.isVisible()


def test_changed_files_are_read_again(
    qtbot: QtBot, viewer: Viewer, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer.open_row(0)
    qtbot.waitUntil(lambda: near(color(viewer), OLIVE))
    monkeypatch.setattr(library, "preview", lambda _id, _side: jpeg("teal"))
    viewer.reload()
    qtbot.waitUntil(lambda: near(color(viewer), TEAL))


def test_the_menu_is_asked_for(qtbot: QtBot, viewer: Viewer) -> None:
    viewer.open_row(0)
    for reason in (QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse):
        with qtbot.waitSignal(viewer.menu_asked):
            QApplication.sendEvent(viewer, QContextMenuEvent(reason, QPoint(5, 5), QPoint(9, 9)))


def test_a_tall_picture_fits(qtbot: QtBot, viewer: Viewer, library: FakeLibrary) -> None:
    viewer.open_row(0)
    qtbot.waitUntil(lambda: near(color(viewer), OLIVE))
    shown: QImage = viewer.grab().toImage()
    assert not near(shown.pixelColor(400, 20).name(), OLIVE)
    assert not near(shown.pixelColor(5, 300).name(), OLIVE)
    assert picture(1).width_px > picture(1).height_px


def test_a_drive_that_is_not_connected_is_said_below_the_thumbnail(
    qtbot: QtBot, viewer: Viewer, library: FakeLibrary
) -> None:
    library.offline = frozenset({ROOT_ID})
    viewer.open_row(0)
    qtbot.waitUntil(lambda: viewer.sentence == "Its drive or folder cannot be reached.")
    assert near(color(viewer), TEAL)


def test_a_part_of_the_picture_can_be_searched_by(qtbot: QtBot, viewer: Viewer) -> None:
    open_first(qtbot, viewer)
    qtbot.keyClick(viewer, Key.Key_C)
    crop = child(viewer, CropFrame)
    assert crop.isVisible()
    with qtbot.waitSignal(viewer.cropped) as cropped:
        qtbot.keyClick(crop, Key.Key_Return)
    image, name = cropped.args
    assert image.width() / image.height() == pytest.approx(480 / 320, abs=0.05)
    assert near(image.pixelColor(3, 3).name(), OLIVE)
    assert name == "picture 20.jpg"
    assert viewer.hasFocus()


def test_the_frame_is_left_without_a_search(
    qtbot: QtBot, viewer: Viewer, library: FakeLibrary
) -> None:
    open_first(qtbot, viewer)
    crop = child(viewer, CropFrame)
    model: PictureModel = viewer.model  # type: ignore[attr-defined]
    crop_button = button(viewer, "(C)")
    with qtbot.assertNotEmitted(viewer.cropped):
        crop_button.click()
        assert crop_button.isChecked()
        model.replace(np.arange(COUNT + 1, 0, -1), same_question=True)
        assert crop.isVisible()  # it is still the same picture
        qtbot.keyClick(crop, Key.Key_Escape)
        assert not crop.isVisible()
        assert viewer.isVisible()
        assert not crop_button.isChecked()
        for leave in (crop_button.click, lambda: viewer.resize(700, 500), lambda: viewer.go_to(5)):
            viewer.parts.begin_crop()
            assert crop.isVisible()
            leave()
            assert not crop.isVisible()
            assert viewer.hasFocus()


def test_there_is_no_frame_without_a_picture(
    qtbot: QtBot, viewer: Viewer, library: FakeLibrary
) -> None:
    library.gone = {COUNT}
    viewer.open_row(0)
    qtbot.waitUntil(lambda: viewer.sentence == NOTHING)
    qtbot.keyClick(viewer, Key.Key_C)
    assert not child(viewer, CropFrame).isVisible()


def test_it_shows_where_a_picture_fits_as_long_as_that_is_wanted(
    qtbot: QtBot, viewer: Viewer
) -> None:
    asked: list[int] = []
    viewer.explained.connect(asked.append)
    open_first(qtbot, viewer)
    heat = child(viewer, HeatLayer)
    qtbot.keyClick(viewer, Key.Key_E)
    assert asked == []  # nothing is searched for
    viewer.set_explainable(True)
    qtbot.keyClick(viewer, Key.Key_E)
    values = np.zeros((7, 7), dtype=np.float32)
    viewer.show_heat(COUNT - 1, values)  # of another picture
    assert not heat.isVisible()
    viewer.show_heat(COUNT, values)
    assert heat.isVisible()
    assert not near(color(viewer), OLIVE)
    viewer.parts.begin_crop()
    assert not heat.isVisible()
    qtbot.keyClick(child(viewer, CropFrame), Key.Key_Escape)
    assert heat.isVisible()
    qtbot.keyClick(viewer, Key.Key_Right)
    assert not heat.isVisible()
    qtbot.keyClick(viewer, Key.Key_E)
    viewer.show_heat(COUNT - 1, values)
    assert not heat.isVisible()
    qtbot.keyClick(viewer, Key.Key_E)
    viewer.set_explainable(False)
    assert asked == [COUNT, COUNT - 1, 0, COUNT - 1, 0]
