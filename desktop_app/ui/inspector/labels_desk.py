"""Rates and tags the chosen pictures, and tells beside which of them that could not be written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.query_language.parts import MOST_STARS, Rated, Tagged
from desktop_app.engine.records import (
    CommonLabels,
    LabelChange,
    SidecarFailure,
    SkipKind,
    SkippedFile,
)
from desktop_app.ui.commands.command_book import Command, CommandBook, Menu
from desktop_app.ui.commands.undo_stack import Undoable, UndoStack
from desktop_app.ui.grid.results import Results
from desktop_app.ui.inspector import label_wording
from desktop_app.ui.inspector.label_files import LabelFiles
from desktop_app.ui.inspector.tag_strip import TagStrip
from desktop_app.ui.messages.notices import Notices, explain
from desktop_app.ui.messages.problems_panel import ProblemsPanel
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_GROUP = 4
"""Where the commands stand in the menu of pictures."""


_KIND = "labels"


@dataclass(frozen=True, slots=True)
class _Labelling:
    """A change that can be taken back.

    Attributes:
        what: What it was, as a sentence without its full stop.
        before: What the pictures had before.
    """

    what: str
    before: LabelChange


class LabelsDesk(QObject):
    """Stands between the commands, the library and what is shown.

    Args:
        lane: For what the user asks for.
        writing: Writes it beside the pictures.
        rows: Gives the rows that are chosen; what it gives does not change afterwards.
        results: What is shown in these rows.
        strip: Asks for tags.
        unwritten: Lists beside which pictures nothing could be written.
        notices: Where the user is told.
        undo: Takes note of what can be taken back.
        parent: Its owner.
    """

    changed = Signal()
    """Pictures have other labels."""
    unwritten_asked = Signal()
    """What could not be written is to be listed."""

    def __init__(
        self,
        lane: Lane,
        writing: LabelFiles,
        rows: Callable[[], Sequence[int]],
        results: Results,
        strip: TagStrip,
        unwritten: ProblemsPanel,
        notices: Notices,
        undo: UndoStack,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._writing = writing
        self._rows = rows
        self._results = results
        self._strip = strip
        self._unwritten = unwritten
        self._notices = notices
        self._undo = undo
        self._library: Library | None = None
        undo.serve(_KIND, self._take_back)
        strip.entered.connect(self._tag)
        unwritten.opened.connect(self._list_unwritten)
        unwritten.retry_asked.connect(self._retry)
        writing.ended.connect(self._tell_unwritten)
        writing.failed.connect(notices.exception)

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library

    def add_to(self, book: CommandBook, unwritable: Callable[[], str]) -> None:
        """Enter what can be done.

        Args:
            book: Where.
            unwritable: Says why nothing can be changed; nothing where it can.
        """

        def why_not() -> str:
            if why := unwritable():
                return why
            return "" if self._rows() else tr("Commands", "Select a picture first.")

        below = tr("Commands", "Rating")
        for stars in range(MOST_STARS, -1, -1):
            text = tr("Commands", "Rate {count} stars").format(count=stars)
            if stars < 2:
                text = tr("Commands", "Rate 1 star") if stars else tr("Commands", "No rating")
            book.add(
                Command(f"label.rate{stars}", Menu.PICTURE, text, _GROUP, (f"Ctrl+{stars}",),
                        "star" if stars else "", below=below),
                partial(self.rate, stars),
                why_not,
            )  # fmt: skip
        book.add(
            Command("label.tag", Menu.PICTURE, tr("Commands", "Tag…"), _GROUP, ("Ctrl+T",), "tag"),
            self.ask_tags,
            why_not,
        )

    def rate(self, stars: int) -> None:
        """Give the chosen pictures a rating, 0 to 5."""
        rows, ids = self._rows(), self._chosen()
        self._change(
            lambda library: library.labels.rate(ids, stars),
            label_wording.rated(stars, len(rows)),
            len(rows),
            self._notices.exception,
        )

    def tag(self, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """Give the chosen pictures tags, and take others away."""
        rows, ids = self._rows(), self._chosen()
        self._change(
            lambda library: library.labels.tag(ids, add, remove),
            label_wording.tagged(add, remove, len(rows)),
            len(rows),
            self._notices.exception,
        )

    def _chosen(self) -> NDArray[np.int64]:
        """The chosen pictures; there may be a million, of which nobody makes a list."""
        return self._results.model.ids_of(self._rows())

    def rename_tag(self, old: str, new: str) -> None:
        """Call a tag otherwise; where there is one of that name, they become one."""
        self._change(
            lambda library: library.labels.rename_tag(old, new),
            tr("Labels", "The tag “{old}” is called “{new}” now").format(old=old, new=new),
            0,
            self._notices.exception,
        )

    def delete_tag(self, name: str) -> None:
        """Take a tag from all pictures."""
        self._change(
            lambda library: library.labels.delete_tag(name),
            tr("Labels", "No picture has the tag “{tag}” any more").format(tag=name),
            0,
            self._notices.exception,
        )

    def ask_tags(self) -> None:
        """Ask which tags the chosen pictures are to have."""
        library, chosen = self._library, self._chosen()
        if library is None:
            return

        def look_up() -> tuple[CommonLabels, list[str]]:
            known = sorted(library.labels.counts().tags, key=lambda each: -each[1])
            return library.labels.common(chosen), [name for name, _ in known]

        self._lane.call(
            look_up, lambda found: self._strip.ask(chosen, *found), self._notices.exception
        )

    def _tag(self, ids: NDArray[np.int64], add: list[str], remove: list[str]) -> None:
        def refuse(error: Exception) -> None:
            if isinstance(error, UserFacingError):
                self._strip.refuse(str(explain(error)))
            else:
                self._notices.exception(error)

        self._change(
            lambda library: library.labels.tag(ids, add, remove),
            label_wording.tagged(add, remove, len(ids)),
            len(ids),
            refuse,
            self._strip.leave,
        )

    def _change(
        self,
        change: Callable[["Library"], LabelChange],
        what: str,
        pictures: int,
        failed: Callable[[Exception], None],
        done: Callable[[], object] = lambda: None,
    ) -> None:
        """Change something in the background, say so, and note how it is taken back."""
        library = self._library
        if library is None:
            return

        def changed(before: LabelChange) -> None:
            done()
            if before.is_empty:
                self._notices.info(label_wording.already_so(pictures))
                return
            entry = self._keep(_Labelling(what, before))
            undo = partial(self._undo.take_back, entry)
            self._notices.info(f"{what}.", tr("Labels", "Undo"), undo, about=entry)
            self._note_change()

        self._lane.call(lambda: change(library), changed, failed)

    def _keep(self, done: _Labelling) -> Undoable:
        """Note what can be taken back."""
        return self._undo.push_change(done.what, _KIND, done, done.before.held_bytes)

    def _take_back(self, done: _Labelling) -> None:
        library = self._library
        if library is None:
            return

        def restored(_change: LabelChange) -> None:
            self._notices.info(label_wording.taken_back(done.what))
            self._note_change()

        def failed(error: Exception) -> None:
            self._keep(done)
            self._notices.exception(error)

        self._lane.call(lambda: library.labels.restore(done.before), restored, failed)

    def _note_change(self) -> None:
        self.changed.emit()
        self._writing.write()

    def refresh(self) -> None:
        """Search again where that is about labels, because some have changed in some window."""
        shown = self._results.shown
        if shown is not None and any(
            isinstance(each, Rated | Tagged) for each in shown.query.parts
        ):
            self._results.refresh()

    # Beside the pictures

    def _retry(self, _paths: Sequence[str]) -> None:
        self._writing.retry()

    def _tell_unwritten(self, failed: int) -> None:
        if self._unwritten.isVisible():
            self._list_unwritten()
        elif failed:
            self._notices.info(
                label_wording.unwritten(failed), tr("Labels", "Show"), self.unwritten_asked.emit
            )

    def _list_unwritten(self) -> None:
        library = self._library
        if library is None:
            return

        def show(failures: Sequence[SidecarFailure]) -> None:
            self._unwritten.show_files(
                [SkippedFile(each.path, each.reason, SkipKind.UNREADABLE) for each in failures]
            )

        self._lane.call(library.sidecars.failures, show, self._notices.exception)
