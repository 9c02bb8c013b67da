"""The window in the states of ``docs/design/window.md`` that show from afar, as it is seen."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QApplication

from desktop_app.ui.kit.theme import Theme
from scenes import SCENES, Look, Scene
from structure import LARGEST_SHARE, differing_share, load, structure
from take_pictures import make_library, shoot
from tests.conftest import PROJECT

STRUCTURES = PROJECT / "tests" / "e2e" / "structures"

pytestmark = pytest.mark.model

SENTENCE = "Search your pictures: two dogs in the snow"
WIDTH_PX, HEIGHT_PX = 281, 15
"""What the sentence measures in the font that the structures were taken with, DejaVu Sans."""


@pytest.fixture(scope="module", autouse=True)
def _font_of_the_structures(qapp: QApplication, theme: Theme) -> None:
    """Fonts that look otherwise do not matter; wider ones put things into other places."""
    measures = QFontMetrics(qapp.font())
    is_alike = abs(measures.horizontalAdvance(SENTENCE) / WIDTH_PX - 1) < 0.05
    if not is_alike or abs(measures.height() - HEIGHT_PX) > 1:
        pytest.skip("the system's font has other measures than that of the structures")


@pytest.fixture(scope="module")
def library(qapp: QApplication, theme: Theme, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_library(qapp, theme, tmp_path_factory.mktemp("scenes"))


@pytest.mark.parametrize(
    ("scene", "look"),
    [
        pytest.param(scene, look, id=f"{scene.name}{look.suffix}")
        for scene in SCENES
        for look in scene.looks
    ],
)
def test_the_window_looks_as_it_did(
    qapp: QApplication, theme: Theme, library: Path, tmp_path: Path, scene: Scene, look: Look
) -> None:
    seen = tmp_path / f"{scene.name}{look.suffix}.png"
    known = load(STRUCTURES / seen.name)

    def share_of(picture: QImage) -> float:
        return differing_share(structure(picture), known)

    def is_done(picture: QImage) -> bool:
        return share_of(picture) <= LARGEST_SHARE

    picture = shoot(qapp, theme, scene, look, library, tmp_path, is_done)
    picture.save(str(seen))
    share = share_of(picture)
    assert share <= LARGEST_SHARE, f"{share:.0%} of the window differs: look at {seen}"


def test_every_structure_is_of_a_scene() -> None:
    assert {path.stem for path in STRUCTURES.glob("*.png")} == {
        f"{scene.name}{look.suffix}" for scene in SCENES for look in scene.looks
    }


def test_scenes_differ_from_one_another() -> None:
    """A check that would pass whatever is shown is none."""
    wide = [load(STRUCTURES / f"{scene.name}.png") for scene in SCENES]
    alike = [
        (one.name, other.name)
        for place, one in enumerate(SCENES)
        for at, other in enumerate(SCENES[:place])
        if differing_share(wide[place], wide[at]) <= LARGEST_SHARE
    ]
    assert not alike


def test_a_small_change_of_grey_is_no_difference_and_a_panel_is() -> None:
    plain = QImage(400, 200, QImage.Format.Format_RGB32)
    plain.fill(0xFFFFFF)
    grey = plain.copy()
    grey.fill(0xF8F8F8)
    assert differing_share(structure(plain), structure(grey)) == 0
    for x in range(300, 400):
        for y in range(200):
            grey.setPixel(x, y, 0x303030)
    assert differing_share(structure(plain), structure(grey)) == 0.25
