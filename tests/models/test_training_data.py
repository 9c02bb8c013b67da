"""Reading pictures and captions from tars."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from models.training_data import (
    TrainingDataError,
    load_pictures,
    read_records,
    require_space,
    squash,
)

if TYPE_CHECKING:
    from tests.models.conftest import TinyData


def test_sentences_of_one_picture_come_together_in_order(tiny_data: "TinyData") -> None:
    records = read_records(tiny_data.root / "train")

    assert records[0].captions == ("a red wall number 0 .", "Something red here")
    assert [record.split for record in records[:8]] == ["train"] * 6 + ["dev"] * 2
    assert records[-1].kind == "label"
    assert len(records) == 15


def test_pictures_lie_in_the_order_of_the_records(tiny_data: "TinyData", tmp_path: Path) -> None:
    folder = tiny_data.root / "train"
    records = list(reversed(read_records(folder)))

    pictures = load_pictures(folder, records, 16, tmp_path / "pictures.npy")

    assert pictures.shape == (15, 16, 16, 3)
    means = {
        record.file: picture.mean((0, 1)) for record, picture in zip(records, pictures, strict=True)
    }
    assert means["flickr8k/0.webp"].argmax() == 0
    assert means["flickr8k/1.webp"].argmax() == 1
    assert means["flickr8k/2.webp"].argmax() == 2


def test_squashing_ignores_the_shape_and_drops_transparency() -> None:
    square = squash(Image.new("RGBA", (30, 10), (10, 20, 30, 255)), 8)

    assert square.shape == (8, 8, 3)
    assert square[0, 0].tolist() == [10, 20, 30]


def test_a_picture_in_no_tar_is_named(tiny_data: "TinyData", tmp_path: Path) -> None:
    folder = tiny_data.root / "train"
    records = read_records(folder)
    (folder / "tiny-imagenet-000.tar").unlink()

    with pytest.raises(TrainingDataError, match="n00000300_7"):
        load_pictures(folder, records, 16, tmp_path / "pictures.npy")


def test_a_folder_without_captions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match=r"captions\.csv"):
        read_records(tmp_path)


def test_decoded_pictures_are_kept_and_read_again(tiny_data: "TinyData", tmp_path: Path) -> None:
    folder = tiny_data.root / "train"
    records = read_records(folder)
    first = load_pictures(folder, records, 16, tmp_path / "pictures.npy")
    for archive in folder.glob("*.tar"):
        archive.unlink()

    assert np.array_equal(first, load_pictures(folder, records, 16, tmp_path / "pictures.npy"))


def test_pictures_kept_for_other_records_are_not_taken(
    tiny_data: "TinyData", tmp_path: Path
) -> None:
    folder, cache = tiny_data.root / "train", tmp_path / "pictures.npy"
    records = read_records(folder)
    first = load_pictures(folder, records, 16, cache)

    turned = load_pictures(folder, records[::-1], 16, cache)

    assert np.array_equal(turned, first[::-1])


def test_a_disk_without_room_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="MB left"):
        require_space(tmp_path, 10**18)
