"""SQL that finds the pictures which fulfil the filters of a search line, exactly.

What is asked of names is looked up in one index, labels in their tables, all else in another: each
is as small as it can be and has all that is needed. What they gave is intersected here.
"""

import calendar
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.query_language.parts import (
    MOST_RECENT,
    After,
    Before,
    ByCamera,
    Filter,
    InFolder,
    Is,
    Kind,
    Measure,
    Name,
    OfSize,
    OfType,
)
from desktop_app.engine.store import label_filters, screenshots
from desktop_app.engine.store.chosen_ids import ChosenIds, rising
from desktop_app.engine.store.folders import place_of
from desktop_app.engine.store.id_lists import fetch_ids
from desktop_app.engine.store.names import folded
from desktop_app.engine.store.pictures import every_id
from desktop_app.engine.store.storable import as_text

_IS_ABSOLUTE = re.compile("/|[A-Za-z]:(/|$)")

_Excludable = TypeVar("_Excludable", OfType, InFolder, ByCamera)

_IS: dict[Kind, str] = {
    Kind.LANDSCAPE: "width_px > height_px",
    Kind.PORTRAIT: "width_px < height_px",
    Kind.SQUARE: "abs(width_px - height_px) * 50 <= max(width_px, height_px)",
    Kind.SCREENSHOT: (
        "(format = 'PNG' AND camera IS NULL AND {size}"
        " OR id IN (SELECT rowid FROM names WHERE names MATCH {words}))"
    ),
    # An id is never given twice, so that the highest are the newest.
    Kind.RECENT: f"id IN (SELECT id FROM pictures ORDER BY id DESC LIMIT {MOST_RECENT})",
}


@dataclass(slots=True)
class _Condition:
    """A part of a WHERE clause.

    Attributes:
        parameters: What its question marks stand for.
    """

    _texts: list[str] = field(default_factory=list)
    parameters: list[str | float] = field(default_factory=list)

    def add(self, text: str, *parameters: str | float, is_excluded: bool = False) -> None:
        """Ask for something too, which must be true or false and never NULL."""
        self._texts.append(f"NOT ({text})" if is_excluded else f"({text})")
        self.parameters += parameters

    @property
    def text(self) -> str:
        """SQL; empty where nothing is asked for."""
        return " AND ".join(self._texts)


def ids_matching(connection: sqlite3.Connection, filters: Sequence[Filter]) -> NDArray[np.int64]:
    """The pictures that fulfil all filters, as `query_language.parts` explains them.

    Returns:
        Their ids, int64, shape ``(n,)``, rising.
    """
    names, dates, rest = _Condition(), _Condition(), _Condition()
    for one in filters:
        if isinstance(one, Name):
            _add_name(names, one)
        elif isinstance(one, After | Before):
            _add_date(dates, one)
        elif isinstance(one, OfSize):
            _add_size(rest, one)
        elif isinstance(one, Is):
            _add_kind(rest, one)
    _add_types(rest, [one for one in filters if isinstance(one, OfType)])
    _add_folders(rest, [one for one in filters if isinstance(one, InFolder)])
    _add_cameras(connection, rest, [one for one in filters if isinstance(one, ByCamera)])
    if dates.text and rest.text:
        rest.add(dates.text, *dates.parameters)
        dates = _Condition()
    found = [
        rising(_ids(connection, index, condition))
        for index, condition in (
            ("pictures_by_name", names),
            ("pictures_by_clock", dates),
            ("pictures_by_folder", rest),
        )
        if condition.text
    ]
    wanted, unwanted = label_filters.ids_of(connection, filters)
    found += wanted
    if not found:
        found = [every_id(connection)]
    ids = found[0]
    for others in found[1:]:
        ids = ids[ChosenIds(others).places_in(ids)]
    for others in unwanted:
        ids = np.delete(ids, ChosenIds(others).places_in(ids))
    return ids


def _ids(connection: sqlite3.Connection, index: str, condition: _Condition) -> NDArray[np.int64]:
    select = f"SELECT id FROM pictures INDEXED BY {index} WHERE {condition.text}"
    return fetch_ids(connection, select, tuple(condition.parameters))


