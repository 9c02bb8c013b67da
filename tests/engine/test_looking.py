from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine import looking
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.looking import Looking
from desktop_app.engine.records import CloseLook, FileStamp, Picture, Unseen
from tests.helpers.pictures import quadrants


def looker(path: Path, *, is_offline: bool = False) -> Looking:
    picture = Picture(
        id=1, path=str(path), stamp=FileStamp(1, 1), width_px=1, height_px=1, format="PNG",
        date_s=0.0, fingerprint=b"", root_id=1,
    )  # fmt: skip

    def describe(ids: Sequence[int]) -> dict[int, Picture]:
        return {1: replace(picture, is_offline=is_offline)} if 1 in ids else {}

    return Looking(describe, DecodeLimits())


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
