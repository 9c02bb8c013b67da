"""What was said of a full disk goes once there is room again."""

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import FullDiskError, NoRoomError, StoreError
from desktop_app.ui.library import room_watch
from desktop_app.ui.library.room_watch import RoomWatch
from desktop_app.ui.work.tasks import Lane
from tests.ui.fake_library import FakeLibrary

FULL = NoRoomError("The disk is full.", "Make room.")


class Place:
    """A watch, and what it tells."""

    def __init__(self, lane: Lane, library: FakeLibrary) -> None:
        self.library = library
        self.lacks_room = False
        self.watch = RoomWatch(lane, lambda: self.lacks_room)
        self.watch.set_library(library)
        self.returned = 0
        self.still_full = 0
        self.over: list[str] = []
        self.watch.still_full.connect(self._count_full)
        self.watch.returned.connect(self._count)
        self.watch.over.connect(self.over.append)

    def _count(self) -> None:
        self.returned += 1

    def _count_full(self) -> None:
        self.still_full += 1

    @property
    def waits(self) -> bool:
        return any(timer.isActive() for timer in self.watch.findChildren(QTimer))


@pytest.fixture
def place(lane: Lane, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(room_watch, "LOOK_MS", 20)
    return Place(lane, FakeLibrary())


def test_nothing_is_looked_at_while_nothing_has_failed(place: Place) -> None:
    place.watch.note(StoreError("The disk is broken."))
    place.watch.look()
    assert not place.waits
    assert (place.returned, place.over) == (0, [])


def test_what_was_said_is_over_once_there_is_room(qtbot: QtBot, place: Place) -> None:
    looks: list[bool] = []

    def has_room() -> bool:
        looks.append(len(looks) > 2)
        return looks[-1]

    place.library.has_room = has_room  # type: ignore[method-assign]
    place.watch.note(FULL)
    place.watch.note(FullDiskError("No room to open it."))
    place.watch.note(FULL)
    qtbot.waitUntil(lambda: bool(place.over))
    assert place.over == ["The disk is full. Make room.", "No room to open it."]
    assert looks == [False, False, False, True]
    assert place.returned == 1
    assert not place.waits


def test_it_is_not_over_before_what_failed_is_done(qtbot: QtBot, place: Place) -> None:
    place.lacks_room = True
    place.watch.note(FULL)
    qtbot.waitUntil(lambda: place.returned == 1 and place.waits)
    qtbot.waitUntil(lambda: not place.waits)  # it looks again,
    qtbot.waitUntil(lambda: place.waits)
    assert (place.returned, place.over) == (1, [])  # and what failed is not tried each time
    place.lacks_room = False
    place.watch.look()
    qtbot.waitUntil(lambda: place.over == ["The disk is full. Make room."])


def test_it_can_be_full_once_more(qtbot: QtBot, place: Place) -> None:
    for times in (1, 2):
        place.watch.note(FULL)
        qtbot.waitUntil(lambda times=times: len(place.over) == times)  # type: ignore[misc]
        assert place.returned == times


def test_who_asks_is_told_that_there_is_none(qtbot: QtBot, place: Place) -> None:
    place.library.room = False
    place.watch.ask()
    qtbot.waitUntil(lambda: place.still_full == 1)
    qtbot.waitUntil(lambda: place.waits)
    place.library.room = True
    qtbot.waitUntil(lambda: place.returned == 1)  # it goes on looking,
    assert place.still_full == 1  # and tells no more than was asked


def test_room_is_waited_for_also_where_nothing_was_said(qtbot: QtBot, place: Place) -> None:
    place.watch.wait()
    assert place.waits
    qtbot.waitUntil(lambda: place.returned == 1)
    assert not place.waits
