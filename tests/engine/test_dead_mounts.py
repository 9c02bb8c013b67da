"""Mounts that never answer hold up neither the next model nor the search for a folder."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.engine import relocation, root_presence
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.files.patience import Patience
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import EmbedProgress, EmbedSummary, IndexSummary, Picture, SkipKind
from tests.helpers.dead_drive import DeadDrive, wait_for_askers
from tests.helpers.fake_encoder import COLOURS
from tests.helpers.one_model import OneModel
from tests.helpers.several_models import RIGHT, answers, embed, three_models
from tests.helpers.silent_mount import silent_mount

Index = Callable[..., IndexSummary]


@pytest.fixture
def models() -> OneModel:
    return three_models()


@pytest.fixture
def library(
    paths: DataPaths, models: OneModel, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Library]:
    """One that soon gives up."""
    monkeypatch.setattr(root_presence, "HANG_S", 0.3)
    paths.settings.parent.mkdir(parents=True)
    paths.settings.write_text('{"batch_size": 1, "decode_timeout_s": 1}')
    opened = Library.open(paths, models)
    opened._runs._patience = Patience(quiet_s=0, answer_s=0.5)
    opened._relocation._patience = Patience(quiet_s=0, answer_s=0.5)
    yield opened
    opened.close()


@pytest.fixture
def share(tmp_path: Path, pictures: Path) -> Path:
    """A folder with two pictures, both like none of the others."""
    share = tmp_path / "share"
    share.mkdir()
    for name in ("red", "blue"):
        shutil.copy(pictures / f"{name}.png", share / f"more {name}.png")
    return share


def root_of(library: Library, folder: Path) -> int:
    return next(root.id for root in library.roots() if root.path == str(folder))


class TestEmbedding:
    def test_takes_what_is_kept_of_a_folder_that_does_not_answer_and_names_it(
        self,
        library: Library,
        pictures: Path,
        share: Path,
        index: Index,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        index(library, share, pictures)
        library.use_model("second")
        drive = DeadDrive(monkeypatch, str(share))
        drive.die()
        summary = embed(library)
        drive.revive()
        assert (summary.made, summary.failed) == (len(COLOURS) + 2, ())
        assert (summary.silent, summary.switched) == ((str(share),), True)

    def test_tells_pictures_of_which_nothing_is_kept(
        self,
        library: Library,
        paths: DataPaths,
        pictures: Path,
        share: Path,
        index: Index,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        index(library, share, pictures)
        library.use_model("second")
        shutil.rmtree(paths.thumbnails)
        drive = DeadDrive(monkeypatch, str(share))
        drive.die()
        summary = embed(library)
        drive.revive()
        assert summary.made == len(COLOURS)
        assert {(Path(skip.path).parent, skip.kind) for skip in summary.failed} == {
            (share, SkipKind.OFFLINE)
        }
        assert len(summary.failed) == 2
        assert summary.switched

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only where a file can keep its reader")
    def test_gives_up_a_folder_that_dies_while_it_is_read(
        self,
        library: Library,
        pictures: Path,
        share: Path,
        index: Index,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        index(library, share, pictures)
        library.use_model("second")
        drive = DeadDrive(monkeypatch, str(share))
        for report in library.embed_next(CancelToken()):
            if isinstance(report, EmbedProgress) and not report.done:
                for each in share.iterdir():
                    each.unlink()
                    os.mkfifo(each)  # whoever opens it waits
                drive.die()
        assert isinstance(report, EmbedSummary)
        drive.revive()
        assert (report.made, report.failed) == (len(COLOURS) + 2, ())
        assert report.silent == (str(share),)
        assert answers(library).keys() == RIGHT.keys()


class TestLocating:
    def test_a_place_that_does_not_answer_is_named(
        self,
        library: Library,
        pictures: Path,
        share: Path,
        index: Index,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        index(library, pictures)
        drive = DeadDrive(monkeypatch, str(share))
        drive.die()
        with pytest.raises(UserFacingError, match=f"no answer from {share}"):
            library.locate_root(root_of(library, pictures), share)
        assert index(library).unchanged == len(COLOURS)  # nothing keeps others out
        drive.revive()
        wait_for_askers()
        with pytest.raises(UserFacingError, match="does not hold the pictures"):
            library.locate_root(root_of(library, pictures), share)

    @pytest.mark.parametrize("last_call", ["_is_same", "_new_time"])
    def test_a_place_may_die_while_its_files_are_compared(
        self,
        library: Library,
        pictures: Path,
        tmp_path: Path,
        index: Index,
        monkeypatch: pytest.MonkeyPatch,
        last_call: str,
    ) -> None:
        index(library, pictures)
        new = tmp_path / "new"
        shutil.copytree(pictures, new, copy_function=shutil.copy)
        shutil.rmtree(pictures)
        drive = DeadDrive(monkeypatch, str(new))
        real = getattr(relocation, last_call)
        once = iter([drive.die])

        def call(picture: Picture, path: str) -> object:
            next(once, lambda: None)()
            return real(picture, path)

        monkeypatch.setattr(relocation, last_call, call)
        with pytest.raises(UserFacingError, match="no answer"):
            library.locate_root(root_of(library, pictures), new)
        monkeypatch.setattr(relocation, last_call, real)
        drive.revive()
        wait_for_askers()
        assert library.locate_root(root_of(library, pictures), new) == len(COLOURS)
        assert index(library).unchanged == len(COLOURS)


class TestFollowing:
    def test_a_dead_volume_and_a_dead_root_keep_nobody_from_another(
        self,
        library: Library,
        pictures: Path,
        share: Path,
        tmp_path: Path,
        index: Index,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        old, new, dead = tmp_path / "usb" / "p", tmp_path / "usb1" / "p", tmp_path / "dead"
        shutil.copytree(pictures, old)
        dead.mkdir()
        index(library, old, share)
        old.parent.rename(new.parent)
        drives = [DeadDrive(monkeypatch, str(folder)) for folder in (share, dead)]
        for drive in drives:
            drive.die()
        [moved] = library.follow_moved_roots(lambda: [str(dead), str(new.parent)])
        assert (moved.old, moved.new) == (str(old), str(new))
        assert {root.path for root in library.roots()} == {str(share), str(new)}
        for drive in drives:
            drive.revive()


def test_a_real_mount_without_an_answer(
    library: Library, pictures: Path, share: Path, tmp_path: Path, index: Index
) -> None:
    index(library, share, pictures)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    library.use_model("second")
    with silent_mount(share), silent_mount(elsewhere):
        summary = embed(library)
        assert (summary.made, summary.silent) == (len(COLOURS) + 2, (str(share),))
        with pytest.raises(UserFacingError, match=f"no answer from {elsewhere}"):
            library.locate_root(root_of(library, pictures), elsewhere)
        assert library.follow_moved_roots(lambda: [str(elsewhere)]) == []
        offline = {root.path for root in library.roots() if not root.is_connected}
        assert offline == {str(share)}
    wait_for_askers()
    assert index(library).unchanged == len(COLOURS) + 2
