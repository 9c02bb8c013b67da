"""SQL about pictures: their files and what is shown of them."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.records import FileStamp, NewPicture, Picture
from desktop_app.engine.store import folders, kept_labels
from desktop_app.engine.store.chosen_ids import rising
from desktop_app.engine.store.id_lists import fetch_ids
from desktop_app.engine.store.places import AT_OR_BELOW, range_below
from desktop_app.engine.store.searchable import local_offset_s, name_texts
from desktop_app.engine.store.storable import as_integer, as_text

# SQLite's limit of parameters was 999 before version 3.32.
_IDS_A_QUERY = 900

_COLUMNS = """
    root_id, path, size_bytes, mtime_ns, folder_id, name, words, sort_name, width_px, height_px,
    format, taken_at_s, fingerprint, content_hash, camera, average_colour, has_details, date_s,
    utc_offset_s, wall_s
"""

_REPLACED = [name.strip() for name in _COLUMNS.split(",") if name.strip() != "path"]

_TAKES_ITS_PLACE = f"""
    ON CONFLICT (path) DO UPDATE SET
        {", ".join(f"{name} = excluded.{name}" for name in _REPLACED)},
        missing_since_s = NULL
    RETURNING id
"""
"""The end of an insertion: a picture that is known under the path keeps its id."""

# Parameters 1 to 8 are what `_of_file` gives, 9 is the offset that holds for the file's time.
_UPSERT = f"""
    INSERT INTO pictures ({_COLUMNS})
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, 1,
           COALESCE(?13, ?4 / 1e9), ?9, COALESCE(?13, ?4 / 1e9) + ?9
    WHERE true
    {_TAKES_ITS_PLACE}
"""

_INSERT_COPY = f"""
    INSERT INTO pictures ({_COLUMNS})
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, width_px, height_px, format, taken_at_s, fingerprint,
           content_hash, camera, average_colour, has_details, date, offset, date + offset
    FROM (
        SELECT *, COALESCE(taken_at_s, ?4 / 1e9) AS date,
               IIF(taken_at_s IS NULL, ?9, utc_offset_s) AS offset
        FROM pictures WHERE id = ?10 AND content_hash = ?11
    )
    WHERE true
    {_TAKES_ITS_PLACE}
