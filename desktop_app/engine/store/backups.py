"""Copies of the catalog that are kept in case its file is damaged.

Each is a whole catalog: compact, checked, and written to the disk before it gets its name. They
are told apart by a number that rises, not by the clock, which may be set back.
"""

import logging
import os
import re
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CatalogDamagedError, StoreError
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import CatalogBackup
from desktop_app.engine.store import damage
from desktop_app.engine.store.folder_sync import sync_folder
from desktop_app.engine.store.sql_errors import cancellable, sqlite_in_words

_log = logging.getLogger(__name__)

KEPT = 3
"""The newest so many stay."""

INTERVAL_S = 24 * 3600.0
"""At most one a day: at 1,000,000 pictures it is 10 s of work and 1 GB to write."""

SPARE_BYTES = 256 * 1024 * 1024
"""Room that a backup leaves: it must not be what fills the disk."""

_FOLDER = "backups"
_PROBLEM = "problem.txt"
_TIME = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(
    r"catalog-(?P<number>\d{6,})-(?P<time>\d{8}T\d{6}Z)(?P<version>-version-\d+)?\.sqlite3"
)


@dataclass(frozen=True, slots=True)
class _File:
    """A backup by its name alone."""

    path: Path
    number: int
    made_at_s: float
    is_old_version: bool


