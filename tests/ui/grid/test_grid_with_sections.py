import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.grid.grid_layout import HEADING_PX
from desktop_app.ui.grid.grid_sections import Section
from desktop_app.ui.grid.grid_view import GridView
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.captions import Captions
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader
from tests.ui.fake_library import picture

# With four columns, as lines of rows:
#   Monday        0-3  4-5
#   Tuesday       6
#   Wednesday     7-10  11-14  15
#   less certain  16-19 ...
SECTIONS = (
    Section(0, "Monday"),
    Section(6, "Tuesday"),
    Section(7, "Wednesday"),
    Section(16, "less certain", is_divider=True),
)
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
AT_TOP = QAbstractItemView.ScrollHint.PositionAtTop


@pytest.fixture
def model(qapp: QApplication) -> PictureModel:
    model = PictureModel()
    model.replace(np.arange(1000, 0, -1), sections=SECTIONS)
    return model


@pytest.fixture
def asked(model: PictureModel) -> list[int]:
    """Whose records were asked for, by what is named after this in a test's arguments."""
    found: list[int] = []
    model.wanted.connect(found.extend)
    return found


@pytest.fixture
def grid(qtbot: QtBot, model: PictureModel, thumbnails: ThumbnailLoader, theme: Theme) -> GridView:
    view = GridView(model, thumbnails, theme)
    qtbot.addWidget(view)
    view.resize(800, 600)
    with qtbot.waitExposed(view):
        view.show()
    view.enter()
    view.clearSelection()
    assert view.cells.columns == 4
    return view


def place(grid: GridView, row: int) -> QRect:
    return grid.visualRect(grid.model().index(row, 0))


def scroll(grid: GridView, y_px: int) -> None:
    grid.verticalScrollBar().setValue(y_px)


def press(qtbot: QtBot, grid: GridView, *keys: Qt.Key, hold: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        qtbot.keyClick(grid, key, hold)


def shown(grid: GridView) -> QImage:
    return grid.viewport().grab().toImage()


def colors(image: QImage, rect: QRect) -> set[str]:
    xs, ys = range(rect.left(), rect.right() + 1), range(rect.top(), rect.bottom() + 1)
    return {image.pixelColor(x, y).name() for x in xs for y in ys}


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        (3, [Key.Key_Down], 5),
        (3, [Key.Key_Down, Key.Key_Down], 6),
        (3, [Key.Key_Down] * 3, 10),  # the column is kept in mind over short lines
        (3, [Key.Key_Down, Key.Key_Right], 6),
        (3, [Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Up], 1),
        (10, [Key.Key_Up], 6),
        (10, [Key.Key_Up, Key.Key_Up], 5),
        (5, [Key.Key_Right], 6),
        (7, [Key.Key_Left], 6),
        (15, [Key.Key_Down], 16),
        (17, [Key.Key_Up], 15),
        (4, [Key.Key_Home], 0),
        (4, [Key.Key_End], 999),
        (0, [Key.Key_PageDown], 6),
        (16, [Key.Key_PageUp], 11),
        (998, [Key.Key_Down], 999),
    ],
)
def test_keys_lead_over_short_lines(
    qtbot: QtBot, grid: GridView, start: int, keys: list[Qt.Key], end: int
) -> None:
    grid.go_to(start)
    press(qtbot, grid, *keys)
    assert grid.selected_rows() == [end]
    assert grid.viewport().rect().contains(place(grid, end))
    assert place(grid, end).top() >= grid.cells.covered_px(grid.verticalOffset())


def test_shift_selects_across_sections(qtbot: QtBot, grid: GridView) -> None:
    grid.go_to(2)
    press(qtbot, grid, Key.Key_Down, Key.Key_Down, hold=SHIFT)
    assert grid.selected_rows() == [2, 3, 4, 5, 6]
    qtbot.mouseClick(grid.viewport(), LEFT, SHIFT, place(grid, 1).center())
    assert grid.selected_rows() == [1, 2]


def test_shift_reaches_a_cell_below_the_heading_at_the_edge(qtbot: QtBot, grid: GridView) -> None:
    grid.scrollTo(grid.model().index(11, 0), AT_TOP)
    grid.go_to(11)
    scroll(grid, grid.verticalOffset() + 100)
    press(qtbot, grid, Key.Key_Up, Key.Key_Up, hold=SHIFT)
    assert grid.selected_rows() == [6, 7, 8, 9, 10, 11]


def test_first_pictures_are_shown_with_their_heading(grid: GridView) -> None:
    scroll(grid, 5000)
    for row in (16, 7, 0):
        grid.go_to(row)
        assert place(grid, row).top() == HEADING_PX


def test_a_band_selects_over_headings(qtbot: QtBot, grid: GridView) -> None:
    gap = QPoint(place(grid, 6).right() + 40, place(grid, 6).center().y())
    qtbot.mousePress(grid.viewport(), LEFT, pos=gap)
    qtbot.mouseMove(grid.viewport(), place(grid, 5).center())
    assert grid.selected_rows() == [5]
    qtbot.mouseMove(grid.viewport(), place(grid, 1).center())
    assert grid.selected_rows() == [1, 5]
    qtbot.mouseMove(grid.viewport(), place(grid, 0).center())
    assert grid.selected_rows() == [0, 1, 4, 5, 6]
    qtbot.mouseRelease(grid.viewport(), LEFT, pos=gap)


def test_a_heading_over_a_picture_is_not_the_picture(qtbot: QtBot, grid: GridView) -> None:
    scroll(grid, 100)
    under = QPoint(place(grid, 0).center().x(), HEADING_PX - 2)
    assert place(grid, 0).contains(under)
    assert grid.row_at(under) is None
    assert not grid.indexAt(under).isValid()
    qtbot.mouseClick(grid.viewport(), LEFT, pos=under)
    assert grid.selected_rows() == []
    assert grid.row_at(under + QPoint(0, 2)) == 0


