import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.viewer.crop_frame import CropFrame

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def crop(qtbot: QtBot, theme: Theme) -> CropFrame:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(600, 400)
    crop = CropFrame(theme, host)
    crop.host = host  # type: ignore[attr-defined]
    with qtbot.waitExposed(host):
        host.show()
    crop.begin(QRect(100, 50, 400, 200))
    return crop


def drag(qtbot: QtBot, crop: CropFrame, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(crop, LEFT, pos=start)
    qtbot.mouseMove(crop, end)
    qtbot.mouseRelease(crop, LEFT, pos=end)


def test_the_mouse_draws_a_frame_in_any_direction(qtbot: QtBot, crop: CropFrame) -> None:
    with qtbot.waitSignal(crop.drawn) as drawn:
        drag(qtbot, crop, QPoint(300, 150), QPoint(100, 50))
    frame: QRectF = drawn.args[0]
    expected = (100 / 400, 50 / 200, 200 / 400, 100 / 200)
    assert frame.getRect() == pytest.approx(expected, abs=0.02)
    assert crop.isHidden()


def test_a_frame_ends_at_the_edge_of_the_picture(qtbot: QtBot, crop: CropFrame) -> None:
    with qtbot.waitSignal(crop.drawn) as drawn:
        drag(qtbot, crop, QPoint(200, 100), QPoint(900, 700))
    frame: QRectF = drawn.args[0]
    assert frame.right() == pytest.approx(1)
    assert frame.bottom() == pytest.approx(1)


def test_a_click_that_draws_nothing_changes_nothing(qtbot: QtBot, crop: CropFrame) -> None:
    before = QRect(crop.frame)
    with qtbot.assertNotEmitted(crop.drawn), qtbot.assertNotEmitted(crop.left):
        qtbot.mouseClick(crop, LEFT, pos=QPoint(20, 20))
        drag(qtbot, crop, QPoint(20, 20), QPoint(22, 80))
        qtbot.mouseDClick(crop, LEFT, pos=QPoint(20, 20))
    assert crop.frame == before
    assert not crop.isHidden()


def test_the_right_button_and_escape_leave(qtbot: QtBot, crop: CropFrame) -> None:
    with qtbot.waitSignal(crop.left):
        qtbot.mouseClick(crop, Qt.MouseButton.RightButton)
    crop.begin(QRect(100, 50, 400, 200))
    with qtbot.waitSignal(crop.left):
        qtbot.keyClick(crop, Key.Key_Escape)
    assert crop.isHidden()
    with qtbot.assertNotEmitted(crop.left):
        crop.leave()


def test_the_keyboard_moves_the_frame_and_its_corner(qtbot: QtBot, crop: CropFrame) -> None:
    assert crop.hasFocus()
    start = QRect(crop.frame)
    assert start.center() == QRect(0, 0, 400, 200).center()
    qtbot.keyClick(crop, Key.Key_Right)
    qtbot.keyClick(crop, Key.Key_Up)
    assert crop.frame == start.translated(16, -16)
    qtbot.keyClick(crop, Key.Key_Down, SHIFT)
    qtbot.keyClick(crop, Key.Key_Left, SHIFT)
    assert crop.frame.topLeft() == start.topLeft() + QPoint(16, -16)
    assert crop.frame.size().toTuple() == (start.width() - 16, start.height() + 16)
    with qtbot.waitSignal(crop.drawn) as drawn:
        qtbot.keyClick(crop, Key.Key_Return)
    assert drawn.args[0].width() == pytest.approx(crop.frame.width() / 400)


def test_the_keyboard_cannot_lead_out_of_the_picture(qtbot: QtBot, crop: CropFrame) -> None:
    size = crop.frame.size()
    for _ in range(30):
        qtbot.keyClick(crop, Key.Key_Left)
        qtbot.keyClick(crop, Key.Key_Down)
    assert crop.frame.size() == size
    assert (crop.frame.left(), crop.frame.bottom()) == (0, 199)
    for _ in range(30):
        qtbot.keyClick(crop, Key.Key_Right, SHIFT)
        qtbot.keyClick(crop, Key.Key_Up, SHIFT)
    assert crop.frame.right() == 399
    assert crop.frame.height() >= 8


def test_what_is_outside_the_frame_is_dimmed(crop: CropFrame) -> None:
    shown = crop.grab().toImage()
    assert shown.pixelColor(5, 5) != shown.pixelColor(200, 100)
