"""SQL that lists what a search line can name: folders, cameras, formats, tags."""

import sqlite3
from collections import Counter

from desktop_app.engine.records import Counted, RootKind, Vocabulary
from desktop_app.engine.store import labels
from desktop_app.engine.store.folders import inner_names
from desktop_app.engine.store.names import folded


def vocabulary(connection: sqlite3.Connection, most: int) -> Vocabulary:
    """What the library's pictures have in common; half a second at 1,000,000 of them.

    Args:
        connection: Where to read.
        most: How many folders at most, and how many cameras, formats and tags.
    """
    cameras = _counted(
        connection,
        "SELECT camera, count(*) FROM pictures INDEXED BY pictures_by_camera"
        " WHERE camera IS NOT NULL GROUP BY camera",
    )
    formats = _counted(
        connection,
        "SELECT format, count(*) FROM pictures INDEXED BY pictures_by_folder GROUP BY format",
    )
    return Vocabulary(
        _most_used(_folder_names(connection), most),
        _most_used(cameras, most),
        _most_used(formats, most),
        _most_used(Counter(dict(labels.tag_counts(connection))), most),
    )


def _folder_names(connection: sqlite3.Connection) -> Counter[str]:
    """How many pictures lie at or below folders of a name, spelled as most of them have it."""
    rows = connection.execute(
        """
        SELECT folders.path, roots.path, roots.kind, counted.pictures
        FROM (
            SELECT folder_id, count(*) AS pictures
            FROM pictures INDEXED BY pictures_by_folder GROUP BY folder_id
        ) AS counted
        JOIN folders ON folders.id = counted.folder_id
        JOIN roots ON roots.id = folders.root_id
        """
    ).fetchall()
    counts: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for path, root_path, kind, pictures in rows:
        if RootKind(kind) is RootKind.FILE:
            continue
        # Once each, however often a name comes in one path.
        for key, name in {folded(name): name for name in inner_names(path, root_path)}.items():
            counts[key] += pictures
            spellings.setdefault(key, Counter())[name] += pictures
    return Counter({spellings[key].most_common(1)[0][0]: number for key, number in counts.items()})


def _counted(connection: sqlite3.Connection, select: str) -> Counter[str]:
    return Counter(dict(connection.execute(select).fetchall()))


def _most_used(counts: Counter[str], most: int) -> tuple[Counted, ...]:
    """By number falling, then by text."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Counted(text, number) for text, number in ordered[:most])
