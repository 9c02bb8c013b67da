"""What SQLite is like here, for those who look for what is wrong."""

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_COMMITS = 10


@dataclass(frozen=True, slots=True)
class SqliteFacts:
    """What was found.

    Attributes:
        version: Of the library that Python uses.
        has_words: Whether it can index words (FTS5).
        commit_s: How long a commit takes that survives a power cut.
    """

    version: str
    has_words: bool
    commit_s: float


def look(path: Path) -> SqliteFacts:
    """Try SQLite with a file of its own.

    Args:
        path: A file that does not exist; whoever gave it deletes it.

    Raises:
        sqlite3.Error: If it does not work at all.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE numbers (number INTEGER)")
        started = time.perf_counter()
        for number in range(_COMMITS):
            connection.execute("INSERT INTO numbers VALUES (?)", (number,))
        commit_s = (time.perf_counter() - started) / _COMMITS
        try:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
            has_words = True
        except sqlite3.OperationalError:
            has_words = False
    return SqliteFacts(sqlite3.sqlite_version, has_words, commit_s)
