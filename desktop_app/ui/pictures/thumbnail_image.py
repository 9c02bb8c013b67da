"""From an encoded picture to the image that is shown. Any thread may call."""

import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QImageReader, QPainter, QPen

RADIUS_PX = 6
# Just enough to be seen on what is as light as the window, and on what is as dark in the dark
# theme; hardly on anything else.
_EDGE = QColor(128, 128, 128, 80)

_FORMAT = re.compile(
    rb"(?P<jpeg>\xff\xd8\xff)|(?P<png>\x89PNG)|(?P<gif>GIF8)|(?P<webp>RIFF.{4}WEBP)"
    rb"|(?P<tiff>II\*\0|MM\0\*)|(?P<bmp>BM)",
    re.DOTALL,
)
"""How the files of each format that Qt reads begin; its name for the format is the group's."""


def read_image(
    encoded: bytes, scaled_to: QSize | None = None, *, is_whole: bool = False
) -> QImage | None:
    """Decode an image.

    Args:
        encoded: Content of an image file: JPEG, which is what the engine hands out, PNG, GIF,
            WebP, TIFF or BMP.
        scaled_to: A size to cover, keeping proportions; None keeps the size.
        is_whole: Whether the image is to fit into that size instead, and nothing cut off.

    Returns:
        The image, None if it cannot be read.
    """
    # The format is named: Qt finds out an unknown one by asking every plugin, and the one for SVG
    # makes connections between objects under a lock of Qt's while this thread holds Python's.
    # The window's thread takes the two in the other order when it disconnects a signal.
    begins = _FORMAT.match(encoded)
    if begins is None or begins.lastgroup is None:
        return None
    # QImageReader.read lets other threads run meanwhile; QImage.fromData and scaled do not.
    buffer = QBuffer()
    buffer.setData(QByteArray(encoded))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(begins.lastgroup.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if scaled_to is not None and size.isValid() and is_whole:
        fitted = size.scaled(scaled_to, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(fitted.expandedTo(QSize(1, 1)))
    elif scaled_to is not None and size.isValid():
        cover = size.scaled(scaled_to, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        reader.setScaledSize(cover)
        middle = QPoint((cover.width() - scaled_to.width()) // 2, 0)
        middle.setY((cover.height() - scaled_to.height()) // 2)
        reader.setScaledClipRect(QRect(middle, scaled_to))
    image = reader.read()
    del reader  # before the buffer goes, which the reader of TIFF still looks at when it closes
    return None if image.isNull() else image


def cell_image(
    encoded: bytes, side_px: int, scale: float, *, is_whole: bool = False
) -> QImage | None:
    """Crop to a square, scale, round the corners and draw a fine edge along the inside.

    Painting it is a plain copy then.

    Args:
        encoded: Content of an image file.
        side_px: Side of the cell in device pixels.
        scale: Device pixels per logical pixel.
        is_whole: Whether nothing is cut off.

    Returns:
        An image of ``side_px`` × ``side_px`` device pixels, or of which the longer side has so
        many if it is whole; None if it cannot be read.
    """
    inner = read_image(encoded, QSize(side_px, side_px), is_whole=is_whole)
    if inner is None:
        return None
    image = QImage(inner.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(inner))
    radius = RADIUS_PX * scale
    painter.drawRoundedRect(QRectF(image.rect()), radius, radius)
    painter.setPen(QPen(_EDGE, scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = scale / 2
    outline = QRectF(image.rect()).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(outline, radius - inset, radius - inset)
    painter.end()
    image.setDevicePixelRatio(scale)
    return image
