import os
import shutil
import subprocess
from pathlib import Path

import pytest

from source_date import VARIABLE, source_date


@pytest.fixture(autouse=True)
def no_date_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def test_the_variable_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, "1700000000")

    assert source_date(tmp_path) == 1_700_000_000


@pytest.mark.parametrize("given", ["", "tomorrow", "-5", "0", "1.5e9", "²³"])
def test_a_variable_that_is_no_date_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str
) -> None:
    monkeypatch.setenv(VARIABLE, given)

    with pytest.raises(ValueError, match=VARIABLE):
        source_date(tmp_path)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_without_it_the_commit_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_COMMITTER_DATE", "GIT_AUTHOR_DATE"):
        monkeypatch.setenv(name, "1650000000 +0200")
    who = ["-c", "user.name=N", "-c", "user.email=n@example.org"]
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    commit = ["git", *who, "commit", "-q", "--allow-empty", "-m", "First"]
    subprocess.run(commit, cwd=tmp_path, check=True)

    assert source_date(tmp_path) == 1_650_000_000


def test_without_git_the_newest_file_tells(tmp_path: Path) -> None:
    (tmp_path / "desktop_app").mkdir()
    for name, date in (("pyproject.toml", 1_600_000_000), ("desktop_app/a.py", 1_600_000_500)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (date, date))

    assert source_date(tmp_path) == 1_600_000_500


def test_what_a_zip_cannot_tell_is_moved_to_1980(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    os.utime(tmp_path / "pyproject.toml", (0, 0))

    assert source_date(tmp_path) == 315_532_800
