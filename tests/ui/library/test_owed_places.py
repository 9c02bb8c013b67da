"""Places that were looked at in vain are not forgotten."""

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import ChangedPlace
from desktop_app.ui.library.owed_places import FIRST_RETRY_MS, LAST_RETRY_MS, OwedPlaces

A, B = ChangedPlace("/pictures/a"), ChangedPlace("/pictures/b")


@pytest.fixture
def owed(qtbot: QtBot) -> OwedPlaces:
    return OwedPlaces()


def is_waiting(owed: OwedPlaces) -> bool:
    return any(timer.isActive() for timer in owed.findChildren(QTimer))


def test_they_come_with_the_next_ones_and_only_once(owed: OwedPlaces) -> None:
    owed.owe([A])
    assert is_waiting(owed)
    assert set(owed.take([B])) == {A, B}
    assert not is_waiting(owed)
    assert owed.take([]) == ()


def test_they_come_after_a_pause(qtbot: QtBot, owed: OwedPlaces) -> None:
    owed.owe([])
    assert not is_waiting(owed)
    with qtbot.waitSignal(owed.due):
        owed.owe([A], 1)
    assert owed.take(()) == (A,)


def test_pauses_grow_until_something_succeeds(owed: OwedPlaces) -> None:
    pauses = [owed.fail([A]) for _ in range(9)]
    assert pauses[:2] == [FIRST_RETRY_MS, 2 * FIRST_RETRY_MS]
    assert pauses[-1] == LAST_RETRY_MS
    owed.succeed()
    assert owed.fail([]) == owed.fail([A]) == FIRST_RETRY_MS


def test_what_is_to_be_added_waits_for_its_own_turn(qtbot: QtBot, owed: OwedPlaces) -> None:
    owed.owe_added(["/new", "/more", "/new"], 1)
    assert owed.take([B]) == (B,)
    assert is_waiting(owed)  # a look at other places does not add it
    with qtbot.waitSignal(owed.due):
        pass
    assert owed.take_added() == ("/new", "/more")
    assert owed.take_added() == ()


def test_what_was_forgotten_is_not_added(owed: OwedPlaces) -> None:
    owed.owe_added(["/new", "/old/part", "/older"], 1)
    owed.forget_below(["/old"])
    assert owed.take_added() == ("/new", "/older")
