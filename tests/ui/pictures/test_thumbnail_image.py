import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from desktop_app.ui.pictures.thumbnail_image import cell_image, read_image
from tests.helpers.pictures import encode, quadrants
from tests.ui.fake_library import jpeg


def near(one: QColor, other: tuple[int, int, int]) -> bool:
    return all(
        abs(a - b) < 30 for a, b in zip((one.red(), one.green(), one.blue()), other, strict=True)
    )


@pytest.mark.parametrize(("width", "height"), [(480, 320), (320, 480), (50, 50), (640, 20)])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_cell_is_filled_whatever_the_proportions(width: int, height: int, scale: float) -> None:
    image = cell_image(jpeg("red", width, height), 180, scale)
    assert image is not None
    assert image.size() == QSize(180, 180)
    assert image.devicePixelRatio() == scale
    for x, y in ((90, 90), (90, 3), (3, 90), (176, 90), (90, 176)):
        assert near(image.pixelColor(x, y), (255, 0, 0))


def test_the_corners_are_round_and_clear() -> None:
    image = cell_image(jpeg(), 100, 1.0)
    assert image is not None
    for x, y in ((0, 0), (99, 0), (0, 99), (99, 99)):
        assert image.pixelColor(x, y).alpha() == 0
    assert image.pixelColor(10, 10).alpha() == 255


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("colour", ["white", "#1b1b1d"])
def test_there_is_a_fine_edge_along_the_inside(scale: float, colour: str) -> None:
    image = cell_image(jpeg(colour, 200, 200), 100, scale)
    assert image is not None
    inside = image.pixelColor(50, 50).lightness()
    for depth in range(4):
        difference = abs(image.pixelColor(depth, 50).lightness() - inside)
        assert (difference > 20) == (depth < scale)


@pytest.mark.parametrize(("width", "height"), [(400, 100), (100, 400), (4000, 1), (1, 1)])
def test_a_whole_picture_keeps_its_proportions(width: int, height: int) -> None:
    image = cell_image(jpeg("red", width, height), 100, 1.0, is_whole=True)
    assert image is not None
    longer, shorter = max(image.width(), image.height()), min(image.width(), image.height())
    assert longer == 100
    assert shorter == max(1, round(100 * min(width, height) / max(width, height)))
    if shorter > 20:
        assert near(image.pixelColor(image.rect().center()), (255, 0, 0))


def test_the_middle_is_kept() -> None:
    image = cell_image(encode(quadrants(400, 100), "PNG"), 100, 1.0)
    assert image is not None
    for (x, y), color in {
        (25, 25): (220, 30, 30),
        (75, 25): (30, 200, 40),
        (25, 75): (30, 40, 220),
        (75, 75): (230, 220, 40),
    }.items():
        assert near(image.pixelColor(x, y), color)


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        b"no picture",
        jpeg()[:200],
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"/></svg>',
    ],
    ids=["nothing", "text", "cut off", "SVG"],
)
def test_what_cannot_be_read_is_none(encoded: bytes) -> None:
    assert cell_image(encoded, 100, 1.0) is None


def test_a_picture_is_read_in_its_own_size() -> None:
    image = read_image(jpeg(width=123, height=45))
    assert image is not None
    assert image.size() == QSize(123, 45)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP"])
def test_what_people_paste_and_drop_is_read(name: str) -> None:
    image = read_image(encode(quadrants(48, 48), name))
    assert image is not None
    assert image.size() == QSize(48, 48)
    assert near(image.pixelColor(6, 6), (220, 30, 30))
