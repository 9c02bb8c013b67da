import contextlib
import dataclasses
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.store import index_files
from desktop_app.engine.store.index_files import Manifest, SegmentRecord

KEY = "model/../key"


def write_state(folder: Path, revision: int) -> Manifest:
    """A new segment and a manifest that names it."""
    ids = index_files.write(folder / index_files.new_name(KEY, "ids"), [b"i", b"ds"])
    rows = index_files.write(folder / index_files.new_name(KEY, "rows"), [b"rows"])
    segment = SegmentRecord(ids, rows, 3, is_linked=True, dead=index_files.packed(b"\0\1"))
    manifest = Manifest("library", KEY, 8, "f16", revision, (segment,))
    index_files.write_manifest(folder, manifest)
    return manifest


def manifest_file(folder: Path) -> Path:
    [path] = folder.glob("*.json")
    return path


def assert_whole(folder: Path, manifest: Manifest) -> None:
    for segment in manifest.segments:
        assert (folder / segment.ids.name).read_bytes() == b"ids"
        assert (folder / segment.rows.name).read_bytes() == b"rows"


def test_what_was_written_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    manifest = write_state(folder, 7)
    assert index_files.read_manifest(folder, KEY) == manifest
    assert_whole(folder, manifest)
    [segment] = manifest.segments
    assert (segment.ids.size_bytes, segment.rows.size_bytes) == (3, 4)
    assert index_files.size_bytes(folder, KEY) == 7 + manifest_file(folder).stat().st_size


def test_nothing_is_read_where_nothing_is(tmp_path: Path) -> None:
    assert index_files.read_manifest(tmp_path / "none", "key") is None
    assert not (tmp_path / "none").exists()


def test_a_newer_one_takes_the_place_and_clears_up(tmp_path: Path) -> None:
    write_state(tmp_path, 7)
    manifest_file(tmp_path).with_suffix(".usearch.tmp").touch()
    other = Manifest("library", "other", 8, "f16", 1)
    index_files.write_manifest(tmp_path, other)
    later = write_state(tmp_path, 8)
    assert index_files.read_manifest(tmp_path, KEY) == later
    assert index_files.read_manifest(tmp_path, "other") == other
    assert_whole(tmp_path, later)
    assert len(list(tmp_path.iterdir())) == 4
    index_files.remove(tmp_path, KEY)
    assert len(list(tmp_path.iterdir())) == 1


def test_what_is_being_written_is_kept(tmp_path: Path) -> None:
    name = index_files.new_name(KEY, "graph")
    (tmp_path / name).touch()
    manifest = Manifest("library", KEY, 8, "f16", 1)
    index_files.write_manifest(tmp_path, manifest, keep=[name])
    assert (tmp_path / name).exists()
    index_files.write_manifest(tmp_path, manifest)
    assert not (tmp_path / name).exists()


def test_killed_before_any_step_leaves_the_old_state_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_state(tmp_path, 1)
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
        for survived in range(10):
            steps = survived
            with contextlib.suppress(Killed):
                write_state(tmp_path, 2)
            manifest = index_files.read_manifest(tmp_path, KEY)
            assert manifest is not None
            assert_whole(tmp_path, manifest)
            outcomes.append(manifest.revision)
    assert outcomes == [1] * 8 + [2] * 2


@given(data=st.data())
def test_any_change_of_a_manifest_is_noticed(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("changed")
    write_state(folder, 7)
    path = manifest_file(folder)
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, 9_999)) % len(content)] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert index_files.read_manifest(folder, KEY) is None


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "{}", '{"format": 1}', '{"format": 2}', '{"format": 2, "index": 1}'],
)
def test_a_spoiled_manifest_is_not_read(tmp_path: Path, text: str) -> None:
    write_state(tmp_path, 7)
    manifest_file(tmp_path).write_text(text)
    assert index_files.read_manifest(tmp_path, KEY) is None


def test_a_manifest_that_is_a_folder_or_no_text_is_not_read(tmp_path: Path) -> None:
    write_state(tmp_path, 7)
    path = manifest_file(tmp_path)
    path.write_bytes(b"\xff\xfe\x00")
    assert index_files.read_manifest(tmp_path, KEY) is None
    path.unlink()
    path.mkdir()
    assert index_files.read_manifest(tmp_path, KEY) is None


def test_a_manifest_of_another_format_is_not_read(tmp_path: Path) -> None:
    write_state(tmp_path, 7)
    path = manifest_file(tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 3}))
    assert index_files.read_manifest(tmp_path, KEY) is None


@given(st.binary(max_size=200))
def test_bits_survive_packing(bits: bytes) -> None:
    assert index_files.unpacked(index_files.packed(bits)) == bits


def test_what_is_not_packed_is_refused() -> None:
    for text in ("?", "YWJj"):
        with pytest.raises(ValueError, match=r".+"):
            index_files.unpacked(text)


def test_where_it_cannot_be_written_it_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        write_state(tmp_path / "file" / "folder", 7)
    with pytest.raises(FileNotFoundError):
        write_state(tmp_path / "away" / "folder", 7)
    assert not (tmp_path / "away").exists()
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        index_files.write(tmp_path / "taken", [b"content"])
    assert not list(tmp_path.glob("*.tmp"))


def test_the_record_of_dead_rows_is_part_of_the_manifest(tmp_path: Path) -> None:
    manifest = write_state(tmp_path, 7)
    [segment] = manifest.segments
    later = dataclasses.replace(segment, dead=index_files.packed(b"\1\1"))
    index_files.write_manifest(tmp_path, dataclasses.replace(manifest, segments=(later,)))
    read = index_files.read_manifest(tmp_path, KEY)
    assert read is not None
    assert read.segments == (later,)
    assert_whole(tmp_path, read)
