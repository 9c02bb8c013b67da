import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine import looking
from desktop_app.engine.files.patience import Patience
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.files.reach import NO_ANSWER
from desktop_app.engine.files.stamp import stamp_now
from desktop_app.engine.looking import Looking
from desktop_app.engine.records import CloseLook, FileStamp, Picture, Unseen
from tests.helpers.dead_drive import DeadDrive, wait_for_askers
from tests.helpers.pictures import quadrants

LIMITS = DecodeLimits()


def looker(
    path: Path,
    *,
    is_offline: bool = False,
    limits: DecodeLimits = LIMITS,
    patience: Patience | None = None,
) -> Looking:
    """Knows the picture as it is now."""
    stamp = stamp_now(str(path)) or FileStamp(1, 1)
    picture = Picture(
        id=1, path=str(path), stamp=stamp, width_px=1, height_px=1, format="PNG",
        date_s=0.0, fingerprint=b"", root_id=1,
    )  # fmt: skip

    def describe(ids: Sequence[int]) -> dict[int, Picture]:
        return {1: replace(picture, is_offline=is_offline)} if 1 in ids else {}

    return Looking(describe, limits, patience)


def test_first_the_size_of_the_window_then_every_pixel(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    quadrants(3000, 2000).save(path)
    fitted, whole = looker(path).fitted(1, 600, 600), looker(path).whole(1)
    assert isinstance(fitted, CloseLook)
    assert isinstance(whole, CloseLook)
    assert [level.shape[:2] for level in fitted.levels] == [(400, 600)]
    assert [level.shape[:2] for level in whole.levels] == [(2000, 3000), (1000, 1500), (500, 750)]
    assert (fitted.is_whole, whole.is_whole) == (False, True)
    assert (fitted.width_px, fitted.height_px, fitted.plays) == (3000, 2000, None)


def test_a_giant_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    quadrants(1000, 600).save(path)
    monkeypatch.setattr(looking, "MOST_PIXELS", 150_000)
    whole = looker(path).whole(1)
    assert isinstance(whole, CloseLook)
    assert whole.levels[0].shape == (300, 500, 4)
    assert not whole.is_whole


def test_what_cannot_be_shown_says_why(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    assert looker(path).fitted(1, 9, 9) == Unseen("The file is no longer there.")
    path.write_bytes(b"nothing of the kind")
    assert looker(path).fitted(1, 9, 9) == Unseen("Its content is not a picture.")
    assert looker(path).whole(1) == Unseen("Its content is not a picture.")
    assert looker(path).fitted(2, 9, 9) == Unseen(looking.UNKNOWN)
    assert looker(path, is_offline=True).fitted(1, 9, 9) == Unseen(looking.OFFLINE)


def test_frames_of_what_moves(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    frames = [Image.new("RGB", (40, 30), each) for each in ("red", "lime")]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=40, loop=0)
    fitted = looker(path).fitted(1, 100, 100)
    assert isinstance(fitted, CloseLook)
    assert fitted.plays == 0
    shown = list(looker(path).frames(1, 20, 20))
    assert [frame.duration_ms for frame in shown] == [40, 40]
    assert np.array_equal(shown[1].pixels[0, 0], [0, 255, 0, 255])
    assert list(looker(tmp_path / "none.gif").frames(1, 20, 20)) == []
    assert list(looker(path, is_offline=True).frames(1, 20, 20)) == []


def test_what_is_as_the_library_knows_it_needs_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    quadrants(300, 200).save(path)
    monkeypatch.setattr(looking, "Decoder", None)
    for ahead in (looking._READ_AHEAD_BYTES, 0):
        monkeypatch.setattr(looking, "_READ_AHEAD_BYTES", ahead)
        assert isinstance(looker(path).fitted(1, 60, 60), CloseLook)
    known = looker(path)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(TypeError):
        known.fitted(1, 60, 60)


def test_what_has_changed_is_decoded_by_a_process(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    quadrants(300, 200).save(path)
    known = looker(path)
    Image.new("RGB", (600, 300), "lime").save(path)
    for look, size in ((known.fitted(1, 60, 60), (60, 30)), (known.whole(1), (600, 300))):
        assert isinstance(look, CloseLook)
        pixels = look.levels[0]
        assert pixels.shape == (size[1], size[0], 4)
        assert np.abs(pixels[5, 5].astype(int) - [0, 255, 0, 255]).max() < 4
    assert list(known.frames(1, 60, 60)) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only where a file can keep its reader")
def test_a_reader_that_hangs_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    quadrants(300, 200).save(path)
    known = looker(path, limits=DecodeLimits(timeout_s=0.3))
    path.unlink()
    os.mkfifo(path)
    shown = known.fitted(1, 60, 60)
    assert shown == Unseen("Reading it took longer than 0.3 seconds.")


def test_a_drive_that_does_not_answer_holds_up_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "share" / "a.png"
    path.parent.mkdir()
    quadrants(300, 200).save(path)
    known = looker(path, patience=Patience(quiet_s=0, answer_s=0.3))
    drive = DeadDrive(monkeypatch, str(path.parent))
    drive.die()
    assert known.fitted(1, 60, 60) == Unseen(NO_ANSWER)
    assert list(known.frames(1, 60, 60)) == []
    drive.revive()
    wait_for_askers()
    assert isinstance(known.fitted(1, 60, 60), CloseLook)
