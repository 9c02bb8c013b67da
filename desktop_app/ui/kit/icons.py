"""Line icons and drawings, tinted to fit the theme."""

from functools import cache, lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SCALES = (1, 2, 3)
_KEPT = 512
"""Icons that need not be drawn again; each takes 3 ms to draw."""


@cache
def _source(name: str) -> str:
    return (files("desktop_app.resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def drawing(name: str, color: QColor, size: QSize, scale: float = 1.0) -> QImage:
    """Draw an SVG of the resources in one colour.

    Args:
        name: File name without its suffix.
        color: Takes the place of ``currentColor``.
        size: In logical pixels.
        scale: Device pixels per logical pixel.
    """
    svg = _source(name).replace("currentColor", color.name())
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(size * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    image.setDevicePixelRatio(scale)
    return image


def icon(name: str, color: QColor, side_px: int = 16) -> QIcon:
    """An icon in one colour, sharp at every usual scaling."""
    return _icon(name, color.rgba(), side_px)


@lru_cache(maxsize=_KEPT)
def _icon(name: str, rgba: int, side_px: int) -> QIcon:
    result, color = QIcon(), QColor.fromRgba(rgba)
    for scale in _SCALES:
        result.addPixmap(QPixmap.fromImage(drawing(name, color, QSize(side_px, side_px), scale)))
    return result


def application_icon() -> QIcon:
    """The program's own icon."""
    result = QIcon()
    for side_px in (16, 32, 48, 64, 128, 256):
        image = drawing("image-seeker", QColor(), QSize(side_px, side_px))
        result.addPixmap(QPixmap.fromImage(image))
    return result
