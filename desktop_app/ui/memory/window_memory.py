"""What the window remembers from one start to the next."""

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

from desktop_app.engine.records import GroupBy, SortBy
from desktop_app.ui.kit.theme import Scheme
from desktop_app.ui.memory.captions import Captions
from desktop_app.ui.memory.cell_sides import USUAL_PX
from desktop_app.ui.memory.order import Order
from desktop_app.ui.words.language import SYSTEM

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
    def is_whole(self) -> bool:
        """Whether pictures are shown whole, not cropped to squares."""
        return self._is_on("show_whole_pictures")

    def set_whole(self, is_whole: bool) -> None:
        """Remember whether pictures are shown whole."""
        self._settings.setValue("show_whole_pictures", is_whole)

    @property
    def is_gentle(self) -> bool:
        """Whether the program is to slow down while the user works."""
        return self._is_on("slow_down_while_i_work")

    def set_gentle(self, is_gentle: bool) -> None:
        """Remember whether the program is to slow down while the user works."""
        self._settings.setValue("slow_down_while_i_work", is_gentle)

    @property
    def scheme(self) -> Scheme:
        """Whether the window is light or dark, or as the system is."""
        value = self._settings.value("theme")
        return Scheme(value) if value in list(Scheme) else Scheme.SYSTEM

    def set_scheme(self, scheme: Scheme) -> None:
        """Remember whether the window is light or dark."""
        self._settings.setValue("theme", str(scheme))

    @property
    def text_percent(self) -> int:
        """How large text is, in percent of the system's."""
        value = str(self._settings.value("text_size_percent"))
        return int(value) if value.isdecimal() else 100

    def set_text_percent(self, percent: int) -> None:
        """Remember how large text is."""
        self._settings.setValue("text_size_percent", percent)

    @property
    def language(self) -> str:
        """The code of the window's language, or ``system``."""
        value = self._settings.value("language")
        return value if isinstance(value, str) and value else SYSTEM

    def set_language(self, code: str) -> None:
        """Remember the window's language."""
        self._settings.setValue("language", code)

    @property
    def tells_of_ends(self) -> bool:
        """Whether the system is to say that something long has ended."""
        return not self._is_off("tell_when_long_work_ends")

    def set_tells_of_ends(self, is_on: bool) -> None:
        """Remember whether the system is to say that something long has ended."""
        self._settings.setValue("tell_when_long_work_ends", is_on)

    @property
    def pauses_on_battery(self) -> bool:
        """Whether work in the background waits while the battery is low."""
        return not self._is_off("pause_on_battery")

    def set_pauses_on_battery(self, is_on: bool) -> None:
        """Remember whether work in the background waits while the battery is low."""
        self._settings.setValue("pause_on_battery", is_on)

    @property
    def begins_where_left(self) -> bool:
        """Whether the window begins with the search that it ended with."""
        return not self._is_off("begin_where_left")

    def set_begins_where_left(self, is_on: bool) -> None:
        """Remember whether the window begins with the search that it ended with."""
        self._settings.setValue("begin_where_left", is_on)

    @property
    def last_place(self) -> str:
        """What was shown last, as `LastPlace` wrote it; empty where that is not known."""
        value = self._settings.value("last_place")
        return value if isinstance(value, str) else ""

    def set_last_place(self, place: str) -> None:
        """Remember what is shown."""
        self._settings.setValue("last_place", place)

    @property
    def was_welcomed(self) -> bool:
        """Whether the first steps are behind the user."""
        return self._is_on("was_welcomed")

    def set_welcomed(self) -> None:
        """Remember that the first steps are behind the user."""
        self._settings.setValue("was_welcomed", True)
        self._settings.sync()

    @property
    def has_searched(self) -> bool:
        """Whether a search was made, so that nobody need be told how."""
        return self._is_on("has_searched")

    def set_searched(self) -> None:
        """Remember that a search was made."""
        self._settings.setValue("has_searched", True)

    @property
    def used_commands(self) -> Sequence[str]:
        """Names of the commands that were chosen in the palette, the last one first."""
        value = self._settings.value("used_commands")
        return value.split() if isinstance(value, str) else ()

    def set_used_commands(self, names: Sequence[str]) -> None:
        """Remember what was chosen in the palette."""
        self._settings.setValue("used_commands", " ".join(names))

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
    def sidebar_px(self) -> int | None:
        """Width of the sidebar; None where nobody has chosen one."""
        value = self._settings.value("sidebar_px")
        return int(value) if isinstance(value, str | int) and str(value).isdigit() else None

    def set_sidebar_px(self, width_px: int) -> None:
        """Remember the width of the sidebar."""
        self._settings.setValue("sidebar_px", width_px)

    @property
    def sidebar_rows(self) -> list[str]:
        """What is open in the sidebar; see `SidebarView.open_keys`."""
        try:
            rows = json.loads(str(self._settings.value("sidebar_rows", "[]")))
        except ValueError:
            return []
        return [str(row) for row in rows] if isinstance(rows, list) else []

    @property
    def sidebar_place_px(self) -> int:
        """How far the sidebar is scrolled."""
        value = self._settings.value("sidebar_place_px")
        return int(value) if isinstance(value, str | int) and str(value).isdigit() else 0

    def set_sidebar_rows(self, rows: Sequence[str], place_px: int) -> None:
        """Remember what is open in the sidebar, and how far it is scrolled."""
        self._settings.setValue("sidebar_rows", json.dumps(list(rows)))
        self._settings.setValue("sidebar_place_px", place_px)

    @property
    def is_inspector_open(self) -> bool:
        """Whether the inspector is shown."""
        return self._is_on("inspector")

    def set_inspector_open(self, is_open: bool) -> None:
        """Remember whether the inspector is shown."""
        self._settings.setValue("inspector", is_open)

    @property
    def is_strip_shown(self) -> bool:
        """Whether the viewer shows its film strip."""
        return self._settings.value("film_strip") not in (False, "false")

    def set_strip_shown(self, is_shown: bool) -> None:
        """Remember whether the viewer shows its film strip."""
        self._settings.setValue("film_strip", is_shown)

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

    def folders(self, name: str) -> list[str]:
        """Some folders that were used before.

        Args:
            name: What for.
        """
        try:
            kept = json.loads(str(self._settings.value(f"folders/{name}", "[]")))
        except ValueError:
            return []
        return [each for each in kept if isinstance(each, str)] if isinstance(kept, list) else []

    def set_folders(self, name: str, folders: Sequence[str]) -> None:
        """Remember folders."""
        self._settings.setValue(f"folders/{name}", json.dumps(list(folders)))

    def save(self, window: QWidget, cell_side_px: int) -> None:
        """Remember."""
        self._settings.setValue("geometry", window.saveGeometry())
        self._settings.setValue("cell_side_px", cell_side_px)
        self._settings.sync()

    def _is_on(self, key: str) -> bool:
        return self._settings.value(key) in (True, "true")

    def _is_off(self, key: str) -> bool:
        return self._settings.value(key) in (False, "false")
