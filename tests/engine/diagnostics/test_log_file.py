"""A log that several processes write."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.engine.diagnostics.log_file import LINE_BYTES, LogFile, full_logs, last_lines
from tests.conftest import PROJECT

WRITER = """
import sys
from pathlib import Path
from desktop_app.engine.diagnostics.log_file import LogFile
file = LogFile(Path(sys.argv[1]), max_bytes=20_000, kept=50)
for number in range(500):
    file.append(f"{sys.argv[2]} {number} " + "x" * 50)
"""


def write(file: LogFile, text: str) -> None:
    file.handle(logging.LogRecord("test", logging.INFO, "", 0, text, None, None))


def test_it_is_set_aside_when_it_is_full_and_old_ones_go(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    file = LogFile(path, max_bytes=1000, kept=3)
    for number in range(101):
        write(file, f"{number:3} " + "x" * 95)
    assert len(full_logs(path)) == 3
    assert path.stat().st_size < 1000
    assert sum(each.stat().st_size for each in tmp_path.iterdir()) <= 4 * 1100
    kept = [line.split()[0] for line in last_lines(path, 12)]
    assert kept == [str(number) for number in range(90, 101)]


def test_several_processes_lose_no_line(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), name], cwd=PROJECT)
        for name in "abc"
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    lines: list[str] = []
    for each in (path, *full_logs(path)):
        if each.exists():
            lines += each.read_text("utf-8").splitlines()
    found = sorted(line.rsplit(" ", 1)[0] for line in lines)
    assert found == sorted(f"{name} {number}" for name in "abc" for number in range(500))
    assert full_logs(path)


def test_a_folder_that_goes_costs_only_the_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    folder = tmp_path / "logs"
    folder.mkdir()
    file = LogFile(folder / "a.log")
    (folder / "a.log").unlink()
    folder.rmdir()
    write(file, "nobody hears this")
    folder.mkdir()
    write(file, "but this")
    assert (folder / "a.log").read_text("utf-8") == "but this\n"


def test_an_endless_line_is_cut(tmp_path: Path) -> None:
    file = LogFile(tmp_path / "a.log")
    write(file, "é" * LINE_BYTES)
    text = (tmp_path / "a.log").read_text("utf-8")
    assert text.endswith("é …\n")
    assert len(text.encode()) < LINE_BYTES + 10


def test_what_is_no_text_is_written_all_the_same(tmp_path: Path) -> None:
    file = LogFile(tmp_path / "a.log")
    write(file, "a picture named caf\udce9.jpg")
    assert (tmp_path / "a.log").read_text("utf-8") == "a picture named caf\\udce9.jpg\n"


def test_no_log_has_no_last_lines(tmp_path: Path) -> None:
    assert last_lines(tmp_path / "a.log", 5) == []
