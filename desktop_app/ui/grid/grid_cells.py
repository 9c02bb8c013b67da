"""What the grid shows of each picture: its image, or what is there before that comes."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage

from desktop_app.engine.records import Picture
from desktop_app.ui.grid.grid_painter import Cell
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader

OFFLINE_BADGE, MISSING_BADGE = "unplug", "file-x"


class GridCells:
    """Makes cells of what is known now; asks for nothing.

    Args:
        pictures: Which pictures there are, their records and colours.
        thumbnails: Their images.

    Attributes:
        is_whole: Whether nothing of a picture is cut off; else it is cropped to a square.
    """

    def __init__(self, pictures: PictureModel, thumbnails: ThumbnailLoader) -> None:
        self._pictures = pictures
        self._thumbnails = thumbnails
        self.is_whole = False

    def cell(
        self, row: int, square: QRect, *, is_selected: bool, is_current: bool, is_hovered: bool
    ) -> Cell:
        """What is to be shown of a row.

        Args:
            row: The row.
            square: The room for it.
            is_selected: Whether it belongs to the selection.
            is_current: Whether the keyboard is on it.
            is_hovered: Whether the mouse is on it.
        """
        picture_id = int(self._pictures.ids[row])
        picture = self._pictures.known(picture_id)
        image = self._thumbnails.image(picture_id)
        colour = None if image is not None else self._pictures.colours.of(picture_id)
        return Cell(
            rect=self._place(square, image, picture) if self.is_whole else square,
            image=image,
            is_missing=self._thumbnails.is_missing(picture_id),
            is_selected=is_selected,
            is_current=is_current,
            is_hovered=is_hovered,
            badge=_badge(picture),
            colour=None if colour is None else QColor.fromRgb(colour),
        )

    @staticmethod
    def _place(square: QRect, image: QImage | None, picture: Picture | None) -> QRect:
        """Where a whole picture is: in the middle of its square, touching two of its sides."""
        size = QSize()
        if image is not None:
            size = image.size()
        elif picture is not None:
            size = QSize(picture.width_px, picture.height_px)
        if size.isEmpty():
            return square
        size.scale(square.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(square.topLeft(), size.expandedTo(QSize(1, 1)))
        place.moveCenter(square.center())
        return place


def _badge(picture: Picture | None) -> str:
    if picture is None:
        return ""
    if picture.is_offline:
        return OFFLINE_BADGE
    return MISSING_BADGE if picture.missing_since_s is not None else ""
