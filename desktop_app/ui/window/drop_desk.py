"""Does what is meant by a drop on the window: searches by a picture, adds folders and models."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.models.model_installs import Install
from desktop_app.ui.window import dropped_models
from desktop_app.ui.window.dropped_models import Dropped, sort_dropped
from desktop_app.ui.window.drops import Drops
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:
    from desktop_app.ui.window.main_window import MainWindow


class DropDesk(QObject):
    """Watches the drops on a window.

    Args:
        window: Where; its desks are there already.
        lane: For looking at what was dropped.
        theme: For the colours.
    """

    def __init__(self, window: "MainWindow", lane: Lane, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._lane = lane
        drops = Drops(window, window.header.search_box, theme)
        drops.search_dropped.connect(window.search_desk.search_by)
        drops.files_dropped.connect(self._sort)

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
