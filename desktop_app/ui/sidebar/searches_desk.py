"""Looks after the searches that the user keeps, and counts what they find."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.records import Query
from desktop_app.engine.saved_search import SavedSearch
from desktop_app.ui.commands.undo_stack import UndoStack
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.search.query_draft import QueryDraft
from desktop_app.ui.search.saved_state import examples_of, state_of
from desktop_app.ui.sidebar.sidebar import Sidebar
from desktop_app.ui.words import part_wording
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane
from desktop_app.ui.work.throttle import Throttle

if TYPE_CHECKING:  # the window opens before the engine is imported
    from collections.abc import Iterator

    from desktop_app.engine.library import Library

COUNT_INTERVAL_MS = 5000
"""Counting again all the time would take the computer from who indexes."""

_LONGEST_NAME = 60
_TAKE_OUT, _PUT_BACK = "new_search", "old_search"
Counted = tuple[int, int | None]
"""The id of a search and how many strong hits it has; None where it cannot be answered."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A saved search and what it asks: its line is not to be read again with every key.

    Attributes:
        search: The search.
        query: What it asks.
    """

    search: SavedSearch
    query: Query

    @classmethod
    def of(cls, search: SavedSearch) -> "_Kept":
        return cls(search, search.query)


class SearchesDesk(QObject):
    """Fills the sidebar, and lets a saved search take the place of what is in the box.

    Args:
        lane: For what the user asks for.
        counting: For finding out how much the searches find, which takes long.
        draft: The search in the box.
        sidebar: Where the searches are listed.
        notices: Where the user is told.
        undo: Takes note of what can be taken back.
        parent: Its owner.
    """

    saved = Signal()
    """A search was saved just now, so that it should be seen."""
    changed = Signal()
    """Other searches are kept than before."""

    def __init__(
        self,
        lane: Lane,
        counting: Lane,
        draft: QueryDraft,
        sidebar: Sidebar,
        notices: Notices,
        undo: UndoStack,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._counting = counting
        self._draft = draft
        self._sidebar = sidebar
        self._notices = notices
        self._undo = undo
        self._library: Library | None = None
        self._kept: list[_Kept] = []
        self._unwritable = ""
        self._again = Throttle(COUNT_INTERVAL_MS, self)
        self._again.fired.connect(self._count)
        undo.serve(_TAKE_OUT, self._take_out)
        undo.serve(_PUT_BACK, self._save_changed)
        draft.changed.connect(self._show_current)
        sidebar.search_asked.connect(self._ask)
        sidebar.renamed.connect(self._rename)
        sidebar.removal_asked.connect(self._remove)
        sidebar.appeared.connect(self.refresh)

    @property
    def searches(self) -> list[SavedSearch]:
        """What is kept, in the order in which it was saved."""
        return [each.search for each in self._kept]

    @property
    def current_name(self) -> str:
        """What the search in the box is called: as it is saved, or the words it consists of."""
        if self._draft.state.is_empty:
            return ""
        known = self._current()
        return self._name() if known is None else known.name

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library
        self.read()

    def read(self) -> None:
        """Ask the library what is kept, because that may have been changed in another window."""
        library = self._library
        if library is not None:
            self._lane.call(
                lambda: [_Kept.of(each) for each in library.saved_searches()],
                self._show,
                self._notices.exception,
            )

    def forbid_changes(self, why: str) -> None:
        """Keep and change nothing from now on.

        Args:
            why: What to say to who asks for it all the same, a sentence.
        """
        self._unwritable = why
        self._sidebar.forbid_changes()

    def refresh(self) -> None:
        """Count again soon, because the library has changed; where nobody sees it, later."""
        if self._library is not None and self._sidebar.isVisible():
            self._again.trigger()

    def save(self) -> None:
        """Keep what is in the box, under the words it consists of."""
        library, state = self._library, self._draft.state
        if self._is_forbidden():
            return
        if library is None or self._draft.query.is_empty:
            self._notices.info(
                tr("Search", "There is nothing to save. Search for something first.")
            )
            return
        known = self._current()
        if known is not None:
            text = tr("Search", "This search is saved already, as “{name}”.")
            self._notices.info(text.format(name=known.name))
            self.saved.emit()
            return
        search = SavedSearch(0, self._name(), state.line.strip(), examples_of(state))
        self._lane.call(
            lambda: _Kept.of(library.save_search(search)), self._add, self._notices.exception
        )

    def _is_forbidden(self) -> bool:
        """Whether nothing can be changed; says so."""
        if self._unwritable:
            self._notices.mention(self._unwritable)
        return bool(self._unwritable)

    def _name(self) -> str:
        state = self._draft.state
        labels = [part_wording.label(part) for part in self._draft.parsed.parts]
        labels += [part_wording.like(each.name) for each in state.pictures]
        name = part_wording.in_words(labels) or state.line.strip() or tr("Search", "Search")
        return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"

    def _add(self, kept: _Kept) -> None:
        self._put(kept)
        search = kept.search
        self._tell(
            tr("Search", "Saved as “{name}”.").format(name=search.name),
            tr("Commands", "Save search"),
            _TAKE_OUT,
            search,
        )
        self.saved.emit()

    def _put(self, kept: _Kept) -> None:
        """Show a search in the place of the one with its id, or as a new one."""
        others = [each for each in self._kept if each.search.id != kept.search.id]
        self._show([*others, kept])
        self.changed.emit()

    def _ask(self, search: SavedSearch) -> None:
        """Put a saved search into the box; its pictures' thumbnails are made in the background."""
        library = self._library
        if library is not None:
            self._lane.call(
                lambda: state_of(search, library), self._draft.become, self._notices.exception
            )

    def _rename(self, search: SavedSearch, name: str) -> None:
        def renamed() -> None:
            self._undo.push_change(tr("Commands", "Rename saved search"), _PUT_BACK, search)

        self._save_changed(replace(search, name=name), renamed)

    def _save_changed(self, search: SavedSearch, done: Callable[[], object] = lambda: None) -> None:
        library = self._library
        if library is None or self._is_forbidden():
            return

        def saved(kept: _Kept) -> None:
            self._put(kept)
            done()

        self._lane.call(
            lambda: _Kept.of(library.save_search(search)), saved, self._notices.exception
        )

    def _remove(self, search: SavedSearch) -> None:
        def gone() -> None:
            self._tell(
                tr("Search", "“{name}” is no longer saved.").format(name=search.name),
                tr("Commands", "Remove saved search"),
                _PUT_BACK,
                search,
            )

        self._take_out(search, gone)

    def _take_out(self, search: SavedSearch, done: Callable[[], object] = lambda: None) -> None:
        library = self._library
        if library is None or self._is_forbidden():
            return

        def gone(_nothing: None) -> None:
            self._show([each for each in self._kept if each.search.id != search.id])
            self.changed.emit()
            done()

        self._lane.call(lambda: library.remove_search(search.id), gone, self._notices.exception)

    def _tell(self, text: str, what: str, kind: str, search: SavedSearch) -> None:
        """Say what was done, and note how it is taken back."""
        done = self._undo.push_change(what, kind, search)
        undo = partial(self._undo.take_back, done)
        self._notices.info(text, tr("Search", "Undo"), undo, about=done)

    def _show(self, kept: Sequence[_Kept]) -> None:
        self._kept = sorted(kept, key=lambda each: each.search.id)
        self._sidebar.show_searches([each.search for each in self._kept])
        self._show_current()
        self.refresh()

    def _count(self) -> None:
        library, kept = self._library, self._kept
        if library is None:
            return
        self._counting.supersede()
        self._counting.stream(
            lambda token: _counted(library, kept, token),
            lambda counted: self._sidebar.show_count(*counted),
            lambda: None,
            self._notices.exception,
        )

    def _current(self) -> SavedSearch | None:
        asked = self._draft.query
        return next((each.search for each in self._kept if each.query == asked), None)

    def _show_current(self) -> None:
        current = self._current()
        self._sidebar.show_current(None if current is None else current.id)


def _counted(library: "Library", kept: Sequence[_Kept], token: CancelToken) -> "Iterator[Counted]":
    for each in kept:
        token.raise_if_cancelled()
        try:
            yield each.search.id, library.search(each.query).strong_count
        except UserFacingError:  # such as a picture that the model in use has not seen
            yield each.search.id, None
