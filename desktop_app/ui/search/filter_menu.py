"""Filters that can be clicked instead of typed."""

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.engine.query_language.completion import Vocabulary
from desktop_app.engine.query_language.parts import (
    MOST_STARS,
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
    Rated,
    Tagged,
)
from desktop_app.ui.kit.edge_menu import EdgeMenu
from desktop_app.ui.words import part_wording
from desktop_app.ui.words.language import tr

_MOST_ENTRIES = 20
_YEARS = 6
_SIZES = (
    OfSize(Comparison.MORE, 2, Measure.MEGAPIXELS),
    OfSize(Comparison.MORE, 8, Measure.MEGAPIXELS),
    OfSize(Comparison.LESS, 1, Measure.MEGAPIXELS),
    OfSize(Comparison.MORE, 10, Measure.MEGABYTES),
)
_RATINGS = (
    Rated(MOST_STARS, MOST_STARS),
    *(Rated(stars, MOST_STARS) for stars in range(MOST_STARS - 1, 0, -1)),
    Rated(0, 0),
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
        taken = self._submenu(tr("Search", "Taken", "Menu of dates"))
        for year in range(today.year, today.year - _YEARS, -1):
            label = tr("Search", "This year") if year == today.year else str(year)
            self._add(taken, label, After(Day(year)), Before(Day(year + 1)))
        taken.addSeparator()
        before = Before(Day(today.year - _YEARS + 1))
        self._add(taken, _capital(part_wording.label(before)), before)
        shape = self._submenu(tr("Search", "Shape"))
        for kind in (Kind.LANDSCAPE, Kind.PORTRAIT, Kind.SQUARE):
            self._add(shape, _capital(part_wording.kind(kind)), Is(kind))
        size = self._submenu(tr("Search", "Size"))
        for each in _SIZES:
            self._add(size, _capital(part_wording.label(each)), each)
        self._fill(tr("Search", "Folder"), [InFolder(each) for each in vocabulary.folders])
        self._fill(tr("Search", "Type"), [OfType(each) for each in vocabulary.types])
        self._fill(tr("Search", "Camera"), [ByCamera(each) for each in vocabulary.cameras])
        rating = self._submenu(tr("Search", "Rating"))
        for rated in _RATINGS:
            self._add(rating, _capital(part_wording.label(rated)), rated)
        self._fill(tr("Search", "Tag"), [Tagged(each) for each in vocabulary.tags])
        self.addSeparator()
        self._add(self, tr("Search", "Screenshots"), Is(Kind.SCREENSHOT))
        self._add(self, tr("Search", "No screenshots"), Is(Kind.SCREENSHOT, is_excluded=True))
        self.addSeparator()
        for label, act, is_possible in others:
            action = self.addAction(label)
            action.setEnabled(is_possible)
            action.triggered.connect(lambda _checked=False, act=act: act())

    def _submenu(self, title: str) -> QMenu:
        menu = QMenu(title, self)
        self.addMenu(menu)
        return menu

    def _fill(self, title: str, parts: Sequence[InFolder | OfType | ByCamera | Tagged]) -> None:
        """A submenu of what there is; none where there is nothing to choose from."""
        if not parts:
            return
        menu = self._submenu(title)
        for part in parts[:_MOST_ENTRIES]:
            match part:
                case InFolder():
                    label = part.folder
                case ByCamera():
                    label = part.camera
                case Tagged():
                    label = part.tag
                case OfType():
                    label = part_wording.label(part)
            self._add(menu, label, part)

    def _add(self, menu: QMenu, label: str, *parts: Part) -> None:
        action = menu.addAction(label.replace("&", "&&"))
        action.triggered.connect(lambda: self._chosen(parts))


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
