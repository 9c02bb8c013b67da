"""What a user can do with the pictures that are selected."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.records import Picture
from desktop_app.ui.commands.command_book import Command, CommandBook, Menu, WhyNot
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader
from desktop_app.ui.search.query_picture import QueryPicture
from desktop_app.ui.system import file_manager
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane

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

    def add_to(
        self, book: CommandBook, rows: Callable[[], Sequence[int]], why_not_like: WhyNot
    ) -> None:
        """Enter what can be done with the chosen pictures.

        Args:
            book: Where.
            rows: The rows that are chosen when something is asked for.
            why_not_like: Why no more like them can be asked for.
        """

        def not_one() -> str:
            return "" if len(rows()) == 1 else tr("Commands", "Select one picture first.")

        def with_first(use: Use) -> Callable[[], None]:
            return lambda: self._with_pictures(rows()[:1], use)

        def open_first() -> None:
            self._with_pictures(rows()[:1], self._open, _check_there)

        menu = Menu.PICTURE
        for command, act, why_not in (
            (Command("picture.similar", menu, tr("Commands", "Find similar"), 0,
                     ("Ctrl+Shift+S",), "images"), with_first(self._find_similar), not_one),
            (Command("picture.more", menu, tr("Commands", "More like this"), 0,
                     (), "thumbs-up", in_palette=False), lambda: self.like(rows()), why_not_like),
            (Command("picture.less", menu, tr("Commands", "Less like this"), 0,
                     (), "thumbs-down", in_palette=False),
             lambda: self.like(rows(), less=True), why_not_like),
            (Command("picture.open", menu, tr("Commands", "Open"), 1,
                     ("Ctrl+Return",), "external-link"), open_first, not_one),
        ):  # fmt: skip
            book.add(command, act, why_not)

    def like(self, rows: Sequence[int], *, less: bool = False) -> None:
        """Ask for more, or less, like some rows."""
        chosen = rows[:LIKED_AT_ONCE]
        self._with_pictures(
            chosen, lambda pictures: self.liked.emit(list(map(self._as_query, pictures)), less)
        )

    def _with_pictures(
        self, rows: Sequence[int], use: Use, look: Use = lambda _pictures: None
    ) -> None:
        library = self._library
        ids = self._model.ids_of(rows)
        if library is None or not len(ids):
            return

        def look_up() -> list[Picture]:
            wanted = ids.tolist()
            found = library.pictures(wanted)
            pictures = [found[each] for each in wanted if each in found]
            look(pictures)
            return pictures

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

    def _find_similar(self, pictures: Sequence[Picture]) -> None:
        self.similar_asked.emit(self._as_query(pictures[0]))

    def _as_query(self, picture: Picture) -> QueryPicture:
        return QueryPicture(
            name=wording.file_name(picture.path),
            thumbnail=self._thumbnails.image(picture.id),
            picture_id=picture.id,
        )


def _check_there(pictures: Sequence[Picture]) -> None:
    """Say it where files are gone; blocks."""
    file_manager.those_there([picture.path for picture in pictures])
