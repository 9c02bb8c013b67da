from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QRect, QStringListModel
from PySide6.QtWidgets import QApplication

from desktop_app.ui.grid.band_selection import BandSelection
from desktop_app.ui.grid.grid_layout import GridLayout
from desktop_app.ui.grid.grid_place import ranges
from desktop_app.ui.grid.grid_sections import Section, Sections

ROWS = 60
points = st.builds(QPoint, st.integers(-50, 900), st.integers(-50, 3000))
groups = st.sets(st.integers(0, ROWS), max_size=4).map(
    lambda firsts: Sections([Section(row, "a day") for row in sorted(firsts)])
)


@given(
    begins=points,
    ways=st.lists(points, min_size=1, max_size=8),
    before=st.sets(st.integers(0, ROWS - 1), max_size=8),
    sections=groups,
    width=st.integers(150, 900),
)
def test_it_selects_what_the_last_rectangle_touches_and_what_was_before(
    qapp: QApplication,
    begins: QPoint,
    ways: list[QPoint],
    before: set[int],
    sections: Sections,
    width: int,
) -> None:
    model = QStringListModel([str(row) for row in range(ROWS)])
    selection = QItemSelectionModel(model)
    cells = GridLayout(ROWS, width, 100, sections)
    kept = QItemSelection()
    for row in before:
        kept.select(model.index(row), model.index(row))
    selection.select(kept, QItemSelectionModel.SelectionFlag.Select)
    band = BandSelection(selection, kept)
    for end in ways:
        area = QRect(begins, end).normalized()
        band.select(cells, area)
        found = {row for part in ranges(selection.selection()) for row in part}
        touched = {row for row in range(ROWS) if cells.rect(row).intersects(area)}
        assert found == touched | before


def test_other_places_of_the_cells_are_begun_anew(qapp: QApplication) -> None:
    model = QStringListModel([str(row) for row in range(ROWS)])
    selection = QItemSelectionModel(model)
    band = BandSelection(selection, QItemSelection())
    area = QRect(0, 0, 200, 500)
    for width in (500, 800):
        cells = GridLayout(ROWS, width, 100)
        band.select(cells, area)
        found = {row for part in ranges(selection.selection()) for row in part}
        assert found == {row for row in range(ROWS) if cells.rect(row).intersects(area)}
