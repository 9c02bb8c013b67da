"""Fills the inspector with what is known of the chosen pictures."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from desktop_app.engine.query_language.filters import normal_folder
from desktop_app.engine.query_language.parts import InFolder, Part, Tagged
from desktop_app.engine.query_language.printing import print_line
from desktop_app.engine.records import (
    CommonLabels,
    PhotoFacts,
    Picture,
    PictureSums,
    Query,
    RootKind,
)
from desktop_app.ui.grid.grid_selection import SelectedRows
from desktop_app.ui.grid.grid_view import GridView
from desktop_app.ui.grid.results import Results
from desktop_app.ui.inspector import inspector_wording
from desktop_app.ui.inspector.inspector import Inspector
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader
from desktop_app.ui.pictures.viewer_images import ViewerImages
from desktop_app.ui.search import hit_reasons
from desktop_app.ui.search.query_draft import DraftState, QueryDraft
from desktop_app.ui.words import photo_wording, wording
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.debounce import Debounce
from desktop_app.ui.work.tasks import Lane
from desktop_app.ui.work.throttle import Throttle

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

PAUSE_MS = 40
"""While an arrow is held, pictures go by faster than anybody reads of them."""
LARGE_PAUSE_MS = 150
SUM_INTERVAL_MS = 3000
"""While pictures come in, adding up a million of them takes an eighth of one core so."""
LARGE_SIDE_PX = 560
"""Enough for the panel on a screen of twice the usual density."""


@dataclass(frozen=True, slots=True, eq=False)
class _Chosen:
    """What the inspector is about.

    Attributes:
        ids: The pictures in the grid when it was chosen, shape ``(rows,)``.
        rows: Those that are chosen; all rows stand for what is shown where none is chosen.
        is_shown: Whether no picture is chosen.
        is_everything: Whether it is the whole library.
        query: What is shown answers it, where no picture is chosen.
    """

    ids: NDArray[np.int64]
    rows: SelectedRows
    is_shown: bool
    is_everything: bool = False
    query: Query = field(default_factory=Query)

    @property
    def count(self) -> int:
        """How many pictures."""
        return len(self.rows)

    def chosen_ids(self) -> NDArray[np.int64]:
        """Their ids; to be called in the background, for there may be a million."""
        return self.rows.of(self.ids)


class InspectorDesk(QObject):
    """Stands between the inspector, the grid and the library.

    Args:
        lane: For what is known of one picture.
        files: For what its file says, which may be slow to read.
        sums: For adding up many.
        images: Loads the large picture.
        grid: Where pictures are chosen.
        results: What is shown there.
        thumbnails: What is at hand at once.
        draft: The search in the box.
        inspector: What is filled.
        notices: Where the user is told.
        parent: Its owner.
    """

    def __init__(
        self,
        lane: Lane,
        files: Lane,
        sums: Lane,
        images: ViewerImages,
        grid: GridView,
        results: Results,
        thumbnails: ThumbnailLoader,
        draft: QueryDraft,
        inspector: Inspector,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._files = files
        self._sums = sums
        self._images = images
        self._grid = grid
        self._results = results
        self._model = results.model
        self._thumbnails = thumbnails
        self._draft = draft
        self._inspector = inspector
        self._notices = notices
        self._library: Library | None = None
        self._chosen = _Chosen(self._model.ids, SelectedRows(), is_shown=True)
        self._picture_id: int | None = None
        self._told_id: int | None = None  # the picture whose record is shown
        self._again = Debounce(PAUSE_MS, self)
        self._again.fired.connect(self._show)
        self._sum_again = Throttle(SUM_INTERVAL_MS, self)
        self._sum_again.fired.connect(self._add_up)
        self._large = Debounce(LARGE_PAUSE_MS, self)
        self._large.fired.connect(self._want_large)
        self._connect()

    def _connect(self) -> None:
        model = self._model
        self._grid.selectionModel().selectionChanged.connect(lambda *_parts: self.refresh())
        model.modelReset.connect(self.refresh)
        model.forgotten.connect(self._images.forget)
        model.forgotten.connect(self.refresh)
        model.dataChanged.connect(self._record_came)
        self._results.changed.connect(self.refresh)
        self._images.arrived.connect(self._show_image)
        self._thumbnails.arrived.connect(self._thumbnails_came)
        inspector = self._inspector
        inspector.appeared.connect(self.refresh)
        inspector.crumbs.asked.connect(self._search_folder)
        inspector.tags.typing.connect(self._learn_tags)
        inspector.tags.asked.connect(lambda tag: self._search(Tagged(tag)))

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library
        self._images.set_library(library)
        if library.unwritable is not None:
            self._inspector.forbid_changes()
        self.learn_tops()
        self.refresh()

    def learn_tops(self) -> None:
        """Let paths begin at the folders that the library has now."""
        library = self._library
        if library is not None:
            self._lane.call(
                lambda: [root.path for root in library.roots() if root.kind is RootKind.FOLDER],
                self._inspector.crumbs.set_tops,
                self._notices.exception,
            )

    def refresh(self) -> None:
        """Show soon what is chosen now; where nobody sees it, later."""
        if self._inspector.isVisible():
            self._again.trigger()

    # What is chosen

    def _show(self) -> None:
        library = self._library
        if library is None or not self._inspector.isVisible():
            return
        selected = self._grid.selected_rows()
        shown = self._results.shown
        rows = len(self._model.ids)
        is_library = shown is not None and shown.query.is_empty
        if selected:
            is_everything = is_library and len(selected) == rows
            chosen = _Chosen(self._model.ids, selected, False, is_everything)
        else:
            everything = SelectedRows([range(rows)])
            query = Query() if shown is None else shown.query
            chosen = _Chosen(self._model.ids, everything, True, is_library, query)
        before, self._chosen = self._chosen, chosen
        for lane in (self._lane, self._files):
            lane.supersede()
        if chosen.is_shown or chosen.count > 1:
            self._show_several(library, chosen, before)
        elif chosen.count == 1:
            self._sums.supersede()
            self._show_one(library, chosen.rows[0])

    def _show_one(self, library: "Library", row: int) -> None:
        picture_id = int(self._model.ids[row])
        is_other = picture_id != self._picture_id
        self._picture_id = picture_id
        if is_other:
            self._inspector.show_place("")
            self._inspector.show_why([])
        self._show_image(picture_id)
        self._large.trigger()
        picture = self._model.picture(row)
        self._told_id = None if picture is None else picture_id
        if picture is None:
            return  # comes with `_record_came`
        self._show_record(picture)
        score, relevance = self._model.score(row), self._model.relevance(row)
        by_name, state = self._model.reason(row), self._draft.state
        shown = self._results.shown
        query = shown.query if shown is not None else Query()

        def labels_known(labels: CommonLabels) -> None:
            self._inspector.show_labels(labels)

        def facts_known(told: PhotoFacts | None) -> None:
            if told is not None:
                more = inspector_wording.photo(told)
                self._inspector.show_facts([*inspector_wording.facts(picture), *more])
                self._inspector.show_place(photo_wording.place(told))

        def why_known(said: str) -> None:
            reasons = " · ".join(part for part in (said, by_name) if part)
            self._inspector.show_why(inspector_wording.why(score, relevance, reasons))

        self._lane.call(
            lambda: library.labels.common([picture_id]), labels_known, self._notices.exception
        )
        if not query.is_ranked:
            self._inspector.show_why([])
        else:
            self._lane.call(
                lambda: _reasons(library, query, picture_id, state),
                why_known,
                self._notices.exception,
            )
        self._files.call(
            lambda: library.photo_facts(picture_id), facts_known, self._notices.exception
        )

    def _show_record(self, picture: Picture) -> None:
        name, folder = wording.file_name(picture.path), wording.folder_of(picture.path)
        self._inspector.show_subject(name, folder)
        self._inspector.show_facts(inspector_wording.facts(picture))

    def _show_several(self, library: "Library", chosen: _Chosen, before: _Chosen) -> None:
        """Say how many there are at once, and the rest when it has been added up."""
        count, self._picture_id = chosen.count, None
        say = inspector_wording.shown if chosen.is_shown else inspector_wording.several
        inspector = self._inspector
        inspector.show_image(None, has_picture=False)
        inspector.show_subject(say(count))
        is_same = chosen.is_shown and before.is_shown and before.query == chosen.query
        if not (is_same and inspector.facts and count):
            inspector.show_facts([tr("Inspector", "Adding up…")] if count else [])
        inspector.show_place("")
        inspector.show_why([])
        if chosen.is_shown:
            inspector.show_labels(None)
        if not count:
            return
        if is_same:  # pictures come in: what they come to can wait a little
            self._sum_again.trigger()
        else:
            self._sums.supersede()
            self._add_up()
        if not chosen.is_shown:
            self._sums.call(
                lambda: _labels(library, chosen), inspector.show_labels, self._notices.exception
            )

    def _add_up(self) -> None:
        library, chosen = self._library, self._chosen
        if library is None or chosen.count == 0 or not self._inspector.isVisible():
            return

        def summed(found: PictureSums) -> None:
            self._inspector.show_facts(inspector_wording.sums(found, chosen.count))

        def add_up() -> PictureSums:
            return library.tree.sums(None if chosen.is_everything else chosen.chosen_ids())

        if self._picture_id is None:
            self._sums.call(add_up, summed, self._notices.exception)

    def _record_came(self) -> None:
        awaited = self._picture_id
        if awaited is not None and awaited != self._told_id and self._model.known(awaited):
            self.refresh()

    # The picture itself

    def _want_large(self) -> None:
        if self._picture_id is not None and self._inspector.isVisible():
            self._images.want([self._picture_id], (LARGE_SIDE_PX, LARGE_SIDE_PX))

    def _show_image(self, picture_id: int) -> None:
        if picture_id != self._picture_id:
            return
        large = self._images.image(picture_id)
        image = None if large is None else large.image
        self._inspector.show_image(image or self._thumbnails.image(picture_id))

    def _thumbnails_came(self, ids: list[int]) -> None:
        if self._picture_id in ids and self._inspector.picture.image is None:
            self._show_image(self._picture_id)

    # What the user asks for

    def _learn_tags(self) -> None:
        library = self._library
        if library is not None:
            self._lane.call(
                lambda: [name for name, _ in library.labels.counts().tags],
                self._inspector.tags.know,
                self._notices.exception,
            )

    def _search_folder(self, path: str) -> None:
        folder = normal_folder(path)
        if folder:
            self._search(InFolder(folder))

    def _search(self, part: Part) -> None:
        self._draft.become(DraftState(line=print_line([part])))


def _labels(library: "Library", chosen: _Chosen) -> CommonLabels:
    if chosen.is_everything:  # for a million pictures a hundredth of the time
        counts = library.labels.counts()
        return CommonLabels(sum(counts.ratings), counts.ratings, counts.tags)
    return library.labels.common(chosen.chosen_ids())


def _reasons(library: "Library", query: Query, picture_id: int, state: DraftState) -> str:
    return hit_reasons.told(library.reasons(query, picture_id), query, state)
