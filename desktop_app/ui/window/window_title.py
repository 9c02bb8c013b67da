"""What a window is called where windows are listed: what one looks at in it comes first."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr

if TYPE_CHECKING:
    from desktop_app.ui.window.main_window import MainWindow

TITLE = "Image Seeker"
_PLACEHOLDER = "[*]"
"""Where Qt puts the star of an unsaved document; two of them stand for the text itself."""


class WindowTitle(QObject):
    """Calls a window after the picture in the viewer, else after the search, else the program.

    Of several windows each is known by it in the task bar and by a screen reader.

    Args:
        window: The window; its parts are all there.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        for changed in (
            window.results.changed,
            window.searches_desk.changed,
            window.viewer.moved,
            window.viewer.closed,
        ):
            changed.connect(self._show)
        window.pictures.dataChanged.connect(self._learn)

    def _learn(self) -> None:
        """Name the picture in the viewer, whose record may just have come."""
        if self._window.viewer.isVisible():
            self._show()

    def _show(self) -> None:
        what = self._what()
        if what:
            text = tr("Window", "{what} – {program}").format(what=what, program=TITLE)
        else:
            text = TITLE
        self._window.setWindowTitle(text.replace(_PLACEHOLDER, 2 * _PLACEHOLDER))

    def _what(self) -> str:
        viewer = self._window.viewer
        picture = viewer.picture if viewer.isVisible() else None
        if picture is not None:
            return wording.file_name(picture.path)
        return self._window.searches_desk.current_name
