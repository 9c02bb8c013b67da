import contextlib
import dataclasses
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.engine.store import index_files
from desktop_app.engine.store.index_files import SavedIndex

SAVED = SavedIndex("library", "model/../key", 8, "f16", 3, 7)
LATER = dataclasses.replace(SAVED, revision=8, count=4)


def content(folder: Path) -> bytes | None:
    with index_files.opened(folder, SAVED.model_key) as data:
        return None if data is None else bytes(data)


def index_file(folder: Path) -> Path:
    [path] = folder.glob("*.usearch")
    return path


def record_file(folder: Path) -> Path:
    [path] = folder.glob("*.json")
    return path


def test_what_was_written_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    index_files.write(folder, SAVED, b"graph")
    assert index_files.read_record(folder, SAVED.model_key) == SAVED
    assert content(folder) == b"graph"


def test_nothing_is_read_where_nothing_is(tmp_path: Path) -> None:
    assert index_files.read_record(tmp_path / "none", "key") is None
    assert content(tmp_path / "none") is None
    assert not (tmp_path / "none").exists()


def test_a_newer_one_takes_the_place_and_clears_up(tmp_path: Path) -> None:
    index_files.write(tmp_path, SAVED, b"old")
    (tmp_path / f"{record_file(tmp_path).stem}-1-dead.usearch.tmp").touch()
    other = dataclasses.replace(SAVED, model_key="other")
    index_files.write(tmp_path, other, b"of another model")
    index_files.write(tmp_path, LATER, b"new")
    assert index_files.read_record(tmp_path, SAVED.model_key) == LATER
    assert index_files.read_record(tmp_path, "other") == other
    assert content(tmp_path) == b"new"
    assert len(list(tmp_path.iterdir())) == 4


def test_killed_before_any_step_leaves_the_old_pair_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_files.write(tmp_path, SAVED, b"old")
    steps = 0
    outcomes = []

    class Killed(BaseException):
        pass

    def before_step(function: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object) -> object:
            nonlocal steps
            if steps == 0:
                raise Killed
            steps -= 1
            return function(*args)

        return step

    with monkeypatch.context() as patched:
        for name in ("fsync", "replace"):
            patched.setattr(os, name, before_step(getattr(os, name)))
        for survived in range(6):
            steps = survived
            with contextlib.suppress(Killed):
                index_files.write(tmp_path, LATER, b"new")
            pair = index_files.read_record(tmp_path, SAVED.model_key), content(tmp_path)
            assert pair in ((SAVED, b"old"), (LATER, b"new"))
            outcomes.append(pair[1])
    assert outcomes == [b"old"] * 4 + [b"new"] * 2


def _truncate(folder: Path) -> None:
    path = index_file(folder)
    path.write_bytes(path.read_bytes()[:-1])


def _empty(folder: Path) -> None:
    index_file(folder).write_bytes(b"")


def _flip(folder: Path) -> None:
    path = index_file(folder)
    path.write_bytes(b"X" + path.read_bytes()[1:])


def _delete(folder: Path) -> None:
    index_file(folder).unlink()


def _folder_instead(folder: Path) -> None:
    path = index_file(folder)
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [_truncate, _empty, _flip, _delete, _folder_instead])
def test_a_spoiled_index_is_not_read(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    index_files.write(tmp_path, SAVED, b"graph")
    spoil(tmp_path)
    assert content(tmp_path) is None


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "{}", '{"format": 1}', '{"format": 1, "file": 1, "size_bytes": "x"}'],
)
def test_a_spoiled_record_is_not_read(tmp_path: Path, text: str) -> None:
    index_files.write(tmp_path, SAVED, b"graph")
    record_file(tmp_path).write_text(text)
    assert index_files.read_record(tmp_path, SAVED.model_key) is None
    assert content(tmp_path) is None


def test_a_record_that_is_not_text_is_not_read(tmp_path: Path) -> None:
    index_files.write(tmp_path, SAVED, b"graph")
    record_file(tmp_path).write_bytes(b"\xff\xfe\x00")
    assert index_files.read_record(tmp_path, SAVED.model_key) is None


def test_a_record_of_another_format_is_not_read(tmp_path: Path) -> None:
    index_files.write(tmp_path, SAVED, b"graph")
    path = record_file(tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 2}))
    assert index_files.read_record(tmp_path, SAVED.model_key) is None


def test_where_it_cannot_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        index_files.write(tmp_path / "file" / "folder", SAVED, b"graph")
