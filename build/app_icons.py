"""Draws the program's icon, an SVG, in the form that each platform wants for its executable."""

from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from project_file import ROOT

SOURCE = ROOT / "desktop_app" / "resources" / "icons" / "image-seeker.svg"

SUFFIXES = {"win32": ".ico", "darwin": ".icns"}
"""What executables carry, by `sys.platform`. On Linux they carry no icon."""

_ICO_SIDES_PX = [16, 24, 32, 48, 64, 128, 256]
_ICNS_SIDE_PX = 1024


def write_icon(folder: Path, platform: str) -> Path:
    """Draw the icon and save it in the form that a platform's executables carry.

    Args:
        folder: Where to write it; is made if need be.
        platform: One of `SUFFIXES`.

    Returns:
        The file written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"image-seeker{SUFFIXES[platform]}"
    if target.suffix == ".ico":
        draw(SOURCE, max(_ICO_SIDES_PX)).save(target, sizes=[(s, s) for s in _ICO_SIDES_PX])
    else:
        draw(SOURCE, _ICNS_SIDE_PX).save(target)
    return target


def draw(source: Path, side_px: int) -> Image.Image:
    """Draw an SVG on a transparent square.

    Args:
        source: The SVG file.
        side_px: Side of the square.

    Raises:
        ValueError: If the file is no SVG that Qt can draw.
    """
    renderer = QSvgRenderer(str(source))
    if not renderer.isValid():
        raise ValueError(f"{source} is not an SVG picture.")
    canvas = QImage(side_px, side_px, QImage.Format.Format_RGBA8888)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    renderer.render(painter)
    painter.end()
    return Image.frombytes("RGBA", (side_px, side_px), bytes(canvas.constBits()))
