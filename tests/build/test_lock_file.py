import importlib.metadata
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

from lock_file import (
    LOCK,
    environments,
    misfits,
    read_lock,
    wanted_requirements,
)

HASH = "--hash=sha256:" + "0a" * 32


@pytest.mark.parametrize(
    "environment",
    environments(),
    ids=lambda each: f"{each['sys_platform']}-{each['python_version']}",
)
def test_the_lock_gives_what_pyproject_asks_for(environment: dict[str, str]) -> None:
    assert misfits(wanted_requirements(), read_lock(), environment) == []


def test_the_lock_covers_what_the_locked_versions_need_themselves() -> None:
    environment: dict[str, str] = {**default_environment(), "extra": ""}  # type: ignore[dict-item]
    lock = read_lock()
    checked = 0
    for entry in lock:
        try:
            installed = importlib.metadata.distribution(entry.name)
        except importlib.metadata.PackageNotFoundError:
            continue
        if installed.version == entry.version:
            needs = [Requirement(each) for each in installed.requires or []]
            assert misfits(needs, lock, environment) == [], entry.name
            checked += 1
    assert checked > 0, "nothing installed here has its locked version"


def test_every_entry_has_files_to_choose_from() -> None:
    assert {entry.name for entry in read_lock()} >= {"pillow", "pyinstaller", "pyside6-essentials"}
    assert all(entry.hashes for entry in read_lock())
    assert LOCK.read_text("utf-8").count("python build/renew_lock.py") == 1


def test_a_version_that_does_not_fit_is_told(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text(f"pillow==11.0 {HASH}\n")
    lock = read_lock(tmp_path / "lock")

    (told,) = misfits([Requirement("pillow>=11.3")], lock, environments()[0])
    assert told == "pillow is locked at 11.0 on linux with Python 3.11, not >=11.3."
    (told,) = misfits([Requirement("numpy>=2")], lock, environments()[0])
    assert told == "numpy is locked 0 times on linux with Python 3.11."


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("pillow>=11.3 " + HASH, "not pinned"),
        ("pillow==11.3", "no hash"),
        ("pillow==11.3 --hash=md5:1234", "no hash"),
    ],
)
def test_a_loose_entry_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "lock").write_text(text)

    with pytest.raises(ValueError, match=complaint):
        read_lock(tmp_path / "lock")
