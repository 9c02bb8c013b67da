from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.grid.grid_view import GridView
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader
from tests.ui.fake_library import FakeLibrary, picture

COLUMNS = 4
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def model(qapp: QApplication) -> PictureModel:
    model = PictureModel()
    model.replace(np.arange(1000, 0, -1))
    return model


@pytest.fixture
def grid(qtbot: QtBot, model: PictureModel, thumbnails: ThumbnailLoader, theme: Theme) -> GridView:
    view = GridView(model, thumbnails, theme)
    qtbot.addWidget(view)
    view.resize(800, 600)
    with qtbot.waitExposed(view):
        view.show()
    view.enter()
    view.clearSelection()
    assert view.cells.columns == COLUMNS
    return view


def at(grid: GridView, row: int) -> QPoint:
    return grid.visualRect(grid.model().index(row, 0)).center()


def click(qtbot: QtBot, grid: GridView, row: int, keys: Qt.KeyboardModifier = NONE) -> None:
    qtbot.mouseClick(grid.viewport(), LEFT, keys, at(grid, row))


def drag(qtbot: QtBot, grid: GridView, start: QPoint, *ways: QPoint) -> None:
    qtbot.mousePress(grid.viewport(), LEFT, pos=start)
    for way in ways:
        qtbot.mouseMove(grid.viewport(), way)


def press(qtbot: QtBot, grid: GridView, *keys: Qt.Key, hold: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        qtbot.keyClick(grid, key, hold)


# Geometry


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=st.integers(0, 999), width=st.integers(60, 1500), scroll=st.integers(0, 100_000))
def test_a_cell_is_found_where_it_is_shown(
    grid: GridView, row: int, width: int, scroll: int
) -> None:
    grid.resize(width, 500)
    grid.verticalScrollBar().setValue(scroll)
    index = grid.model().index(row, 0)
    assert grid.indexAt(grid.visualRect(index).center()) == index


@pytest.mark.parametrize("row", [0, 3, 400, 996, 999])
@pytest.mark.parametrize("hint", list(QAbstractItemView.ScrollHint))
def test_scroll_to_shows_the_whole_cell(
    grid: GridView, row: int, hint: QAbstractItemView.ScrollHint
) -> None:
    grid.verticalScrollBar().setValue(20_000)
    grid.scrollTo(grid.model().index(row, 0), hint)
    assert grid.viewport().rect().contains(grid.visualRect(grid.model().index(row, 0)))


def test_scroll_to_does_not_move_what_is_visible(grid: GridView) -> None:
    grid.verticalScrollBar().setValue(1000)
    visible = grid.visible_rows()
    grid.scrollTo(grid.model().index(visible.start + COLUMNS, 0))
    assert grid.verticalScrollBar().value() == 1000


def test_resizing_keeps_the_first_visible_row_even_after_many_sizes(grid: GridView) -> None:
    grid.scrollTo(grid.model().index(501, 0), QAbstractItemView.ScrollHint.PositionAtTop)
    start = grid.verticalScrollBar().value()
    first = 500  # of the line that 501 is in
    for width in range(800, 300, -7):
        grid.resize(width, 600)
        assert first in grid.visible_rows()
        assert grid.visualRect(grid.model().index(first, 0)).top() < grid.cells.pitch_px
    grid.resize(800, 600)
    assert grid.verticalScrollBar().value() == start


def test_the_size_of_the_cells_keeps_the_first_visible_row(grid: GridView) -> None:
    grid.scrollTo(grid.model().index(600, 0), QAbstractItemView.ScrollHint.PositionAtTop)
    grid.set_cell_side(96)
    assert 600 in grid.visible_rows()
    assert grid.cells.columns > COLUMNS
    grid.set_cell_side(10_000)
    assert grid.cells.columns < COLUMNS
    assert 600 in grid.visible_rows()


def test_a_short_list_is_not_scrolled(grid: GridView, model: PictureModel) -> None:
    model.replace(np.arange(3))
    assert grid.verticalScrollBar().maximum() == 0
    model.replace(np.arange(0))
    assert not grid.visible_rows()
    assert not grid.indexAt(QPoint(50, 50)).isValid()


