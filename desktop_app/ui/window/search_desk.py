"""Leads everything one can search by into the search box, and shows why a hit is one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QImage

from desktop_app.engine.errors import QueryError
from desktop_app.engine.query_language import completion
from desktop_app.engine.records import HeatMap, Query, Reason, Vocabulary
from desktop_app.ui.commands.undo_stack import Undoable, UndoStack
from desktop_app.ui.grid.picture_commands import PictureCommands
from desktop_app.ui.grid.results import Results
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.search import hit_reasons
from desktop_app.ui.search.picture_chooser import choose_pictures
from desktop_app.ui.search.query_draft import Step
from desktop_app.ui.search.query_picture import QueryPicture, from_image, local_paths, read_file
from desktop_app.ui.viewer.viewer import Viewer
from desktop_app.ui.window.header import Header
from desktop_app.ui.words import wording
from desktop_app.ui.words.engine_wording import told, told_error
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane

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
        viewer: Where frames are drawn and hits explained.
        commands: What is asked for in the pictures' menu.
        notices: Where the user is told.
        undo: Takes note of what can be taken back.
        lanes: For what it asks the library.
        parent: Its owner.
    """

    def __init__(
        self,
        header: Header,
        results: Results,
        viewer: Viewer,
        commands: PictureCommands,
        notices: Notices,
        undo: UndoStack,
        lanes: SearchLanes,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._box = header.search_box
        self._draft = header.search_box.draft
        self._header = header
        self._results = results
        self._viewer = viewer
        self._notices = notices
        self._undo = undo
        self._lanes = lanes
        self._library: Library | None = None
        self._said = ""
        self._last_step: Undoable | None = None
        self._box.take_back = undo.undo
        self._draft.stepped.connect(self._note_step)
        self._draft.changed.connect(self._withdraw)
        self._results.failed.connect(self._fail)
        self._box.asked.connect(self._ask)
        self._box.pasted.connect(self.search_by)
        self._box.files_asked.connect(self.choose_pictures)
        header.order.changed.connect(results.set_order)
        header.certainty.shifted.connect(results.set_certainty)
        commands.similar_asked.connect(self._find_similar)
        commands.liked.connect(self._like)
        viewer.cropped.connect(self._search_by_crop)
        viewer.explained.connect(self._explain)
        viewer.moved.connect(self._tell_reasons)
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
            self._add(lambda: ([from_image(pasted, scale)], []), self._put_beside)

    def search_by_files(self, paths: Sequence[str]) -> None:
        """Search by picture files, beside what is in the box."""
        self._search_by_files(paths, self._put_beside)

    def _search_by_files(
        self, paths: Sequence[str], put: Callable[[Sequence[QueryPicture]], object]
    ) -> None:
        scale, read = self._box.devicePixelRatioF(), paths[:MOST_PICTURES]
        if len(read) < len(paths):
            text = tr("Search", "Only the first {n} of these pictures are searched by.")
            self._notices.info(text.format(n=len(read)))
        self._add(lambda: self._read_files(read, scale), put)

    def search_by_opened(self, paths: Sequence[str]) -> None:
        """Search by picture files and by nothing else: they were opened with the program."""
        self._search_by_files(paths, self._draft.search_like_all)

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
                said = told(error.text)
                reasons.append(said if name in said else f"{name}: {said}")
            else:
                pictures.append(picture)
        return pictures, reasons

    def choose_pictures(self) -> None:
        """Let the user pick the files to search by."""
        choose_pictures(self._box.window(), self.search_by_files)

    def _put_beside(self, pictures: Sequence[QueryPicture]) -> None:
        self._draft.set_pictures([*self._draft.state.pictures, *pictures])

    def _add(
        self, read: Callable[[], Read], put: Callable[[Sequence[QueryPicture]], object]
    ) -> None:
        def add(found: Read) -> None:
            pictures, reasons = found
            if pictures:
                put(pictures)
            if reasons:
                self._said = " ".join(reasons)
                self._notices.error(self._said)

        self._lanes.pictures.call(read, add, self._notices.exception)

    def _search_by_crop(self, image: QImage, name: str) -> None:
        """Search by a part of a picture, and by nothing else."""
        scale = self._box.devicePixelRatioF()
        called = tr("Search", "Part of {picture}").format(picture=name)
        if not name:
            called = tr("Search", "Part of a picture")
        self._close_viewer()
        self._lanes.pictures.call(
            lambda: from_image(image, scale, called),
            self._draft.search_like,
            self._notices.exception,
        )

    def _find_similar(self, picture: QueryPicture) -> None:
        self._close_viewer()
        self._draft.search_like(picture)

    def _like(self, pictures: Sequence[QueryPicture], less: bool) -> None:
        self._close_viewer()
        step = self._step_of(partial(self._draft.like, pictures, less=less))
        these = pictures[0].name if len(pictures) == 1 else wording.pictures(len(pictures))
        text = (
            tr("Search", "Less like {pictures}.") if less else tr("Search", "More like {pictures}.")
        )
        self._said = text.format(pictures=these)
        if step is None:  # it was so already
            self._notices.info(self._said)
        else:
            undo = partial(self._undo.take_back, step)
            self._notices.info(self._said, tr("Search", "Undo"), undo)

    def _step_of(self, change: Callable[[], object]) -> Undoable | None:
        """Change the search; gives what takes that back, None where nothing is different."""
        self._last_step = None
        change()
        return self._last_step

    def _note_step(self, step: Step) -> None:
        self._last_step = self._undo.push(
            tr("Commands", "Search change"), lambda: self._draft.take_back(step)
        )

    def _fail(self, error: Exception) -> None:
        """Say why there is no answer; what is wrong with the search alone goes with the search."""
        self._notices.exception(error)
        if isinstance(error, QueryError):
            self._said = str(told_error(error))

    def _withdraw(self) -> None:
        """Take back what was said of a search that is another one by now."""
        said, self._said = self._said, ""
        if said:
            self._notices.withdraw(said)

    def _close_viewer(self) -> None:
        if self._viewer.isVisible():
            self._viewer.close_viewer()

    def _ask(self) -> None:
        query = self._box.query
        self._show_query(query)
        self._results.ask(query)

    def _show_query(self, query: Query) -> None:
        self._header.order.set_search(query.is_ranked)
        self._header.certainty.want(query.is_ranked)
        self._viewer.set_explainable(any(part.weight > 0 for part in query.words))

    # Why a hit is one

    def _tell_reasons(self, row: int) -> None:
        """Say below the large picture how far each part of the search speaks for it."""
        self._lanes.reasoning.supersede()
        library, shown = self._library, self._results.shown
        picture_id = int(self._results.model.ids[row])
        if library is None or shown is None or not shown.query.is_ranked:
            self._viewer.show_reasons(picture_id, "")
            return
        query, by_name, state = shown.query, self._results.model.reason(row), self._draft.state

        def tell(found: tuple[Reason, ...]) -> None:
            said = hit_reasons.told(found, query, state)
            parts = [part for part in (said, by_name) if part]
            self._viewer.show_reasons(picture_id, " · ".join(parts))

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
            self._viewer.show_heat(picture_id, heat.values)

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
        tags=tuple(each.text for each in found.tags),
    )
