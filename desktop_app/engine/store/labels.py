"""SQL about ratings and tags.

Both lie in narrow tables of their own: a change rewrites no row of a picture, and a filter reads
nothing else. Long lists of pictures cross to SQLite as one JSON text, in parts.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.query_language.parts import MOST_STARS
from desktop_app.engine.records import (
    CommonLabels,
    LabelChange,
    LabelCounts,
    PictureIds,
    PictureLabels,
)
from desktop_app.engine.store.chosen_ids import ChosenIds, rising
from desktop_app.engine.store.id_lists import fetch_columns, fetch_ids
from desktop_app.engine.store.names import folded, sort_key
from desktop_app.engine.store.pictures import every_id
from desktop_app.engine.store.storable import as_text

Ids = NDArray[np.int64]
_Key = TypeVar("_Key", int, str)

_AT_ONCE = 20_000
"""Pictures in one statement: other threads of the program run between two."""
_FEW = 50_000
"""So many pictures are looked up one by one; for more, all labels are read and counted here."""
_THESE = "IN (SELECT value FROM json_each(?))"


def of(connection: sqlite3.Connection, ids: PictureIds) -> dict[int, PictureLabels]:
    """The labels of pictures; those that have none, or are gone, have empty ones."""
    wanted = _array(ids)
    ratings: dict[int, int] = {}
    tags: dict[int, list[str]] = {}
    for some in _parts(wanted):
        ratings.update(
            connection.execute(
                f"SELECT picture_id, rating FROM ratings WHERE picture_id {_THESE}", (some,)
            ).fetchall()
        )
        for picture_id, name in connection.execute(
            f"""
            SELECT picture_id, name FROM picture_tags JOIN tags ON tags.id = tag_id
            WHERE picture_id {_THESE}
            """,
            (some,),
        ):
            tags.setdefault(picture_id, []).append(name)
    return {
        one: PictureLabels(ratings.get(one, 0), tuple(sorted(tags.get(one, ()), key=sort_key)))
        for one in wanted.tolist()
    }


def rate(connection: sqlite3.Connection, ids: PictureIds, rating: int) -> LabelChange:
    """Give pictures a rating, 0 to 5; those that are gone are passed over."""
    before: dict[int, list[Ids]] = {}
    for some in _parts(_array(ids)):
        changed, had = fetch_columns(
            connection,
            ["id", "stars"],
            f"""
            SELECT pictures.id AS id, coalesce(rating, 0) AS stars
            FROM pictures LEFT JOIN ratings ON picture_id = pictures.id
            WHERE pictures.id {_THESE} AND coalesce(rating, 0) <> ?
            """,
            (some, rating),
        )
        for stars in np.unique(had).tolist():
            before.setdefault(stars, []).append(changed[had == stars])
        _set_rating(connection, changed, rating)
    return LabelChange(
        ratings=tuple((stars, np.concatenate(parts)) for stars, parts in sorted(before.items()))
    )


def tag(
    connection: sqlite3.Connection, ids: PictureIds, add: Sequence[str], remove: Sequence[str]
) -> LabelChange:
    """Give pictures some tags, and take others away.

    Args:
        connection: Where to write.
        ids: The pictures; those that are gone are passed over.
        add: Tags that they get; those there already keep their spelling.
        remove: Tags that they lose.
    """
    wanted = _array(ids)
    taken = [_take(connection, wanted, name) for name in remove]
    given = [_give(connection, wanted, name) for name in add]
    return LabelChange(
        tagged=tuple(each for each in given if len(each[1])),
        untagged=tuple(each for each in taken if len(each[1])),
    )


def restore(connection: sqlite3.Connection, change: LabelChange) -> LabelChange:
    """Take a change back; returns what takes that back again."""
    renamed = None
    if change.renamed is not None:
        now, before = change.renamed
        renamed = rename(connection, now, before).renamed
    ratings: list[tuple[int, Ids]] = []
    for stars, ids in change.ratings:
        ratings += rate(connection, ids, stars).ratings
    taken = [_take(connection, ids, name) for name, ids in change.tagged]
    given = [_give(connection, ids, name) for name, ids in change.untagged]
    return LabelChange(tuple(ratings), tuple(given), tuple(taken), renamed)


def rename(connection: sqlite3.Connection, name: str, new: str) -> LabelChange:
    """Call a tag otherwise; where there is one of the new name, they become one."""
    row = _tag_row(connection, name)
    if row is None:
        return LabelChange()
    tag_id, spelled = row
    other = _tag_row(connection, new)
    if other is None or other[0] == tag_id:
        if spelled == as_text(new):
            return LabelChange()
        connection.execute(
            "UPDATE tags SET name = ?, key = ? WHERE id = ?", (as_text(new), key_of(new), tag_id)
        )
        return LabelChange(renamed=(new, spelled))
    ids = pictures_of(connection, name)
    return tag(connection, ids, [new], [name])


def delete(connection: sqlite3.Connection, name: str) -> LabelChange:
    """Take a tag from all pictures."""
    ids = pictures_of(connection, name)
    return tag(connection, ids, [], [name])


def pictures_of(connection: sqlite3.Connection, name: str) -> Ids:
    """The pictures that have a tag, shape ``(n,)``, rising."""
    return fetch_ids(
        connection,
        """
        SELECT picture_id AS id FROM picture_tags
        WHERE tag_id = (SELECT id FROM tags WHERE key = ?) ORDER BY picture_id
        """,
        (key_of(name),),
    )


def rated(connection: sqlite3.Connection, stars: Sequence[int]) -> Ids:
    """The pictures that have one of some ratings, 1 to 5, shape ``(n,)``, in any order."""
    numbers = ",".join(str(int(each)) for each in stars)
    return fetch_ids(
        connection,
        "SELECT picture_id AS id FROM ratings INDEXED BY ratings_by_rating"
        f" WHERE rating IN ({numbers})",
    )


def counts(connection: sqlite3.Connection) -> LabelCounts:
    """How many pictures have each label; a tenth of a second at 1,000,000 pictures."""
    pictures: int = connection.execute("SELECT count(*) FROM pictures").fetchone()[0]
    stars = dict(
        connection.execute(
            "SELECT rating, count(*) FROM ratings INDEXED BY ratings_by_rating GROUP BY rating"
        ).fetchall()
    )
    return LabelCounts(_ratings(pictures, stars), _sorted(tag_counts(connection)))


def tag_counts(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """The tags that pictures have, and how many have each."""
    return connection.execute(
        """
        SELECT name, pictures FROM tags
        JOIN (SELECT tag_id, count(*) AS pictures FROM picture_tags GROUP BY tag_id)
            ON tag_id = tags.id
        """
    ).fetchall()


def common(connection: sqlite3.Connection, ids: PictureIds) -> CommonLabels:
    """How many of some pictures have each label."""
    wanted = _array(ids)
    stars: dict[int, int] = {}
    tags: dict[str, int] = {}
    if len(wanted) > _FEW:
        there = every_id(connection)
        chosen = ChosenIds(wanted)
        pictures = len(chosen.places_in(there))
        for each in range(1, MOST_STARS + 1):
            stars[each] = len(chosen.places_in(rising(rated(connection, [each]))))
        for (name,) in connection.execute("SELECT name FROM tags").fetchall():
            if count := len(chosen.places_in(pictures_of(connection, name))):
                tags[name] = count
        return CommonLabels(pictures, _ratings(pictures, stars), _sorted(tags.items()))
    pictures = 0
    for some in _parts(np.unique(wanted)):
        pictures += connection.execute(
            f"SELECT count(*) FROM pictures WHERE id {_THESE}", (some,)
        ).fetchone()[0]
        _count(
            stars,
            connection.execute(
                f"SELECT rating, count(*) FROM ratings WHERE picture_id {_THESE} GROUP BY rating",
                (some,),
            ),
        )
        _count(
            tags,
            connection.execute(
                "SELECT name, count(*) FROM picture_tags JOIN tags ON tags.id = tag_id"
                f" WHERE picture_id {_THESE} GROUP BY tag_id",
                (some,),
            ),
        )
    return CommonLabels(pictures, _ratings(pictures, stars), _sorted(tags.items()))


def key_of(name: str) -> str:
    """What tells whether two tags are the same: case and Unicode's form are none of it."""
    return folded(as_text(name))


