"""`forget` in the terminal."""

import json
import signal
import sys
from pathlib import Path

import pytest

from desktop_app.engine import forgetting
from desktop_app.main import main
from desktop_app.terminal import ProgressLine
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel


@pytest.fixture
def data_dir(tmp_path: Path, pictures: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of a library with two folders: one with pictures, one with a single one of them."""
    models = OneModel(FakeEncoder())
    monkeypatch.setattr("desktop_app.main.make_models", lambda _paths, _folder=None: models)
    other = tmp_path / "other"
    other.mkdir()
    (pictures / "red.png").rename(other / "red.png")
    data_dir = str(tmp_path / "data")
    assert main(["index", str(pictures), str(other), "--data-dir", data_dir]) == 0
    return data_dir


def test_json(
    data_dir: str, pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    given = [str(pictures), str(tmp_path / "other"), str(pictures)]
    assert main(["forget", *given, "--json", "--data-dir", data_dir]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said.pop("seconds") >= 0
    assert said == {
        "folders": [
            {"path": str(pictures), "forgotten": len(COLOURS) - 1, "left": 0},
            {"path": str(tmp_path / "other"), "forgotten": 1, "left": 0},
        ]
    }


def test_an_unknown_folder_among_others_forgets_nothing(
    data_dir: str, pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    given = [str(pictures), str(tmp_path / "typo")]
    assert main(["forget", *given, "--json", "--data-dir", data_dir]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert f"The library has no folder {tmp_path / 'typo'}." in said.err
    assert main(["status", "--json", "--data-dir", data_dir]) == 0
    assert json.loads(capsys.readouterr().out)["pictures"] == len(COLOURS)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_one_that_is_stopped_says_what_is_left(
    data_dir: str,
    pictures: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Impatient(ProgressLine):
        """Whoever sees the first pictures leave presses Ctrl-C."""

        def show(self, text: str) -> None:
            super().show(text)
            if text == f"Forgetting 2 / {len(COLOURS) - 1}":
                signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(forgetting, "_AT_ONCE", 2)
    monkeypatch.setattr("desktop_app.terminal.ProgressLine", Impatient)
    capsys.readouterr()
    given = [str(pictures), str(tmp_path / "other")]
    assert main(["forget", *given, "--json", "--data-dir", data_dir]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["folders"] == [
        {"path": str(pictures), "forgotten": 2, "left": len(COLOURS) - 3}
    ]
    assert "The same command goes on there." in said.err
    assert main(["forget", *given, "--json", "--data-dir", data_dir]) == 0
    rest = json.loads(capsys.readouterr().out)["folders"]
    assert [each["forgotten"] for each in rest] == [len(COLOURS) - 3, 1]
