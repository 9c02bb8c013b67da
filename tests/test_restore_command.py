"""``image-seeker restore`` and what ``status`` says of backups."""

import json
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where `run` keeps the library."""
    return tmp_path / "data"


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    class Keyboard:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return text + "\n"

    monkeypatch.setattr(sys, "stdin", Keyboard())


def damage(data: Path) -> bytes:
    content = b"damaged" * 1000
    (data / "catalog.sqlite3").write_bytes(content)
    return content


def test_status_tells_the_newest_backup(run: Run, pictures: Path) -> None:
    assert json.loads(run("status", "--json")[1])["backup"] is None
    run("index", pictures)
    backup = json.loads(run("status", "--json")[1])["backup"]
    assert backup["pictures"] == len(COLOURS)
    assert Path(backup["path"]).is_file()
    assert f", {len(COLOURS)} pictures\n" in run("status")[1]
    assert "backup: of " in run("status")[1]


def test_every_command_says_that_the_library_is_damaged(
    run: Run, pictures: Path, data: Path
) -> None:
    run("index", pictures)
    damage(data)
    for command in (["index"], ["search", "red"], ["status"], ["forget", str(pictures)]):
        code, _, err = run(*command)
        assert code == 1
        assert "The library's file is damaged" in err
        assert "image-seeker restore" in err


def test_restore_asks_and_says_what(
    run: Run, pictures: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", pictures)
    content = damage(data)
    answer(monkeypatch, "n")
    code, _, err = run("restore")
    assert code == 1
    assert f"with {len(COLOURS)} pictures in the place of the library in {data}?" in err
    assert "Nothing was changed." in err
    assert (data / "catalog.sqlite3").read_bytes() == content
    answer(monkeypatch, "y")
    code, out, _ = run("restore")
    assert code == 0
    [aside] = data.glob("catalog.damaged-*.sqlite3")
    assert aside.read_bytes() == content
    assert f"kept as {aside}" in out
    assert len(run("search", "red")[1].splitlines()) == len(COLOURS)
    assert "0 added" in run("index")[1]


def test_restore_does_not_guess_without_a_terminal(
    run: Run, pictures: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", pictures)
    damage(data)
    monkeypatch.setattr(sys, "stdin", None)
    assert "Add --yes" in run("restore")[2]
    assert run("restore", "--yes")[0] == 0


def test_without_a_backup_it_begins_anew(run: Run, data: Path, pictures: Path) -> None:
    data.mkdir()
    content = damage(data)
    code, out, _ = run("restore", "--yes")
    assert code == 0
    assert "empty now" in out
    assert [path.read_bytes() for path in data.glob("catalog.damaged-*")] == [content]
    assert f"{len(COLOURS)} added" in run("index", pictures)[1]


def test_a_library_that_is_whole_and_has_no_backup_is_left_alone(run: Run, data: Path) -> None:
    code, _, err = run("restore", "--yes")
    assert code == 1
    assert "shows no damage" in err
    assert not (data / "catalog.sqlite3").exists()


def test_restore_while_somebody_writes(run: Run, pictures: Path, data: Path) -> None:
    from desktop_app.engine.library import Library
    from desktop_app.engine.paths import DataPaths

    run("index", pictures)
    library = Library.open(DataPaths.below(data), OneModel(FakeEncoder()))
    code, _, err = run("restore", "--yes")
    library.close()
    assert code == 1
    assert "Another Image Seeker" in err
