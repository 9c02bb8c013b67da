"""How the viewer's picture is looked at: zoomed, turned, with what around it, moving."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine.files.screen_pixels import screen_levels
from desktop_app.engine.records import CloseLook, PhotoFacts, Unseen
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.theme import DARK, Scheme, Theme
from desktop_app.ui.viewer import full_screen
from desktop_app.ui.viewer.crop_frame import CropFrame
from desktop_app.ui.viewer.film_strip import FilmStrip
from desktop_app.ui.viewer.heat_layer import HeatLayer
from desktop_app.ui.viewer.information_layer import InformationLayer
from desktop_app.ui.viewer.picture_note import PictureNote
from desktop_app.ui.viewer.viewer import Viewer
from desktop_app.ui.viewer.viewer_bar import ViewerBar
from desktop_app.ui.viewer.viewer_keys import press
from desktop_app.ui.work.tasks import Lanes
from tests.helpers.pictures import quadrants
from tests.ui import fake_library
from tests.ui.fake_library import FakeLibrary
from tests.ui.viewers import button, child, color, make_viewer, near, open_first

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
COUNT = 20
RED, GREEN, BLUE = "#dc1e1e", "#1ec828", "#1e28dc"


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(COUNT)


@pytest.fixture
def viewer(qtbot: QtBot, library: FakeLibrary, lanes: Lanes, theme: Theme) -> Viewer:
    return make_viewer(qtbot, library, lanes, theme)


@pytest.fixture
def large(library: FakeLibrary, monkeypatch: pytest.MonkeyPatch) -> FakeLibrary:
    """Pictures of 3000 × 2000: red, green, blue, yellow from the top left to the bottom right."""
    real = library.pictures
    monkeypatch.setattr(
        library,
        "pictures",
        lambda ids: {
            each: replace(known, width_px=3000, height_px=2000) for each, known in real(ids).items()
        },
    )

    def fitted(_id: int, width_px: int, height_px: int) -> CloseLook:
        scale = min(width_px / 3000, height_px / 2000)
        image = quadrants(round(3000 * scale), round(2000 * scale))
        return CloseLook(screen_levels(image)[:1], 3000, 2000)

    def whole(picture_id: int) -> CloseLook:
        library.wholes.append(picture_id)
        return CloseLook(screen_levels(quadrants(3000, 2000)), 3000, 2000)

    monkeypatch.setattr(library.looking, "fitted", fitted)
    monkeypatch.setattr(library.looking, "whole", whole)
    return library


def open_large(qtbot: QtBot, viewer: Viewer) -> None:
    with qtbot.waitExposed(viewer):
        viewer.open_row(0)
    corner = viewer.canvas.view.place.topLeft().toPoint() + QPoint(20, 20)
    qtbot.waitUntil(lambda: near(color(viewer, corner), RED))


def say(viewer: Viewer) -> str:
    return child(viewer, PictureNote).text


def test_keys_zoom_and_turn(qtbot: QtBot, viewer: Viewer) -> None:
    open_first(qtbot, viewer)
    view, bar = viewer.canvas.view, child(viewer, ViewerBar)
    fitted = view.zoom
    qtbot.keyClicks(viewer, "+")
    assert view.zoom == pytest.approx(fitted * 1.25)
    assert bar.zoom.text() == f"{fitted * 125:.0f}%"
    qtbot.keyClicks(viewer, "-")
    assert view.is_fitted
    qtbot.keyClicks(viewer, "1")
    assert bar.zoom.text() == "100%"
    qtbot.keyClicks(viewer, "0")
    assert view.is_fitted
    qtbot.keyClicks(viewer, "]")
    assert view.turns == 1
    qtbot.keyClicks(viewer, "[[")
    assert view.turns == 3
    button(viewer, "Turn right").click()
    assert view.turns == 0
    bar.zoom.click()
    assert view.zoom == 1.0


def test_keys_with_ctrl_or_alt_are_left_to_others(qtbot: QtBot, viewer: Viewer) -> None:
    open_first(qtbot, viewer)
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    for modifier in (control, alt):
        for key in (Key.Key_C, Key.Key_I, Key.Key_T, Key.Key_Right, Key.Key_Space):
            qtbot.keyClick(viewer, key, modifier)
        for text in "1]":
            press(viewer, QKeyEvent(QKeyEvent.Type.KeyPress, 0, modifier, text))
    assert viewer.canvas.view.is_fitted
    assert viewer.canvas.view.turns == 0
    assert viewer.isVisible()
    assert viewer.row == 0
    assert viewer.is_strip_shown
    assert not viewer.is_informed
    assert child(viewer, CropFrame).isHidden()
    # AltGr, by which German keyboards write brackets
    press(viewer, QKeyEvent(QKeyEvent.Type.KeyPress, 0, control | alt, "]"))
    assert viewer.canvas.view.turns == 1


def test_shift_and_arrows_look_around_and_arrows_lead_on(qtbot: QtBot, viewer: Viewer) -> None:
    open_first(qtbot, viewer)
    viewer.canvas.view.zoom_to(8.0)
    before = viewer.canvas.view.place.topLeft()
    qtbot.keyClick(viewer, Key.Key_Right, SHIFT)
    qtbot.keyClick(viewer, Key.Key_Down, SHIFT)
    assert viewer.canvas.view.place.topLeft() == before + QPointF(-80, -80)
    assert viewer.row == 0
    qtbot.keyClick(viewer, Key.Key_Right)
    assert viewer.row == 1
    assert viewer.canvas.view.is_fitted


def test_who_reads_from_the_right_goes_on_to_the_left(qtbot: QtBot, viewer: Viewer) -> None:
    viewer.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    open_first(qtbot, viewer)
    qtbot.keyClick(viewer, Key.Key_Left)
    assert viewer.row == 1
    following, previous = button(viewer, "Next picture"), button(viewer, "Previous picture")
    assert following.x() < previous.x()


def test_a_turned_picture_stays_turned_until_the_viewer_closes(
    qtbot: QtBot, viewer: Viewer
) -> None:
    open_first(qtbot, viewer)
    viewer.turn(1)
    viewer.go_to(1)
    assert viewer.canvas.view.turns == 0
    viewer.go_to(0)
    assert viewer.canvas.view.turns == 1
    viewer.close_viewer()
    viewer.open_row(0)
    assert viewer.canvas.view.turns == 0


def test_all_pixels_come_when_they_can_be_seen(
    qtbot: QtBot, viewer: Viewer, large: FakeLibrary
) -> None:
    open_large(qtbot, viewer)
    assert large.wholes == []
    viewer.canvas.show_every_pixel()
    qtbot.waitUntil(lambda: viewer.canvas._is_whole)
    assert large.wholes == [COUNT]
    best = viewer.canvas._best()
    assert best is not None
    assert best.width() == 3000
    viewer.canvas.fit()
    best = viewer.canvas._best()
    assert best is not None
    assert best.width() < 1500
    viewer.go_to(1)
    assert large.wholes == [COUNT]
    viewer.canvas.show_every_pixel()
    qtbot.waitUntil(lambda: large.wholes == [COUNT, COUNT - 1])


def test_a_giant_says_that_it_gets_no_sharper(
    qtbot: QtBot, viewer: Viewer, large: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        large.looking,
        "whole",
        lambda _id: CloseLook(screen_levels(quadrants(1500, 1000)), 3000, 2000),
    )
    open_large(qtbot, viewer)
    assert say(viewer) == ""
    viewer.canvas.show_every_pixel()
    qtbot.waitUntil(lambda: say(viewer) == "Shown with 2 of its 6 megapixels.")
    viewer.canvas.fit()
    assert say(viewer) == ""


def test_a_frame_is_cut_out_as_it_is_seen(qtbot: QtBot, viewer: Viewer, large: FakeLibrary) -> None:
    open_large(qtbot, viewer)
    viewer.turn(1)  # red is at the top right now
    viewer.canvas.view.zoom_to(0.5)
    viewer.canvas.view.look_at(QPointF(1, 0))
    viewer.canvas.look_again()
    viewer.parts.begin_crop()
    crop = child(viewer, CropFrame)
    assert viewer.canvas.visible.toAlignedRect().contains(crop.geometry())
    assert not crop.geometry().intersects(child(viewer, ViewerBar).geometry())
    with qtbot.waitSignal(viewer.cropped) as cropped:
        qtbot.keyClick(crop, Key.Key_Return)
    image: QImage = cropped.args[0]
    frame = crop.frame
    assert image.width() / image.height() == pytest.approx(frame.width() / frame.height(), abs=0.02)
    assert near(image.pixelColor(image.width() - 3, 3).name(), RED)


def test_zooming_leaves_the_frame(qtbot: QtBot, viewer: Viewer) -> None:
    open_first(qtbot, viewer)
    viewer.parts.begin_crop()
    crop = child(viewer, CropFrame)
    assert crop.isVisible()
    viewer.canvas.zoom_in()
    assert crop.isHidden()
    assert viewer.hasFocus()


def test_the_map_stays_on_the_picture(qtbot: QtBot, viewer: Viewer) -> None:
    open_first(qtbot, viewer)
    viewer.set_explainable(True)
    viewer.toggle_explained()
    values = np.zeros((4, 4), dtype=np.float32)
    values[:, 2:] = 1  # warm at the right
    viewer.show_heat(COUNT, values)
    assert child(viewer, HeatLayer).isVisible()

    def light(at: QPointF) -> int:
        return QColor(color(viewer, at.toPoint())).lightness()

    def sides() -> tuple[int, int, int, int]:
        place, middle = viewer.canvas.view.place, viewer.canvas.view.place.center()
        return (
            light(QPointF(place.left() + 60, middle.y() + 40)),
            light(QPointF(place.right() - 60, middle.y() + 40)),
            light(QPointF(middle.x(), place.top() + 20)),
            light(QPointF(middle.x(), place.bottom() - 20)),
        )

    left, right, _, _ = sides()
    assert right > left + 20
    viewer.turn(1)  # warm at the bottom
    _, _, top, bottom = sides()
    assert bottom > top + 20
    viewer.turn(-1)
    viewer.canvas.view.zoom_to(20)
    viewer.canvas.view.look_at(QPointF(0.9, 0.5))
    viewer.canvas.look_again()
    assert light(QPointF(400, 200)) > left + 20


def test_information_lies_over_the_picture(
    qtbot: QtBot, viewer: Viewer, library: FakeLibrary
) -> None:
    library.facts = {COUNT: PhotoFacts(exposure_s=0.004, f_number=4.0, iso=100)}
    open_first(qtbot, viewer)
    layer = child(viewer, InformationLayer)
    assert layer.isHidden()
    qtbot.keyClick(viewer, Key.Key_I)
    assert layer.isVisible()
    lines = dict(layer.lines)
    assert lines["Name"] == "picture 20.jpg"
    assert lines["Pixels"] == "480 × 320"
    assert lines["File"] == "JPEG · 2.8 MB"
    assert "Camera" not in lines
    qtbot.waitUntil(lambda: dict(layer.lines).get("Exposure") == "1/250 s · f/4 · ISO 100")
    assert "Rating" not in dict(layer.lines)
    library.labels.rate([COUNT], 3)
    library.labels.tag([COUNT], ["dogs", "snow"], [])
    viewer.refresh_labels()
    qtbot.waitUntil(lambda: dict(layer.lines).get("Tags") == "dogs, snow")
    assert dict(layer.lines)["Rating"] == "★★★☆☆"
    qtbot.keyClick(viewer, Key.Key_Right)
    qtbot.waitUntil(lambda: dict(layer.lines)["Name"] == "picture 19.jpg")
    assert "Exposure" not in dict(layer.lines)
    button(viewer, "Information").click()
    assert layer.isHidden()


def test_the_film_strip_leads_and_goes(qtbot: QtBot, viewer: Viewer) -> None:
    open_first(qtbot, viewer)
    strip, space = child(viewer, FilmStrip), viewer.canvas.view.space
    strip.chosen.emit(7)
    assert viewer.row == 7
    assert strip.position == f"8 / {COUNT}"
    with qtbot.waitSignal(viewer.strip_switched) as switched:
        qtbot.keyClick(viewer, Key.Key_T)
    assert switched.args == [False]
    assert strip.isHidden()
    assert viewer.canvas.view.space.height() > space.height()
    assert child(viewer, ViewerBar).position.text() == f"8 / {COUNT}"
    qtbot.keyClick(viewer, Key.Key_T)
    assert strip.isVisible()
    assert child(viewer, ViewerBar).position.isHidden()


def test_what_is_ahead_is_decoded_in_the_direction_of_travel(
    viewer: Viewer, library: FakeLibrary
) -> None:
    viewer.open_row(10)
    assert viewer._ahead() == [COUNT - 11, COUNT - 12, COUNT - 9]
    viewer.go_to(9)
    assert viewer._ahead() == [COUNT - 8, COUNT - 7, COUNT - 10]
    viewer.go_to(0)
    assert viewer._ahead() == [COUNT - 1]


def test_pictures_that_move_play_and_stop(
    qtbot: QtBot, viewer: Viewer, library: FakeLibrary, theme: Theme
) -> None:
    library.moving = {COUNT: ["#ff0000", "#0000ff"]}
    library.frame_ms = 40
    bar = child(viewer, ViewerBar)
    viewer.open_row(0)
    for each in ("#ff0000", "#0000ff", "#ff0000"):
        qtbot.waitUntil(lambda each=each: near(color(viewer), each))  # type: ignore[misc]
    assert bar.play.isVisible()
    qtbot.keyClick(viewer, Key.Key_P)
    assert "play it" in bar.play.accessibleName()
    still = color(viewer)
    viewer.canvas.zoom_in()
    assert color(viewer) == still
    bar.play.click()
    viewer._show.rest()  # the window is put away
    assert "play it" in bar.play.accessibleName()
    viewer._show.go_on()
    assert "stop it" in bar.play.accessibleName()
    viewer.go_to(1)
    assert bar.play.isHidden()


def test_nothing_moves_where_the_system_asks_for_no_motion(
    qtbot: QtBot, viewer: Viewer, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Theme, "motion_ms", 0)
    library.moving = {COUNT: ["#ff0000"]}
    viewer.open_row(0)
    qtbot.waitUntil(lambda: viewer.is_animated)
    assert library.frames_read == 0
    qtbot.keyClick(viewer, Key.Key_P)
    qtbot.waitUntil(lambda: near(color(viewer), "#ff0000"))


def test_why_a_picture_cannot_be_shown(
    qtbot: QtBot, viewer: Viewer, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = Unseen("The file is cut short or damaged.")
    monkeypatch.setattr(library.looking, "fitted", lambda *_args: damaged)
    library.missing = {COUNT - 1}
    viewer.open_row(0)
    qtbot.waitUntil(
        lambda: say(viewer) == "The file is cut short or damaged. This is its thumbnail."
    )
    viewer.go_to(1)
    qtbot.waitUntil(lambda: say(viewer) == "This file is gone.")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_screen, "PATIENCE_MS", 50)


def test_in_full_screen_the_bars_go_and_come(
    qtbot: QtBot, impatient: None, library: FakeLibrary, lanes: Lanes, theme: Theme
) -> None:
    viewer = make_viewer(qtbot, library, lanes, theme)
    open_first(qtbot, viewer)
    bar, strip, arrow = (
        child(viewer, ViewerBar), child(viewer, FilmStrip), button(viewer, "Next picture"),
    )  # fmt: skip
    button(viewer, "Full screen").click()
    assert viewer.isFullScreen()
    assert viewer.canvas.view.space == QRectF(viewer.rect())
    qtbot.waitUntil(bar.isHidden)
    assert strip.isHidden()
    assert arrow.isHidden()
    assert viewer.canvas.cursor().shape() == Qt.CursorShape.BlankCursor
    space = viewer.canvas.view.space
    qtbot.keyClick(viewer, Key.Key_Right)
    assert bar.isHidden()  # keys alone do not bring them back
    qtbot.mouseMove(viewer.canvas, QPoint(300, 300))
    qtbot.mouseMove(viewer.canvas, QPoint(310, 310))
    assert bar.isVisible()
    assert viewer.canvas.view.space == space  # the picture stays where it is
    qtbot.waitUntil(bar.isHidden)
    qtbot.keyClick(viewer, Key.Key_Tab)
    assert bar.isVisible()
    assert bar.isAncestorOf(QApplication.focusWidget() or viewer)
    qtbot.keyClick(viewer, Key.Key_Escape)
    assert viewer.isVisible()
    assert not viewer.isFullScreen()
    assert bar.isVisible()
    qtbot.keyClick(viewer, Key.Key_Escape)
    assert not viewer.isVisible()


def test_closing_the_viewer_leaves_full_screen(qtbot: QtBot, viewer: Viewer) -> None:
    open_first(qtbot, viewer)
    viewer.full_screen.toggle()
    qtbot.keyClick(viewer, Key.Key_Space)
    assert not viewer.isFullScreen()
    assert not viewer.full_screen.is_on


def test_tab_goes_round_among_the_buttons(qtbot: QtBot, viewer: Viewer) -> None:
    open_first(qtbot, viewer)
    bar = child(viewer, ViewerBar)
    qtbot.keyClick(viewer, Key.Key_Tab)
    assert bar.back.hasFocus()
    for _ in bar.buttons:
        focused = viewer.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Key.Key_Tab)
    assert viewer.hasFocus()
    qtbot.keyClick(viewer, Key.Key_Backtab)
    assert bar.screen_button.hasFocus()


def test_everything_has_a_name_and_a_new_picture_is_announced(
    qtbot: QtBot, viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def update(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", update)
    open_first(qtbot, viewer)
    qtbot.keyClick(viewer, Key.Key_Right)
    qtbot.waitUntil(lambda: len(said) == 2)
    viewer.go_to(1)
    assert [each.split(",")[0] for each in said] == ["picture 20.jpg", "picture 19.jpg"]
    assert "480 × 320" in said[1]
    assert viewer.accessibleName() == said[1]
    bar = child(viewer, ViewerBar)
    assert all(each.accessibleName() for each in bar.buttons)
    assert child(viewer, FilmStrip).accessibleName()


@pytest.mark.parametrize(("width", "missing"), [(1000, set()), (480, {"left", "right"})])
def test_a_narrow_bar_leaves_out_what_has_no_room(
    qtbot: QtBot, viewer: Viewer, width: int, missing: set[str]
) -> None:
    viewer.set_explainable(True)
    open_first(qtbot, viewer)
    viewer.resize(width, 600)
    bar = child(viewer, ViewerBar)
    hidden = {name for name in ("left", "right", "crop", "explain", "inform", "screen_button")
              if getattr(bar, name).isHidden()}  # fmt: skip
    assert hidden == missing
    assert bar.facts.isHidden() == (width < 800)
    for each in bar.buttons:
        assert bar.rect().contains(each.geometry())


def test_rows_that_arrive_later_correct_the_size(
    qtbot: QtBot, viewer: Viewer, library: FakeLibrary
) -> None:
    model: PictureModel = viewer.model  # type: ignore[attr-defined]
    viewer.open_row(0)
    qtbot.waitUntil(lambda: model.known(COUNT) is not None)
    size = viewer.canvas.view.size
    assert (size.width(), size.height()) == (fake_library.WIDTH_PX, fake_library.HEIGHT_PX)


def test_what_lies_over_the_picture_is_dark_in_full_screen(
    qtbot: QtBot, viewer: Viewer, theme: Theme
) -> None:
    theme.set_scheme(Scheme.LIGHT)
    open_first(qtbot, viewer)
    bar, strip = child(viewer, ViewerBar), child(viewer, FilmStrip)
    middles = [QPoint(400, 3), QPoint(3, 597)]

    def lightness() -> list[int]:
        return [QColor(color(viewer, at)).lightness() for at in middles]

    assert min(lightness()) > 200
    viewer.full_screen.enter()
    assert max(lightness()) < 100
    assert bar.position.palette().color(bar.position.foregroundRole()) == QColor(DARK.secondary)
    assert DARK.hover in viewer.styleSheet()  # of a button below the mouse
    image = bar.zoom.grab().toImage()
    across = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    assert max(pixel.lightness() for pixel in across) > 180  # its figures
    viewer.full_screen.leave()
    assert min(lightness()) > 200
    assert viewer.styleSheet() == ""
    assert strip.isVisible()
    theme.set_scheme(Scheme.SYSTEM)
