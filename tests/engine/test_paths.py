"""Where things lie."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.errors import StoreError
from desktop_app.engine.paths import DataPaths, builtin_model_folder, is_below

names = st.text(st.characters(blacklist_characters="/\0", codec="utf-8"), min_size=1).filter(
    lambda name: name not in (".", "..")
)


def test_a_data_dir_moves_everything(tmp_path: Path) -> None:
    paths = DataPaths.below(tmp_path / "library")
    everything = [
        paths.data,
        paths.cache,
        paths.logs,
        paths.models,
        paths.catalog,
        paths.vector_indexes,
        paths.thumbnails,
        paths.lock,
        paths.settings,
    ]
    assert all(is_below(str(path), str(tmp_path / "library")) for path in everything)
    assert len(set(everything)) == len(everything)
    assert not (tmp_path / "library").exists()
    paths.create()
    assert paths.data.is_dir()
    assert paths.cache.is_dir()


def test_by_default_it_lies_where_the_platform_says(tmp_path: Path) -> None:
    paths = DataPaths.default()
    assert str(paths.data).startswith(str(tmp_path))  # the home every test is given
    assert "ImageSeeker" in str(paths.data)
    assert not paths.data.exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written") as raised:
        DataPaths.below(tmp_path / "file" / "library").create()
    assert "--data-dir" in raised.value.hint


def test_the_built_in_model_is_there() -> None:
    folder = builtin_model_folder()
    assert (folder / "config.json").is_file()
    assert (folder / "onnx").is_dir()


def test_asking_for_paths_imports_nothing_heavy() -> None:
    code = (
        "import sys, desktop_app.engine.paths\n"
        "heavy = {'numpy', 'PIL', 'PySide6', 'onnxruntime'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("path", "folder", "expected"),
    [
        ("/a/b", "/a", True),
        ("/a", "/a", True),
        ("/ab", "/a", False),
        ("/a", "/a/b", False),
        ("/a", "/", True),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="written with slashes")
def test_is_below(path: str, folder: str, expected: bool) -> None:
    assert is_below(path, folder) is expected


@given(st.lists(names, min_size=1, max_size=4), st.lists(names, max_size=4))
def test_whatever_hangs_below_a_folder_is_below_it(folder: list[str], inside: list[str]) -> None:
    top = str(Path("/").joinpath(*folder))
    assert is_below(str(Path(top).joinpath(*inside)), top)
    assert not is_below(top + "x", top)