# Keyboard


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        (5, Key.Key_Right, 6),
        (5, Key.Key_Left, 4),
        (5, Key.Key_Down, 5 + COLUMNS),
        (5, Key.Key_Up, 1),
        (1, Key.Key_Up, 1),
        (0, Key.Key_Left, 0),
        (999, Key.Key_Right, 999),
        (998, Key.Key_Down, 999),
        (500, Key.Key_Home, 0),
        (500, Key.Key_End, 999),
        (500, Key.Key_PageDown, 512),
        (500, Key.Key_PageUp, 488),
        (2, Key.Key_PageUp, 2),
        (998, Key.Key_PageDown, 999),
    ],
)
def test_keys_lead_to_the_next_cell(
    qtbot: QtBot, grid: GridView, start: int, key: Qt.Key, end: int
) -> None:
    grid.go_to(start)
    press(qtbot, grid, key)
    assert grid.current_row() == end
    assert grid.selected_rows() == [end]
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


def test_shift_and_arrows_select_in_reading_order(qtbot: QtBot, grid: GridView) -> None:
    click(qtbot, grid, 5)
    press(qtbot, grid, Key.Key_Right, Key.Key_Down, hold=SHIFT)
    assert grid.selected_rows() == list(range(5, 6 + COLUMNS + 1))
    press(qtbot, grid, Key.Key_Up, Key.Key_Up, hold=SHIFT)
    assert grid.selected_rows() == list(range(2, 6))
    press(qtbot, grid, Key.Key_Right)
    assert grid.selected_rows() == [3]
    press(qtbot, grid, Key.Key_End, hold=SHIFT)
    assert grid.selected_rows() == list(range(3, 1000))


def test_ctrl_a_selects_all(qtbot: QtBot, grid: GridView) -> None:
    press(qtbot, grid, Key.Key_A, hold=CTRL)
    assert grid.selected_rows() == list(range(1000))


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_enter_and_space_open(qtbot: QtBot, grid: GridView, key: Qt.Key) -> None:
    grid.go_to(7)
    with qtbot.waitSignal(grid.opened, check_params_cb=lambda row: row == 7):
        press(qtbot, grid, key)


def test_letters_do_not_search_names(qtbot: QtBot, grid: GridView) -> None:
    grid.go_to(7)
    with qtbot.assertNotEmitted(grid.opened):
        qtbot.keyClicks(grid, "picture")
    assert grid.current_row() == 7


def test_entering_selects_the_first_visible_cell(qtbot: QtBot, grid: GridView) -> None:
    grid.verticalScrollBar().setValue(10_100)
    grid.clearSelection()
    first = grid.visible_rows().start
    grid.enter()
    assert grid.selected_rows() == [first + COLUMNS]
    assert grid.verticalScrollBar().value() == 10_100
    assert grid.hasFocus()


# Mouse


def test_a_click_selects_and_a_click_beside_selects_nothing(qtbot: QtBot, grid: GridView) -> None:
    click(qtbot, grid, 2)
    assert grid.selected_rows() == [2]
    click(qtbot, grid, 6)
    assert grid.selected_rows() == [6]
    qtbot.mouseClick(grid.viewport(), LEFT, pos=QPoint(2, 2))
    assert grid.selected_rows() == []


def test_ctrl_click_adds_and_removes(qtbot: QtBot, grid: GridView) -> None:
    for row in (2, 5, 7, 5):
        click(qtbot, grid, row, CTRL)
    assert grid.selected_rows() == [2, 7]


def test_shift_click_selects_from_the_last_click(qtbot: QtBot, grid: GridView) -> None:
    click(qtbot, grid, 6)
    click(qtbot, grid, 9, SHIFT)
    assert grid.selected_rows() == [6, 7, 8, 9]
    click(qtbot, grid, 3, SHIFT)
    assert grid.selected_rows() == [3, 4, 5, 6]


