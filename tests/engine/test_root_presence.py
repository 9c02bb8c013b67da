import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.engine import root_presence
from desktop_app.engine.files import reach
from desktop_app.engine.root_presence import FRESH_S, HANG_S, RootPresence, why_away
from desktop_app.engine.store.roots import PlaceKey, RootPlace

HERE, USB, SHARE = 1, 2, 3
GONE = "It is gone."
PLACES: dict[PlaceKey, RootPlace] = {
    HERE: RootPlace("/here"),
    USB: RootPlace("/usb"),
    SHARE: RootPlace("/share"),
}


class Drives:
    """Folders that come and go, and one that may hang."""

    def __init__(self) -> None:
        self.gone: set[str] = set()
        self.asked: list[str] = []
        self.hanging: set[str] = set()
        self.answer = threading.Event()
        self.now_s = 100.0

    def why_away(self, place: RootPlace) -> str | None:
        path = place.path
        self.asked.append(path)
        if path in self.hanging:
            assert self.answer.wait(10)
        return GONE if path in self.gone else None

    def clock(self) -> float:
        return self.now_s


@pytest.fixture
def drives(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drives]:
    drives = Drives()
    yield drives
    drives.answer.set()
    for thread in threading.enumerate():
        if thread.name == "root presence":
            thread.join(10)


@pytest.fixture
def presence(drives: Drives, monkeypatch: pytest.MonkeyPatch) -> RootPresence:
    monkeypatch.setattr(root_presence, "PATIENCE_S", 0.05)
    return RootPresence(lambda: PLACES, drives.why_away, drives.clock)


def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(root_presence, "PATIENCE_S", 10.0)


def test_a_root_that_is_not_there_is_offline_until_it_is_back(
    drives: Drives, presence: RootPresence, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient(monkeypatch)
    drives.gone = {"/usb"}
    assert presence.offline() == {USB}
    drives.gone = set()
    drives.now_s += FRESH_S
    assert presence.offline() == frozenset()


def test_an_answer_counts_for_a_moment(
    drives: Drives, presence: RootPresence, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient(monkeypatch)
    assert presence.offline() == frozenset()
    drives.gone = {"/usb"}
    drives.now_s += FRESH_S / 2
    assert presence.offline() == frozenset()
    assert len(drives.asked) == len(PLACES)
    assert presence.reasons(now=True) == {USB: GONE}


def test_a_root_that_hangs_is_offline_after_a_while_and_holds_up_no_other(
    drives: Drives, presence: RootPresence, monkeypatch: pytest.MonkeyPatch
) -> None:
    drives.hanging, drives.gone = {"/usb"}, {"/share"}
    assert presence.offline() == frozenset()  # nobody knows yet
    drives.now_s += HANG_S
    patient(monkeypatch)
    assert presence.offline() == {USB, SHARE}
    drives.now_s += FRESH_S
    assert presence.reasons() == {USB: reach.NO_ANSWER, SHARE: GONE}
    assert drives.asked.count("/usb") == 1  # no thread more is lost to it


def test_a_root_that_hung_comes_back(
    drives: Drives, presence: RootPresence, monkeypatch: pytest.MonkeyPatch
) -> None:
    drives.hanging = {"/usb"}
    presence.offline()
    drives.now_s += HANG_S
    patient(monkeypatch)
    assert presence.offline() == {USB}
    (stuck,) = [
        each for each in threading.enumerate() if each.name == "root presence" and each.is_alive()
    ]
    drives.hanging = set()
    drives.answer.set()
    stuck.join(10)
    drives.now_s += FRESH_S
    assert presence.offline() == frozenset()
    assert drives.asked.count("/usb") == 2


def test_removed_roots_are_forgotten(drives: Drives, monkeypatch: pytest.MonkeyPatch) -> None:
    patient(monkeypatch)
    paths = dict(PLACES)
    presence = RootPresence(lambda: paths, drives.why_away, drives.clock)
    drives.gone = {"/usb"}
    assert presence.offline() == {USB}
    del paths[USB]
    assert presence.reasons(now=True) == {}


def test_files_and_folders_can_be_reached_while_they_are_there(tmp_path: Path) -> None:
    file = tmp_path / "picture.jpg"
    assert why_away(RootPlace(str(file))) == reach.NOT_THERE
    file.touch()
    assert why_away(RootPlace(str(file))) is None
    assert why_away(RootPlace(str(tmp_path))) is None


def test_a_mount_point_without_its_drive_cannot_be_reached(tmp_path: Path) -> None:
    assert why_away(RootPlace(str(tmp_path), was_mount=True)) == reach.NO_DRIVE


def test_a_folder_that_may_not_be_looked_into_cannot_be_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: str) -> None:
        raise PermissionError

    monkeypatch.setattr("os.scandir", refuse)
    assert why_away(RootPlace(str(tmp_path))) == reach.NOT_READABLE
