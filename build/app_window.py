"""Opens the window of the built program on a screen, and takes the time until it is there."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app_room import Room, RoomError
from app_use import last_words
from network_trace import connections
from x_windows import XScreen, XWindow

TITLE = "Image Seeker"
FIRST_WINDOW_LIMIT_S = 0.8
PATIENCE_S = 60.0
_LOOK_S = 0.01
_SMALLEST_PX = 300


@dataclass(frozen=True, slots=True)
class Opening:
    """How the window opened.

    Attributes:
        seconds: From the start of the process to a window that can be seen.
        size_px: Width and height of the window.
    """

    seconds: float
    size_px: tuple[int, int]


@contextmanager
def screen() -> Iterator[str | None]:
    """A screen of its own that nobody sees, by Xvfb.

    Yields:
        Its name, such as ``:3``; None where there is no Xvfb.
    """
    xvfb = shutil.which("Xvfb")
    if xvfb is None or sys.platform == "win32":
        yield None
        return
    reading, writing = os.pipe()
    command = [xvfb, "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        yield f":{number}" if number else None
    finally:
        server.terminate()
        server.wait()


def open_window(
    room: Room, program: str, library: Path, display: str, *, watch: bool = False
) -> Opening:
    """Start the window on a library, wait until it is there, and close it by its cross.

    Args:
        room: Where.
        program: Name of the executable.
        library: The library to open.
        display: The screen.
        watch: Whether to look at its network calls, too; that takes time.

    Raises:
        RoomError: If there is no window after a minute, or it does not close well.
    """
    trace = room.work.parent / "window-trace" if watch else None
    log = room.work.parent / "window-output"
    environment = room.environment(DISPLAY=display, QT_QPA_PLATFORM="xcb")
    command = room.command(
        program, "--data-dir", str(library), environment=environment, trace=trace
    )
    x_screen = XScreen(display)
    start = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=room.work,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        window = _wait_for_window(x_screen, process)
        seconds = time.perf_counter() - start
        x_screen.ask_to_close(window)
        code = process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired as error:
        raise RoomError(f"{program} did not close its window.") from error
    except RoomError as error:
        raise RoomError(f"{program}: {error} {last_words(_read(log))}") from error
    finally:
        process.kill()
        process.wait()
        x_screen.close()
    if code:
        raise RoomError(f"{program} ended with {code} when closed, {last_words(_read(log))}")
    reached = connections(_read(trace)) if trace else []
    if reached:
        raise RoomError(f"{program} reached for a network: {reached[0]}")
    return Opening(seconds, window.size_px)


def _wait_for_window(x_screen: XScreen, process: "subprocess.Popen[bytes]") -> XWindow:
    end = time.perf_counter() + PATIENCE_S
    while time.perf_counter() < end:
        for window in x_screen.windows():
            if window.title == TITLE and min(window.size_px) >= _SMALLEST_PX:
                return window
        if process.poll() is not None:
            raise RoomError(f"it ended with {process.returncode} without a window.")
        time.sleep(_LOOK_S)
    raise RoomError("it showed no window.")


def _read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")