def test_double_click_opens(qtbot: QtBot, grid: GridView) -> None:
    with qtbot.waitSignal(grid.opened, check_params_cb=lambda row: row == 5):
        qtbot.mouseDClick(grid.viewport(), LEFT, pos=at(grid, 5))


def test_a_drag_selects_what_it_touches(qtbot: QtBot, grid: GridView) -> None:
    drag(qtbot, grid, at(grid, 0) - QPoint(95, 95), at(grid, 1), at(grid, 5))
    assert grid.selected_rows() == [0, 1, 4, 5]
    qtbot.mouseMove(grid.viewport(), at(grid, 1))
    assert grid.selected_rows() == [0, 1]
    qtbot.mouseRelease(grid.viewport(), LEFT, pos=at(grid, 1))
    qtbot.mouseMove(grid.viewport(), at(grid, 6))
    assert grid.selected_rows() == [0, 1]


def test_a_picture_is_dragged_out_selected_or_not(qtbot: QtBot, grid: GridView) -> None:
    with qtbot.waitSignal(grid.drag_asked, check_params_cb=lambda row: row == 1):
        drag(qtbot, grid, at(grid, 1), at(grid, 5))
    qtbot.mouseRelease(grid.viewport(), LEFT, pos=at(grid, 5))
    assert grid.selected_rows() == [1]
    click(qtbot, grid, 3, SHIFT)
    with qtbot.waitSignal(grid.drag_asked, check_params_cb=lambda row: row == 2):
        drag(qtbot, grid, at(grid, 2), at(grid, 6))
    qtbot.mouseRelease(grid.viewport(), LEFT, pos=at(grid, 6))
    assert grid.selected_rows() == [1, 2, 3]


def test_a_drag_with_ctrl_adds(qtbot: QtBot, grid: GridView) -> None:
    click(qtbot, grid, 3)
    qtbot.mousePress(grid.viewport(), LEFT, CTRL, at(grid, 4))
    QApplication.sendEvent(
        grid.viewport(),
        QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(at(grid, 5)),
            QPointF(grid.viewport().mapToGlobal(at(grid, 5))),
            Qt.MouseButton.NoButton,
            LEFT,
            CTRL,
        ),
    )
    qtbot.mouseRelease(grid.viewport(), LEFT, CTRL, at(grid, 5))
    assert grid.selected_rows() == [3, 4, 5]


def test_a_drag_past_the_edge_scrolls(qtbot: QtBot, grid: GridView) -> None:
    below = QPoint(400, grid.viewport().height() + 90)
    drag(qtbot, grid, at(grid, 0) - QPoint(95, 95), at(grid, 5), below)
    with qtbot.waitSignal(grid.verticalScrollBar().valueChanged):
        pass
    qtbot.mouseRelease(grid.viewport(), LEFT, pos=below)
    value = grid.verticalScrollBar().value()
    assert value > 0


def test_a_right_click_selects_what_it_is_about(qtbot: QtBot, grid: GridView) -> None:
    click(qtbot, grid, 2)
    click(qtbot, grid, 4, SHIFT)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.RightButton, pos=at(grid, 3))
    assert grid.selected_rows() == [2, 3, 4]
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.RightButton, pos=at(grid, 7))
    assert grid.selected_rows() == [7]


def test_the_menu_key_asks_at_the_current_cell(qtbot: QtBot, grid: GridView) -> None:
    reason = QContextMenuEvent.Reason.Keyboard
    with qtbot.assertNotEmitted(grid.menu_asked):
        QApplication.sendEvent(grid.viewport(), QContextMenuEvent(reason, QPoint(), QPoint()))
    grid.go_to(6)
    with qtbot.waitSignal(grid.menu_asked) as asked:
        QApplication.sendEvent(grid.viewport(), QContextMenuEvent(reason, QPoint(), QPoint()))
    assert asked.args == [grid.viewport().mapToGlobal(at(grid, 6))]