def _add_name(condition: _Condition, asked: Name) -> None:
    text = folded(as_text(asked.text))
    parts = ["instr(name, ?)", "folder_id IN (SELECT id FROM folders WHERE instr('/' || inner, ?))"]
    parameters = [text, text]
    if "/" in text:
        # No name has one: it stands between folders, or between the last of them and the file.
        above, _, name = text.rpartition("/")
        parts[0] = (
            "substr(name, 1, length(?)) = ? AND folder_id IN"
            " (SELECT id FROM folders WHERE substr('/' || inner, -length(?)) = ?)"
        )
        parameters = [name, name, above, above, text]
        if not above:  # a file of that beginning, in any folder
            parts[0], parameters = "substr(name, 1, length(?)) = ?", [name, name, text]
    condition.add(" OR ".join(parts), *parameters, is_excluded=asked.is_excluded)


def _add_date(condition: _Condition, asked: After | Before) -> None:
    # A comparison that is turned round, for an index finds nothing by NOT.
    is_from = isinstance(asked, After) is not asked.is_excluded
    first_s = calendar.timegm(asked.day.first.timetuple())
    condition.add(f"wall_s {'>=' if is_from else '<'} ?", float(first_s))


def _add_size(condition: _Condition, asked: OfSize) -> None:
    what = "width_px * height_px" if asked.measure is Measure.MEGAPIXELS else "size_bytes"
    # 2.3 times a million is not 2,300,000 in binary.
    amount = round(asked.amount * asked.measure.unit, 3)
    condition.add(f"{what} {asked.comparison.value} ?", amount, is_excluded=asked.is_excluded)


def _add_kind(condition: _Condition, asked: Is) -> None:
    text = _IS[asked.kind]
    parameters: list[str] = []
    if asked.kind is Kind.SCREENSHOT:
        text = text.format(size=screenshots.size_condition(), words="?")
        parameters = [screenshots.words_query()]
    condition.add(text, *parameters, is_excluded=asked.is_excluded)


def _add_types(condition: _Condition, asked: Sequence[OfType]) -> None:
    for is_excluded, some in _wanted_and_not(asked):
        formats = [one.format for one in some]
        condition.add(f"format IN ({_marks(formats)})", *formats, is_excluded=is_excluded)


def _add_folders(condition: _Condition, asked: Sequence[InFolder]) -> None:
    for is_excluded, some in _wanted_and_not(asked):
        texts: list[str] = []
        parameters: list[str] = []
        for one in some:
            folder = as_text(one.folder)
            if _IS_ABSOLUTE.match(folder):
                place = place_of(folder)
                texts.append("substr(place, 1, length(?)) = ?")
                parameters += [place, place]
            else:
                texts.append("instr(place, ?)")
                parameters.append(f"/{folded(folder).strip('/')}/")
        text = f"folder_id IN (SELECT id FROM folders WHERE {' OR '.join(texts)})"
        condition.add(text, *parameters, is_excluded=is_excluded)


def _add_cameras(
    connection: sqlite3.Connection, condition: _Condition, asked: Sequence[ByCamera]
) -> None:
    if not asked:
        return
    known = {camera: folded(camera) for camera in cameras(connection)}

    def named(some: Sequence[ByCamera]) -> list[str]:
        texts = [folded(one.camera) for one in some]
        return [key for key, value in known.items() if any(text in value for text in texts)]

    for is_excluded, some in _wanted_and_not(asked):
        found = named(some)
        text = f"camera IS NOT NULL AND camera IN ({_marks(found)})"
        condition.add(text, *found, is_excluded=is_excluded)


def _wanted_and_not(asked: Sequence[_Excludable]) -> Iterator[tuple[bool, list[_Excludable]]]:
    """Of several one is enough, or none may be: whether they are excluded, and those that are."""
    for is_excluded in (False, True):
        some = [one for one in asked if one.is_excluded is is_excluded]
        if some:
            yield is_excluded, some


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def cameras(connection: sqlite3.Connection) -> Iterator[str]:
    """Every camera of the library, once each: from one to the next through the index."""
    last = ""
    while True:
        row = connection.execute(
            "SELECT min(camera) FROM pictures WHERE camera IS NOT NULL AND camera > ?", (last,)
        ).fetchone()
        if row[0] is None:
            return
        last = row[0]
        yield last
