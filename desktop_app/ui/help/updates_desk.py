"""Asks for a newer version when the panel says so."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import UserFacingError
from desktop_app.ui.help.updates_panel import UpdatesPanel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.words import engine_wording
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:
    from desktop_app.engine.updates import Release, UpdateCheck


class UpdatesDesk(QObject):
    """One question at a time; the window goes on meanwhile.

    Args:
        lane: For waiting.
        theme: For the colours.
        check: Asks.
        notices: Where the user is told what else went wrong.
        parent: Its owner.

    Attributes:
        panel: Where it is asked for.
    """

    def __init__(
        self, lane: Lane, theme: Theme, check: "UpdateCheck", notices: Notices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._check = check
        self._notices = notices
        self._page = ""
        self.panel = UpdatesPanel(theme, check.own_version, check.source.address)
        self.panel.asked.connect(self._ask)
        self.panel.stopped.connect(self._stop)
        self.panel.page_asked.connect(self._open_page)
        self.panel.closed.connect(self._closed)

    def _ask(self) -> None:
        self._lane.supersede()
        self.panel.show_asking()

        def make(token: CancelToken) -> Iterator["Release"]:
            yield self._check.ask(token)

        self._lane.stream(make, self._answered, lambda: None, self._failed)

    def _answered(self, release: "Release") -> None:
        self._page = release.page
        if release.is_newer:
            self.panel.show_newer(release.version, release.page)
        else:
            self.panel.show_newest()

    def _failed(self, error: Exception) -> None:
        self.panel.show_idle()
        if isinstance(error, UserFacingError):
            told = engine_wording.told_error(error)
            self.panel.show_failure(told.text, told.hint)
        else:
            self._notices.exception(error)

    def _stop(self) -> None:
        self._lane.supersede()
        self.panel.show_idle()

    def _closed(self) -> None:
        """Nobody waits any longer; what has been answered stays to be read."""
        if not self.panel.stop_button.isHidden():
            self._stop()

    def _open_page(self) -> None:
        if not QDesktopServices.openUrl(QUrl(self._page)):
            self._notices.error(tr("Updates", "No browser was found."))
