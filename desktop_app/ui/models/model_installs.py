"""Adds and downloads models in the background, one after another."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.records import InstalledModel, ModelProgress
from desktop_app.ui.work.tasks import Lane
from desktop_app.ui.work.throttle import Throttle

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

PROGRESS_INTERVAL_MS = 100


@dataclass(frozen=True, slots=True)
class Install:
    """A model that is to be installed.

    Attributes:
        name: The offer's name; for one that is added, the path it comes from.
        is_download: Whether it is downloaded.
    """

    name: str
    is_download: bool


class ModelInstalls(QObject):
    """A queue of installations; all signals tell which one they are about."""

    waiting = Signal(Install)
    progressed = Signal(Install, ModelProgress)
    installed = Signal(Install, InstalledModel)
    failed = Signal(Install, object)
    """An exception."""
    stopped = Signal(Install)
    """The user cancelled it."""

    def __init__(self, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._library: Library | None = None
        self._waiting: list[Install] = []
        self._running: Install | None = None
        self._latest: ModelProgress | None = None
        self._result: InstalledModel | None = None
        self._pace = Throttle(PROGRESS_INTERVAL_MS, self)
        self._pace.fired.connect(self._tell)

    def set_library(self, library: "Library") -> None:
        """Begin with what waits."""
        self._library = library
        self._next()

    @property
    def under_way(self) -> list[Install]:
        """What is being installed, and what waits."""
        return [*([] if self._running is None else [self._running]), *self._waiting]

    def start(self, install: Install) -> None:
        """Install a model when its turn comes; one that is under way already stays as it is."""
        if install != self._running and install not in self._waiting:
            self._waiting.append(install)
            self.waiting.emit(install)
            self._next()

    def cancel(self, install: Install) -> None:
        """Stop an installation; what a download has fetched stays."""
        if install == self._running:
            self._lane.cancel()
        elif install in self._waiting:
            self._waiting.remove(install)
            self.stopped.emit(install)

    def _next(self) -> None:
        library = self._library
        if library is None or self._running is not None or not self._waiting:
            return
        self._running = install = self._waiting.pop(0)
        self._latest = self._result = None
        self._lane.stream(
            lambda token: (
                library.get_model(install.name, token)
                if install.is_download
                else library.add_model(Path(install.name), token)
            ),
            self._take,
            self._over,
            self._fail,
        )

    def _take(self, item: ModelProgress | InstalledModel) -> None:
        if isinstance(item, InstalledModel):
            self._result = item
        else:
            self._latest = item
            self._pace.trigger()

    def _tell(self) -> None:
        latest, self._latest = self._latest, None
        if latest is not None and self._running is not None:
            self.progressed.emit(self._running, latest)

    def _over(self) -> None:
        install, result = self._end(), self._result
        if result is None:
            self.stopped.emit(install)
        else:
            self.installed.emit(install, result)
        self._next()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(self._end(), error)
        self._next()

    def _end(self) -> Install:
        self._pace.cancel()
        install, self._running = self._running, None
        if install is None:
            raise AssertionError("unreachable: only a running installation ends")
        return install