def wheel(grid: GridView, angle: int = 0, pixels: int = 0) -> None:
    middle = QPointF(grid.viewport().rect().center())
    event = QWheelEvent(
        middle,
        grid.viewport().mapToGlobal(middle),
        QPoint(0, pixels),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(grid.viewport(), event)


def test_a_wheels_notches_glide_and_add_up(qtbot: QtBot, grid: GridView) -> None:
    bar = grid.verticalScrollBar()
    wheel(grid, angle=-120)
    wheel(grid, angle=-120)
    assert bar.value() < 240
    qtbot.waitUntil(lambda: bar.value() == 240)
    for _ in range(4):
        wheel(grid, angle=120)
    qtbot.waitUntil(lambda: bar.value() == 0)


def test_a_touchpads_pixels_are_followed_at_once(grid: GridView) -> None:
    wheel(grid, pixels=-37)
    assert grid.verticalScrollBar().value() == 37


# Other pictures


def test_new_pictures_do_not_move_what_is_being_looked_at(
    grid: GridView, model: PictureModel
) -> None:
    grid.go_to(500)
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().value() + 33)
    top = grid.visible_rows().start
    top_id, top_y = int(model.ids[top]), grid.visualRect(model.index(top)).y()
    model.replace(np.arange(1000 + 3 * COLUMNS, 0, -1), same_question=True)
    row = model.row_of(top_id)
    assert row == top + 3 * COLUMNS
    assert grid.visualRect(model.index(row)).y() == top_y
    assert [int(model.ids[each]) for each in grid.selected_rows()] == [500]
    assert int(model.ids[grid.current_row() or 0]) == 500


def test_at_the_top_new_pictures_are_seen(grid: GridView, model: PictureModel) -> None:
    model.replace(np.arange(1100, 0, -1), same_question=True)
    assert grid.verticalScrollBar().value() == 0


def test_selections_survive_by_picture(qtbot: QtBot, grid: GridView, model: PictureModel) -> None:
    click(qtbot, grid, 2)
    click(qtbot, grid, 5, SHIFT)
    ids = [int(model.ids[row]) for row in grid.selected_rows()]
    shuffled = np.roll(model.ids, 10)
    model.replace(np.delete(shuffled, np.flatnonzero(shuffled == ids[0])), same_question=True)
    assert sorted(int(model.ids[row]) for row in grid.selected_rows()) == sorted(ids[1:])


def test_another_question_starts_at_the_top_with_nothing_selected(
    grid: GridView, model: PictureModel
) -> None:
    grid.go_to(500)
    model.replace(np.arange(1, 800))
    assert grid.verticalScrollBar().value() == 0
    assert grid.selected_rows() == []
    assert grid.current_row() is None


def test_losing_the_picture_at_the_top_keeps_the_place(grid: GridView, model: PictureModel) -> None:
    grid.scrollTo(model.index(500), QAbstractItemView.ScrollHint.PositionAtTop)
    before = grid.verticalScrollBar().value()
    model.replace(np.delete(model.ids, 500), same_question=True)
    assert grid.verticalScrollBar().value() == before


# What is seen


def shown(grid: GridView) -> QImage:
    return grid.viewport().grab().toImage()


def test_visible_thumbnails_are_loaded_and_painted(
    qtbot: QtBot, grid: GridView, thumbnails: ThumbnailLoader, theme: Theme
) -> None:
    library = FakeLibrary(1000)
    assert shown(grid).pixelColor(at(grid, 0)) == QColor(theme.tokens.cell)
    thumbnails.start(library.thumbnail)
    visible = [
        int(grid.model().index(row, 0).data(PictureModel.IdRole)) for row in grid.visible_rows()
    ]
    qtbot.waitUntil(lambda: all(thumbnails.image(each) is not None for each in visible))
    color = shown(grid).pixelColor(at(grid, 0))
    assert abs(color.green() - 128) < 8
    assert color.red() < 8
    assert library.thumbnails_read[0] in visible


