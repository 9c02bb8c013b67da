import threading

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.crop_frame import CropFrame
from desktop_app.ui.heat_layer import HeatLayer
from desktop_app.ui.picture_model import PictureModel
from desktop_app.ui.preview import GONE, NOTHING, Preview
from desktop_app.ui.preview_images import KEPT_IMAGES, PreviewImages
from desktop_app.ui.tasks import Lane
from desktop_app.ui.theme import Theme
from tests.ui.fake_library import ROOT_ID, FakeLibrary, picture

Key = Qt.Key
COUNT = 20
TEAL, OLIVE = "#008080", "#808000"  # what the thumbnail and the picture of a FakeLibrary look like


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(COUNT)


@pytest.fixture
def images(lane: Lane, library: FakeLibrary) -> PreviewImages:
    images = PreviewImages(lane)
    images.set_library(library)
    return images


@pytest.fixture
def preview(qtbot: QtBot, library: FakeLibrary, images: PreviewImages, theme: Theme) -> Preview:
    model = PictureModel()
    model.replace(library.ids)
    model.wanted.connect(
        lambda ids: QTimer.singleShot(0, lambda: model.add_pictures(library.pictures(ids)))
    )
    preview = Preview(model, images, theme)
    preview.model = model  # type: ignore[attr-defined]
    qtbot.addWidget(preview)
    preview.resize(800, 600)
    return preview


def texts(preview: Preview) -> list[str]:
    return [label.text() for label in preview.findChildren(QLabel)]


def color(preview: Preview, point: QPoint | None = None) -> str:
    at = point or preview.rect().center()
    return preview.grab().toImage().pixelColor(at).name()


def near(one: str, other: str) -> bool:
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return all(abs(a - b) <= 4 for a, b in pairs)


def test_it_shows_the_picture_with_its_name_and_place(qtbot: QtBot, preview: Preview) -> None:
    with qtbot.waitExposed(preview):
        preview.open_row(2)
    assert preview.hasFocus()
    qtbot.waitUntil(lambda: "picture 18.jpg" in texts(preview))
    assert any("480 × 320 · 2.8 MB" in text for text in texts(preview))
    assert f"3 / {COUNT}" in texts(preview)
    qtbot.waitUntil(lambda: near(color(preview), OLIVE))
    assert preview.sentence == ""


def test_the_thumbnail_stands_in_until_the_picture_is_there(
    qtbot: QtBot, preview: Preview, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    real = library.preview
    monkeypatch.setattr(library, "preview", lambda *args: real(*args) if gate.wait(10) else None)
    preview.open_row(0)
    qtbot.waitUntil(lambda: near(color(preview), TEAL))
    corner = QPoint(400 - 350 + 5, 326)  # the left edge of the fitted picture
    assert near(color(preview, corner + QPoint(20, 0)), TEAL)
    gate.set()
    qtbot.waitUntil(lambda: near(color(preview), OLIVE))
    assert near(color(preview, corner + QPoint(20, 0)), OLIVE)


def test_a_file_that_is_gone_is_said_and_its_thumbnail_stays(
    qtbot: QtBot, preview: Preview, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "preview", lambda _id, _side: None)
    preview.open_row(0)
    qtbot.waitUntil(lambda: preview.sentence == GONE)
    assert near(color(preview), TEAL)


def test_a_picture_without_even_a_thumbnail(
    qtbot: QtBot, preview: Preview, library: FakeLibrary
) -> None:
    library.gone = {COUNT}
    preview.open_row(0)
    qtbot.waitUntil(lambda: preview.sentence == NOTHING)
    preview.grab()


def test_an_error_while_loading_is_said_too(
    qtbot: QtBot, preview: Preview, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_id: int, _side: int) -> None:
        raise OSError("the disk")

    monkeypatch.setattr(library, "preview", fail)
    preview.open_row(0)
    qtbot.waitUntil(lambda: preview.sentence == GONE)


def test_keys_lead_on_and_back(qtbot: QtBot, preview: Preview) -> None:
    preview.open_row(0)
    moved: list[int] = []
    preview.moved.connect(moved.append)
    for key in (
        Key.Key_Right,
        Key.Key_Down,
        Key.Key_Left,
        Key.Key_End,
        Key.Key_Right,
        Key.Key_Home,
        Key.Key_Left,
    ):
        qtbot.keyClick(preview, key)
    assert moved == [1, 2, 1, COUNT - 1, COUNT - 1, 0, 0]


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Space, Key.Key_Backspace])
def test_some_keys_close_it(qtbot: QtBot, preview: Preview, key: Qt.Key) -> None:
    preview.open_row(0)
    with qtbot.waitSignal(preview.closed):
        qtbot.keyClick(preview, key)
    assert not preview.isVisible()


