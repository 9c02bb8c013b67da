"""Checkpoints are whole, ours, and free of code."""

import pickle
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from models.checkpoint import CheckpointError, load_checkpoint, save_checkpoint  # noqa: E402


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
    with pytest.raises(CheckpointError, match="other model families"):
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
