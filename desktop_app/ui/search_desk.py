"""Leads everything one can search by into the search box, and shows why a hit is one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QImage

from desktop_app.engine.errors import QueryError
from desktop_app.engine.query_language import completion
from desktop_app.engine.records import HeatMap, PictureExample, Query, Reason, Vocabulary
from desktop_app.ui import hit_reasons, wording
from desktop_app.ui.header import Header
from desktop_app.ui.notices import Notices
from desktop_app.ui.picture_chooser import choose_pictures
from desktop_app.ui.picture_commands import PictureCommands
from desktop_app.ui.preview import Preview
from desktop_app.ui.query_picture import QueryPicture, from_image, local_paths, read_file
from desktop_app.ui.results import Results
from desktop_app.ui.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

Read = tuple[Sequence[QueryPicture], Sequence[str]]
"""Pictures, and why others cannot be used."""

MOST_PICTURES = 8
"""Of one drop: what more pictures than that have in common is nothing."""


@dataclass(frozen=True)
class SearchLanes:
    """Where the window waits for the library.

    Attributes:
        pictures: For reading what is searched by; a dead drive can hold that up for long.
        vocabulary: For learning which filters there are.
        explaining: For finding out where a hit fits.
        reasoning: For finding out why it is one.
    """

    pictures: Lane
    vocabulary: Lane
    explaining: Lane
    reasoning: Lane


class SearchDesk(QObject):
    """Turns drops, pasted pixels, frames and hits into parts of the search.

    Args:
        header: Where the search is put together.
        results: What answers it.
        preview: Where frames are drawn and hits explained.
        commands: What is asked for in the pictures' menu.
        notices: Where the user is told.
        lanes: For what it asks the library.
        parent: Its owner.
    """

    def __init__(
        self,
        header: Header,
        results: Results,
        preview: Preview,
        commands: PictureCommands,
        notices: Notices,
        lanes: SearchLanes,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._box = header.search_box
        self._draft = header.search_box.draft
        self._header = header
        self._results = results
        self._preview = preview
        self._notices = notices
        self._lanes = lanes
        self._library: Library | None = None
        self._said = ""
        self._draft.changed.connect(self._withdraw)
        self._results.failed.connect(self._fail)
        self._box.asked.connect(self._ask)
        self._box.pasted.connect(self.search_by)
        self._box.files_asked.connect(self.choose_pictures)
        header.order.changed.connect(results.set_order)
        header.certainty.shifted.connect(results.set_certainty)
        commands.similar_asked.connect(self._find_similar)
        commands.liked.connect(self._like)
        preview.cropped.connect(self._search_by_crop)
        preview.explained.connect(self._explain)
        preview.moved.connect(self._tell_reasons)
        self._show_query(Query())

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library
        self.refresh()

    def refresh(self) -> None:
        """Learn which folders and cameras can be asked for, because that may have changed."""
        library = self._library
        if library is not None:
            self._lanes.vocabulary.supersede()
            self._lanes.vocabulary.call(
                library.vocabulary,
                lambda found: self._box.set_vocabulary(_completion_vocabulary(found)),
                self._notices.exception,
            )

    def search_by(self, mime: QMimeData) -> None:
        """Search by pictures that were pasted or dropped on the search box, beside the words."""
        scale = self._box.devicePixelRatioF()
        paths = local_paths(mime)
        if paths:
            self.search_by_files(paths)
        elif mime.hasImage():
            pasted = QImage(mime.imageData())
            self._add(lambda: ([from_image(pasted, scale)], []))

    def search_by_files(self, paths: Sequence[str]) -> None:
        """Search by picture files, beside what is in the box."""
        scale, read = self._box.devicePixelRatioF(), paths[:MOST_PICTURES]
        if len(read) < len(paths):
            self._notices.info(f"Only the first {len(read)} of these pictures are searched by.")
        self._add(lambda: self._read_files(read, scale))

    def _read_files(self, paths: Sequence[str], scale: float) -> Read:
        """Read pictures and try them; blocks. One that cannot be used does not stop the others."""
        pictures, reasons = [], []
        for path in paths:
            try:
                picture = read_file(path, scale)
                if self._library is not None and picture.image is not None:
                    self._library.try_picture(picture.image)
            except QueryError as error:
                name = wording.file_name(path)
                said = error.text if name in error.text else f"{name}: {error.text}"
                reasons.append(said)
            else:
                pictures.append(picture)
        return pictures, reasons

    def choose_pictures(self) -> None:
        """Let the user pick the files to search by."""
        choose_pictures(self._box.window(), self.search_by_files)

    def undo(self) -> None:
        """Take back the last change of the search that was not typed."""
        self._draft.undo()

    def _add(self, read: Callable[[], Read]) -> None:
        def add(found: Read) -> None:
            pictures, reasons = found
            if pictures:
                self._draft.set_pictures([*self._draft.state.pictures, *pictures])
            if reasons:
                self._said = " ".join(reasons)
                self._notices.error(self._said)

        self._lanes.pictures.call(read, add, self._notices.exception)

    def _search_by_crop(self, image: QImage, name: str) -> None:
        """Search by a part of a picture, and by nothing else."""
        scale = self._box.devicePixelRatioF()
        called = f"Part of {name}" if name else "Part of a picture"
        self._close_preview()
        self._lanes.pictures.call(
            lambda: from_image(image, scale, called),
            self._draft.search_like,
            self._notices.exception,
        )

    def _find_similar(self, picture: QueryPicture) -> None:
        self._close_preview()
        self._draft.search_like(picture)

    def _like(self, pictures: Sequence[QueryPicture], less: bool) -> None:
        self._close_preview()
        before = self._draft.state
        self._draft.like(pictures, less=less)
        these = pictures[0].name if len(pictures) == 1 else f"{len(pictures)} pictures"
        self._said = f"{'Less' if less else 'More'} like {these}."
        self._notices.info(
            self._said,
            "Undo",
            lambda: self._draft.take_back_liking(pictures, before),
        )

    def _fail(self, error: Exception) -> None:
        """Say why there is no answer; what is wrong with the search alone goes with the search."""
        self._notices.exception(error)
        if isinstance(error, QueryError):
            self._said = str(error)

    def _withdraw(self) -> None:
        """Take back what was said of a search that is another one by now."""
        said, self._said = self._said, ""
        if said:
            self._notices.withdraw(said)

    def _close_preview(self) -> None:
        if self._preview.isVisible():
            self._preview.close_preview()

    def _ask(self) -> None:
        query = self._box.query
        self._show_query(query)
        self._results.ask(query)

    def _show_query(self, query: Query) -> None:
        self._header.order.set_search(query.is_ranked)
        self._header.certainty.want(query.is_ranked)
        self._preview.set_explainable(any(part.weight > 0 for part in query.words))

    # Why a hit is one

    def _tell_reasons(self, row: int) -> None:
        """Say below the large picture how far each part of the search speaks for it."""
        self._lanes.reasoning.supersede()
        library, shown = self._library, self._results.shown
        picture_id = int(self._results.model.ids[row])
        if library is None or shown is None or not shown.query.is_ranked:
            self._preview.show_reasons(picture_id, "")
            return
        query, by_name, state = shown.query, self._results.model.reason(row), self._draft.state
        names = [(each.example, each.name) for each in state.pictures]
        liked = [each.name for each in state.liked if each.picture_id in query.liked]
        disliked = [each.name for each in state.disliked if each.picture_id in query.disliked]

        def name_of(part: PictureExample) -> str:
            return next((name for example, name in names if example == part), "the picture")

        def tell(found: tuple[Reason, ...]) -> None:
            said = hit_reasons.sentence(found, name_of, liked, disliked)
            parts = [part for part in (said, by_name) if part]
            self._preview.show_reasons(picture_id, " · ".join(parts))

        self._lanes.reasoning.call(
            lambda: library.reasons(query, picture_id), tell, self._notices.exception
        )

    def _explain(self, picture_id: int) -> None:
        library, query = self._library, self._box.query
        self._lanes.explaining.supersede()
        if library is None or not picture_id or not query.words:
            return
        # Of several phrases the one that counts most: together they fit everywhere.
        words = max(query.words, key=lambda part: part.weight).text

        def show(heat: HeatMap) -> None:
            self._preview.show_heat(picture_id, heat.values)

        self._lanes.explaining.stream(
            lambda token: library.explain(picture_id, words, token),
            show,
            lambda: None,
            self._notices.exception,
        )


def _completion_vocabulary(found: Vocabulary) -> completion.Vocabulary:
    return completion.Vocabulary(
        folders=tuple(each.text for each in found.folders),
        cameras=tuple(each.text for each in found.cameras),
        types=tuple(each.text for each in found.formats),
    )
