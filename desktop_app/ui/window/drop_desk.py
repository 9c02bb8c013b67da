"""Does what is meant by what is dropped on the window, or opened with the program.

Folders and models are added; pictures are added too where they are dropped anywhere but on the
search box, and searched by where they are opened.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.models.model_installs import Install
from desktop_app.ui.window import dropped_models
from desktop_app.ui.window.dropped_models import Dropped, sort_dropped
from desktop_app.ui.window.drops import Drops
from desktop_app.ui.window.opened_paths import Opened, sort_opened
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:
    from desktop_app.ui.window.main_window import MainWindow


class DropDesk(QObject):
    """Watches the drops on a window, and takes what is opened with the program.

    Args:
        window: Where; its desks are there already.
        lane: For looking at what was dropped.
        theme: For the colours.
    """

    def __init__(self, window: "MainWindow", lane: Lane, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._lane = lane
        self._is_open = False
        self._waiting: list[str] = []
        drops = Drops(window, window.header.search_box, theme)
        drops.search_dropped.connect(window.search_desk.search_by)
        drops.files_dropped.connect(self._sort)

    def set_library(self) -> None:
        """Begin with what waits for the library."""
        self._is_open = True
        waiting, self._waiting = self._waiting, []
        self.open(waiting)

    def open(self, paths: Sequence[str]) -> None:
        """Add the folders among some paths, and search by the pictures.

        Args:
            paths: Where they are, absolute.
        """
        if not paths:
            return
        if not self._is_open:
            self._waiting.extend(paths)
            return
        self._lane.call(
            lambda: sort_opened(paths), self._take_opened, self._window.notices.exception
        )

    def _take_opened(self, opened: Opened) -> None:
        window = self._window
        self._add(Dropped(opened.models, opened.folders))
        if opened.files:
            if window.viewer.isVisible():
                window.viewer.close_viewer()
            window.search_desk.search_by_opened(opened.files)
        if opened.missing:
            name = wording.file_name(opened.missing[0])
            one = tr("Window", "“{name}” is not there, or cannot be reached.")
            more = tr("Window", "“{name}” and {n} other are not there, or cannot be reached.")
            many = tr("Window", "“{name}” and {n} others are not there, or cannot be reached.")
            others = len(opened.missing) - 1
            text = (
                wording.plural(others, more, many, name=name) if others else one.format(name=name)
            )
            window.notices.error(text)

    def _sort(self, paths: Sequence[str]) -> None:
        self._lane.call(lambda: sort_dropped(paths), self._add, self._window.notices.exception)

    def _add(self, dropped: Dropped) -> None:
        if dropped.pictures:
            self._window.indexing.add(dropped.pictures)
        if dropped.models:
            text, button = dropped_models.offer(dropped.models)
            self._window.notices.info(text, button, partial(self._add_models, dropped.models))

    def _add_models(self, paths: Sequence[str]) -> None:
        self._window.panels.open_models()
        for path in paths:
            self._window.models.lists.install_asked.emit(Install(path, is_download=False))
