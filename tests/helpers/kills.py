"""Kills a program at a random instant, as a power cut or the system's memory killer would."""

import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def start(arguments: Sequence[str | Path]) -> "subprocess.Popen[str]":
    """Start a module of the tests with Python."""
    return subprocess.Popen(
        [sys.executable, "-m", *map(str, arguments)], stdout=subprocess.PIPE, text=True, cwd=PROJECT
    )


def lines_until_killed(process: "subprocess.Popen[str]", delay_s: float) -> list[str]:
    """What a process has said when it is killed, or has ended by itself.

    Args:
        process: Started with `start`.
        delay_s: How long it has from now on.

    Returns:
        The complete lines, those in the pipe included that came before the signal reached it.
    """
    assert process.stdout is not None
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    stdout = process.stdout

    def read() -> None:
        for line in stdout:
            if line.endswith("\n"):
                lines.put(line.strip())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        process.wait(delay_s)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.wait()
    reader.join()
    stdout.close()
    return [lines.get() for _ in range(lines.qsize())]


def natural_s(process: "subprocess.Popen[str]") -> float:
    """How long a process takes that nobody kills."""
    started = time.monotonic()
    lines_until_killed(process, 120)
    assert process.returncode == 0
    return time.monotonic() - started
