"""Writes pictures with their names below onto pages of A4, as a PDF.

Qt writes every page to the disk when it is full, so thousands of pictures take no more memory than
a page of them; and it has letters for every script that names are written in.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QFile, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageSize, QPainter, QPdfWriter

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.file_actions import placing
from desktop_app.engine.file_actions.actions import check_folder
from desktop_app.engine.file_names import numbered
from desktop_app.engine.records import CopiesSummary, FailedFile, FileProgress, SheetPicture
from desktop_app.ui.pictures.thumbnail_image import read_image
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr

_DPI = 200
_MARGIN_MM, _GAP_MM, _NAME_MM = 12.0, 4.0, 5.0
_NAME_PT, _FOOT_PT = 7, 8
_PAGE_MM = (210.0, 297.0)
_ASPECT = 0.75
"""Height of a cell by its width: that of most photos."""


def picture_side_px(columns: int) -> int:
    """Longest side of the pictures in a sheet, at 200 dots an inch."""
    return max(32, round(_cell_mm(columns) * _DPI / 25.4))


def rows_a_page(columns: int) -> int:
    """How many lines of pictures a page has."""
    room = _PAGE_MM[1] - 2 * _MARGIN_MM - _NAME_MM
    return max(1, int((room + _GAP_MM) // (_cell_mm(columns) * _ASPECT + _NAME_MM + _GAP_MM)))


def free_name(folder: str, name: str) -> str:
    """A path in a folder that nothing has yet."""
    path = Path(folder, name)
    if not os.path.lexists(path):
        return str(path)
    return next(
        str(Path(folder, other))
        for _, other in numbered(name)
        if not os.path.lexists(Path(folder, other))
    )


def write_sheet(
    folder: str,
    pictures: Iterator[SheetPicture],
    total: int,
    columns: int,
    cancel: CancelToken,
) -> Iterator[FileProgress | CopiesSummary]:
    """Write a sheet. Blocks; in a thread of its own.

    Args:
        folder: Where to.
        pictures: In order; those that cannot be shown leave a cell with their name.
        total: How many there are.
        columns: How many stand side by side.
        cancel: Stops it with nothing left behind; the pictures stop by themselves.

    Yields:
        Progress, and as the last item a summary.

    Raises:
        UserFacingError: If the folder does not take it.
        CancelledError: If it was stopped.
    """
    check_folder(folder)
    target = free_name(folder, tr("Export", "Contact sheet.pdf"))
    failed: list[FailedFile] = []
    done = 0
    try:
        with placing.partial_file(target) as unfinished:
            with closing(_Sheet(unfinished, columns)) as sheet:
                for count, picture in enumerate(pictures, start=1):
                    cancel.raise_if_cancelled()
                    sheet.add(picture)
                    done += not picture.reason
                    if picture.reason:
                        failed.append(FailedFile(picture.path, picture.reason))
                    yield FileProgress(count, total, picture.path)
                sheet.finish()
            placing.settle(unfinished, target)
    except OSError as error:
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise UserFacingError(
            tr("Export", "The disk is full.")
            if is_full
            else tr("Export", "{path} cannot be written.").format(path=target),
            tr("Export", "Choose another folder."),
        ) from error
    yield CopiesSummary(done, tuple(failed), folder)


class _Sheet:
    """The pages.

    Args:
        path: The file.
        columns: How many pictures stand side by side.

    Raises:
        OSError: If the file cannot be written.
    """

    def __init__(self, path: str, columns: int) -> None:
        self._file = QFile(path)
        if not self._file.open(QIODevice.OpenModeFlag.WriteOnly):
            raise OSError(self._file.errorString())
        self._writer = QPdfWriter(self._file)
        self._writer.setResolution(_DPI)
        self._writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self._writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        self._writer.setTitle(tr("Export", "Contact sheet"))
        self._writer.setCreator("Image Seeker")
        self._painter = QPainter()
        if not self._painter.begin(self._writer):
            raise OSError(self._file.errorString())
        self._columns = columns
        self._place, self._page = 0, 1
        self._names = _font(_NAME_PT)

    def add(self, picture: SheetPicture) -> None:
        """Draw the next picture.

        Raises:
            OSError: If the disk does not take the page before it.
        """
        a_page = self._columns * rows_a_page(self._columns)
        if self._place == a_page:
            self._end_page()
            self._writer.newPage()
            self._place, self._page = 0, self._page + 1
        line, column = divmod(self._place, self._columns)
        self._place += 1
        side = _cell_mm(self._columns)
        area = QRectF(
            _px(_MARGIN_MM + column * (side + _GAP_MM)),
            _px(_MARGIN_MM + line * (side * _ASPECT + _NAME_MM + _GAP_MM)),
            _px(side),
            _px(side * _ASPECT),
        )
        self._draw_picture(area, picture)
        self._draw_name(area, Path(picture.path).name)

    def finish(self) -> None:
        """Write what is not written yet.

        Raises:
            OSError: If the disk does not take it.
        """
        self._end_page()
        self._painter.end()
        self._file.flush()
        self._check()
        self._file.close()
        self._check()

    def close(self) -> None:
        """Let go of the file."""
        if self._painter.isActive():
            self._painter.end()
        self._file.close()

    def _draw_picture(self, area: QRectF, picture: SheetPicture) -> None:
        image = read_image(picture.data) if picture.data else None
        if image is None:
            self._painter.fillRect(area, QColor("#f0f0f1"))
            self._painter.setPen(QColor("#6b6b70"))
            self._painter.setFont(self._names)
            wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            self._painter.drawText(area, int(wrapped), told(picture.reason))
            return
        size = QSizeF(image.size()).scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(area.topLeft(), size)
        place.moveCenter(area.center())
        self._painter.drawImage(place, image, QRectF(image.rect()))

    def _draw_name(self, area: QRectF, name: str) -> None:
        below = QRectF(area.left(), area.bottom(), area.width(), _px(_NAME_MM))
        metrics = QFontMetricsF(self._names, self._writer)
        self._painter.setPen(QColor("#1c1c1e"))
        self._painter.setFont(self._names)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, below.width())
        self._painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), shown)

    def _end_page(self) -> None:
        top = _px(_PAGE_MM[1] - _MARGIN_MM)
        foot = QRectF(0, top, _px(_PAGE_MM[0]), _px(6))
        self._painter.setPen(QColor("#6b6b70"))
        self._painter.setFont(_font(_FOOT_PT))
        self._painter.drawText(foot, int(Qt.AlignmentFlag.AlignCenter), str(self._page))
        self._check()

    def _check(self) -> None:
        """Qt goes on drawing into a file that takes nothing any more."""
        if self._file.error() is not QFile.FileError.NoError:
            is_full = self._file.error() in (
                QFile.FileError.WriteError, QFile.FileError.ResourceError,
            )  # fmt: skip
            raise OSError(errno.ENOSPC if is_full else errno.EIO, self._file.errorString())


def _font(points: int) -> QFont:
    font = QFont()
    font.setPointSize(points)
    return font


def _cell_mm(columns: int) -> float:
    return (_PAGE_MM[0] - 2 * _MARGIN_MM - (columns - 1) * _GAP_MM) / columns


def _px(mm: float) -> float:
    return mm * _DPI / 25.4
