"""SQL about models: which one the library uses, and which have made vectors in it."""

import sqlite3
from dataclasses import dataclass

from desktop_app.engine.records import ModelInfo

# How SQLite lays out a table with its default pages: https://www.sqlite.org/fileformat2.html.
_PAGE_BYTES = 4096
_LONGEST_IN_PAGE = _PAGE_BYTES - 35
_SHORTEST_IN_PAGE = (_PAGE_BYTES - 12) * 32 // 255 - 23
_OVERFLOW_BYTES = _PAGE_BYTES - 4

_ROW_EXTRA_BYTES = 20
"""What a row of a vector holds beside its numbers: header, ids, revision, its place in the page."""
_INDEX_ENTRY_BYTES = 28
"""A vector's entries in the two indexes, with the room that their pages leave."""


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Which models a library uses, by the names of their folders.

    Attributes:
        in_use: The one that answers queries; None is the built-in one, never chosen otherwise.
        next: The one that is to answer as soon as every picture has its vector; the one in use
            where it still lacks some; None if none.
    """

    in_use: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A model that has made vectors in this library.

    Attributes:
        key: What its vectors are kept under.
        title: For people.
        dim: Length of its vectors.
        folder: Under which name it was installed; None where that is not known.
        vectors: How many pictures have a vector of it.
    """

    key: str
    title: str
    dim: int
    folder: str | None
    vectors: int

    @property
    def name(self) -> str:
        """What to call it."""
        return self.folder or self.title

    @property
    def disk_bytes(self) -> int:
        """What its vectors take in the catalog, nearly; measuring would read all pages."""
        row_bytes = in_page = 2 * self.dim + _ROW_EXTRA_BYTES
        if row_bytes > _LONGEST_IN_PAGE:  # the rest of it is kept on pages of its own
            in_page = _SHORTEST_IN_PAGE + (row_bytes - _SHORTEST_IN_PAGE) % _OVERFLOW_BYTES
            if in_page > _LONGEST_IN_PAGE:
                in_page = _SHORTEST_IN_PAGE
        pages = 1 / (_PAGE_BYTES // in_page) + -(-(row_bytes - in_page) // _OVERFLOW_BYTES)
        return round(self.vectors * (pages * _PAGE_BYTES + _INDEX_ENTRY_BYTES))


def choice(connection: sqlite3.Connection) -> ModelChoice:
    """Which models the library uses."""
    return ModelChoice(*connection.execute("SELECT in_use, next FROM choice").fetchone())


def choose(connection: sqlite3.Connection, chosen: ModelChoice) -> None:
    """Note which models the library uses."""
    connection.execute("UPDATE choice SET in_use = ?, next = ?", (chosen.in_use, chosen.next))


def note_folder(connection: sqlite3.Connection, model: ModelInfo, folder: str) -> None:
    """Note under which name a model is installed."""
    connection.execute(
        """
        INSERT INTO models (key, name, dim, folder) VALUES (?, ?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET name = excluded.name, folder = excluded.folder
        """,
        (model.key, model.name, model.dim, folder),
    )


def all_of_them(connection: sqlite3.Connection) -> list[StoredModel]:
    """Every model that has made vectors here, in the order they came."""
    rows = connection.execute(
        """
        SELECT key, name, dim, folder,
               (SELECT count(*) FROM vectors WHERE model_id = models.id)
        FROM models ORDER BY id
        """
    )
    return [StoredModel(*row) for row in rows]


def free_vectors(connection: sqlite3.Connection, model_key: str, at_most: int) -> int:
    """Delete some vectors of a model.

    The model stays known: its revision must go on rising, should it come back, because a saved
    index may have survived.

    Returns:
        How many were deleted; 0 when all is done.
    """
    deleted = connection.execute(
        """
        DELETE FROM vectors WHERE id IN (
            SELECT id FROM vectors
            WHERE model_id = (SELECT id FROM models WHERE key = ?) LIMIT ?
        )
        """,
        (model_key, at_most),
    ).rowcount
    if deleted:
        connection.execute("UPDATE models SET revision = revision + 1 WHERE key = ?", (model_key,))
    return deleted
