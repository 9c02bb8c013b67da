"""Decoding pictures once, into a mapped file."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("torch", reason="the models extra is not installed")

from models.fine_tuning.squares import SquareShape, decode_square, load_squares
from models.training_data import TrainingDataError


def test_broken_pictures_are_listed_and_left_out(class_folders: Path, tmp_path: Path) -> None:
    paths = sorted(class_folders.rglob("*.png"))
    paths[1].write_bytes(b"noise")

    squares = load_squares(paths, SquareShape(16, crops=False), tmp_path / "cache.npy")

    assert squares.pixels.shape == (23, 16, 16, 3)
    assert squares.rows == (0, *range(2, 24))
    assert [path for path, _ in squares.broken] == [str(paths[1])]
    assert squares.pixels[0].float().mean((0, 1)).argmax() == 2  # blue comes first
    assert not list(tmp_path.glob("*.part"))


def test_a_changed_picture_is_decoded_again(class_folders: Path, tmp_path: Path) -> None:
    paths = sorted(class_folders.rglob("*.png"))
    shape, cache = SquareShape(16, crops=False), tmp_path / "cache.npy"
    load_squares(paths, shape, cache)
    written = cache.stat().st_mtime_ns
    load_squares(paths, shape, cache)
    assert cache.stat().st_mtime_ns == written

    Image.new("RGB", (50, 50), "white").save(paths[0])

    assert load_squares(paths, shape, cache).pixels[0].min() == 255


def test_pictures_are_turned_upright_and_squashed_or_cropped(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    wide = np.zeros((40, 80, 3), np.uint8)
    wide[:, :40] = 255
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    Image.fromarray(wide).save(path, exif=exif, quality=95)

    squashed = decode_square(path, SquareShape(16, crops=False))
    cropped = decode_square(path, SquareShape(16, crops=True))

    assert squashed[:6].min() > 200
    assert squashed[10:].max() < 55
    assert cropped[:6].min() > 200
    assert cropped[10:].max() < 55


def test_no_picture_at_all_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"noise")
    with pytest.raises(TrainingDataError, match="None of 1 pictures"):
        load_squares([tmp_path / "a.png"], SquareShape(8, crops=True), tmp_path / "cache.npy")
