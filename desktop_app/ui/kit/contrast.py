"""How far two colours stand out from one another, and how to make them."""

from PySide6.QtGui import QColor

READABLE = 4.5
"""What text needs at least (WCAG 2.2, 1.4.3)."""
_STEP = 0.01
_HEAVY = 3.0
"""White needs no more than a little help upon what it stands out from so far."""
_WHITE, _BLACK = QColor("#ffffff"), QColor("#1c1c1e")


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio, from 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(color: QColor, against: QColor) -> QColor:
    """A colour, darker or lighter as far as text in it needs that to be read.

    Args:
        color: The colour; it keeps its hue.
        against: What it is to stand out from; either black or white does.
    """
    is_darkened = contrast(_BLACK, against) > contrast(_WHITE, against)
    found = QColor(color)
    while contrast(found, against) < READABLE:
        lightness = found.lightnessF() + (-_STEP if is_darkened else _STEP)
        if not 0 < lightness < 1:
            return QColor("black" if is_darkened else "white")
        found.setHslF(max(0.0, found.hslHueF()), found.hslSaturationF(), lightness)
    return found


def fill_and_text(accent: QColor) -> tuple[QColor, QColor]:
    """How an area in the accent colour is filled, and the colour of text upon it.

    White looks best on most accents, and on many of them cannot quite be read: these are filled a
    little darker. On light ones, text is dark.
    """
    if contrast(_WHITE, accent) < _HEAVY:
        return accent, _BLACK
    return readable(accent, _WHITE), _WHITE


def _luminance(color: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
