"""Drives that stop answering in the middle of a run."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.engine import root_presence
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.patience import Patience
from desktop_app.engine.library import Library
from desktop_app.engine.records import ChangedPlace, IndexProgress, IndexSummary, SkipKind
from tests.helpers.dead_drive import DeadDrive
from tests.helpers.fake_encoder import COLOURS

Index = Callable[..., IndexSummary]


@pytest.fixture
def share(tmp_path: Path, pictures: Path) -> Path:
    """A folder with two pictures, one of them in a folder of its own."""
    share = tmp_path / "share"
    (share / "deep").mkdir(parents=True)
    shutil.copy(pictures / "red.png", share / "a.png")
    shutil.copy(pictures / "blue.png", share / "deep" / "b.png")
    return share


@pytest.fixture(autouse=True)
def _soon(library: Library) -> None:
    library._runs._patience = Patience(quiet_s=0, answer_s=0.5)


def revive(library: Library, drive: DeadDrive) -> None:
    """Let it answer again: who waited comes back, and whoever asks now has time for the answer."""
    drive.revive()
    patience = library._runs._patience
    for thread in list(patience._waiting.values()):
        thread.join(60)
    patience._answer_s = 60


def test_a_folder_that_dies_while_it_is_looked_through_stays_as_it_is(
    library: Library, pictures: Path, share: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, share, pictures)
    (share / "a.png").unlink()
    shutil.copy(pictures / "red.png", pictures / "more.png")
    drive = DeadDrive(monkeypatch, str(share), dies_at=str(share / "deep"))
    summary = index(library)
    assert [(skip.path, skip.kind) for skip in summary.failed] == [(str(share), SkipKind.OFFLINE)]
    assert "does not answer" in summary.failed[0].reason
    assert (summary.added, summary.removed, summary.unchanged) == (1, 0, len(COLOURS))
    assert not summary.held_back
    assert len(library.picture_ids()) == len(COLOURS) + 3
    revive(library, drive)
    summary = index(library, confirm_removals=True)
    assert (summary.failed, summary.removed) == ((), 1)


def test_what_lies_beside_a_dead_drive_is_looked_through(
    library: Library, pictures: Path, share: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, share)
    shutil.copy(pictures / "green.png", share / "new.png")
    drive = DeadDrive(monkeypatch, str(share / "deep"))
    drive.die()
    for added in (1, 0):
        summary = index(library)
        assert [skip.path for skip in summary.failed] == [str(share / "deep")]
        assert (summary.added, summary.removed, summary.unchanged) == (added, 0, 2 - added)
    place = ChangedPlace(str(share / "deep" / "b.png"))
    *_, last = library.look_again([place], CancelToken())
    assert isinstance(last, IndexSummary)
    assert last.removed == 0
    revive(library, drive)
    assert index(library).unchanged == 3


def test_cancelling_ends_a_run_that_hangs(
    library: Library, pictures: Path, share: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, share)
    library._runs._patience = Patience()
    cancel = CancelToken()
    drive = DeadDrive(monkeypatch, str(share), dies_at=str(share / "deep"))
    wait = drive.waiting
    monkeypatch.setattr(wait, "set", lambda: cancel.cancel())
    *_, summary = library.index([], cancel)
    assert isinstance(summary, IndexSummary)
    assert summary.cancelled
    assert len(library.picture_ids()) == 2
    revive(library, drive)


def test_a_dead_drive_is_not_asked_whether_its_pictures_have_moved(
    library: Library, pictures: Path, share: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, share)
    monkeypatch.setattr(root_presence, "HANG_S", 0.3)
    drive = DeadDrive(monkeypatch, str(share))
    drive.die()
    summary = index(library, pictures)  # has copies of what is there
    assert (summary.added, summary.moved, summary.removed) == (len(COLOURS), 0, 0)
    assert len(library.picture_ids()) == len(COLOURS) + 2
    revive(library, drive)


def test_what_waits_for_a_yes_stays_while_nobody_can_say_that_it_is_gone(
    library: Library, pictures: Path, share: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, share)
    (share / "a.png").unlink()
    (held,) = index(library).held_back
    drive = DeadDrive(monkeypatch, str(share))
    drive.die()
    assert library.confirm_removals([held.root_id]) == 0
    revive(library, drive)
    assert library.roots()[0].missing_count == 1
    assert library.confirm_removals([held.root_id]) == 1


def test_a_drive_that_dies_while_its_pictures_are_decoded_blames_none_of_them(
    library: Library, pictures: Path, share: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = DeadDrive(monkeypatch, str(share))
    whole = {each: each.read_bytes() for each in share.rglob("*.png")}
    for report in library.index([share, pictures], CancelToken()):
        if isinstance(report, IndexProgress) and report.total and not report.done:
            for each in whole:
                each.write_bytes(b"")  # what a decoder gets to read of them now
            drive.die()
    assert isinstance(report, IndexSummary)
    assert [(skip.path, skip.kind) for skip in report.failed] == [(str(share), SkipKind.OFFLINE)]
    assert report.added == len(COLOURS)
    revive(library, drive)
    for each, content in whole.items():
        each.write_bytes(content)
    summary = index(library)
    assert (summary.added, summary.failed) == (2, ())
