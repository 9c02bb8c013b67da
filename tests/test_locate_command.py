"""Folders that lie elsewhere now, in the terminal."""

import json
from pathlib import Path

import psutil
import pytest

from desktop_app.main import main
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel


class Terminal:
    """Runs commands on one library."""

    def __init__(self, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._data_dir = data_dir
        self._capsys = capsys

    def run(self, *arguments: str | Path) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        code = main(["--data-dir", str(self._data_dir), *map(str, arguments)])
        captured = self._capsys.readouterr()
        return code, captured.out, captured.err

    def counts(self) -> dict[str, int]:
        """What indexing everything again does."""
        summary = json.loads(self.run("index", "--json")[1])
        return {name: summary[name] for name in ("added", "updated", "moved", "unchanged")}


@pytest.fixture
def terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    models = OneModel(FakeEncoder())
    monkeypatch.setattr("desktop_app.main.make_models", lambda _paths, _folder=None: models)
    return Terminal(tmp_path / "data", capsys)


NOTHING_DONE = {"added": 0, "updated": 0, "moved": 0, "unchanged": len(COLOURS)}


def test_locate(terminal: Terminal, pictures: Path) -> None:
    terminal.run("index", pictures)
    new = pictures.parent / "elsewhere"
    pictures.rename(new)
    code, out, err = terminal.run("locate", pictures, new)
    assert (code, out, err) == (0, f"{new}: {len(COLOURS)} pictures, found again\n", "")
    assert terminal.counts() == NOTHING_DONE


def test_locate_json(terminal: Terminal, pictures: Path) -> None:
    terminal.run("index", pictures)
    new = pictures.parent / "elsewhere"
    pictures.rename(new)
    code, out, err = terminal.run("locate", pictures, new, "--json")
    said = json.loads(out)
    assert said.pop("seconds") >= 0
    assert said == {"old": str(pictures), "new": str(new), "pictures": len(COLOURS)}
    assert (code, err) == (0, "")
    code, out, err = terminal.run("locate", pictures, new, "--json")
    assert (code, out) == (1, "")
    assert f"The library has no folder {pictures}." in err


@pytest.mark.parametrize("old", ["/not/in/the/library", "E:\\Bilder"])
def test_an_unknown_folder(terminal: Terminal, pictures: Path, old: str) -> None:
    terminal.run("index", pictures)
    code, _, err = terminal.run("locate", old, pictures)
    assert code == 1
    assert f"The library has no folder {old}." in err


def test_what_has_other_pictures_is_refused(
    terminal: Terminal, pictures: Path, tmp_path: Path
) -> None:
    terminal.run("index", pictures)
    (tmp_path / "other").mkdir()
    code, out, err = terminal.run("locate", pictures, tmp_path / "other")
    assert (code, out) == (1, "")
    assert "does not hold the pictures" in err


def test_index_follows_a_drive_that_came_back_elsewhere(
    terminal: Terminal, pictures: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    terminal.run("index", pictures)
    new = tmp_path / "drive" / "pictures"
    new.parent.mkdir()
    pictures.rename(new)
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: [Disk(new.parent)])
    code, out, err = terminal.run("index")
    assert code == 0
    assert f"{pictures} is at {new} now." in err
    assert f"{len(COLOURS)} unchanged" in out


class Disk:
    """What psutil tells of a volume."""

    def __init__(self, mountpoint: Path) -> None:
        self.device, self.mountpoint = "/dev/sdx1", str(mountpoint)
        self.fstype, self.opts = "exfat", "rw"
