"""What processes leave that end badly."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.engine.diagnostics import crash_files
from desktop_app.engine.diagnostics.crash_files import CrashFile, collect, seen, settle, watched
from tests.conftest import PROJECT

PROGRAM = """
import faulthandler, os, sys
from pathlib import Path
from desktop_app.engine.diagnostics.crash_files import CrashFile
file = CrashFile(Path(sys.argv[1]), sys.argv[2])
if sys.argv[3] == "crash":
    faulthandler._sigsegv()
elif sys.argv[3] == "killed":
    os._exit(9)
else:
    file.add("it was the disk")
    file.close(keep=True)
"""


def end(folder: Path, kind: str, way: str) -> int:
    """Let a process end in some way; gives its number."""
    arguments = [sys.executable, "-c", PROGRAM, str(folder), kind, way]
    with subprocess.Popen(arguments, cwd=PROJECT, stderr=subprocess.DEVNULL) as process:
        process.wait(60)
    return process.pid


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.rglob("*") if each.is_file())


def test_a_good_end_leaves_nothing(tmp_path: Path) -> None:
    with watched(tmp_path, "window"):
        assert len(names(tmp_path)) == 1
        assert collect(tmp_path) == []  # it is running
    assert names(tmp_path) == []
    with watched(None, "window"):
        pass


def test_crashes_are_found_once_and_kept(tmp_path: Path) -> None:
    end(tmp_path, "window", "crash")
    end(tmp_path, "window", "killed")
    end(tmp_path, "command", "killed")
    end(tmp_path, "command", "noted")
    found = {(each.kind, bool(each.trace)): each for each in collect(tmp_path)}
    assert set(found) == {("window", True), ("window", False), ("command", True)}
    assert "Segmentation fault" in found["window", True].trace or sys.platform == "win32"
    assert found["command", True].trace == "it was the disk"
    assert found["window", True].is_window
    assert collect(tmp_path) == []
    assert len(seen(tmp_path)) == 3
    assert all(each.file.parent.name == "seen" for each in seen(tmp_path))


def test_the_end_of_a_worker_is_settled_by_its_parent(tmp_path: Path) -> None:
    crashed = end(tmp_path, "decoder", "crash")
    killed = end(tmp_path, "decoder", "killed")
    assert settle(tmp_path, killed) == ""
    assert "decoder" not in "".join(path.name for path in tmp_path.glob(f"*-{killed}-*"))
    assert settle(tmp_path, crashed)
    assert settle(tmp_path, crashed) == ""
    assert collect(tmp_path) == []
    assert [each.kind for each in seen(tmp_path)] == ["decoder"]
    assert settle(None, crashed) == settle(tmp_path, None) == ""


def test_only_so_many_are_kept(tmp_path: Path) -> None:
    for number in range(crash_files.KEPT + 5):
        (tmp_path / f"20200101T0000{number:02}-99999-window.txt").write_text("trace")
    assert len(collect(tmp_path)) == crash_files.KEPT + 5
    assert len(seen(tmp_path)) == crash_files.KEPT
    assert seen(tmp_path)[0].file.name.startswith(f"20200101T0000{crash_files.KEPT + 4:02}")


def test_files_that_nobody_collects_do_not_pile_up(tmp_path: Path) -> None:
    for number in range(99):
        (tmp_path / f"20200101T0000{number:02}-99999-command.txt").touch()
    CrashFile(tmp_path, "command").close()
    assert len(names(tmp_path)) <= 60


def test_another_process_with_the_same_number_is_another(tmp_path: Path) -> None:
    path = tmp_path / f"20200101T000000-{os.getpid()}-window.txt"
    path.touch()
    (found,) = collect(tmp_path)
    assert found.began_s == datetime(2020, 1, 1, tzinfo=UTC).timestamp()


def test_what_is_no_crash_file_stays(tmp_path: Path) -> None:
    for name in ("notes.txt", "20209999T999999-1-window.txt.bak"):
        (tmp_path / name).write_text("mine")
    assert collect(tmp_path) == []
    assert len(names(tmp_path)) == 2
    assert collect(tmp_path / "nowhere") == seen(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_costs_the_file(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with watched(tmp_path / "crashes", "decoder"):
        pass
    tmp_path.chmod(0o700)
    assert names(tmp_path) == []
