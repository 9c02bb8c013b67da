"""The sets that models are measured on."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from models.evaluation_sets import (
    ClassifiedPictures,
    DescribedPictures,
    EvaluationDataError,
    read_captions,
    read_flickr_test,
    read_imagenet_sample,
    read_own_pictures,
    read_sports,
)

if TYPE_CHECKING:
    from tests.models.conftest import TinyData


def _write_csv(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    path.parent.mkdir(parents=True)
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows(rows)


def _touch(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).touch()


def test_folders_are_sports(tiny_data: "TinyData") -> None:
    sports = read_sports(tiny_data.root, "valid")

    assert sports.names == ("ice climbing", "judo")
    assert sports.prompts == ["a photo of ice climbing", "a photo of judo"]
    assert sports.labels.tolist() == [0, 1]


def test_classes_are_judged_by_accuracy_and_precision(tiny_data: "TinyData") -> None:
    sports = read_sports(tiny_data.root, "valid")

    perfect = sports.measure(np.eye(2, dtype=np.float32), np.eye(2, dtype=np.float32))
    swapped = sports.measure(np.eye(2, dtype=np.float32), np.eye(2, dtype=np.float32)[::-1])

    assert perfect == {"top1": 1.0, "top5": 1.0, "precision5": 0.5}
    assert swapped["top1"] == 0.0


def test_the_sample_of_imagenet_is_in_the_order_of_its_classes(tmp_path: Path) -> None:
    rows = [
        ("file", "wnid", "index", "label"),
        ("b.jpg", "n2", "1", "crane"),
        ("a.jpg", "n1", "0", "ox"),
    ]
    _write_csv(tmp_path / "imagenet-sample" / "labels.csv", rows)

    sample = read_imagenet_sample(tmp_path)

    assert [path.name for path in sample.paths] == ["a.jpg", "b.jpg"]
    assert sample.prompts == ["a photo of a ox", "a photo of a crane"]


def test_sentences_know_their_picture(tmp_path: Path) -> None:
    rows = [
        ("file", "caption", "source"),
        ("x.jpg", "one", "f"),
        ("y.jpg", "two", "f"),
        ("x.jpg", "three", "f"),
    ]
    _write_csv(tmp_path / "flickr8k-test" / "captions.csv", rows)
    _touch(tmp_path / "flickr8k-test" / "images", "x.jpg", "y.jpg")

    pictures = read_flickr_test(tmp_path)

    assert [path.name for path in pictures.paths] == ["x.jpg", "y.jpg"]
    assert pictures.owners.tolist() == [0, 1, 0]
    assert pictures.sentences == ("one", "two", "three")


def test_an_absent_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationDataError, match="flickr8k-test"):
        read_flickr_test(tmp_path)


def test_own_pictures_are_class_folders_or_a_csv(tmp_path: Path) -> None:
    _touch(tmp_path / "mine" / "red_wine", "1.JPG", "notes.txt", ".hidden.jpg")
    _touch(tmp_path / "mine" / "tea", "2.png", "3.webp")
    _touch(tmp_path / "mine" / ".thumbnails", "4.png")
    _write_csv(tmp_path / "csv" / "mine.csv", [("file", "caption"), ("a.jpg", "my dog")])
    _touch(tmp_path / "csv", "a.jpg")

    classes, described = (
        read_own_pictures(tmp_path / "mine"), read_own_pictures(tmp_path / "csv" / "mine.csv")
    )  # fmt: skip

    assert isinstance(classes, ClassifiedPictures)
    assert classes.names == ("red wine", "tea")
    assert [path.name for path in classes.paths] == ["1.JPG", "2.png", "3.webp"]
    assert isinstance(described, DescribedPictures)
    assert described.paths == (tmp_path / "csv" / "a.jpg",)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("file", "text"), ("a.jpg", "x")], "has no column caption"),
        ([("file", "caption")], "There is no picture in"),
        ([("file", "caption"), ("a.jpg", "x"), ("b.jpg", "y")], "2 of the 2 pictures.*a.jpg"),
    ],
)
def test_unusable_captions_are_refused(
    tmp_path: Path, rows: list[tuple[str, ...]], said: str
) -> None:
    _write_csv(tmp_path / "c" / "c.csv", rows)

    with pytest.raises(EvaluationDataError, match=said):
        read_captions(tmp_path / "c" / "c.csv", tmp_path / "c")


def test_unusable_class_folders_are_refused(tmp_path: Path) -> None:
    _touch(tmp_path / "one" / "tea", "1.jpg")
    _touch(tmp_path / "empty" / "tea")

    with pytest.raises(EvaluationDataError, match="at least two"):
        read_own_pictures(tmp_path / "one")
    with pytest.raises(EvaluationDataError, match=r"no picture in .*tea"):
        read_own_pictures(tmp_path / "empty")
    with pytest.raises(EvaluationDataError, match=r"There is no .*nowhere"):
        read_own_pictures(tmp_path / "nowhere")
