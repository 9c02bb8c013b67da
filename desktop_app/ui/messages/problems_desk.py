"""Lists the files that are not in the library, with their reasons."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.engine.records import SkippedFile
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.messages.problems_panel import ProblemsPanel
from desktop_app.ui.messages.status_line import StatusLine
from desktop_app.ui.words import wording
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

LISTED = 10_000
"""Files that are no pictures, listed at most: a disk full of other things has more of them."""


class ProblemsDesk(QObject):
    """Keeps the panel and the number in the bottom line up to date.

    Args:
        lane: For asking the library.
        panel: Where the files are listed.
        status: Where they are counted.
        notices: Where the user is told of failures.
        parent: Its owner.
    """

    def __init__(
        self,
        lane: Lane,
        panel: ProblemsPanel,
        status: StatusLine,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._panel = panel
        self._status = status
        self._notices = notices
        self._library: Library | None = None
        panel.opened.connect(self.refresh)

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library
        self.refresh()

    def refresh(self) -> None:
        """List again what there is; files that are no pictures only where the panel is open."""
        library, most_others = self._library, LISTED if self._panel.isVisible() else 0
        if library is not None:
            self._lane.call(
                lambda: (library.skipped(most_others), *library.skip_counts()),
                self._show,
                self._notices.exception,
            )

    def _show(self, problems: tuple[Sequence[SkippedFile], int, int]) -> None:
        files, failed, others = problems
        self._panel.show_files(files, max(0, failed + others - len(files)))
        self._status.show_problems(wording.problems(failed, others))