"""

Move = tuple[int, str, int, FileStamp]
"""Picture id, its new path, the id of the root it is in now, its stamp there."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that is an exact copy of a picture.

    Attributes:
        root_id: The root that the file belongs to.
        path: Its path.
        stamp: Its size and time.
        original_id: The picture.
        content_hash: Digest of the file: the picture may have another content by now.
    """

    root_id: int
    path: str
    stamp: FileStamp
    original_id: int
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class StoredContent:
    """What the catalog knows of a picture's file and content.

    Attributes:
        picture_id: The catalog's id.
        root_id: The root it belongs to.
        path: Absolute path.
        size_bytes: Length of the file.
        fingerprint: Digest of parts of it.
        content_hash: Digest of all of it; None where nobody has made one.
    """

    picture_id: int
    root_id: int
    path: str
    size_bytes: int
    fingerprint: bytes
    content_hash: bytes | None


_CONTENT_COLUMNS = "id, root_id, path, size_bytes, fingerprint, content_hash"


FileRow = tuple[int, str, int, int, int, str, str | None, str]
"""Root, path, size, time, folder, and the texts of the name."""


def _of_file(connection: sqlite3.Connection, root_id: int, path: str, stamp: FileStamp) -> FileRow:
    """What the table says of a file, apart from its content."""
    text = as_text(path)
    return (
        root_id,
        text,
        as_integer(stamp.size_bytes),
        as_integer(stamp.mtime_ns),
        folders.of_picture(connection, root_id, text),
        *name_texts(text),
    )


def write(connection: sqlite3.Connection, root_id: int, picture: NewPicture) -> int:
    """Insert a picture, or update the one of that path; returns its id."""
    offset_s = picture.utc_offset_s
    if offset_s is None:
        taken_at_s = picture.taken_at_s
        offset_s = local_offset_s(
            picture.stamp.mtime_ns / 1e9 if taken_at_s is None else taken_at_s
        )
    row = connection.execute(
        _UPSERT,
        (
            *_of_file(connection, root_id, picture.path, picture.stamp),
            offset_s,
            picture.width_px,
            picture.height_px,
            picture.format,
            picture.taken_at_s,
            picture.fingerprint,
            picture.content_hash,
            picture.camera,
            picture.average_colour,
        ),
    ).fetchone()
    return int(row[0])


def write_copy(connection: sqlite3.Connection, copy: Copy) -> int | None:
    """Insert a picture with the content of another, or give that content to the one of the path.

    Returns:
        Its id; None where the other one is gone or has another content by now.
    """
    row = connection.execute(
        _INSERT_COPY,
        (
            *_of_file(connection, copy.root_id, copy.path, copy.stamp),
            local_offset_s(copy.stamp.mtime_ns / 1e9),
            copy.original_id,
            copy.content_hash,
        ),
    ).fetchone()
    return None if row is None else int(row[0])


def move(connection: sqlite3.Connection, moves: Sequence[Move]) -> list[int]:
    """Give pictures other paths; files may have changed places with each other.

    Returns:
        The other pictures that had to go because they were known under one of the new paths.
    """
    # Out of the way first, because paths are unique. No absolute path looks like that.
    connection.executemany(
        "UPDATE pictures SET path = 'moving ' || id WHERE id = ?", [(one[0],) for one in moves]
    )
    replaced: list[int] = []
    for start in range(0, len(moves), _IDS_A_QUERY):
        paths = [as_text(path) for _, path, _, _ in moves[start : start + _IDS_A_QUERY]]
        marks = ",".join("?" * len(paths))
        rows = connection.execute(f"SELECT id FROM pictures WHERE path IN ({marks})", paths)
        replaced.extend(row[0] for row in rows.fetchall())
    remove(connection, replaced)
    connection.executemany(
        """
        UPDATE pictures SET
            root_id = ?1, path = ?2, size_bytes = ?3, mtime_ns = ?4, folder_id = ?5, name = ?6,
            words = ?7, sort_name = ?8, missing_since_s = NULL,
            date_s = COALESCE(taken_at_s, ?4 / 1e9),
            utc_offset_s = IIF(taken_at_s IS NULL, ?9, utc_offset_s),
            wall_s = COALESCE(taken_at_s + utc_offset_s, ?4 / 1e9 + ?9)
        WHERE id = ?10
        """,
        [
            (
                *_of_file(connection, root_id, path, stamp),
                local_offset_s(stamp.mtime_ns / 1e9),
                picture_id,
            )
            for picture_id, path, root_id, stamp in moves
        ],
    )
    return replaced


def remove(connection: sqlite3.Connection, ids: Iterable[int], *, is_damaged: bool = False) -> int:
    """Remove pictures with their vectors; what the user attached to them waits for their files.

    Args:
        connection: Where to write.
        ids: The pictures; unknown ones are ignored.
        is_damaged: Whether their files are there, and can be read no more.

    Returns:
        How many there were.
    """
    rows = [(int(one),) for one in ids]
    kept_labels.keep(connection, (one for (one,) in rows), is_damaged=is_damaged)
    return connection.executemany("DELETE FROM pictures WHERE id = ?", rows).rowcount


def known_files(connection: sqlite3.Connection, root_id: int, place: str) -> dict[str, str]:
    """A root's pictures at a place or below it: ``id:size:time`` by path."""
    rows = connection.execute(
        f"""
        SELECT path, id || ':' || size_bytes || ':' || mtime_ns
        FROM pictures WHERE +root_id = ? AND {AT_OR_BELOW}
        """,
        (root_id, *range_below(place)),
    )
    return dict(rows)


def has_any(connection: sqlite3.Connection, root_id: int, place: str) -> bool:
    """Whether a root has a picture at a place or below it."""
    rows = connection.execute(
        f"SELECT EXISTS (SELECT 1 FROM pictures WHERE +root_id = ? AND {AT_OR_BELOW})",
        (root_id, *range_below(place)),
    )
    return bool(rows.fetchone()[0])


def missing_ids(connection: sqlite3.Connection, root_id: int) -> set[int]:
    """The pictures of a root whose removal waits for a yes."""
    rows = connection.execute(
        "SELECT id FROM pictures WHERE root_id = ? AND missing_since_s IS NOT NULL", (root_id,)
    )
    return {row[0] for row in rows}


def missing(connection: sqlite3.Connection, root_id: int) -> Iterator[StoredContent]:
    """The pictures of a root whose removal waits for a yes."""
    rows = connection.execute(
        f"SELECT {_CONTENT_COLUMNS} FROM pictures"
        " WHERE root_id = ? AND missing_since_s IS NOT NULL",
        (root_id,),
    )
    return (StoredContent(*row) for row in rows)


def mark_missing(connection: sqlite3.Connection, ids: Iterable[int], since_s: float | None) -> None:
    """Note since when files are gone, where that is not noted yet; None says that they are back."""
    keep = "" if since_s is None else " AND missing_since_s IS NULL"
    connection.executemany(
        f"UPDATE pictures SET missing_since_s = ? WHERE id = ?{keep}",
        [(since_s, int(one)) for one in ids],
    )


