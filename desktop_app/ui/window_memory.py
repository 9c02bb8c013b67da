"""What the window remembers from one start to the next."""

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

from desktop_app.engine.records import GroupBy, SortBy
from desktop_app.ui.captions import Captions
from desktop_app.ui.computed_grid import USUAL_PX
from desktop_app.ui.order import Order

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
    def captions(self) -> Captions:
        """What is written below the pictures."""
        return Captions(names=self._is_on("show_names"), dates=self._is_on("show_dates"))

    def set_captions(self, captions: Captions) -> None:
        """Remember what is written below the pictures."""
        self._settings.setValue("show_names", captions.names)
        self._settings.setValue("show_dates", captions.dates)

    @property
    def is_gentle(self) -> bool:
        """Whether the program is to slow down while the user works."""
        return self._is_on("slow_down_while_i_work")

    def set_gentle(self, is_gentle: bool) -> None:
        """Remember whether the program is to slow down while the user works."""
        self._settings.setValue("slow_down_while_i_work", is_gentle)

    @property
    def order(self) -> Order:
        """In which order pictures are shown, and in which groups."""
        try:
            return Order(
                SortBy(str(self._settings.value("sort_by"))),
                self._settings.value("is_reversed") in (True, "true"),
                GroupBy(str(self._settings.value("group_by"))),
            )
        except ValueError:  # nothing remembered, or by another version
            return Order()

    def set_order(self, order: Order) -> None:
        """Remember how pictures are ordered."""
        self._settings.setValue("sort_by", str(order.sort_by))
        self._settings.setValue("is_reversed", order.is_reversed)
        self._settings.setValue("group_by", str(order.group_by))

    @property
    def search_history(self) -> str:
        """What was searched for, as `SearchHistory` wrote it; empty where nothing was."""
        value = self._settings.value("search_history")
        return value if isinstance(value, str) else ""

    def set_search_history(self, history: str) -> None:
        """Remember what was searched for."""
        self._settings.setValue("search_history", history)

    @property
    def is_sidebar_open(self) -> bool:
        """Whether the sidebar is shown."""
        return self._settings.value("sidebar") in (True, "true")

    def set_sidebar_open(self, is_open: bool) -> None:
        """Remember whether the sidebar is shown."""
        self._settings.setValue("sidebar", is_open)

    @property
    def kept_pictures(self) -> list[tuple[int, int, float]]:
        """What is to stay although its files are gone: root, how many, since when."""
        try:
            rows = json.loads(str(self._settings.value("kept_pictures", "[]")))
            return [(int(root_id), int(count), float(since_s)) for root_id, count, since_s in rows]
        except (ValueError, TypeError, OverflowError):
            return []

    def set_kept_pictures(self, rows: Sequence[tuple[int, int, float]]) -> None:
        """Remember what is to stay although its files are gone."""
        self._settings.setValue("kept_pictures", json.dumps(rows))
        self._settings.sync()

    def save(self, window: QWidget, cell_side_px: int) -> None:
        """Remember."""
        self._settings.setValue("geometry", window.saveGeometry())
        self._settings.setValue("cell_side_px", cell_side_px)
        self._settings.sync()

    def _is_on(self, key: str) -> bool:
        return self._settings.value(key) in (True, "true")
