from pathlib import Path

import pytest

from desktop_app.ui.window.dropped_models import is_model, offer, sort_dropped


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "around" / "clip"
    (folder / "onnx").mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    return folder


def test_a_models_folder_and_an_archive_are_models(model: Path, tmp_path: Path) -> None:
    archive = tmp_path / "clip.ZIP"
    archive.touch()
    assert is_model(model)
    assert is_model(model.parent)
    assert is_model(archive)


def test_pictures_are_none(model: Path, tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    (pictures / "onnx").mkdir(parents=True)
    picture = pictures / "a.jpg"
    picture.touch()
    (model / "onnx").rmdir()
    for path in (pictures, picture, model, tmp_path / "gone", tmp_path / "gone.zip"):
        assert not is_model(path)


def test_what_is_dropped_together_is_sorted(model: Path, tmp_path: Path) -> None:
    dropped = sort_dropped([str(tmp_path / "pictures"), str(model)])
    assert dropped.models == [str(model)]
    assert dropped.pictures == [str(tmp_path / "pictures")]


def test_all_dropped_models_are_offered_at_once() -> None:
    assert offer(["/a/clip.zip"]) == (
        "clip.zip looks like a model, not like pictures.",
        "Add the model",
    )
    assert offer(["/a/clip.zip", "/a/b", "/a/c"]) == (
        "clip.zip and 2 others look like models, not like pictures.",
        "Add 3 models",
    )
