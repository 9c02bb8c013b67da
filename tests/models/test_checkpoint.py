"""Checkpoints are whole, ours, and free of code."""

import pickle
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from models.checkpoint import (  # noqa: E402
    CheckpointError,
    load_checkpoint,
    load_newest,
    save_checkpoint,
)


def test_a_checkpoint_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "stage.pt"

    save_checkpoint(path, {"weights": torch.arange(3), "step": 7})

    kept = load_checkpoint(path)
    assert kept["step"] == 7
    assert torch.equal(kept["weights"], torch.arange(3))
    assert [file.name for file in path.parent.iterdir()] == ["stage.pt"]


def test_what_is_no_checkpoint_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="There is no checkpoint"):
        load_checkpoint(tmp_path / "absent.pt")
    (tmp_path / "noise.pt").write_bytes(b"noise")
    with pytest.raises(CheckpointError, match="not a readable"):
        load_checkpoint(tmp_path / "noise.pt")
    torch.save({"state_dict": {}}, tmp_path / "other.pt")
    with pytest.raises(CheckpointError, match="another family is named by its folder"):
        load_checkpoint(tmp_path / "other.pt")


class _Trap:
    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return (Path.touch, (Path("sprung"),))


def test_code_in_a_checkpoint_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "trap.pt").write_bytes(pickle.dumps(_Trap()))

    with pytest.raises(CheckpointError):
        load_checkpoint(tmp_path / "trap.pt")
    assert not (tmp_path / "sprung").exists()


def test_the_newest_whole_checkpoint_is_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "stage.pt"
    assert load_newest(path) is None
    for step in (1, 2):
        save_checkpoint(path, {"step": step}, keep_previous=True)
    newest = load_newest(path)
    assert newest is not None
    assert newest["step"] == 2

    path.write_bytes(path.read_bytes()[:100])

    previous = load_newest(path)
    assert previous is not None
    assert previous["step"] == 1
    assert "The one before it is used" in caplog.text
    (tmp_path / "stage.previous.pt").write_bytes(b"noise")
    with pytest.raises(CheckpointError, match="not a readable"):
        load_newest(path)


def test_a_full_disk_leaves_the_earlier_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "stage.pt"
    save_checkpoint(path, {"step": 1})

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        save_checkpoint(path, {"step": 2}, keep_previous=True)

    assert load_checkpoint(path)["step"] == 1
    assert [file.name for file in tmp_path.iterdir()] == ["stage.pt"]
