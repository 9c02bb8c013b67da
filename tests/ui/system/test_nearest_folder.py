"""Where the search for a lost folder begins."""

import os
import sys
import threading
from pathlib import Path

import pytest

from desktop_app.ui.system.nearest_folder import nearest_folder, pictures_folder


def test_the_nearest_parent_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert nearest_folder(str(tmp_path / "a" / "b" / "c" / "lost")) == str(tmp_path / "a")
    assert nearest_folder(str(tmp_path / "lost")) == str(tmp_path)


def test_never_the_folder_itself_nor_a_file(tmp_path: Path) -> None:
    (tmp_path / "back").mkdir()
    (tmp_path / "file").touch()
    assert nearest_folder(str(tmp_path / "back")) == str(tmp_path)
    assert nearest_folder(str(tmp_path / "file" / "lost")) == str(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="it is a path of this system")
def test_of_a_path_of_another_system_there_is_none() -> None:
    assert nearest_folder("E:\\Bilder\\2024") == pictures_folder()
    assert nearest_folder("\\\\server\\share\\2024") == pictures_folder()


def test_a_disk_that_does_not_answer_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()
    real, mute = os.path.isdir, str(tmp_path / "share")

    def isdir(path: str) -> bool:
        if str(path).startswith(mute):
            answered.wait()
        return real(path)

    monkeypatch.setattr("os.path.isdir", isdir)
    try:
        assert nearest_folder(str(Path(mute) / "Photos"), patience_s=0.2) == str(tmp_path)
    finally:
        answered.set()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not ask the environment")
def test_pictures_are_looked_for_at_home_where_they_have_no_folder() -> None:
    home = Path(os.environ["HOME"])
    assert pictures_folder() == str(home)
    (home / "Pictures").mkdir(parents=True)
    assert pictures_folder() == str(home / "Pictures")
