"""A folder's path as names that can be clicked."""

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop_app.engine.path_style import parts_below_drive, separator_of
from desktop_app.ui.kit.flow_layout import FlowLayout
from desktop_app.ui.kit.theme import SMALL_PX, Theme, text_font
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr

MOST_NAMES = 3
"""Of a path, from its end; the tooltip has all of it."""


class Crumbs(QWidget):
    """The last folders of a path; each asks for what is in it."""

    asked = Signal(str)
    """The path of a folder to search in."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._path = ""
        self._tops: frozenset[str] = frozenset()
        self._flow = FlowLayout(0, self)
        self._parts: list[QWidget] = []
        self.hide()

    @property
    def buttons(self) -> list[QPushButton]:
        """The names, from the outermost to the folder itself."""
        return [each for each in self._parts if isinstance(each, QPushButton)]

    def set_tops(self, paths: Collection[str]) -> None:
        """Say where paths begin: at the folders that the user added."""
        path, self._tops = self._path, frozenset(paths)
        self._path = ""
        self.show_folder(path)

    def show_folder(self, path: str) -> None:
        """Show another folder; empty for none."""
        if path and path == self._path:
            return
        self._path = path
        while self._flow.count():
            self._flow.takeAt(0)
        for each in self._parts:
            each.hide()
            each.deleteLater()
        self._parts = []
        for number, folder in enumerate(last_folders(path, self._tops)):
            if number:
                self._add(QLabel(" / "))
            button = _Crumb(wording.file_name(folder), folder)
            button.clicked.connect(lambda _is_checked=False, folder=folder: self.asked.emit(folder))
            self._add(button)
        self.setVisible(bool(path))
        self.updateGeometry()

    def _add(self, widget: QWidget) -> None:
        widget.setFont(text_font(self.font(), SMALL_PX))
        self._parts.append(widget)
        self._flow.addWidget(widget)
        widget.show()


class _Crumb(QPushButton):
    """The name of a folder; a long one is cut in its middle."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(flat=True)
        self.setProperty("link", True)
        self.setStyleSheet("padding: 0; min-height: 20px")  # it begins where the other lines do
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(wording.tooltip(path))
        self.setAccessibleName(tr("Inspector", "Search in {folder}").format(folder=name))
        self._name = name
        metrics = self.fontMetrics()
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, 200)
        self.setText(shown.replace("&", "&&"))

    def sizeHint(self) -> QSize:
        """As wide as the name."""
        hint = super().sizeHint()
        return QSize(min(hint.width(), 230), hint.height())


def last_folders(path: str, tops: Collection[str] = ()) -> list[str]:
    """The paths of the last folders of a path, the outermost first, itself last.

    The top of a drive is left out where there is anything below it.

    Args:
        path: The path.
        tops: Folders above which nothing is of interest.
    """
    separator = separator_of(path)
    found: list[str] = []
    here = path
    while parts_below_drive(here) and len(found) < MOST_NAMES:
        found.append(here)
        if here in tops:
            break
        here = here.rstrip(separator).rpartition(separator)[0]
    return found[::-1] or ([path] if path else [])
