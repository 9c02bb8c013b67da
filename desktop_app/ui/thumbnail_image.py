"""From an encoded picture to the image that is shown. Any thread may call."""

import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter

RADIUS_PX = 6

_FORMAT = re.compile(
    rb"(?P<jpeg>\xff\xd8\xff)|(?P<png>\x89PNG)|(?P<gif>GIF8)|(?P<webp>RIFF.{4}WEBP)"
    rb"|(?P<tiff>II\*\0|MM\0\*)|(?P<bmp>BM)",
    re.DOTALL,
)
"""How the files of each format that Qt reads begin; its name for the format is the group's."""


def read_image(encoded: bytes, scaled_to: QSize | None = None) -> QImage | None:
    """Decode an image.

    Args:
        encoded: Content of an image file: JPEG, which is what the engine hands out, PNG, GIF,
            WebP, TIFF or BMP.
        scaled_to: A size to cover, keeping proportions; None keeps the size.

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
    if scaled_to is not None and size.isValid():
        cover = size.scaled(scaled_to, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        reader.setScaledSize(cover)
        middle = QPoint((cover.width() - scaled_to.width()) // 2, 0)
        middle.setY((cover.height() - scaled_to.height()) // 2)
        reader.setScaledClipRect(QRect(middle, scaled_to))
    image = reader.read()
    del reader  # before the buffer goes, which the reader of TIFF still looks at when it closes
    return None if image.isNull() else image


def cell_image(encoded: bytes, side_px: int, scale: float) -> QImage | None:
    """Crop to a square, scale and round the corners, so that painting is a plain copy.

    Args:
        encoded: Content of an image file.
        side_px: Side of the cell in device pixels.
        scale: Device pixels per logical pixel.

    Returns:
        An image of ``side_px`` × ``side_px`` device pixels; None if it cannot be read.
    """
    square = read_image(encoded, QSize(side_px, side_px))
    if square is None:
        return None
    image = QImage(side_px, side_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(square))
    radius = RADIUS_PX * scale
    painter.drawRoundedRect(QRectF(0, 0, side_px, side_px), radius, radius)
    painter.end()
    image.setDevicePixelRatio(scale)
    return image
