"""Pictures of one's own and their words: a folder of class folders, or a captions CSV."""

import csv
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.training_data import TrainingDataError

HELD_OUT_SPLITS = frozenset({"valid", "validation", "val", "dev", "held-out"})
_SPLITS = HELD_OUT_SPLITS | {"train", "training", "test"}
_SHOWN = 3


@dataclass(frozen=True)
class PictureSet:
    """Pictures and what is said of them.

    Attributes:
        paths: the pictures.
        owners: for each picture the row of ``words`` that is said of it.
        words: of each class its name, or of each described picture its sentences.
        labelled: whether ``words`` are names of classes.
    """

    paths: tuple[Path, ...]
    owners: tuple[int, ...]
    words: tuple[tuple[str, ...], ...]
    labelled: bool

    def __len__(self) -> int:
        return len(self.paths)

    @property
    def names(self) -> list[str]:
        """The first of the words of each class or picture."""
        return [words[0] for words in self.words]

    def take(self, rows: Sequence[int]) -> "PictureSet":
        """Return some of the pictures; classes stay as they are, even without pictures."""
        paths = tuple(self.paths[row] for row in rows)
        owners = tuple(self.owners[row] for row in rows)
        if self.labelled:
            return PictureSet(paths, owners, self.words, labelled=True)
        words = tuple(self.words[owner] for owner in owners)
        return PictureSet(paths, tuple(range(len(paths))), words, labelled=False)


NO_PICTURES = PictureSet((), (), (), labelled=False)


@dataclass(frozen=True)
class SplitPictures:
    """Pictures by what they are for; a set may be empty.

    Attributes:
        training: to learn from.
        held_out: to decide by when to stop.
        test: only to report on.
    """

    training: PictureSet
    held_out: PictureSet = NO_PICTURES
    test: PictureSet = NO_PICTURES


def picture_suffixes() -> frozenset[str]:
    """Return the endings of files that Pillow can read, in lower case with their dots."""
    return frozenset(Image.registered_extensions())


def read_class_folders(folder: Path) -> PictureSet:
    """Read a folder whose folders are named like what their pictures show, ``_`` for a space.

    Raises:
        TrainingDataError: there is no folder, there are fewer than two classes, a class has no
            picture, or the folders are parts of a data set and not classes.
    """
    if not folder.is_dir():
        raise TrainingDataError(f"There is no folder {folder}.")
    suffixes = picture_suffixes()
    # What systems put there by themselves, thumbnails and such, is hidden.
    folders = sorted(
        path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")
    )
    if not folders:
        raise TrainingDataError(
            f"{folder} holds no folders; each class needs one that is named like it."
        )
    names = [path.name for path in folders]
    if _SPLITS.issuperset(name.lower() for name in names):
        raise TrainingDataError(
            f"The folders of {folder} are parts of it and not classes: {', '.join(names)}. Name one"
            " with --data, and others with --held-out and --test."
        )
    if len(folders) == 1:
        raise TrainingDataError(f"{folder} holds one class, {names[0]}; two are needed at least.")
    paths: list[Path] = []
    owners: list[int] = []
    for owner, of_class in enumerate(folders):
        files = sorted(
            path
            for path in of_class.rglob("*")
            if path.suffix.lower() in suffixes and not path.name.startswith(".")
        )
        if not files:
            raise TrainingDataError(f"The class folder {of_class} holds no pictures.")
        paths += files
        owners += [owner] * len(files)
    words = tuple((" ".join(path.name.replace("_", " ").split()),) for path in folders)
    return PictureSet(tuple(paths), tuple(owners), words, labelled=True)


