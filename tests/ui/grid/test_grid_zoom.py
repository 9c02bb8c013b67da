import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.grid.grid_zoom import GridZoom
from desktop_app.ui.memory.cell_sides import LARGEST_PX, SMALLEST_PX, STEP_PX

AT = QPointF(30, 40)


class Zoomed:
    """A place whose pictures have the size that was asked for."""

    def __init__(self, qtbot: QtBot, side_px: int = 200) -> None:
        self.widget = QWidget()
        qtbot.addWidget(self.widget)
        self.side_px = side_px
        self.at = QPoint()
        self.zoom = GridZoom(self.widget, lambda: self.side_px)
        self.zoom.asked.connect(self._take)

    def _take(self, side_px: int, at: QPoint) -> None:
        self.side_px, self.at = side_px, at


@pytest.fixture
def zoomed(qtbot: QtBot) -> Zoomed:
    return Zoomed(qtbot)


def wheel(angle: int) -> QWheelEvent:
    return QWheelEvent(
        AT, AT, QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip


def native(kind: Qt.NativeGestureType, value: float) -> QNativeGestureEvent:
    device = QPointingDevice.primaryPointingDevice()
    return QNativeGestureEvent(kind, device, 2, AT, AT, AT, value, QPointF())


def test_a_notch_is_a_step(zoomed: Zoomed) -> None:
    zoomed.zoom.wheel(wheel(120))
    assert (zoomed.side_px, zoomed.at) == (200 + STEP_PX, AT.toPoint())
    zoomed.zoom.wheel(wheel(-240))
    assert zoomed.side_px == 200 - STEP_PX


def test_small_turns_of_a_touchpad_add_up(zoomed: Zoomed) -> None:
    for _ in range(60):
        zoomed.zoom.wheel(wheel(2))
    assert zoomed.side_px == 200 + STEP_PX


def test_it_ends_at_the_smallest_and_the_largest(zoomed: Zoomed) -> None:
    zoomed.zoom.wheel(wheel(12_000))
    assert zoomed.side_px == LARGEST_PX == 384
    zoomed.zoom.wheel(wheel(-120))
    assert zoomed.side_px == LARGEST_PX - STEP_PX
    zoomed.zoom.wheel(wheel(-12_000))
    assert zoomed.side_px == SMALLEST_PX == 96


def test_another_size_from_elsewhere_is_begun_from(zoomed: Zoomed) -> None:
    zoomed.zoom.wheel(wheel(1))
    zoomed.side_px = 300
    zoomed.zoom.wheel(wheel(120))
    assert zoomed.side_px == 300 + STEP_PX


def test_fingers_on_a_touchpad_scale(zoomed: Zoomed) -> None:
    kind = Qt.NativeGestureType
    assert zoomed.zoom.gesture(native(kind.BeginNativeGesture, 0))
    for _ in range(50):
        assert zoomed.zoom.gesture(native(kind.ZoomNativeGesture, 0.01))
    assert zoomed.zoom.gesture(native(kind.EndNativeGesture, 0))
    assert zoomed.side_px == round(200 * 1.01**50)
    assert not zoomed.zoom.gesture(native(kind.RotateNativeGesture, 3))


def test_fingers_on_a_screen_scale(zoomed: Zoomed) -> None:
    pinch = QPinchGesture()
    pinch.setScaleFactor(1.25)
    pinch.setCenterPoint(QPointF(zoomed.widget.mapToGlobal(QPoint(7, 8))))
    assert zoomed.zoom.gesture(QGestureEvent([pinch]))
    assert (zoomed.side_px, zoomed.at) == (250, QPoint(7, 8))


def test_other_events_are_none_of_its_business(zoomed: Zoomed) -> None:
    assert not zoomed.zoom.gesture(QEvent(QEvent.Type.Enter))
    assert not zoomed.zoom.gesture(QGestureEvent([]))
    assert zoomed.side_px == 200
