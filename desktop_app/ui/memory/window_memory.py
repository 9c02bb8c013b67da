"""What the windows remember from one start to the next."""

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
MOST_OTHERS = 16

_OWN = (
    "geometry", "cell_side_px", "show_names", "show_dates", "show_whole_pictures", "last_place",
    "sort_by", "is_reversed", "group_by", "sidebar", "sidebar_px", "sidebar_rows",
    "sidebar_place_px", "inspector", "film_strip",
)  # fmt: skip
"""What each window has for itself, where several are open; all else they share."""

_OTHERS = "other_windows"


class _File(QSettings):
    """The file. It does not make the folder anew when the drive of the library has gone.

    Args:
        folder: Where it lies.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder / FILE_NAME), QSettings.Format.IniFormat)
        self._folder = folder
        self._was_there = folder.is_dir()  # at the first start, it is made after the window

    def setValue(self, key: str, value: object) -> None:
        """Remember something, where that can be."""
        if self._folder.is_dir() or not self._was_there:
            super().setValue(key, value)


class WindowMemory:
    """Place and size of a window and what was chosen in it, in a file of the library's folder.

    Of several windows each has a memory of its own. What is for each to choose is written down by
    all, and so the window that was used last begins the next start; what the others were like when
    all were closed together stands beside it, see `keep_others`.

    A file that cannot be read or written costs the memory, nothing else.

    Args:
        folder: Where the library lies.
        number: Which of the other windows to remember, from 0 on; None for the one used last.
    """

    def __init__(self, folder: Path, number: int | None = None) -> None:
        self._settings = _File(folder)
        place = "" if number is None else f"{_OTHERS}/{number + 1}/"
        self._own = {key: self._settings.value(place + key) for key in _OWN}

    @property
    def other_count(self) -> int:
        """How many windows were open beside the one used last."""
        value = str(self._settings.value(f"{_OTHERS}/size"))
        return min(int(value), MOST_OTHERS) if value.isdecimal() else 0

    def keep_others(self, others: "Sequence[WindowMemory]") -> None:
        """Write down what the windows beside this one are like, or that there are none.

        Args:
            others: What they remember; what is beyond `MOST_OTHERS` is left out.
        """
        kept = others[:MOST_OTHERS]
        if self.other_count:
            self._settings.remove(_OTHERS)
        if kept:
            self._settings.setValue(f"{_OTHERS}/size", len(kept))
        for number, other in enumerate(kept, 1):
            for key, value in other._own.items():
                if value is not None:
                    self._settings.setValue(f"{_OTHERS}/{number}/{key}", value)
        self._settings.sync()

    def become(self, other: "WindowMemory") -> None:
        """Take over what another window has chosen, but not where it looks."""
        self._own = dict(other._own, last_place=None, sidebar_place_px=None)

    def restore_window(self, window: QWidget) -> bool:
        """Put a window where it was.

        Returns:
            Whether that was known.
        """
        geometry = self._value("geometry")
        return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)

    @property
    def cell_side_px(self) -> int:
        """Side of a cell in the grid."""
        value = self._value("cell_side_px")
        return int(value) if isinstance(value, str | int) and str(value).isdigit() else USUAL_PX

    @property
    def captions(self) -> Captions:
        """What is written below the pictures."""
        return Captions(names=self._is_on("show_names"), dates=self._is_on("show_dates"))

    def set_captions(self, captions: Captions) -> None:
        """Remember what is written below the pictures."""
        self._set("show_names", captions.names)
        self._set("show_dates", captions.dates)

    @property
    def is_whole(self) -> bool:
        """Whether pictures are shown whole, not cropped to squares."""
        return self._is_on("show_whole_pictures")

    def set_whole(self, is_whole: bool) -> None:
        """Remember whether pictures are shown whole."""
        self._set("show_whole_pictures", is_whole)

    @property
    def is_gentle(self) -> bool:
        """Whether the program is to slow down while the user works."""
        return self._is_on("slow_down_while_i_work")

    def set_gentle(self, is_gentle: bool) -> None:
        """Remember whether the program is to slow down while the user works."""
        self._set("slow_down_while_i_work", is_gentle)

    @property
    def scheme(self) -> Scheme:
        """Whether the window is light or dark, or as the system is."""
        value = self._value("theme")
        return Scheme(str(value)) if value in list(Scheme) else Scheme.SYSTEM

    def set_scheme(self, scheme: Scheme) -> None:
        """Remember whether the window is light or dark."""
        self._set("theme", str(scheme))

    @property
    def text_percent(self) -> int:
        """How large text is, in percent of the system's."""
        value = str(self._value("text_size_percent"))
        return int(value) if value.isdecimal() else 100

    def set_text_percent(self, percent: int) -> None:
        """Remember how large text is."""
        self._set("text_size_percent", percent)

    @property
    def language(self) -> str:
        """The code of the window's language, or ``system``."""
        value = self._value("language")
        return value if isinstance(value, str) and value else SYSTEM

    def set_language(self, code: str) -> None:
        """Remember the window's language."""
        self._set("language", code)

    @property
    def tells_of_ends(self) -> bool:
        """Whether the system is to say that something long has ended."""
        return not self._is_off("tell_when_long_work_ends")

    def set_tells_of_ends(self, is_on: bool) -> None:
        """Remember whether the system is to say that something long has ended."""
        self._set("tell_when_long_work_ends", is_on)

    @property
    def pauses_on_battery(self) -> bool:
        """Whether work in the background waits while the battery is low."""
        return not self._is_off("pause_on_battery")

    def set_pauses_on_battery(self, is_on: bool) -> None:
        """Remember whether work in the background waits while the battery is low."""
        self._set("pause_on_battery", is_on)

    @property
    def begins_where_left(self) -> bool:
        """Whether the window begins with the search that it ended with."""
        return not self._is_off("begin_where_left")

    def set_begins_where_left(self, is_on: bool) -> None:
        """Remember whether the window begins with the search that it ended with."""
        self._set("begin_where_left", is_on)

    @property
    def last_place(self) -> str:
        """What was shown last, as `LastPlace` wrote it; empty where that is not known."""
        value = self._value("last_place")
        return value if isinstance(value, str) else ""

    def set_last_place(self, place: str) -> None:
        """Remember what is shown."""
        self._set("last_place", place)

    @property
    def was_welcomed(self) -> bool:
        """Whether the first steps are behind the user."""
        return self._is_on("was_welcomed")

    def set_welcomed(self) -> None:
        """Remember that the first steps are behind the user."""
        self._set("was_welcomed", True)
        self._settings.sync()

    @property
    def has_searched(self) -> bool:
        """Whether a search was made, so that nobody need be told how."""
        return self._is_on("has_searched")

    def set_searched(self) -> None:
        """Remember that a search was made."""
        self._set("has_searched", True)

    @property
    def used_commands(self) -> Sequence[str]:
        """Names of the commands that were chosen in the palette, the last one first."""
        value = self._value("used_commands")
        return value.split() if isinstance(value, str) else ()

    def set_used_commands(self, names: Sequence[str]) -> None:
        """Remember what was chosen in the palette."""
        self._set("used_commands", " ".join(names))

    @property
    def order(self) -> Order:
        """In which order pictures are shown, and in which groups."""
        try:
            return Order(
                SortBy(str(self._value("sort_by"))),
                self._value("is_reversed") in (True, "true"),
                GroupBy(str(self._value("group_by"))),
            )
        except ValueError:  # nothing remembered, or by another version
            return Order()

    def set_order(self, order: Order) -> None:
        """Remember how pictures are ordered."""
        self._set("sort_by", str(order.sort_by))
        self._set("is_reversed", order.is_reversed)
        self._set("group_by", str(order.group_by))

    @property
    def search_history(self) -> str:
        """What was searched for, as `SearchHistory` wrote it; empty where nothing was."""
        value = self._value("search_history")
        return value if isinstance(value, str) else ""

    def set_search_history(self, history: str) -> None:
        """Remember what was searched for."""
        self._set("search_history", history)

    @property
    def is_sidebar_open(self) -> bool:
        """Whether the sidebar is shown."""
        return self._value("sidebar") in (True, "true")

    def set_sidebar_open(self, is_open: bool) -> None:
        """Remember whether the sidebar is shown."""
        self._set("sidebar", is_open)

    @property
    def sidebar_px(self) -> int | None:
        """Width of the sidebar; None where nobody has chosen one."""
        value = self._value("sidebar_px")
        return int(value) if isinstance(value, str | int) and str(value).isdigit() else None

    def set_sidebar_px(self, width_px: int) -> None:
        """Remember the width of the sidebar."""
        self._set("sidebar_px", width_px)

    @property
    def sidebar_rows(self) -> list[str]:
        """What is open in the sidebar; see `SidebarView.open_keys`."""
        try:
            rows = json.loads(str(self._value("sidebar_rows", "[]")))
        except ValueError:
            return []
        return [str(row) for row in rows] if isinstance(rows, list) else []

    @property
    def sidebar_place_px(self) -> int:
        """How far the sidebar is scrolled."""
        value = self._value("sidebar_place_px")
        return int(value) if isinstance(value, str | int) and str(value).isdigit() else 0

    def set_sidebar_rows(self, rows: Sequence[str], place_px: int) -> None:
        """Remember what is open in the sidebar, and how far it is scrolled."""
        self._set("sidebar_rows", json.dumps(list(rows)))
        self._set("sidebar_place_px", place_px)

    @property
    def is_inspector_open(self) -> bool:
        """Whether the inspector is shown."""
        return self._is_on("inspector")

    def set_inspector_open(self, is_open: bool) -> None:
        """Remember whether the inspector is shown."""
        self._set("inspector", is_open)

    @property
    def is_strip_shown(self) -> bool:
        """Whether the viewer shows its film strip."""
        return self._value("film_strip") not in (False, "false")

    def set_strip_shown(self, is_shown: bool) -> None:
        """Remember whether the viewer shows its film strip."""
        self._set("film_strip", is_shown)

    @property
    def kept_pictures(self) -> list[tuple[int, int, float]]:
        """What is to stay although its files are gone: root, how many, since when."""
        try:
            rows = json.loads(str(self._value("kept_pictures", "[]")))
            return [(int(root_id), int(count), float(since_s)) for root_id, count, since_s in rows]
        except (ValueError, TypeError, OverflowError):
            return []

    def set_kept_pictures(self, rows: Sequence[tuple[int, int, float]]) -> None:
        """Remember what is to stay although its files are gone."""
        self._set("kept_pictures", json.dumps(rows))
        self._settings.sync()

    def folders(self, name: str) -> list[str]:
        """Some folders that were used before.

        Args:
            name: What for.
        """
        try:
            kept = json.loads(str(self._value(f"folders/{name}", "[]")))
        except ValueError:
            return []
        return [each for each in kept if isinstance(each, str)] if isinstance(kept, list) else []

    def set_folders(self, name: str, folders: Sequence[str]) -> None:
        """Remember folders."""
        self._set(f"folders/{name}", json.dumps(list(folders)))

    def save(self, window: QWidget, cell_side_px: int) -> None:
        """Remember what the window is like as it closes; the one that closes last counts."""
        self._set("geometry", window.saveGeometry())
        self._set("cell_side_px", cell_side_px)
        for key, value in self._own.items():
            if value is not None:
                self._settings.setValue(key, value)
        self._settings.sync()

    def _value(self, key: str, otherwise: object = None) -> object:
        if key in self._own:
            value = self._own[key]
            return otherwise if value is None else value
        return self._settings.value(key, otherwise)

    def _set(self, key: str, value: object) -> None:
        if key in self._own:
            self._own[key] = value
        self._settings.setValue(key, value)

    def _is_on(self, key: str) -> bool:
        return self._value(key) in (True, "true")

    def _is_off(self, key: str) -> bool:
        return self._value(key) in (False, "false")
