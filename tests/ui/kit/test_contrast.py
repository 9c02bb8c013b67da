import pytest
from PySide6.QtGui import QColor

from desktop_app.ui.kit.contrast import READABLE, contrast, fill_and_text, readable
from desktop_app.ui.kit.theme import DARK, LIGHT

ACCENTS = [
    QColor.fromHsl(hue, saturation, lightness)
    for hue in range(0, 360, 15)
    for saturation in (0, 120, 255)
    for lightness in range(0, 256, 15)
]


def test_black_and_white_stand_out_most() -> None:
    black, white = QColor("black"), QColor("white")
    assert contrast(black, white) == contrast(white, black) == pytest.approx(21)
    assert contrast(white, white) == 1
    assert contrast(QColor("#777777"), white) == pytest.approx(4.48, abs=0.005)  # as W3C's own


def test_text_upon_any_accent_can_be_read() -> None:
    for accent in ACCENTS:
        fill, text = fill_and_text(accent)
        assert contrast(fill, text) >= READABLE, accent.name()


def test_text_in_any_accent_can_be_read_on_all_surfaces() -> None:
    for tokens in (LIGHT, DARK):
        surfaces = (tokens.surface, tokens.raised, tokens.field, tokens.fill)
        for accent in ACCENTS:
            text = readable(accent, QColor(tokens.fill))
            for surface in map(QColor, surfaces):
                assert contrast(text, surface) >= READABLE, accent.name()


def test_what_can_be_read_stays_as_it_is_and_else_the_hue_does() -> None:
    white = QColor("white")
    dark, breeze = QColor("#1a5fb4"), QColor("#3daee9")
    assert readable(dark, white) == dark
    assert fill_and_text(dark) == (dark, white)
    assert abs(readable(breeze, white).hslHue() - breeze.hslHue()) <= 1
    assert fill_and_text(QColor("#ffd000"))[0] == QColor("#ffd000")  # with dark text
