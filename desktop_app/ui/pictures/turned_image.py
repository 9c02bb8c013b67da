"""Draws an image at any size and turned, and no more of it than is seen."""

import math

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QTransform

_EXACT_PX = 1.5
"""An image whose size differs by less, in device pixels, is copied instead of scaled."""


def draw_turned(
    painter: QPainter,
    image: QImage,
    place: QRectF,
    turns: int,
    seen: QRectF,
    *,
    smooth: bool = True,
) -> None:
    """Draw an image into a place.

    Args:
        painter: Draws, in logical pixels.
        image: The upright image; its own pixel ratio is not looked at.
        place: Where all of it, turned, would lie; may reach far beyond what is seen.
        turns: Quarter turns clockwise.
        seen: What of the place can be seen at all.
        smooth: Whether pixels are blended where their size changes.
    """
    ratio = painter.device().devicePixelRatio()
    painter.save()
    if not turns and _is_exact(image, place, ratio):
        corner = QPointF(round(place.x() * ratio) / ratio, round(place.y() * ratio) / ratio)
        size = QSizeF(image.size()) / ratio
        painter.drawImage(QRectF(corner, size), image, QRectF(image.rect()))
    else:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        _draw_part(painter, image, place, turns, seen)
    painter.restore()


def _is_exact(image: QImage, place: QRectF, ratio: float) -> bool:
    return (
        abs(place.width() * ratio - image.width()) < _EXACT_PX
        and abs(place.height() * ratio - image.height()) < _EXACT_PX
    )


def _draw_part(painter: QPainter, image: QImage, place: QRectF, turns: int, seen: QRectF) -> None:
    """Draw the pixels that can be seen, and one more around them.

    Qt counts steps in fractions of 1/65536 pixel: an image enlarged to 100,000 would be off.
    """
    middle = place.center()
    size = place.size().transposed() if turns % 2 else place.size()
    whole = QRectF(-size.width() / 2, -size.height() / 2, size.width(), size.height())
    back = QTransform().rotate(-90 * turns)
    inside = back.mapRect(seen.translated(-middle)).intersected(whole)
    if inside.isEmpty() or image.isNull():
        return
    across, down = whole.width() / image.width(), whole.height() / image.height()
    left = math.floor((inside.left() - whole.left()) / across) - 1
    top = math.floor((inside.top() - whole.top()) / down) - 1
    right = math.ceil((inside.right() - whole.left()) / across) + 1
    bottom = math.ceil((inside.bottom() - whole.top()) / down) + 1
    source = QRect(left, top, right - left, bottom - top).intersected(image.rect())
    painter.setClipRect(seen.intersected(place), Qt.ClipOperation.IntersectClip)
    painter.translate(middle)
    painter.rotate(90 * turns)
    painter.drawImage(
        QRectF(
            whole.left() + source.x() * across,
            whole.top() + source.y() * down,
            source.width() * across,
            source.height() * down,
        ),
        image,
        QRectF(source),
    )