def _read_rows(path: Path) -> list[tuple[str, str, str]]:
    """Read (file, caption, split) from a captions CSV."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = {"file", "caption"} - set(reader.fieldnames or ())
            if missing:
                names = " and ".join(sorted(missing))
                raise TrainingDataError(
                    f"{path} has no column {names}; its first line names the columns, with commas"
                    " between them."
                )
            rows = []
            for row in reader:
                file, caption = (row["file"] or "").strip(), (row["caption"] or "").strip()
                if not file or not caption:
                    raise TrainingDataError(
                        f"Line {reader.line_num} of {path} lacks its file or its caption."
                    )
                rows.append((file, caption, (row.get("split") or "train").strip().lower()))
    except OSError as error:
        raise TrainingDataError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise TrainingDataError(f"{path} is not a CSV file in UTF-8: {error}.") from error
    if not rows:
        raise TrainingDataError(f"{path} names no pictures.")
    return rows


def _without_missing(path: Path, files: Sequence[str], skip: bool) -> list[str]:
    absent = [file for file in files if not (path.parent / file).is_file()]
    if absent and not skip:
        raise TrainingDataError(
            f"{len(absent)} of the {len(files)} files that {path} names are not there; the first"
            f" is {path.parent / absent[0]}. --skip-missing leaves them out."
        )
    if len(absent) == len(files):
        raise TrainingDataError(f"None of the files that {path} names is there.")
    gone = set(absent)
    return [file for file in files if file not in gone]


def read_captions(path: Path, *, skip_missing: bool = False) -> SplitPictures:
    """Read a CSV with the columns file, caption and perhaps split; one sentence a line.

    Args:
        path: the CSV; files are meant relative to its folder.
        skip_missing: leave out files that are not there.

    Returns:
        The pictures by its column ``split``; without one all are to train on.

    Raises:
        TrainingDataError: a column, a caption or a file is missing, or a split is unknown.
    """
    sentences: dict[str, list[str]] = defaultdict(list)
    splits: dict[str, str] = {}
    for file, caption, split in _read_rows(path):
        if split not in HELD_OUT_SPLITS | {"train", "test"}:
            raise TrainingDataError(
                f"{path} puts {file} into the split {split!r}; known are train, valid and test."
            )
        sentences[file].append(caption)
        splits.setdefault(file, split)
    files = _without_missing(path, list(sentences), skip_missing)

    def gather(wanted: frozenset[str]) -> PictureSet:
        chosen = [file for file in files if splits[file] in wanted]
        return PictureSet(
            tuple(path.parent / file for file in chosen),
            tuple(range(len(chosen))),
            tuple(tuple(dict.fromkeys(sentences[file])) for file in chosen),
            labelled=False,
        )

    return SplitPictures(
        gather(frozenset({"train"})), gather(HELD_OUT_SPLITS), gather(frozenset({"test"}))
    )


def split_pictures(pictures: PictureSet, part: float, seed: int) -> tuple[PictureSet, PictureSet]:
    """Hold a part of the pictures out, of every class alike.

    Args:
        pictures: all of them.
        part: of each class, but at least one picture and never all of them.
        seed: of the choice.

    Returns:
        The pictures to train on, and those held out.

    Raises:
        TrainingDataError: a class has a single picture and cannot be split.
    """
    owners = np.array(pictures.owners if pictures.labelled else np.zeros(len(pictures), int))
    counts = Counter(owners.tolist())
    single = [owner for owner, count in counts.items() if count < 2]
    if single and pictures.labelled:
        names = ", ".join(pictures.names[owner] for owner in single[:_SHOWN])
        more = f" and {len(single) - _SHOWN} more" if len(single) > _SHOWN else ""
        raise TrainingDataError(
            f"A class needs two pictures, one to train on and one held out: {names}{more} has one."
        )
    if single:
        raise TrainingDataError("There is one picture only; it cannot be split.")
    rng = np.random.default_rng(seed)
    held: list[int] = []
    for owner in sorted(counts):
        rows: NDArray[np.int64] = rng.permutation(np.flatnonzero(owners == owner))
        held += rows[: min(len(rows) - 1, max(1, round(part * len(rows))))].tolist()
    apart = set(held)
    kept = [row for row in range(len(pictures)) if row not in apart]
    return pictures.take(kept), pictures.take(sorted(held))
