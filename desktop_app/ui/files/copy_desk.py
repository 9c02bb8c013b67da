"""Hands the chosen pictures to other programs: by the clipboard, by a drag, or opened with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, QObject, QProcess, Qt
from PySide6.QtGui import QDrag, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.records import Picture
from desktop_app.ui.files import drag_picture, file_wording
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.messages.notices import Notices, explain
from desktop_app.ui.pictures.thumbnail_image import read_image
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader
from desktop_app.ui.system.file_mime import MOST_FILES, URI_LIST, PackedFiles, mime_of, pack
from desktop_app.ui.system.programs import Program, command_line
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

QUICK_PIXELS = 25_000_000
"""Of a picture whose pixels are copied beside its file: more take too long."""
_SIDE_BESIDE_PX = 2048
LARGEST_SIDE_PX = 16_384
"""Of a picture that is copied as pixels, 1 GB at most."""
_LOOKED_UP_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class _Found:
    """What is to be copied.

    Attributes:
        files: The files.
        image: The picture itself, if it is one.
    """

    files: PackedFiles
    image: QImage | None


class CopyDesk(QObject):
    """Looks files up in the background, so that 100,000 of them stop nothing.

    Args:
        lane: For what it asks the library.
        model: What is shown.
        thumbnails: For the picture below the mouse.
        notices: Where the user is told.
        theme: For the picture below the mouse.
        window: What a drag begins in.
    """

    def __init__(
        self,
        lane: Lane,
        model: PictureModel,
        thumbnails: ThumbnailLoader,
        notices: Notices,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._lane = lane
        self._model = model
        self._thumbnails = thumbnails
        self._notices = notices
        self._theme = theme
        self._window = window
        self._library: Library | None = None

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library

    def copy_files(self, rows: Sequence[int]) -> None:
        """Put files on the clipboard, their paths as text, and the picture itself if it is one."""
        library, ids = self._library, self._ids(rows)
        if library is None or not len(ids):
            return
        shown = ids[:MOST_FILES]

        def look_up() -> _Found:
            pictures = _pictures(library, shown)
            files = pack([one.path for one in pictures], len(ids) - len(shown))
            image = _quick_image(library, pictures[0]) if len(pictures) == 1 else None
            return _Found(files, image)

        self._lane.call(look_up, self._put, self._notices.exception)

    def copy_picture(self, rows: Sequence[int]) -> None:
        """Put the pixels of a picture on the clipboard."""
        library, ids = self._library, self._ids(rows)
        if library is None or not len(ids):
            return
        picture_id = int(ids[0])

        def decode() -> QImage:
            data = library.preview(picture_id, LARGEST_SIDE_PX)
            image = read_image(data) if data is not None else None
            if image is None:
                raise UserFacingError(tr("Files", "This picture cannot be opened now."))
            return image

        def put(image: QImage) -> None:
            mime = QMimeData()
            mime.setImageData(image)
            self._hand_over(mime, tr("Files", "Picture copied."))

        self._lane.call(decode, put, self._notices.exception)

    def drag(self, rows: Sequence[int], current: int) -> None:
        """Drag files out, once they are looked up, while the button is still down.

        Args:
            rows: The rows that are dragged.
            current: The row whose picture is seen below the mouse.
        """
        library, ids = self._library, self._ids(rows)
        if library is None or not len(ids):
            return
        shown = ids[:MOST_FILES]
        picture_id = int(self._model.ids[current])

        def look_up() -> PackedFiles:
            paths = [one.path for one in _pictures(library, shown)]
            return pack(paths, len(ids) - len(shown))

        def begin(files: PackedFiles) -> None:
            if files.count and QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
                self._begin_drag(files, picture_id)

        self._lane.call(look_up, begin, self._notices.exception)

    def with_paths(
        self,
        rows: Sequence[int],
        use: Callable[[list[str]], object],
        look: Callable[[list[str]], list[str]] = list,
    ) -> None:
        """Do something with the paths of some rows; what cannot be done is said.

        Args:
            rows: The rows.
            use: What is done.
            look: What is done with the paths in the background before.
        """
        library, ids = self._library, self._ids(rows)[:MOST_FILES]
        if library is None or not len(ids):
            return

        def found(paths: list[str]) -> None:
            if paths:
                try:
                    use(paths)
                except UserFacingError as error:
                    self._notices.info(str(explain(error)))

        self._lane.call(
            lambda: look([one.path for one in _pictures(library, ids)]),
            found,
            self._notices.exception,
        )

    def open_with(self, program: Program, paths: Sequence[str]) -> None:
        """Open files with a program.

        Raises:
            UserFacingError: If the program does not start.
        """
        name, *arguments = command_line(program, paths)
        if not QProcess.startDetached(name, arguments)[0]:
            text = tr("Files", "{program} does not start.")
            raise UserFacingError(text.format(program=program.name))

    def _put(self, found: _Found) -> None:
        if found.files.count:
            said = file_wording.copied(found.files.count, found.files.left_out)
            self._hand_over(mime_of(found.files, found.image), said)

    def _hand_over(self, mime: QMimeData, said: str) -> None:
        clipboard = QGuiApplication.clipboard()
        form = URI_LIST if mime.hasFormat(URI_LIST) else ""
        clipboard.setMimeData(mime)
        there = clipboard.mimeData()
        # Windows lets one program at a time have it, and tells only by what is there afterwards.
        if there is None or not (there.hasFormat(form) if form else there.hasImage()):
            self._notices.error(
                tr("Files", "Another program keeps the clipboard busy. Copy once more.")
            )
        else:
            self._notices.info(said)

    def _begin_drag(self, files: PackedFiles, picture_id: int) -> None:
        drag = QDrag(self._window)
        drag.setMimeData(mime_of(files))
        picture = drag_picture.draw(
            self._thumbnails.image(picture_id),
            files.count,
            self._theme,
            self._window.devicePixelRatioF(),
        )
        drag.setPixmap(picture)
        drag.setHotSpot(drag_picture.HOT_SPOT)
        if files.left_out:
            self._notices.info(file_wording.too_many(files.left_out))
        # Copies alone: where another program moved them, nobody here could take it back.
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.LinkAction, Qt.DropAction.CopyAction)

    def _ids(self, rows: Sequence[int]) -> NDArray[np.int64]:
        return self._model.ids_of(rows)


def _pictures(library: "Library", ids: NDArray[np.int64]) -> list[Picture]:
    """The pictures that are still there, in order; blocks."""
    found: list[Picture] = []
    for start in range(0, len(ids), _LOOKED_UP_AT_ONCE):
        some = ids[start : start + _LOOKED_UP_AT_ONCE].tolist()
        known = library.pictures(some)
        found += [known[each] for each in some if each in known]
    return found


def _quick_image(library: "Library", picture: Picture) -> QImage | None:
    """The picture itself, where that does not take long."""
    if picture.is_offline or picture.width_px * picture.height_px > QUICK_PIXELS:
        return None
    data = library.preview(picture.id, _SIDE_BESIDE_PX)
    return None if data is None else read_image(data)
