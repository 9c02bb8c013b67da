"""A picture used as a query: from the clipboard, a drop, or the library itself."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt
from PySide6.QtGui import QImage

from desktop_app.engine.errors import QueryError
from desktop_app.engine.records import PictureExample
from desktop_app.ui.pictures.thumbnail_image import cell_image
from desktop_app.ui.words.language import tr

CHIP_SIDE_PX = 24
LARGEST_FILE_BYTES = 256 * 1024 * 1024
LONGEST_SIDE_PX = 1024  # of a pasted picture; more than any model looks at

_ENDING = re.compile(r"\.(?=[0-9]*[a-z])[a-z0-9]{2,5}$", re.IGNORECASE)
"""Of a file's name; folders have none as a rule, apart from ``2023.05``."""


@dataclass(frozen=True, slots=True)
class QueryPicture:
    """A picture to find similar ones to.

    Attributes:
        name: For the chip in the search box.
        thumbnail: For the chip; None where there is none.
        image: Content of an image file, if the picture comes from outside the library.
        picture_id: Its id, if it comes from the library.
        weight: How much it counts beside the rest; negative pushes away.
        path: The file it was read from, absolute, if it comes from outside the library; empty where
            there is none.
    """

    name: str
    thumbnail: QImage | None = None
    image: bytes | None = None
    picture_id: int | None = None
    weight: float = 1.0
    path: str = ""

    @property
    def example(self) -> PictureExample:
        """What the engine is asked with."""
        return PictureExample(self.image, self.picture_id, self.weight)


def local_paths(mime: QMimeData) -> list[str]:
    """The files and folders in what was dropped or copied."""
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]


def may_be_picture(mime: QMimeData) -> bool:
    """Whether something copied or dropped is rather a picture, or several, than text or a folder.

    Their names alone decide, for a drive that does not answer would keep the window waiting. What
    turns out to be no picture is told when it is read. File managers give a path as text beside
    the file, office programs an image beside the text.
    """
    paths = local_paths(mime)
    if paths:
        return all(_ENDING.search(path) for path in paths)
    return mime.hasImage() and not mime.hasText()


def read_file(path: str, scale: float) -> QueryPicture:
    """Read a query picture from a file; blocks.

    Args:
        path: The file.
        scale: Device pixels per logical pixel, for the chip.

    Raises:
        QueryError: If it cannot be read.
    """
    name = Path(path).name
    try:
        if Path(path).stat().st_size > LARGEST_FILE_BYTES:
            raise QueryError(
                tr("Search", "{picture} is too large to search by.").format(picture=name),
                tr("Search", "Try a smaller picture."),
            )
        image = Path(path).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise QueryError(
            tr("Search", "{picture} cannot be read ({reason}).").format(
                picture=name, reason=getattr(error, "strerror", None) or error
            ),
            tr("Search", "Try another picture."),
        ) from error
    thumbnail = cell_image(image, round(CHIP_SIDE_PX * scale), scale)
    return QueryPicture(name, thumbnail, image, path=os.path.abspath(path))


def from_image(pasted: QImage, scale: float, name: str = "") -> QueryPicture:
    """Make a query picture of pixels; takes a while for large ones.

    Args:
        pasted: The pixels.
        scale: Device pixels per logical pixel, for the chip.
        name: What it is called on the chip; where it has no name, that it was pasted.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if max(pasted.width(), pasted.height()) > LONGEST_SIDE_PX:
        pasted = pasted.scaled(
            LONGEST_SIDE_PX,
            LONGEST_SIDE_PX,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    pasted.save(buffer, "PNG")  # type: ignore[call-overload]
    image = bytes(buffer.data().data())
    thumbnail = cell_image(image, round(CHIP_SIDE_PX * scale), scale)
    return QueryPicture(name or tr("Search", "Pasted picture"), thumbnail, image)
