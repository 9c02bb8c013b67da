"""SQL about the searches that the user keeps."""

import sqlite3
from collections import defaultdict

from desktop_app.engine.records import PictureExample
from desktop_app.engine.saved_search import ExampleRole, SavedExample, SavedSearch
from desktop_app.engine.store.storable import as_text


def save(connection: sqlite3.Connection, search: SavedSearch) -> int:
    """Keep a search, or what it has become where it has an id already; returns its id."""
    row = connection.execute(
        """
        INSERT INTO searches (id, name, line) VALUES (?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, line = excluded.line
        RETURNING id
        """,
        (search.id or None, as_text(search.name), as_text(search.line)),
    ).fetchone()
    search_id = int(row[0])
    connection.execute("DELETE FROM search_examples WHERE search_id = ?", (search_id,))
    connection.executemany(
        """
        INSERT INTO search_examples (search_id, place, role, name, picture_id, image, weight)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
        WHERE ?5 IS NULL OR EXISTS (SELECT 1 FROM pictures WHERE id = ?5)
        """,
        [
            (
                search_id,
                place,
                str(one.role),
                as_text(one.name),
                one.example.picture_id,
                one.example.image,
                one.example.weight,
            )
            for place, one in enumerate(search.examples, start=search.lost)
        ],
    )
    return search_id


def remove(connection: sqlite3.Connection, search_id: int) -> None:
    """Keep a search no longer; an unknown one is no error."""
    connection.execute("DELETE FROM searches WHERE id = ?", (search_id,))


def every(connection: sqlite3.Connection) -> list[SavedSearch]:
    """All of them, in the order in which they were saved."""
    examples: defaultdict[int, list[SavedExample]] = defaultdict(list)
    places: dict[int, int] = {}
    for search_id, place, role, name, picture_id, image, weight in connection.execute(
        """
        SELECT search_id, place, role, name, picture_id, image, weight
        FROM search_examples ORDER BY search_id, place
        """
    ):
        example = PictureExample(image, picture_id, weight)
        examples[search_id].append(SavedExample(ExampleRole(role), name, example))
        places[search_id] = place
    rows = connection.execute("SELECT id, name, line FROM searches ORDER BY id")
    found = []
    for search_id, name, line in rows:
        some = tuple(examples[search_id])
        # Places were given without a gap, and a search that asks for nothing is never kept.
        lost = places.get(search_id, -1) + 1 - len(some)
        found.append(SavedSearch(search_id, name, line, some, lost or int(not line and not some)))
    return found