def test_a_double_click_closes_it(qtbot: QtBot, preview: Preview) -> None:
    preview.open_row(0)
    with qtbot.waitSignal(preview.closed):
        qtbot.mouseDClick(preview, Qt.MouseButton.LeftButton)


def test_the_neighbours_are_loaded_beforehand(
    qtbot: QtBot, preview: Preview, images: PreviewImages
) -> None:
    preview.open_row(5)

    def has_large(picture_id: int) -> bool:
        kept = images.image(picture_id)
        return kept is not None and kept.side_px > 0

    ids = [COUNT - 5, COUNT - 6, COUNT - 4]
    qtbot.waitUntil(lambda: all(map(has_large, ids)))


def test_only_a_few_are_kept(qtbot: QtBot, preview: Preview, images: PreviewImages) -> None:
    preview.open_row(0)
    for row in range(COUNT):
        preview.go_to(row)
        qtbot.waitUntil(lambda: near(color(preview), OLIVE))
    kept = [each for each in range(1, COUNT + 1) if images.image(each) is not None]
    assert len(kept) <= KEPT_IMAGES


def test_a_larger_window_asks_for_a_larger_picture(
    qtbot: QtBot, preview: Preview, images: PreviewImages
) -> None:
    with qtbot.waitExposed(preview):
        preview.open_row(0)

    def side() -> int:
        kept = images.image(COUNT)
        return 0 if kept is None else kept.side_px

    qtbot.waitUntil(lambda: side() >= 800)
    preview.resize(1400, 900)
    qtbot.waitUntil(lambda: side() >= 1400)


def test_it_stays_with_its_picture_when_others_arrive(
    qtbot: QtBot, preview: Preview, library: FakeLibrary
) -> None:
    preview.open_row(3)
    model: PictureModel = preview.model  # type: ignore[attr-defined]
    model.replace(np.arange(COUNT + 5, 0, -1), same_question=True)
    assert preview.row == 8
    assert f"9 / {COUNT + 5}" in texts(preview)
    model.replace(np.arange(3, 0, -1), same_question=True)  # this one is gone
    assert preview.row == 2
    model.replace(np.arange(0))
    assert not preview.isVisible()


def test_changed_files_are_read_again(
    qtbot: QtBot, preview: Preview, images: PreviewImages
) -> None:
    preview.open_row(0)
    qtbot.waitUntil(lambda: near(color(preview), OLIVE))
    images.forget()
    assert images.image(COUNT) is None


def test_the_menu_is_asked_for(qtbot: QtBot, preview: Preview) -> None:
    preview.open_row(0)
    for reason in (QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse):
        with qtbot.waitSignal(preview.menu_asked):
            QApplication.sendEvent(preview, QContextMenuEvent(reason, QPoint(5, 5), QPoint(9, 9)))


def test_a_tall_picture_fits(qtbot: QtBot, preview: Preview, library: FakeLibrary) -> None:
    preview.open_row(0)
    qtbot.waitUntil(lambda: near(color(preview), OLIVE))
    shown: QImage = preview.grab().toImage()
    assert not near(shown.pixelColor(400, 20).name(), OLIVE)
    assert not near(shown.pixelColor(5, 300).name(), OLIVE)
    assert picture(1).width_px > picture(1).height_px