def _set_rating(connection: sqlite3.Connection, ids: Ids, rating: int) -> None:
    if rating:
        connection.execute(
            "INSERT OR REPLACE INTO ratings (picture_id, rating) SELECT value, ? FROM json_each(?)",
            (rating, _json(ids)),
        )
    else:
        connection.execute(f"DELETE FROM ratings WHERE picture_id {_THESE}", (_json(ids),))


def _give(connection: sqlite3.Connection, ids: Ids, name: str) -> tuple[str, Ids]:
    """Give pictures a tag; returns how it is spelled, and those that did not have it."""
    row = _tag_row(connection, name)
    if row is None or not _has_pictures(connection, row[0]):
        # Nobody sees the former spelling of one that no picture has any more.
        connection.execute(
            "INSERT INTO tags (name, key) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET name = excluded.name",
            (as_text(name), key_of(name)),
        )
        row = _tag_row(connection, name)
    if row is None:
        raise ValueError(f"the tag {name!r} cannot be kept")
    tag_id, spelled = row
    given = [np.empty(0, dtype=np.int64)]
    for some in _parts(ids):
        new = fetch_ids(
            connection,
            f"""
            SELECT id FROM pictures WHERE id {_THESE} AND NOT EXISTS (
                SELECT 1 FROM picture_tags WHERE tag_id = ? AND picture_id = pictures.id
            )
            """,
            (some, tag_id),
        )
        connection.execute(
            "INSERT INTO picture_tags (tag_id, picture_id) SELECT ?, value FROM json_each(?)",
            (tag_id, _json(new)),
        )
        given.append(new)
    return spelled, np.concatenate(given)


