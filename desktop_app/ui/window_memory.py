"""What the window remembers from one start to the next."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

from desktop_app.ui.computed_grid import USUAL_PX

FILE_NAME = "window.ini"


class WindowMemory:
    """Place and size of the window and what was chosen in it, in a file of the library's folder.

    A file that cannot be read or written costs the memory, nothing else.
    """

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    def restore_window(self, window: QWidget) -> bool:
        """Put a window where it was.

        Returns:
            Whether that was known.
        """
        geometry = self._settings.value("geometry")
        return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)

    @property
    def cell_side_px(self) -> int:
        """Side of a cell in the grid."""
        value = self._settings.value("cell_side_px")
        return int(value) if isinstance(value, str | int) and str(value).isdigit() else USUAL_PX

    @property
    def is_gentle(self) -> bool:
        """Whether the program is to slow down while the user works."""
        return self._settings.value("slow_down_while_i_work") in (True, "true")

    def set_gentle(self, is_gentle: bool) -> None:
        """Remember whether the program is to slow down while the user works."""
        self._settings.setValue("slow_down_while_i_work", is_gentle)

    def save(self, window: QWidget, cell_side_px: int) -> None:
        """Remember."""
        self._settings.setValue("geometry", window.saveGeometry())
        self._settings.setValue("cell_side_px", cell_side_px)
        self._settings.sync()
