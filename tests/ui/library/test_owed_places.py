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
