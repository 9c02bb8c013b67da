from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.work.turns import Turns


@pytest.fixture
def turns() -> Iterator[Turns]:
    owner = QObject()
    yield Turns(owner)
    owner.deleteLater()


def test_others_have_their_turn_between_two_pieces(qtbot: QtBot, turns: Turns) -> None:
    done: list[str] = []
    others = QTimer(interval=0)
    others.timeout.connect(lambda: done.append("another"))
    others.start()
    turns.add(*(partial(done.append, each) for each in ("one", "two", "three")))
    assert done == []
    qtbot.waitUntil(lambda: turns.are_over)
    others.stop()
    at = [done.index(each) for each in ("one", "two", "three")]
    assert at == sorted(at)
    assert all(later - earlier > 1 for earlier, later in pairwise(at))


def test_one_piece_comes_in_a_turn(qapp: QApplication, turns: Turns) -> None:
    done: list[int] = []
    turns.add(*(partial(done.append, each) for each in range(4)))
    before = 0
    while not turns.are_over:
        qapp.processEvents()
        assert len(done) <= before + 1
        before = len(done)
    assert done == [0, 1, 2, 3]


def test_what_waits_can_be_had_at_once(turns: Turns) -> None:
    done: list[int] = []

    def first() -> None:
        done.append(1)
        turns.add(lambda: done.append(3))

    turns.add(first, lambda: done.append(2))
    turns.finish()
    assert done == [1, 2, 3]
    assert turns.are_over
    turns.finish()  # again, which is nothing new
    assert done == [1, 2, 3]


def test_they_can_be_used_again(qtbot: QtBot, turns: Turns) -> None:
    done: list[int] = []
    for each in range(2):
        turns.add(partial(done.append, each))
        qtbot.waitUntil(lambda: turns.are_over)
    assert done == [0, 1]


def test_what_builds_on_a_piece_that_fails_is_given_up(turns: Turns) -> None:
    done: list[int] = []

    def fail() -> None:
        raise OSError("full")

    turns.add(fail, lambda: done.append(1))
    with pytest.raises(OSError, match="full"):
        turns.finish()
    assert turns.are_over
    turns.add(lambda: done.append(2))
    turns.finish()
    assert done == [2]
