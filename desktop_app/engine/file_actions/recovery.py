"""Brings the catalog in step with files that were being moved when the program was killed."""

import logging
import os
import time
from contextlib import suppress
from glob import escape, iglob

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.file_actions.homes import Homes
from desktop_app.engine.file_actions.placing import (
    PARTIAL,
    partial_start,
    place,
    remove_placeholder,
)
from desktop_app.engine.file_actions.trash import CAN_RESTORE, TrashContent
from desktop_app.engine.files.fingerprint import fingerprint
from desktop_app.engine.files.stamp import stamp_now
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.departed import Departure
from desktop_app.engine.store.file_moves import SINGLE, FileMoves, JournalEntry, Return
from desktop_app.engine.store.pictures import Move

logger = logging.getLogger(__name__)

KEPT_DAYS = 60
"""How long what is known of pictures that have left is kept; systems empty their trash after 30."""


def finish(catalog: Catalog, homes: Homes) -> tuple[list[int], list[int]]:
    """Write what was done and not written, and clear away what was begun and not done.

    A file that has not been moved stays where it is: nobody is here any more to want it. One that
    was copied to another volume and not removed yet is at both places.

    Returns:
        The ids of pictures that are not in the library any more, and of those that are back.
    """
    entries = catalog.file_moves.unfinished()
    if not entries:
        return [], []
    logger.warning("%d files were being moved when the program ended", len(entries))
    moves: list[Move] = []
    departures: list[Departure] = []
    returns: list[Return] = []
    trash = TrashContent()
    for entry in entries:
        picture = next(iter(catalog.pictures([entry.picture_id])), None)
        if not entry.new:
            if picture is not None and _was_thrown_away(entry, picture.path, trash):
                departures.append((entry.picture_id, ""))
            continue
        _clear(entry)
        known = catalog.file_moves.departed_fingerprint(entry.picture_id)
        like = known if picture is None else picture.fingerprint
        if like is None or not _is_there_alone(entry, like):
            continue  # not moved, or the next scan says what has become of it
        _follow(entry)
        stamp = stamp_now(entry.new)
        home = SINGLE if homes.is_single_at(entry.old) else homes.of(entry.new)
        if stamp is None or (home is None and picture is None):
            continue
        if home is None:
            departures.append((entry.picture_id, entry.new))
        elif picture is None:
            returns.append(Return(entry.picture_id, entry.new, home, stamp))
        else:
            moves.append((entry.picture_id, entry.new, home, stamp))
    notes = [entry.id for entry in entries]
    return catalog.file_moves.write(notes, moves, departures, returns, time.time())


def welcome_back(catalog: Catalog) -> tuple[list[int], list[int]]:
    """Let departed pictures take the places of those that their returned files have become.

    Returns:
        The ids of these, which are not in the library any more, and of those that are back.
    """
    returns: list[Return] = []
    for departed_id, id_now in catalog.file_moves.returned():
        for picture in catalog.pictures([id_now]):
            returns.append(Return(departed_id, picture.path, picture.root_id, picture.stamp))
    return catalog.file_moves.write([], [], [], returns, time.time()) if returns else ([], [])


def expire(store: FileMoves) -> None:
    """Forget what left long ago."""
    store.expire(time.time() - KEPT_DAYS * 86_400)


def _was_thrown_away(entry: JournalEntry, path_now: str, trash: TrashContent) -> bool:
    if path_now != entry.old or os.path.lexists(entry.old):
        return False
    if CAN_RESTORE:
        return trash.find(entry.old) is not None
    # Nobody may look into the trash here; but a drive that is away takes the folder with it.
    return os.path.isdir(os.path.dirname(entry.old))


def _clear(entry: JournalEntry) -> None:
    """Remove what held a name, and the beginnings of copies."""
    remove_placeholder(entry.new)
    for before, after in entry.sidecars:
        if after and os.path.lexists(before):
            remove_placeholder(after)
    folder, name = os.path.split(entry.new)
    for unfinished in iglob(
        os.path.join(escape(folder), f"{escape(partial_start(name))}*{PARTIAL}")
    ):
        with suppress(OSError):
            os.unlink(unfinished)


def _is_there_alone(entry: JournalEntry, like: bytes) -> bool:
    """Whether the picture's file is at its new place, and not at the old one as well."""
    is_only = entry.old == entry.new or not os.path.lexists(entry.old)
    return is_only and fingerprint(entry.new, like) == like


def _follow(entry: JournalEntry) -> None:
    """Move the files after a picture that go with it."""
    for before, after in entry.sidecars:
        with suppress(OSError):
            if os.path.lexists(before) and before != after:
                place(before, after, CancelToken())