def test_a_drive_that_is_not_connected_is_said_below_the_thumbnail(
    qtbot: QtBot, preview: Preview, library: FakeLibrary
) -> None:
    library.offline = frozenset({ROOT_ID})
    preview.open_row(0)
    qtbot.waitUntil(lambda: preview.sentence == "This drive is not connected.")
    assert near(color(preview), TEAL)


def open_first(qtbot: QtBot, preview: Preview) -> None:
    with qtbot.waitExposed(preview):
        preview.open_row(0)
    qtbot.waitUntil(lambda: near(color(preview), OLIVE))


def part(preview: Preview, kind: type[CropFrame] | type[HeatLayer]) -> QWidget:
    found = preview.findChild(kind)
    assert isinstance(found, QWidget)
    return found


def test_a_part_of_the_picture_can_be_searched_by(qtbot: QtBot, preview: Preview) -> None:
    open_first(qtbot, preview)
    qtbot.keyClick(preview, Key.Key_C)
    crop = part(preview, CropFrame)
    assert crop.isVisible()
    with qtbot.waitSignal(preview.cropped) as cropped:
        qtbot.keyClick(crop, Key.Key_Return)
    image, name = cropped.args
    assert image.width() / image.height() == pytest.approx(480 / 320, abs=0.05)
    assert near(image.pixelColor(3, 3).name(), OLIVE)
    assert name == "picture 20.jpg"
    assert preview.hasFocus()


def test_the_frame_is_left_without_a_search(
    qtbot: QtBot, preview: Preview, library: FakeLibrary
) -> None:
    open_first(qtbot, preview)
    crop = part(preview, CropFrame)
    model: PictureModel = preview.model  # type: ignore[attr-defined]
    button = next(b for b in preview.findChildren(QToolButton) if "(C)" in b.toolTip())
    with qtbot.assertNotEmitted(preview.cropped):
        button.click()
        assert button.isChecked()
        model.replace(np.arange(COUNT + 1, 0, -1), same_question=True)
        assert crop.isVisible()  # it is still the same picture
        qtbot.keyClick(crop, Key.Key_Escape)
        assert not crop.isVisible()
        assert preview.isVisible()
        assert not button.isChecked()
        for leave in (button.click, lambda: preview.resize(700, 500), lambda: preview.go_to(5)):
            preview.begin_crop()
            assert crop.isVisible()
            leave()
            assert not crop.isVisible()
            assert preview.hasFocus()


def test_there_is_no_frame_without_a_picture(
    qtbot: QtBot, preview: Preview, library: FakeLibrary
) -> None:
    library.gone = {COUNT}
    preview.open_row(0)
    qtbot.waitUntil(lambda: preview.sentence == NOTHING)
    qtbot.keyClick(preview, Key.Key_C)
    assert not part(preview, CropFrame).isVisible()


def test_it_shows_where_a_picture_fits_as_long_as_that_is_wanted(
    qtbot: QtBot, preview: Preview
) -> None:
    asked: list[int] = []
    preview.explained.connect(asked.append)
    open_first(qtbot, preview)
    heat = part(preview, HeatLayer)
    qtbot.keyClick(preview, Key.Key_E)
    assert asked == []  # nothing is searched for
    preview.set_explainable(True)
    qtbot.keyClick(preview, Key.Key_E)
    values = np.zeros((7, 7), dtype=np.float32)
    preview.show_heat(COUNT - 1, values)  # of another picture
    assert not heat.isVisible()
    preview.show_heat(COUNT, values)
    assert heat.isVisible()
    assert not near(color(preview), OLIVE)
    preview.begin_crop()
    assert not heat.isVisible()
    qtbot.keyClick(part(preview, CropFrame), Key.Key_Escape)
    assert heat.isVisible()
    qtbot.keyClick(preview, Key.Key_Right)
    assert not heat.isVisible()
    qtbot.keyClick(preview, Key.Key_E)
    preview.show_heat(COUNT - 1, values)
    assert not heat.isVisible()
    qtbot.keyClick(preview, Key.Key_E)
    preview.set_explainable(False)
    assert asked == [COUNT, COUNT - 1, 0, COUNT - 1, 0]