class Backups:
    """The backups of one catalog, in a folder beside it.

    Args:
        catalog: The catalog's file.
    """

    def __init__(self, catalog: Path) -> None:
        self._catalog = catalog
        self.folder = catalog.parent / _FOLDER

    def is_due(self) -> bool:
        """Whether the last one is a day old, or made at a time that has not come yet."""
        files = self._rotating()
        if not files:
            return True
        age_s = time.time() - files[0].made_at_s
        return age_s >= INTERVAL_S or age_s < 0

    def has_room(self) -> bool:
        """Whether the disk holds another one and stays usable."""
        try:
            needed_bytes = self._catalog.stat().st_size + SPARE_BYTES
            return shutil.disk_usage(self._catalog.parent).free >= needed_bytes
        except OSError:
            return False

    def make(self, connection: sqlite3.Connection, cancel: CancelToken) -> None:
        """Make one, and delete those that are too many.

        Writers and readers go on meanwhile; what they write is not in it.

        Args:
            connection: To the catalog, outside of a transaction.
            cancel: Stops it.

        Raises:
            CancelledError: If it was stopped; nothing of it is left.
            CatalogDamagedError: If the catalog is damaged; the backups before it stay.
            StoreError: If the disk refuses.
        """
        self._write(connection, self._new_path(), cancel)
        for old in self._rotating()[KEPT:]:
            with suppress(OSError):  # Windows, where somebody has it open: next time
                old.path.unlink()

    def make_before_migration(self, connection: sqlite3.Connection, version: int) -> None:
        """Keep a catalog of an older version, in place of what was kept of versions before it.

        Raises:
            CatalogDamagedError: If the catalog is damaged.
            StoreError: If the disk refuses.
        """
        older = [file for file in self._files() if file.is_old_version]
        try:
            self._write(connection, self._new_path(f"-version-{version}"), CancelToken())
        except CatalogDamagedError:
            raise
        except StoreError as error:
            raise StoreError(
                phrase(
                    "Engine: Library",
                    "The library is of an older version, and its file could not be backed up "
                    "before the change. {error}",
                ).format(error=error.text),
                phrase(
                    "Engine: Library", "Make room in its folder and try again; nothing was changed."
                ),
            ) from error
        for file in older:
            with suppress(OSError):
                file.path.unlink()

    def newest_good(self) -> CatalogBackup | None:
        """The newest one that is whole. Reads all of it: seconds in large libraries."""
        for file in self._files():
            try:
                pictures = _count_checked(file.path)
            except (StoreError, OSError) as error:
                _log.warning("The backup %s cannot be used: %s", file.path.name, error)
            else:
                return CatalogBackup(str(file.path), file.made_at_s, pictures)
        return None

    def newest(self) -> CatalogBackup | None:
        """The newest one, unchecked; None where there is none that opens."""
        for file in self._files():
            with suppress(StoreError, sqlite3.Error), closing(_open(file.path)) as connection:
                return CatalogBackup(str(file.path), file.made_at_s, _count(connection))
        return None

    def newest_roots(self) -> set[str]:
        """The paths of the roots in the newest one; empty where there is none that opens."""
        for file in self._files():
            with suppress(StoreError, sqlite3.Error), closing(_open(file.path)) as connection:
                return {row[0] for row in connection.execute("SELECT path FROM roots")}
        return set()

    def are_there(self) -> bool:
        """Whether there is any, good or not."""
        return bool(self._files())

    def note_problem(self, sentence: str | None) -> None:
        """Keep why the last one could not be made, for `problem`; None where it could."""
        with suppress(OSError):  # the log has it as well
            if sentence is None:
                (self.folder / _PROBLEM).unlink(missing_ok=True)
            else:
                self.folder.mkdir(exist_ok=True)
                (self.folder / _PROBLEM).write_text(sentence, "utf-8")

    def problem(self) -> str | None:
        """Why the last one could not be made; None where it could."""
        try:
            return (self.folder / _PROBLEM).read_text("utf-8", "replace").strip() or None
        except OSError:
            return None

    def _write(self, connection: sqlite3.Connection, path: Path, cancel: CancelToken) -> None:
        temporary = self.folder / "unfinished.tmp"
        try:
            self.folder.mkdir(exist_ok=True)
            _discard(temporary)  # left by a process that was killed
            with sqlite_in_words():
                with cancellable(connection, cancel):
                    # As bytes: a name need not be UTF-8.
                    connection.execute(
                        "VACUUM INTO CAST(? AS TEXT)", (os.fsencode(temporary.absolute()),)
                    )
                with closing(_open(temporary)) as copy:
                    damage.check(copy, cancel, is_quick=True)
            _sync(temporary)
            os.replace(temporary, path)
            sync_folder(self.folder)
        except OSError as error:
            raise StoreError(
                phrase(
                    "Engine: Library", "A backup of the library could not be written ({reason})."
                ).format(reason=error.strerror),
                phrase("Engine: Library", "Check the disk that holds it."),
            ) from error
        finally:
            with suppress(OSError):
                _discard(temporary)

    def _new_path(self, ending: str = "") -> Path:
        files = self._files()
        number = files[0].number + 1 if files else 1
        return self.folder / f"catalog-{number:06}-{_now()}{ending}.sqlite3"

    def _rotating(self) -> list[_File]:
        """Those that make room for newer ones, newest first."""
        return [file for file in self._files() if not file.is_old_version]

    def _files(self) -> list[_File]:
        """All, newest first."""
        found = []
        with suppress(OSError):
            for path in self.folder.iterdir():
                match = _NAME.fullmatch(path.name)
                if match is not None:
                    with suppress(ValueError):  # a month 13 is none of ours
                        made_at = datetime.strptime(match["time"], _TIME).replace(tzinfo=UTC)
                        number, is_old = int(match["number"]), match["version"] is not None
                        found.append(_File(path, number, made_at.timestamp(), is_old))
        return sorted(found, key=lambda file: (file.number, file.made_at_s), reverse=True)


def _now() -> str:
    return datetime.fromtimestamp(max(0.0, time.time()), UTC).strftime(_TIME)


def _open(path: Path) -> sqlite3.Connection:
    """Read a backup; nothing is written beside it."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        connection.execute("PRAGMA cache_size = -65536")  # the check of an index jumps about
    except BaseException:  # it is no database
        connection.close()
        raise
    return connection


def _count_checked(path: Path) -> int:
    with sqlite_in_words(), closing(_open(path)) as connection:
        damage.check_header(path)
        if damage.version_of(connection) == 0:
            raise damage.damaged()
        damage.check(connection, CancelToken(), is_quick=True)
        return _count(connection)


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM pictures").fetchone()[0])


def _discard(temporary: Path) -> None:
    for path in (temporary, temporary.with_name(temporary.name + "-journal")):
        path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