def test_entering_selects_no_picture_below_a_heading(grid: GridView) -> None:
    scroll(grid, 10)
    grid.enter()
    assert grid.selected_rows() == [4]


def test_the_heading_stays_and_the_next_one_pushes_it_out(grid: GridView, theme: Theme) -> None:
    """Where a heading covers pictures, nothing of them is seen beside its words."""
    beside = QRect(420, 0, 60, HEADING_PX)
    surface = {theme.tokens.surface}
    scroll(grid, 100)
    assert colors(shown(grid), beside) == surface
    next_top = grid.cells.leads(101, 2000)[0][1].top()
    scroll(grid, next_top - 10)
    pushed = shown(grid)
    heading = grid.cells.stuck(grid.verticalOffset())
    assert heading is not None
    assert heading[1].bottom() + 1 == next_top
    words = QRect(12, 0, 60, HEADING_PX)
    assert colors(pushed, words) > surface
    scroll(grid, grid.cells.line_top_px(6) + 60)  # below the divider nothing stays
    assert not surface & colors(shown(grid), beside)


def test_scrolling_paints_what_a_new_painting_does(grid: GridView) -> None:
    def on_screen() -> QImage:
        QApplication.processEvents()
        return grid.screen().grabWindow(grid.winId()).toImage()

    grid.go_to(1)
    for value in (1, 30, 33, 120, 350, 300, 290, 700, 640, 2):
        scroll(grid, value)
        scrolled = on_screen()
        grid.viewport().update()
        assert on_screen() == scrolled


def test_a_divider_is_a_thin_line_with_words_in_its_middle(grid: GridView, theme: Theme) -> None:
    scroll(grid, 5000)
    grid.go_to(16)
    grid.clearSelection()
    image = shown(grid)
    lead = QRect(0, 0, grid.viewport().width(), HEADING_PX - 12)
    left = lead.adjusted(20, 0, -lead.width() * 3 // 4, 0)
    assert colors(image, left) == {theme.tokens.surface, theme.tokens.hover}
    lines = [
        y for y in range(left.height()) if image.pixelColor(30, y) == QColor(theme.tokens.hover)
    ]
    assert len(lines) == 1
    middle = QRect(lead.center().x() - 30, 0, 60, lead.height())
    assert len(colors(image, middle)) > 2


def test_moving_the_divider_keeps_selection_and_place(grid: GridView, model: PictureModel) -> None:
    grid.go_to(300)
    scroll(grid, grid.verticalOffset() + 77)
    first = grid.visible_rows().start
    before = place(grid, first).top()
    assert before < 0
    for divided in (20, 200, 17, first + 1, 999, 1000, 0):
        model.set_sections([Section(divided, "less certain", is_divider=True)])
        assert grid.selected_rows() == [300]
        assert place(grid, first).top() == before
    scroll(grid, 0)
    model.set_sections([Section(3, "less certain", is_divider=True)])
    assert grid.verticalOffset() == 0


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(row=st.integers(4, 999), width=st.integers(200, 1500), caption=st.booleans())
def test_other_widths_keep_the_first_visible_row(
    grid: GridView, row: int, width: int, caption: bool
) -> None:
    grid.resize(800, 600)
    grid.set_captions(Captions())
    grid.scrollTo(grid.model().index(row, 0), AT_TOP)
    start, first = grid.verticalOffset(), grid.cells.line_cells(grid.cells.place(row)[0]).start
    if start == grid.verticalScrollBar().maximum():
        return
    grid.resize(width, 600)
    grid.set_captions(Captions(dates=caption))
    assert first in grid.visible_rows()
    grid.resize(800, 600)
    grid.set_captions(Captions())
    assert grid.verticalOffset() == start


def test_zooming_holds_the_picture_under_the_pointer(grid: GridView) -> None:
    grid.cell_side_asked.connect(grid.set_cell_side)
    scroll(grid, 3000)
    at = QPointF(place(grid, 61).center())
    for angle in (-120, -120, -120, 120, -120, 120, 120, 120):
        event = QWheelEvent(
            at,
            grid.viewport().mapToGlobal(at),
            QPoint(),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            CTRL,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(grid.viewport(), event)
        assert abs(place(grid, 61).center().y() - at.y()) <= 1
    assert grid.verticalOffset() == 3000
    assert place(grid, 61).center() == at.toPoint()


def test_names_and_dates_are_written_below(
    qtbot: QtBot, asked: list[int], grid: GridView, model: PictureModel, theme: Theme
) -> None:
    grid.clearSelection()
    grid.setFocus()
    grid.set_captions(Captions(names=True, dates=True))
    qtbot.waitUntil(lambda: int(model.ids[1]) in asked)
    side = grid.cells.side_px
    assert place(grid, 1).height() == side + Captions(names=True, dates=True).height_px
    below = QRect(place(grid, 1).left(), place(grid, 1).top() + side + 5, side, 32)
    assert colors(shown(grid), below) == {theme.tokens.surface}
    model.add_pictures({int(model.ids[1]): picture(int(model.ids[1]))})
    name, date = below.adjusted(0, 0, 0, -16), below.adjusted(0, 16, 0, 0)
    image = shown(grid)
    assert len(colors(image, name)) > 2
    assert len(colors(image, date)) > 2
    qtbot.mouseClick(grid.viewport(), LEFT, pos=below.center())
    assert grid.selected_rows() == [1]
    grid.set_captions(Captions())
    assert place(grid, 1).height() == side
