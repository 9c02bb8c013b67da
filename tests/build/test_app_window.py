"""A small program of Qt stands for the real one, on a screen of Xvfb."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app_room import Room, RoomError
from app_window import open_window, screen
from x_windows import XScreen

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("Xvfb") is None, reason="Xvfb is missing"
)

WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.setWindowTitle("Image Seeker")
window.resize(640, 480)
window.show()
sys.exit(app.exec() or {code})
"""


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with screen() as display:
        assert display is not None
        yield display


def write_program(folder: Path, code: str) -> Path:
    folder.mkdir()
    program = folder / "program"
    program.write_text(f"#!{sys.executable}\n{code}")
    program.chmod(0o755)
    return folder


def test_a_window_is_seen_and_closes_by_its_cross(tmp_path: Path, display: str) -> None:
    built = write_program(tmp_path / "built", WINDOW.format(code=0))

    with Room(built, is_closed=False) as room:
        opening = open_window(room, "program", tmp_path, display)

    assert opening.size_px == (640, 480)
    assert opening.seconds > 0


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        (WINDOW.format(code=4), "ended with 4 when closed"),
        ("import sys; sys.exit('no font')", "ended with 1 without a window. last words: no font"),
    ],
)
def test_a_program_that_does_not_end_well_is_told(
    tmp_path: Path, display: str, code: str, complaint: str
) -> None:
    built = write_program(tmp_path / "built", code)

    with Room(built, is_closed=False) as room, pytest.raises(RoomError, match=complaint):
        open_window(room, "program", tmp_path, display)


def test_an_empty_screen_has_no_windows(display: str) -> None:
    x_screen = XScreen(display)
    assert x_screen.windows() == []
    x_screen.close()
    with pytest.raises(OSError, match="There is no screen"):
        XScreen(":9999")
