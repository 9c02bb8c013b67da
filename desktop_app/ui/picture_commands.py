"""What a user can do with the pictures that are selected."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.records import Picture
from desktop_app.ui import file_manager, wording
from desktop_app.ui.picture_menu import PictureActions, picture_menu, show_menu
from desktop_app.ui.picture_model import PictureModel
from desktop_app.ui.query_picture import QueryPicture
from desktop_app.ui.tasks import Lane
from desktop_app.ui.theme import Theme
from desktop_app.ui.thumbnail_loader import ThumbnailLoader

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

LIKED_AT_ONCE = 20
"""Pictures of one selection that are asked for more of: beyond that they say nothing in common."""

Use = Callable[[Sequence[Picture]], None]


class PictureCommands(QObject):
    """Looks the pictures' files up in the background, then does what was asked."""

    similar_asked = Signal(QueryPicture)
    liked = Signal(list, bool)
    """Pictures (`QueryPicture`) of which more like them are wanted; less, if True."""
    done = Signal(str)
    """A sentence about something that cannot be seen otherwise."""
    failed = Signal(object)
    """An exception."""

    def __init__(
        self,
        model: PictureModel,
        thumbnails: ThumbnailLoader,
        lane: Lane,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._model = model
        self._thumbnails = thumbnails
        self._lane = lane
        self._theme = theme
        self._library: Library | None = None

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library

    def show_menu(self, rows: Sequence[int], at: QPoint, *, is_search: bool = False) -> None:
        """Open the menu of some rows at a place on the screen.

        Args:
            rows: The rows.
            at: The place.
            is_search: Whether they are hits, of which more or less can be asked for.
        """
        if not rows:
            return
        actions = PictureActions(
            open_file=lambda: self._with_pictures(rows[:1], self._open),
            show_in_folder=lambda: self._with_pictures(rows[:1], self._show_in_folder),
            copy_path=lambda: self.copy_paths(rows),
            find_similar=lambda: self._with_pictures(rows[:1], self._find_similar),
            more_like=(lambda: self.like(rows)) if is_search else None,
            less_like=(lambda: self.like(rows, less=True)) if is_search else None,
        )
        show_menu(picture_menu(actions, len(rows), self._theme, self._window), at)

    def like(self, rows: Sequence[int], *, less: bool = False) -> None:
        """Ask for more, or less, like some rows."""
        chosen = rows[:LIKED_AT_ONCE]
        self._with_pictures(
            chosen, lambda pictures: self.liked.emit(list(map(self._as_query, pictures)), less)
        )

    def copy_paths(self, rows: Sequence[int]) -> None:
        """Put the paths of some rows on the clipboard, one a line."""
        self._with_pictures(rows, self._copy)

    def _with_pictures(self, rows: Sequence[int], use: Use) -> None:
        library = self._library
        ids = [int(self._model.ids[row]) for row in rows if row < self._model.rowCount()]
        if library is None or not ids:
            return

        def look_up() -> list[Picture]:
            found = library.pictures(ids)
            return [found[each] for each in ids if each in found]

        self._lane.call(look_up, lambda pictures: self._use(use, pictures), self.failed.emit)

    def _use(self, use: Use, pictures: Sequence[Picture]) -> None:
        if not pictures:
            return
        try:
            use(pictures)
        except UserFacingError as error:
            self.failed.emit(error)

    def _open(self, pictures: Sequence[Picture]) -> None:
        file_manager.open_file(pictures[0].path)

    def _show_in_folder(self, pictures: Sequence[Picture]) -> None:
        file_manager.show_in_file_manager(pictures[0].path)

    def _copy(self, pictures: Sequence[Picture]) -> None:
        QGuiApplication.clipboard().setText("\n".join(picture.path for picture in pictures))
        self.done.emit(f"{wording.plural(len(pictures), 'path', 'paths')} copied.")

    def _find_similar(self, pictures: Sequence[Picture]) -> None:
        self.similar_asked.emit(self._as_query(pictures[0]))

    def _as_query(self, picture: Picture) -> QueryPicture:
        return QueryPicture(
            name=wording.file_name(picture.path),
            thumbnail=self._thumbnails.image(picture.id),
            picture_id=picture.id,
        )
