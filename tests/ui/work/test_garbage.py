import gc
import threading

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.work import garbage
from desktop_app.ui.work.garbage import collect, collected_here


class Cycle:
    """Says in which thread it ends."""

    ended_in: threading.Thread | None = None

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Cycle.ended_in = threading.current_thread()


def make_garbage(count: int = 100_000) -> None:
    Cycle.ended_in = None
    Cycle()
    keep = [[] for _ in range(count)]  # type: ignore[var-annotated]
    assert len(keep) == count


def test_other_threads_do_not_collect_but_the_event_loop_does(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "INTERVAL_MS", 20)
    with collected_here():
        thread = threading.Thread(target=make_garbage)
        thread.start()
        thread.join()
        assert Cycle.ended_in is None
        Cycle()
        # Far more than are due: what a test before this one has left may end meanwhile, and what
        # ends is counted off.
        keep = [[] for _ in range(10_000)]  # type: ignore[var-annotated]
        qtbot.waitUntil(lambda: Cycle.ended_in is not None)
        assert len(keep) == 10_000
    assert Cycle.ended_in is threading.current_thread()


def test_the_collector_is_only_borrowed() -> None:
    gc.enable()
    with collected_here():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_nothing_is_collected_before_it_is_due() -> None:
    gc.collect()
    Cycle.ended_in = None
    Cycle()
    collect()
    assert Cycle.ended_in is None


def test_what_is_made_by_the_thousand_is_looked_at_once() -> None:
    gc.collect()
    gc.disable()
    before = gc.get_freeze_count()
    try:
        keep = [[] for _ in range(garbage.MANY + 1000)]  # type: ignore[var-annotated]
        assert collect()
        assert gc.get_freeze_count() >= before + len(keep)
        assert not collect()
    finally:
        gc.unfreeze()
        gc.enable()


def test_cycles_among_very_many_objects_are_collected() -> None:
    gc.disable()
    try:
        make_garbage(garbage.MANY + 1000)
        keep = [[] for _ in range(garbage.MANY + 1000)]  # type: ignore[var-annotated]
        assert collect()
        assert Cycle.ended_in is threading.current_thread()
        assert keep
    finally:
        gc.unfreeze()
        gc.enable()