def _take(connection: sqlite3.Connection, ids: Ids, name: str) -> tuple[str, Ids]:
    """Take a tag from pictures; returns how it was spelled, and those that had it."""
    row = _tag_row(connection, name)
    taken = [np.empty(0, dtype=np.int64)]
    if row is None:
        return name, taken[0]
    tag_id, spelled = row
    for some in _parts(ids):
        had = fetch_ids(
            connection,
            f"SELECT picture_id AS id FROM picture_tags WHERE tag_id = ? AND picture_id {_THESE}",
            (tag_id, some),
        )
        connection.execute(
            f"DELETE FROM picture_tags WHERE tag_id = ? AND picture_id {_THESE}",
            (tag_id, _json(had)),
        )
        taken.append(had)
    return spelled, np.concatenate(taken)


def _tag_row(connection: sqlite3.Connection, name: str) -> tuple[int, str] | None:
    """Id and spelling of a tag."""
    row: tuple[int, str] | None = connection.execute(
        "SELECT id, name FROM tags WHERE key = ?", (key_of(name),)
    ).fetchone()
    return row


def _has_pictures(connection: sqlite3.Connection, tag_id: int) -> bool:
    row = connection.execute("SELECT 1 FROM picture_tags WHERE tag_id = ? LIMIT 1", (tag_id,))
    return row.fetchone() is not None


def _array(ids: PictureIds) -> Ids:
    return np.asarray(ids, dtype=np.int64)


def _parts(ids: Ids) -> Iterator[str]:
    for start in range(0, len(ids), _AT_ONCE):
        yield _json(ids[start : start + _AT_ONCE])


def _json(ids: Ids) -> str:
    return json.dumps(ids.tolist())


def _count(into: dict[_Key, int], rows: Iterable[tuple[_Key, int]]) -> None:
    for key, count in rows:
        into[key] = into.get(key, 0) + count


def _ratings(pictures: int, stars: dict[int, int]) -> tuple[int, int, int, int, int, int]:
    one, two, three, four, five = (stars.get(each, 0) for each in range(1, MOST_STARS + 1))
    return pictures - sum(stars.values()), one, two, three, four, five


def _sorted(tags: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(tags, key=lambda each: (sort_key(each[0]), each[0])))
