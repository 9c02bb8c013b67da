"""Reading and splitting pictures of one's own."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.fine_tuning.picture_set import (
    PictureSet,
    read_captions,
    read_class_folders,
    split_pictures,
)
from models.training_data import TrainingDataError


def test_folders_are_named_like_their_classes(class_folders: Path) -> None:
    (class_folders / "green" / "notes.txt").write_text("no picture")
    shutil.copytree(class_folders / "green", class_folders / ".thumbnails")
    shutil.copy(class_folders / "green" / "0.png", class_folders / "green" / "._0.png")

    pictures = read_class_folders(class_folders)

    assert pictures.names == ["blue", "deep red", "green"]
    assert Counter(pictures.owners) == {0: 8, 1: 8, 2: 8}
    assert pictures.labelled


def test_what_is_no_folder_of_classes_is_said(class_folders: Path) -> None:
    with pytest.raises(TrainingDataError, match="There is no folder"):
        read_class_folders(class_folders / "none")
    with pytest.raises(TrainingDataError, match="holds no folders"):
        read_class_folders(class_folders / "green")
    (class_folders / "empty").mkdir()
    with pytest.raises(TrainingDataError, match=r"empty holds no pictures"):
        read_class_folders(class_folders)


def test_one_class_teaches_nothing(class_folders: Path) -> None:
    for name in ("green", "blue"):
        shutil.rmtree(class_folders / name)
    with pytest.raises(TrainingDataError, match="holds one class, deep_red; two are needed"):
        read_class_folders(class_folders)


def test_parts_of_a_data_set_are_not_taken_for_classes(class_folders: Path) -> None:
    for old, new in (("green", "Train"), ("blue", "valid"), ("deep_red", "test")):
        (class_folders / old).rename(class_folders / new)
    with pytest.raises(TrainingDataError, match=r"not classes: Train, test, valid.*--held-out"):
        read_class_folders(class_folders)


def test_a_class_of_one_picture_is_named(class_folders: Path) -> None:
    for path in sorted((class_folders / "deep_red").iterdir())[1:]:
        path.unlink()

    with pytest.raises(TrainingDataError, match="deep red has one"):
        split_pictures(read_class_folders(class_folders), 0.1, 0)


@given(
    counts=st.lists(st.integers(2, 12), min_size=1, max_size=6),
    part=st.floats(0.01, 0.99),
    seed=st.integers(0, 99),
    labelled=st.booleans(),
)
def test_a_split_loses_nothing_and_leaves_every_class_on_both_sides(
    counts: list[int], part: float, seed: int, labelled: bool
) -> None:
    owners = [owner for owner, count in enumerate(counts) for _ in range(count)]
    paths = tuple(Path(f"{number}.png") for number in range(len(owners)))
    words = tuple((f"class {owner}",) for owner in range(len(counts)))
    if not labelled:
        owners, words = list(range(len(paths))), tuple((path.name,) for path in paths)

    kept, held = split_pictures(PictureSet(paths, tuple(owners), words, labelled), part, seed)

    assert sorted((*kept.paths, *held.paths)) == sorted(paths)
    assert len(kept)
    assert len(held)
    if labelled:
        assert set(kept.owners) == set(held.owners) == set(range(len(counts)))
    else:
        assert [held.words[owner][0] for owner in held.owners] == [p.name for p in held.paths]


def _csv(folder: Path, *lines: str) -> Path:
    path = folder / "captions.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_sentences_of_a_file_come_together_and_splits_apart(class_folders: Path) -> None:
    path = _csv(
        class_folders, "file,caption,split", "green/0.png,a lawn,train", "green/1.png,moss,valid",
        "green/0.png,grass,train", "green/2.png,a leaf,test",
    )  # fmt: skip

    pictures = read_captions(path)

    assert pictures.training.words == (("a lawn", "grass"),)
    assert pictures.training.paths == (class_folders / "green" / "0.png",)
    assert pictures.held_out.words == (("moss",),)
    assert pictures.test.words == (("a leaf",),)


def test_missing_files_are_counted_or_left_out(class_folders: Path) -> None:
    path = _csv(class_folders, "file,caption", "green/0.png,a", "none.png,b", "gone.png,c")

    said = r"2 of the 3 files .* first is .*none\.png\. --skip-missing leaves them out"
    with pytest.raises(TrainingDataError, match=said):
        read_captions(path)

    pictures = read_captions(path, skip_missing=True)
    assert pictures.training.words == (("a",),)
    assert not len(pictures.held_out)
    assert not len(pictures.test)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("file,text", "a.png,x"), "no column caption"),
        (("name,text", "a.png,x"), "no column caption and file"),
        (("file;caption", "a.png;x"), "names the columns, with commas between"),
        (("file,caption",), "names no pictures"),
        (("file,caption", "a.png,"), "Line 2 .* lacks"),
        (("file,caption,split", "a.png,x,later"), "split 'later'"),
        (("file,caption", "a.png,x"), "1 of the 1 files"),
    ],
)
def test_what_is_wrong_with_a_csv_is_said(
    tmp_path: Path, lines: tuple[str, ...], said: str
) -> None:
    with pytest.raises(TrainingDataError, match=said):
        read_captions(_csv(tmp_path, *lines))


def test_a_csv_whose_files_are_all_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="None of the files"):
        read_captions(_csv(tmp_path, "file,caption", "a.png,x"), skip_missing=True)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "captions.csv"
    path.write_bytes(b"file,caption\n\xff\xfe,x\n")
    with pytest.raises(TrainingDataError, match="not a CSV file in UTF-8"):
        read_captions(path)
