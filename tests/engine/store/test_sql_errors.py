import sqlite3
from pathlib import Path

import pytest

from desktop_app.engine.errors import NoRoomError, StoreError, UnwritableError
from desktop_app.engine.store.sql_errors import is_unwritable, sqlite_in_words


def test_a_locked_database_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    first = sqlite3.connect(path, isolation_level=None)
    second = sqlite3.connect(path, isolation_level=None, timeout=0)
    first.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="in use by another program") as caught, sqlite_in_words():
        second.execute("BEGIN IMMEDIATE")
    assert caught.value.hint
    first.close()
    second.close()


def test_a_full_disk_is_told_from_other_trouble() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(NoRoomError, match="is full") as caught, sqlite_in_words():
        connection.execute("CREATE TABLE a (b)")
    assert not isinstance(caught.value, UnwritableError)  # which the library is from its opening on
    connection.close()


def test_a_file_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened") as caught, sqlite_in_words():
        sqlite3.connect(tmp_path / "none" / "a.sqlite3")
    assert isinstance(caught.value.__cause__, sqlite3.Error)
    assert is_unwritable(caught.value.__cause__)


def test_a_mistake_of_ours_is_not_put_in_words() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError, match="syntax"), sqlite_in_words():
        connection.execute("SELEKT 1")
    with pytest.raises(sqlite3.ProgrammingError), sqlite_in_words():
        connection.execute("SELECT ?", ())
    connection.close()
