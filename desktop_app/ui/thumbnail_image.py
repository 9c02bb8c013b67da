"""From an encoded JPEG to the image that is shown. Any thread may call."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter

RADIUS_PX = 6


def read_image(encoded: bytes, scaled_to: QSize | None = None) -> QImage | None:
    """Decode a JPEG, the only format that the engine hands to the window.

    Args:
        encoded: Content of a JPEG file.
        scaled_to: A size to cover, keeping proportions; None keeps the size.

    Returns:
        The image, None if it cannot be read.
    """
    # QImageReader.read lets other threads run meanwhile; QImage.fromData and scaled do not.
    buffer = QBuffer()
    buffer.setData(QByteArray(encoded))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    # The format is named: Qt finds out an unknown one by asking every plugin, and the one for SVG
    # makes connections between objects under a lock of Qt's while this thread holds Python's.
    # The window's thread takes the two in the other order when it disconnects a signal.
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
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
    return None if image.isNull() else image


def cell_image(encoded: bytes, side_px: int, scale: float) -> QImage | None:
    """Crop to a square, scale and round the corners, so that painting is a plain copy.

    Args:
        encoded: Content of a JPEG file.
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
