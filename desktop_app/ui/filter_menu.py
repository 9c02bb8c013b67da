"""Filters that can be clicked instead of typed."""

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.engine.query_language.completion import Vocabulary
from desktop_app.engine.query_language.parts import (
    After,
    Before,
    ByCamera,
    Comparison,
    Day,
    InFolder,
    Is,
    Kind,
    Measure,
    OfSize,
    OfType,
    Part,
)
from desktop_app.ui import part_wording
from desktop_app.ui.edge_menu import EdgeMenu

_MOST_ENTRIES = 20
_YEARS = 6
_SIZES = (
    OfSize(Comparison.MORE, 2, Measure.MEGAPIXELS),
    OfSize(Comparison.MORE, 8, Measure.MEGAPIXELS),
    OfSize(Comparison.LESS, 1, Measure.MEGAPIXELS),
    OfSize(Comparison.MORE, 10, Measure.MEGABYTES),
)

Entry = tuple[str, Callable[[], object], bool]
"""What it says, what it does, and whether that is possible now."""


class FilterMenu(EdgeMenu):
    """Made when it opens, from what there is in the library.

    Args:
        vocabulary: What there is.
        chosen: Gets the parts that a click adds.
        today: The day of now.
        parent: Where it belongs.
        others: What else there is to do with a search, at the end.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        chosen: Callable[[Sequence[Part]], object],
        today: dt.date,
        parent: QWidget,
        others: Sequence[Entry] = (),
    ) -> None:
        super().__init__(parent)
        self._chosen = chosen
        taken = self._submenu("Taken")
        for year in range(today.year, today.year - _YEARS, -1):
            label = "This year" if year == today.year else str(year)
            self._add(taken, label, After(Day(year)), Before(Day(year + 1)))
        taken.addSeparator()
        before = Before(Day(today.year - _YEARS + 1))
        self._add(taken, _capital(part_wording.label(before)), before)
        shape = self._submenu("Shape")
        for kind in (Kind.LANDSCAPE, Kind.PORTRAIT, Kind.SQUARE):
            self._add(shape, _capital(str(kind)), Is(kind))
        size = self._submenu("Size")
        for each in _SIZES:
            self._add(size, _capital(part_wording.label(each)), each)
        self._fill("Folder", [InFolder(each) for each in vocabulary.folders])
        self._fill("Type", [OfType(each) for each in vocabulary.types])
        self._fill("Camera", [ByCamera(each) for each in vocabulary.cameras])
        self.addSeparator()
        self._add(self, "Screenshots", Is(Kind.SCREENSHOT))
        self._add(self, "No screenshots", Is(Kind.SCREENSHOT, is_excluded=True))
        self.addSeparator()
        for label, act, is_possible in others:
            action = self.addAction(label)
            action.setEnabled(is_possible)
            action.triggered.connect(lambda _checked=False, act=act: act())

    def _submenu(self, title: str) -> QMenu:
        menu = QMenu(title, self)
        self.addMenu(menu)
        return menu

    def _fill(self, title: str, parts: Sequence[InFolder | OfType | ByCamera]) -> None:
        """A submenu of what there is; none where there is nothing to choose from."""
        if not parts:
            return
        menu = self._submenu(title)
        for part in parts[:_MOST_ENTRIES]:
            if isinstance(part, InFolder):
                label = part.folder
            else:
                label = part.camera if isinstance(part, ByCamera) else part_wording.label(part)
            self._add(menu, label, part)

    def _add(self, menu: QMenu, label: str, *parts: Part) -> None:
        action = menu.addAction(label.replace("&", "&&"))
        action.triggered.connect(lambda: self._chosen(parts))


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
