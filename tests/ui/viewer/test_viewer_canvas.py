import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QNativeGestureEvent,
    QPainter,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.theme import DARK, Theme
from desktop_app.ui.viewer.viewer_canvas import ViewerCanvas

SPACE = QRectF(0, 0, 400, 300)
NONE = Qt.KeyboardModifier.NoModifier
Button = Qt.MouseButton


@pytest.fixture
def canvas(qtbot: QtBot, theme: Theme) -> ViewerCanvas:
    host = QWidget()
    canvas = ViewerCanvas(theme, host)
    canvas.host = host  # type: ignore[attr-defined]
    qtbot.addWidget(host)
    host.resize(400, 300)
    canvas.resize(400, 300)
    canvas.view.set_picture(QSize(1200, 900))
    canvas.set_space(SPACE, SPACE, is_full=False)
    canvas.show_images((halves(1200, 900), halves(600, 450), halves(300, 225)), is_whole=True)
    with qtbot.waitExposed(host):
        host.show()
    return canvas


def halves(width: int, height: int) -> QImage:
    """Red at the left, blue at the right."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    painter = QPainter(image)
    painter.fillRect(width // 2, 0, width, height, QColor("blue"))
    painter.end()
    return image


def color(canvas: ViewerCanvas, x: int, y: int) -> str:
    return canvas.grab().toImage().pixelColor(x, y).name()


def wheel(canvas: ViewerCanvas, at: QPointF, delta: int, modifiers: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(at, at, QPoint(), QPoint(0, delta), Button.NoButton, modifiers,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(canvas, event)


def under(canvas: ViewerCanvas, at: QPointF) -> tuple[float, float]:
    place = canvas.view.place
    return (at.x() - place.x()) / place.width(), (at.y() - place.y()) / place.height()


@pytest.mark.parametrize("modifiers", [NONE, Qt.KeyboardModifier.ControlModifier])
def test_the_wheel_zooms_to_the_pointer(
    canvas: ViewerCanvas, modifiers: Qt.KeyboardModifier
) -> None:
    at = QPointF(120, 200)
    before = under(canvas, at)
    wheel(canvas, at, 240, modifiers)
    assert canvas.view.zoom == pytest.approx((1 / 3) * 1.0015**240)
    assert under(canvas, at) == pytest.approx(before)
    wheel(canvas, at, -2400, modifiers)
    assert canvas.view.is_fitted


def test_fingers_zoom_too(canvas: ViewerCanvas) -> None:
    def pinch(kind: Qt.NativeGestureType, value: float) -> None:
        at = QPointF(100, 100)
        event = QNativeGestureEvent(
            kind, QPointingDevice.primaryPointingDevice(), 2, at, at, at, value, QPointF(0, 0)
        )
        QApplication.sendEvent(canvas, event)

    pinch(Qt.NativeGestureType.ZoomNativeGesture, 0.5)
    assert canvas.view.zoom == pytest.approx(0.5)
    pinch(Qt.NativeGestureType.SmartZoomNativeGesture, 0)
    assert canvas.view.is_fitted
    pinch(Qt.NativeGestureType.SmartZoomNativeGesture, 0)
    assert canvas.view.zoom == 1.0


def test_two_fingers_on_the_screen_zoom_and_move(canvas: ViewerCanvas) -> None:
    pinch = QPinchGesture()
    pinch.setScaleFactor(2.0)
    for move in (pinch.setCenterPoint, pinch.setLastCenterPoint):
        move(QPointF(canvas.mapToGlobal(QPoint(0, 0))))
    assert canvas.event(QGestureEvent([pinch]))
    assert canvas.view.zoom == pytest.approx(2 / 3)
    assert canvas.view.seen.topLeft() == QPointF(0, 0)
    pinch.setScaleFactor(1.0)
    pinch.setCenterPoint(QPointF(canvas.mapToGlobal(QPoint(-30, 0))))
    canvas.event(QGestureEvent([pinch]))
    assert canvas.view.place.left() == pytest.approx(-30)


def test_a_double_click_shows_every_pixel_there_and_back(
    qtbot: QtBot, canvas: ViewerCanvas
) -> None:
    qtbot.mouseDClick(canvas, Button.LeftButton, pos=QPoint(10, 10))
    assert canvas.view.zoom == 1.0
    assert canvas.view.seen.x() < 0.05
    qtbot.mouseDClick(canvas, Button.LeftButton, pos=QPoint(10, 10))
    assert canvas.view.is_fitted


def test_a_hand_moves_it(qtbot: QtBot, canvas: ViewerCanvas) -> None:
    assert canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
    qtbot.mousePress(canvas, Button.LeftButton, pos=QPoint(200, 150))
    qtbot.mouseMove(canvas, QPoint(100, 150))
    qtbot.mouseRelease(canvas, Button.LeftButton, pos=QPoint(100, 150))
    assert canvas.view.place == SPACE  # there is nothing to move
    canvas.view.zoom_to(1.0)
    canvas.look_again()
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    before = canvas.view.place
    qtbot.mousePress(canvas, Button.LeftButton, pos=QPoint(200, 150))
    assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    qtbot.mouseMove(canvas, QPoint(150, 130))
    assert canvas.view.place.topLeft() == before.topLeft() + QPointF(-50, -20)
    qtbot.mouseRelease(canvas, Button.LeftButton, pos=QPoint(150, 130))
    qtbot.mouseMove(canvas, QPoint(10, 10))
    assert canvas.view.place.topLeft() == before.topLeft() + QPointF(-50, -20)
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    canvas.show_pointer(False)
    assert canvas.cursor().shape() == Qt.CursorShape.BlankCursor


def test_it_draws_the_picture_turned(canvas: ViewerCanvas) -> None:
    assert [color(canvas, x, 150) for x in (50, 350)] == ["#ff0000", "#0000ff"]
    canvas.view.turn(1)
    canvas.look_again()
    assert [color(canvas, 200, y) for y in (50, 250)] == ["#ff0000", "#0000ff"]
    canvas.view.turn(1)
    canvas.look_again()
    assert [color(canvas, x, 150) for x in (50, 350)] == ["#0000ff", "#ff0000"]


@pytest.mark.parametrize("turns", range(4))
def test_pixels_are_squares_from_near(canvas: ViewerCanvas, turns: int) -> None:
    canvas.view.turn(turns)
    canvas.view.zoom_to(32.0)
    canvas.look_again()
    pixels = canvas.grab().toImage()
    row = [pixels.pixelColor(x, 60) for x in range(400)]
    column = [pixels.pixelColor(200, y) for y in range(300)]
    seen = {each.name() for each in (column if turns % 2 else row)}
    assert seen == {"#ff0000", "#0000ff"}  # and nothing between


def test_the_overview_shows_what_is_seen_and_leads_elsewhere(
    qtbot: QtBot, canvas: ViewerCanvas
) -> None:
    overview = canvas.overview
    assert overview.isHidden()
    canvas.view.zoom_to(1.0)
    canvas.look_again()
    assert overview.isVisible()
    assert SPACE.contains(QRectF(overview.geometry()))
    qtbot.mouseClick(overview, Button.LeftButton, pos=QPoint(2, 2))
    assert canvas.view.seen.topLeft() == QPointF(0, 0)
    corner = QPoint(overview.width() - 2, overview.height() - 2)
    qtbot.mouseDClick(overview, Button.LeftButton, pos=corner)
    assert canvas.view.seen.right() == pytest.approx(1)
    assert canvas.view.zoom == 1.0
    image = overview.grab().toImage()
    assert image.pixelColor(4, 4).red() < 200  # dimmed where nothing is seen
    canvas.view.fit_in()
    canvas.look_again()
    assert overview.isHidden()


def test_the_overview_stays_clear_of_what_lies_over_the_picture(canvas: ViewerCanvas) -> None:
    canvas.view.zoom_to(2.0)
    canvas.set_space(SPACE, QRectF(0, 50, 400, 200), is_full=True)
    assert canvas.overview.geometry().bottom() < 250
    canvas.view.fit_in()
    canvas.view.set_picture(QSize(10, 10))
    canvas.look_again()
    assert color(canvas, 2, 2) == DARK.surface


def test_the_smallest_image_that_is_sharp_is_drawn(canvas: ViewerCanvas) -> None:
    def drawn() -> int:
        best = canvas._best()
        assert best is not None
        return best.width()

    assert drawn() == 600  # 400 pixels are needed
    canvas.view.zoom_to(1.0)
    assert drawn() == 1200
    canvas.view.zoom_to(4.0)
    assert drawn() == 1200
    canvas.show_images((), is_whole=False)
    assert canvas._best() is None
    canvas.grab()


def test_more_pixels_than_qt_can_count_are_drawn_in_place(canvas: ViewerCanvas) -> None:
    canvas.view.set_picture(QSize(60_000, 60_000))
    canvas.view.zoom_to(32.0)
    canvas.view.look_at(QPointF(0.5, 0.5))
    canvas.look_again()
    assert [color(canvas, x, 50) for x in (190, 210)] == ["#ff0000", "#0000ff"]


def test_other_gestures_are_left_to_others(canvas: ViewerCanvas) -> None:
    before = canvas.view.zoom
    at = QPointF(5, 5)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.RotateNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
        at, at, at, 3.0, QPointF(0, 0),
    )  # fmt: skip
    assert event.type() == QEvent.Type.NativeGesture
    QApplication.sendEvent(canvas, event)
    assert canvas.view.zoom == before
