import os
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop_app.ui.work import stall_watch
from desktop_app.ui.work.stall_watch import StallWatch

LIMIT_S = 0.05


def work() -> None:
    """Keep the processor of this thread busy for longer than the limit."""
    end_s = time.thread_time() + 2 * LIMIT_S
    while time.thread_time() < end_s:
        pass


def wait() -> None:
    """Keep the thread from answering without working."""
    threading.Event().wait(2 * LIMIT_S)


def test_work_that_keeps_the_window_waiting_is_noted_with_its_place(qtbot: QtBot) -> None:
    again = QTimer(interval=0)  # on a busy machine, the watch may come too late once
    again.timeout.connect(work)
    with StallWatch(LIMIT_S) as watch:
        again.start()
        qtbot.waitUntil(lambda: any(" work" in each.stack for each in watch.stalls))
        again.stop()
    stall = max(watch.stalls, key=lambda each: each.cpu_seconds)
    assert stall.seconds >= stall.cpu_seconds >= LIMIT_S
    assert "test_stall_watch.py" in str(stall)


def test_waiting_is_told_from_working(qtbot: QtBot) -> None:
    with StallWatch(LIMIT_S) as watch:
        QTimer.singleShot(0, wait)
        qtbot.waitUntil(lambda: any(" wait" in each.stack for each in watch.stalls))
    stall = next(each for each in watch.stalls if " wait" in each.stack)
    assert stall.seconds >= 2 * LIMIT_S
    assert stall.cpu_seconds < LIMIT_S
    assert 0 <= stall.turn_seconds <= stall.seconds - stall.cpu_seconds
    assert stall.own_seconds >= stall.cpu_seconds


def test_nothing_is_noted_while_it_answers(qtbot: QtBot) -> None:
    beats = []
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: beats.append(1))
    timer.start()
    with StallWatch(limit_s=30) as watch:
        qtbot.waitUntil(lambda: len(beats) > 20)
    assert watch.stalls == []


def test_what_was_before_an_answer_is_not_counted(qtbot: QtBot) -> None:
    done = []
    with StallWatch(LIMIT_S) as watch:
        wait()
        watch.answered()
        QTimer.singleShot(0, lambda: done.append(1))
        qtbot.waitUntil(lambda: bool(done))
    assert not any(" wait" in each.stack for each in watch.stalls)


def test_its_thread_ends(qtbot: QtBot) -> None:
    with StallWatch():
        assert any(each.name == "stall watch" for each in threading.enumerate())
    assert not any(each.name == "stall watch" for each in threading.enumerate())


def test_where_the_system_does_not_tell_of_turns_there_are_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(stall_watch, "_SCHEDULES", tmp_path)
    said = tmp_path / str(threading.get_native_id()) / "schedstat"
    stall_watch._schedule_of.cache_clear()
    assert stall_watch.turn_s() == 0
    said.parent.mkdir()
    said.touch()
    stall_watch._schedule_of.cache_clear()
    for wrong in ("", "1", "1 two 3"):
        said.write_text(wrong)
        assert stall_watch.turn_s() == 0
    said.write_text("1080917 2500000000 1")
    assert stall_watch.turn_s() == 2.5
    opened = stall_watch._schedule_of(threading.get_native_id())
    assert opened is not None
    os.close(opened)
    stall_watch._schedule_of.cache_clear()