def copies(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """All exact copies, with the first picture in the library of the same content."""
    rows = connection.execute(
        """
        SELECT id, first FROM (
            SELECT id, min(id) OVER (PARTITION BY size_bytes, content_hash) AS first FROM pictures
            WHERE content_hash IS NOT NULL AND (size_bytes, fingerprint) IN (
                SELECT size_bytes, fingerprint FROM pictures
                GROUP BY size_bytes, fingerprint HAVING count(*) > 1
            )
        ) WHERE id <> first
        """
    )
    return rows.fetchall()


def of_sizes(connection: sqlite3.Connection, sizes: Iterable[int]) -> Iterator[StoredContent]:
    """The pictures whose files have one of some lengths."""
    wanted = [as_integer(one) for one in sizes]
    for start in range(0, len(wanted), _IDS_A_QUERY):
        asked = wanted[start : start + _IDS_A_QUERY]
        marks = ",".join("?" * len(asked))
        rows = connection.execute(
            f"SELECT {_CONTENT_COLUMNS} FROM pictures WHERE size_bytes IN ({marks})", asked
        )
        yield from (StoredContent(*row) for row in rows)


def alike(
    connection: sqlite3.Connection, size_bytes: int, fingerprint: bytes
) -> Iterator[StoredContent]:
    """The pictures whose files have this length and fingerprint."""
    rows = connection.execute(
        f"SELECT {_CONTENT_COLUMNS} FROM pictures WHERE size_bytes = ? AND fingerprint = ?",
        (as_integer(size_bytes), fingerprint),
    )
    return (StoredContent(*row) for row in rows)


def ids_newest_first(connection: sqlite3.Connection) -> NDArray[np.int64]:
    """Every picture's id, shape ``(n,)``: by date falling, then by id falling.

    By the clock where it was taken, as the days are told by which pictures are grouped.
    """
    return fetch_ids(connection, "SELECT id FROM pictures ORDER BY wall_s DESC, id DESC")


def every_id(connection: sqlite3.Connection) -> NDArray[np.int64]:
    """Every picture's id, shape ``(n,)``, rising: by an index, a fifth as long as the table."""
    return rising(fetch_ids(connection, "SELECT id FROM pictures INDEXED BY pictures_by_clock"))


def records(connection: sqlite3.Connection, ids: Iterable[int]) -> list[Picture]:
    """Pictures in the order of the ids; those that are gone are left out."""
    wanted = [int(one) for one in ids]  # numpy's integers are not SQLite's
    found: dict[int, Picture] = {}
    for start in range(0, len(wanted), _IDS_A_QUERY):
        asked = wanted[start : start + _IDS_A_QUERY]
        marks = ",".join("?" * len(asked))
        rows = connection.execute(
            f"""
            SELECT id, path, size_bytes, mtime_ns, width_px, height_px, format, date_s, fingerprint,
                   root_id, missing_since_s, camera, utc_offset_s, taken_at_s IS NULL
            FROM pictures WHERE id IN ({marks})
            """,
            asked,
        )
        for row_id, path, size_bytes, mtime_ns, *rest in rows:
            rest[-1] = bool(rest[-1])
            found[row_id] = Picture(row_id, path, FileStamp(size_bytes, mtime_ns), *rest)
    return [found[one] for one in wanted if one in found]


def has_content(connection: sqlite3.Connection, picture_id: int, fingerprint: bytes) -> bool:
    """Whether a picture is there and has this content."""
    row = connection.execute(
        "SELECT 1 FROM pictures WHERE id = ? AND fingerprint = ?", (picture_id, fingerprint)
    ).fetchone()
    return row is not None


def fingerprints(
    connection: sqlite3.Connection, after_id: int, limit: int
) -> list[tuple[int, bytes]]:
    """Ids and fingerprints of the pictures after one, rising."""
    return connection.execute(
        "SELECT id, fingerprint FROM pictures WHERE id > ? ORDER BY id LIMIT ?", (after_id, limit)
    ).fetchall()


def path_of(connection: sqlite3.Connection, picture_id: int) -> str | None:
    """A picture's path; None where it is gone."""
    row = connection.execute("SELECT path FROM pictures WHERE id = ?", (picture_id,)).fetchone()
    return None if row is None else str(row[0])


def count(connection: sqlite3.Connection) -> int:
    """How many pictures there are."""
    return int(connection.execute("SELECT count(*) FROM pictures").fetchone()[0])
