"""Offers words to try that the model finds in this very library."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.ui.grid.results import Results
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.messages.notices import Notices, explain
from desktop_app.ui.search.search_box import SearchBox
from desktop_app.ui.welcome.example_strip import ExampleStrip
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.debounce import Debounce
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

SHOWN = 6
QUIET_MS = 1500
"""After the window has opened and after pictures have come: searches go before."""


class ExamplesDesk(QObject):
    """Stands between the library's examples and where they are shown.

    They go once something was searched for, and come back when they are asked for.

    Args:
        lane: For finding them; a search does not wait for it.
        strip: Where they are shown.
        box: The search line.
        results: Tells when there is something to search in, and that it was searched.
        memory: Knows whether somebody has searched before.
        notices: Where the user is told.
        parent: Its owner.
        keeps_back: Whether something else leads the user now, such as the first steps.
    """

    def __init__(
        self,
        lane: Lane,
        strip: ExampleStrip,
        box: SearchBox,
        results: Results,
        memory: WindowMemory,
        notices: Notices,
        parent: QObject | None = None,
        keeps_back: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._strip = strip
        self._box = box
        self._results = results
        self._memory = memory
        self._notices = notices
        self._keeps_back = keeps_back
        self._library: Library | None = None
        self._words: Sequence[str] = ()
        self._is_wanted = not memory.has_searched
        self._is_asked = False
        self._quiet = Debounce(QUIET_MS, self)
        self._quiet.fired.connect(self._find)
        strip.chosen.connect(self._try)
        box.draft.changed.connect(self._show)
        results.changed.connect(self._results_changed)

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library
        self._results_changed()

    def refresh(self) -> None:
        """Show them or not, because the first steps have begun or are over."""
        self._show()

    def ask(self) -> None:
        """Show them again, because somebody wants to be shown how to search."""
        self._is_wanted = self._is_asked = True
        self._words = ()
        if not self._box.draft.state.is_empty:
            self._box.clear()
        self._box.take_keyboard()
        self._find()

    def _results_changed(self) -> None:
        shown = self._results.shown
        if shown is None or not self._is_wanted:
            return
        if shown.query.is_ranked:
            self._is_wanted = self._is_asked = False
            self._memory.set_searched()
            self._lane.supersede()
            self._show()
        elif shown.count and len(self._words) < SHOWN:
            self._quiet.trigger()

    def _find(self) -> None:
        library = self._library
        if library is None or not self._is_wanted:
            return
        self._lane.supersede()
        self._lane.stream(
            lambda cancel: iter([library.example_words.find(SHOWN, cancel)]),
            self._take,
            lambda: None,
            _log_why,
        )

    def _take(self, words: Sequence[str]) -> None:
        self._words = words
        self._box.set_examples(words)
        self._show()
        if self._is_asked and not words:
            self._notices.info(
                tr(
                    "Examples",
                    "There are too few pictures to make examples of. Just type what one shows.",
                )
            )
        self._is_asked = False

    def _show(self) -> None:
        is_shown = self._is_wanted and self._box.draft.state.is_empty and not self._keeps_back()
        self._strip.show_words(self._words if is_shown else ())

    def _try(self, words: str) -> None:
        self._box.draft.set_line(words)
        self._box.take_keyboard()


def _log_why(error: Exception) -> None:
    """Nothing to try is no reason to disturb anybody."""
    explain(error)
