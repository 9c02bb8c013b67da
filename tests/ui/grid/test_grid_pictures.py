"""How pictures look in the grid: whole or cropped, their edges, and before they come."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop_app.ui.grid.grid_view import GridView
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.theme import DARK, Theme
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader
from tests.ui.fake_library import COLOUR, FakeLibrary, jpeg, picture
from tests.ui.grid.test_grid_view import at, grid, model, shown

__all__ = ["grid", "model"]


def load(qtbot: QtBot, grid: GridView, thumbnails: ThumbnailLoader, encoded: bytes) -> None:
    """Give every picture the same thumbnail, and wait until the first has come."""
    thumbnails.start(lambda _picture_id: encoded)
    grid.reload()
    qtbot.waitUntil(lambda: image_of(grid, thumbnails) is not None)


def image_of(grid: GridView, thumbnails: ThumbnailLoader) -> QImage | None:
    return thumbnails.image(int(grid.model().index(0, 0).data(PictureModel.IdRole)))


@pytest.mark.parametrize(("width", "height"), [(480, 160), (160, 480)])
def test_a_whole_picture_touches_two_sides_of_its_cell(
    qtbot: QtBot,
    grid: GridView,
    thumbnails: ThumbnailLoader,
    theme: Theme,
    width: int,
    height: int,
) -> None:
    load(qtbot, grid, thumbnails, jpeg("green", width, height))
    grid.set_whole(True)
    side = grid.cells.side_px

    def is_whole() -> bool:
        image = image_of(grid, thumbnails)
        return image is not None and (image.width() - image.height()) * (width - height) > 0

    qtbot.waitUntil(is_whole)
    image = image_of(grid, thumbnails)
    assert image is not None
    assert max(image.width(), image.height()) == side
    rect = grid.visualRect(grid.model().index(0, 0))
    seen = shown(grid)
    inside, corner = seen.pixelColor(rect.center()), seen.pixelColor(rect.topLeft())
    assert inside.green() > 100 > inside.red()
    assert corner == QColor(theme.tokens.surface)
    grid.go_to(0)  # the ring is around the picture
    middle = rect.center()
    above = middle - QPoint(0, image.height() // 2 + 3)
    assert shown(grid).pixelColor(above) == theme.accent


def test_before_it_comes_a_whole_picture_has_its_proportions(
    grid: GridView, model: PictureModel, theme: Theme
) -> None:
    first = int(model.ids[0])
    model.add_pictures({first: replace(picture(first), width_px=400, height_px=100)})
    grid.set_whole(True)
    rect = grid.visualRect(model.index(0))
    seen = shown(grid)
    assert seen.pixelColor(rect.center()) == QColor(theme.tokens.cell)
    assert seen.pixelColor(rect.center() - QPoint(0, rect.height() // 4)) == QColor(
        theme.tokens.surface
    )
    grid.set_whole(False)
    assert shown(grid).pixelColor(rect.center() - QPoint(0, rect.height() // 4)) == QColor(
        theme.tokens.cell
    )


@pytest.mark.parametrize(("dark", "colour"), [(False, "white"), (True, DARK.surface)])
def test_what_is_like_the_window_has_an_edge(
    qtbot: QtBot,
    grid: GridView,
    thumbnails: ThumbnailLoader,
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
    dark: bool,
    colour: str,
) -> None:
    if dark:
        monkeypatch.setattr(theme, "tokens", DARK)
    load(qtbot, grid, thumbnails, jpeg(colour, 320, 320))
    rect = grid.visualRect(grid.model().index(0, 0))
    seen = shown(grid)
    edge = seen.pixelColor(rect.left(), rect.center().y()).lightness()
    inside = seen.pixelColor(rect.center()).lightness()
    assert abs(edge - inside) > 20  # seen, and not more than that
    assert abs(edge - inside) < 80
    assert abs(seen.pixelColor(rect.left() + 1, rect.center().y()).lightness() - inside) < 8


def test_until_it_comes_a_picture_has_its_own_colour(
    qtbot: QtBot, grid: GridView, model: PictureModel, theme: Theme
) -> None:
    library = FakeLibrary(1000)
    library.gone = {int(model.ids[1])}
    model.colours.wanted.connect(lambda ids: model.colours.add(library.average_colours(ids)))
    model.forget_pictures()
    qtbot.waitUntil(lambda: shown(grid).pixelColor(at(grid, 0)) == QColor.fromRgb(COLOUR))
    row = model.row_of(next(iter(library.gone)))
    assert row is not None
    assert shown(grid).pixelColor(at(grid, row)) == QColor(theme.tokens.cell)


def test_only_colours_of_what_is_near_are_asked_for(
    qtbot: QtBot, grid: GridView, model: PictureModel
) -> None:
    asked: list[int] = []
    model.colours.wanted.connect(asked.extend)
    model.forget_pictures()  # some were asked for before
    qtbot.waitUntil(lambda: bool(asked))
    visible = grid.visible_rows()
    assert len(asked) <= 2 * len(visible)
    assert set(asked) >= {int(model.ids[row]) for row in visible}
