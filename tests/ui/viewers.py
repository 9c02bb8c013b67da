"""A viewer on its own, and what can be seen in it."""

from typing import TypeVar

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.viewer.film_strip import FilmStrip
from desktop_app.ui.viewer.viewer import Viewer
from desktop_app.ui.viewer.viewer_bar import ViewerBar
from desktop_app.ui.viewer.viewer_commands import viewer_lanes
from desktop_app.ui.work.tasks import Lanes
from tests.ui.fake_library import FakeLibrary

W = TypeVar("W", bound=QWidget)
TEAL, OLIVE = "#008080", "#808000"
"""What the thumbnail and the picture of a FakeLibrary look like."""


def make_viewer(qtbot: QtBot, library: FakeLibrary, lanes: Lanes, theme: Theme) -> Viewer:
    """A viewer of 800 × 600 that is not shown yet; its model is the attribute ``model``."""
    model = PictureModel()
    model.replace(library.ids)
    model.wanted.connect(
        lambda ids: QTimer.singleShot(0, lambda: model.add_pictures(library.pictures(ids)))
    )
    viewer = Viewer(model, viewer_lanes(lanes), theme)
    viewer.model = model  # type: ignore[attr-defined]
    viewer.set_library(library)
    qtbot.addWidget(viewer)
    viewer.resize(800, 600)
    return viewer


def open_first(qtbot: QtBot, viewer: Viewer) -> None:
    """Look at the first picture, and wait until it is there."""
    with qtbot.waitExposed(viewer):
        viewer.open_row(0)
    qtbot.waitUntil(lambda: near(color(viewer), OLIVE))


def child(viewer: Viewer, kind: type[W]) -> W:
    found = viewer.findChild(kind)
    assert isinstance(found, kind)
    return found


def texts(viewer: Viewer) -> list[str]:
    bar, strip = child(viewer, ViewerBar), child(viewer, FilmStrip)
    return [bar.name.text, bar.facts.text, strip.position]


def button(viewer: Viewer, label: str) -> QToolButton:
    return next(b for b in viewer.findChildren(QToolButton) if label in b.toolTip())


def color(viewer: Viewer, point: QPoint | None = None) -> str:
    at = point or viewer.rect().center()
    return viewer.grab().toImage().pixelColor(at).name()


def near(one: str, other: str) -> bool:
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return all(abs(a - b) <= 4 for a, b in pairs)
