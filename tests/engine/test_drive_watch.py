"""When folders are looked for on other drives."""

import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.drive_watch import Drives, DriveWatch
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.files.volumes import Volumes
from desktop_app.engine.records import MovedRoot

BOUND_S = 20.0
MOVED = MovedRoot(1, "/media/usb/Photos", "/media/usb1/Photos")


class Computer:
    """Drives that come and go as a test says; counts what it is asked."""

    def __init__(self) -> None:
        self.mounted = ["/"]
        self.away: frozenset[int] = frozenset()
        self.looks: list[tuple[list[str], frozenset[int]]] = []
        self.told: list[Sequence[MovedRoot]] = []
        self.answers: list[list[MovedRoot] | Exception] = []
        self.polls = 0
        self._news = threading.Condition()

    def volumes(self) -> list[str]:
        return list(self.mounted)

    def gone(self) -> frozenset[int]:
        with self._news:
            self.polls += 1
            self._news.notify_all()
        return self.away

    def follow(
        self, volumes: Volumes, gone: frozenset[int], cancel: CancelToken
    ) -> list[MovedRoot]:
        self.looks.append((list(volumes()), gone))
        answer = self.answers.pop(0) if self.answers else []
        if isinstance(answer, Exception):
            raise answer
        return answer

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(is_so, BOUND_S), (self.looks, self.told)

    def wait_for_polls(self) -> None:
        """Wait until what is so now has been seen."""
        wanted = self.polls + 3
        self.wait_for(lambda: self.polls >= wanted)


@pytest.fixture
def computer() -> Iterator[Computer]:
    computer = Computer()
    drives = Drives(computer.volumes, computer.gone, computer.follow, computer.told.append)
    watch = DriveWatch(drives, 0.01)
    watch.start()
    yield computer
    watch.close()
    assert not watch.is_alive()


def test_nothing_is_looked_for_while_all_is_there(computer: Computer) -> None:
    computer.mounted = ["/", "/media/usb"]
    computer.wait_for_polls()
    assert computer.looks == []


def test_a_root_that_is_gone_is_looked_for_when_other_volumes_are_mounted(
    computer: Computer,
) -> None:
    computer.away = frozenset([1])
    computer.wait_for_polls()
    assert computer.looks == [(["/"], frozenset([1]))]  # once, not all the time
    computer.answers = [[MOVED]]
    computer.mounted = ["/", "/media/usb1"]
    computer.wait_for(lambda: computer.told == [[MOVED]])
    computer.away = frozenset()
    computer.wait_for_polls()
    assert computer.looks[1:] == [(["/", "/media/usb1"], frozenset([1]))]


def test_another_root_that_is_gone_is_looked_for_too(computer: Computer) -> None:
    computer.away = frozenset([1])
    computer.wait_for_polls()
    computer.away = frozenset([1, 2])
    computer.wait_for_polls()
    assert [gone for _, gone in computer.looks] == [{1}, {1, 2}]


def test_it_is_tried_again_while_the_library_cannot_be_written(computer: Computer) -> None:
    full = UserFacingError("The disk is full.")
    computer.answers = [full, full, [MOVED]]
    computer.away = frozenset([1])
    computer.wait_for(lambda: computer.told == [[MOVED]])
    assert len(computer.looks) == 3


def test_a_look_that_fails_is_not_the_last(computer: Computer) -> None:
    computer.answers = [RuntimeError("broken"), [MOVED]]
    computer.away = frozenset([1])
    computer.wait_for_polls()
    computer.mounted = ["/", "/media/usb1"]
    computer.wait_for(lambda: computer.told == [[MOVED]])