def test_a_screen_of_another_resolution_gets_its_own_thumbnails(
    qtbot: QtBot, grid: GridView, thumbnails: ThumbnailLoader, monkeypatch: pytest.MonkeyPatch
) -> None:
    thumbnails.start(FakeLibrary(1000).thumbnail)
    qtbot.waitUntil(lambda: thumbnails.image(1000) is not None)
    monkeypatch.setattr(grid, "devicePixelRatioF", lambda: 2.0)
    QApplication.sendEvent(grid, QEvent(QEvent.Type.DevicePixelRatioChange))

    def is_sharp() -> bool:
        image = thumbnails.image(1000)
        return image is not None and image.width() == 2 * grid.cells.side_px

    qtbot.waitUntil(is_sharp)


def test_a_selected_cell_has_a_ring(grid: GridView, theme: Theme) -> None:
    rect = grid.visualRect(grid.model().index(1, 0))
    beside = QPoint(rect.left() - 2, rect.center().y())
    assert shown(grid).pixelColor(beside) == QColor(theme.tokens.surface)
    grid.go_to(1)
    assert shown(grid).pixelColor(beside) == theme.accent
    grid.go_to(2)
    assert shown(grid).pixelColor(beside) == QColor(theme.tokens.surface)


def test_only_what_must_be_is_painted_anew(grid: GridView) -> None:
    selection = grid.selectionModel()
    selection.select(grid.model().index(1, 0), QItemSelectionModel.SelectionFlag.Select)
    selection.select(grid.model().index(900, 0), QItemSelectionModel.SelectionFlag.Select)
    region = grid.visualRegionForSelection(selection.selection())
    rect = grid.visualRect(grid.model().index(1, 0))
    assert region.boundingRect() == rect.adjusted(-4, -4, 4, 4)
    assert isinstance(region.boundingRect(), QRect)


def test_the_cell_under_the_mouse_is_lifted(qtbot: QtBot, grid: GridView, theme: Theme) -> None:
    qtbot.mouseMove(grid.viewport(), at(grid, 1))
    assert shown(grid).pixelColor(at(grid, 1)) != shown(grid).pixelColor(at(grid, 2))
    qtbot.mouseMove(grid.viewport(), at(grid, 2))
    assert shown(grid).pixelColor(at(grid, 1)) == QColor(theme.tokens.cell)


def test_pictures_whose_file_is_out_of_reach_have_a_badge(
    grid: GridView, model: PictureModel, theme: Theme
) -> None:
    rows = {"here": 0, "offline": 1, "gone": 2}

    def corner(row: int) -> list[str]:
        rect = grid.visualRect(model.index(row))
        image = shown(grid)
        places = range(8, 28)
        return [
            image.pixelColor(rect.right() - x, rect.bottom() - y).name()
            for x in places
            for y in places
        ]

    plain = corner(rows["here"])
    assert set(plain) == {theme.tokens.cell}
    ids = {name: int(model.ids[row]) for name, row in rows.items()}
    model.add_pictures(
        {
            ids["here"]: picture(ids["here"]),
            ids["offline"]: replace(picture(ids["offline"]), is_offline=True),
            ids["gone"]: replace(picture(ids["gone"]), missing_since_s=1.7e9),
        }
    )
    assert corner(rows["here"]) == plain
    offline, gone = corner(rows["offline"]), corner(rows["gone"])
    assert offline != plain
    assert gone not in (plain, offline)


def test_records_that_were_dropped_are_asked_for_again(
    qtbot: QtBot, grid: GridView, model: PictureModel
) -> None:
    with qtbot.waitSignal(model.wanted) as wanted:
        model.forget_pictures()
    assert int(model.ids[0]) in wanted.args[0]


def test_reload_asks_for_what_is_visible(
    qtbot: QtBot, grid: GridView, thumbnails: ThumbnailLoader
) -> None:
    library = FakeLibrary(1000)
    thumbnails.start(library.thumbnail)
    grid.reload()
    qtbot.waitUntil(lambda: thumbnails.image(1000) is not None)
    library.thumbnails_read.clear()
    thumbnails.refresh()
    grid.reload()
    qtbot.waitUntil(lambda: 1000 in library.thumbnails_read)
