"""Fills the information over a picture: at once what is known, then what its file says."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.engine.records import PhotoFacts, Picture, PictureLabels
from desktop_app.ui.viewer.information_layer import InformationLayer
from desktop_app.ui.viewer.picture_facts import label_lines, photo_lines, picture_lines
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_log = logging.getLogger(__name__)


class InformationDesk(QObject):
    """Reads the header of a file only while somebody looks at information.

    Args:
        layer: Shows it.
        lane: Where files are read.
    """

    def __init__(self, layer: InformationLayer, lane: Lane) -> None:
        super().__init__(layer)
        self._layer = layer
        self._lane = lane
        self._library: Library | None = None
        self._picture: Picture | None = None
        self._labels: PictureLabels | None = None
        self._facts: PhotoFacts | None = None

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library

    def show(self, picture: Picture) -> None:
        """Tell of a picture."""
        if picture != self._picture:
            self._picture, self._labels, self._facts = picture, None, None
            self._lane.supersede()
            self.read_labels()
            self._read(picture)
        self._fill()

    def read_labels(self) -> None:
        """Ratings and tags may be others now."""
        library, picture = self._library, self._picture
        if library is None or picture is None:
            return

        def take(labels: dict[int, PictureLabels]) -> None:
            if self._picture == picture:
                self._labels = labels.get(picture.id)
                self._fill()

        self._lane.call(lambda: library.labels.of([picture.id]), take, self._failed)

    def _read(self, picture: Picture) -> None:
        library = self._library
        if library is not None:
            self._lane.call(lambda: library.photo_facts(picture.id), self._take, self._failed)

    def _take(self, facts: PhotoFacts | None) -> None:
        self._facts = facts
        self._fill()

    def _failed(self, error: Exception) -> None:
        _log.error("What is known of a picture could not be read", exc_info=error)

    def _fill(self) -> None:
        if self._picture is None:
            return
        lines = list(picture_lines(self._picture))
        if self._labels is not None:
            lines += label_lines(self._labels)
        if self._facts is not None:
            lines += photo_lines(self._facts)
        self._layer.show_lines(lines)
