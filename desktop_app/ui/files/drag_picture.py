"""What is seen below the mouse while pictures are dragged: one of them, and how many there are."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPixmap

from desktop_app.ui.kit.contrast import fill_and_text
from desktop_app.ui.kit.theme import SMALL_PX, Theme, text_font
from desktop_app.ui.words import wording

SIDE_PX = 72
HOT_SPOT = QPoint(SIDE_PX // 2, SIDE_PX // 2)
_ROOM_PX = 12
_BADGE_PX = 20


def draw(image: QImage | None, count: int, theme: Theme, scale: float) -> QPixmap:
    """Draw it.

    Args:
        image: The picture that is dragged, or one of them.
        count: How many are dragged.
        theme: For the colours.
        scale: Device pixels per logical pixel.
    """
    side = SIDE_PX + _ROOM_PX
    pixmap = QPixmap(round(side * scale), round(side * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    area = QRect(0, _ROOM_PX, SIDE_PX, SIDE_PX)
    for behind in range(min(count - 1, 2), 0, -1):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens.hover))
        painter.drawRoundedRect(area.translated(3 * behind, -3 * behind), 6, 6)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(area), 6, 6)
    painter.setClipPath(shape)
    painter.fillRect(area, QColor(theme.tokens.cell))
    if image is not None and not image.isNull():
        ratio = max(area.width() / image.width(), area.height() / image.height())
        width, height = round(area.width() / ratio), round(area.height() / ratio)
        part = QRect((image.width() - width) // 2, (image.height() - height) // 2, width, height)
        painter.drawImage(area, image, part)
    painter.setClipping(False)
    if count > 1:
        _draw_count(painter, wording.count(count), theme)
    painter.end()
    return pixmap


def _draw_count(painter: QPainter, text: str, theme: Theme) -> None:
    painter.setFont(text_font(QFont(painter.font()), SMALL_PX, bold=True, figures=True))
    width = max(_BADGE_PX, painter.fontMetrics().horizontalAdvance(text) + 12)
    badge = QRect(SIDE_PX + _ROOM_PX - width, 0, width, _BADGE_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    fill, on_fill = fill_and_text(theme.accent)
    painter.setBrush(fill)
    painter.drawRoundedRect(badge, _BADGE_PX / 2, _BADGE_PX / 2)
    painter.setPen(on_fill)
    painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), text)
