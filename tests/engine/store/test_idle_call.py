import threading

from desktop_app.engine.store.idle_call import IdleCall


def test_is_called_once_nobody_touches_it() -> None:
    called = threading.Event()
    idle = IdleCall(called.set, idle_s=0.01)
    assert not called.is_set()
    for _ in range(2):
        idle.touch()
        idle.touch()
        assert called.wait(10)
        called.clear()
    idle.stop()
    assert not called.is_set()


def test_is_called_by_one_thread_at_a_time_and_not_while_it_is_touched() -> None:
    calls = []
    idle = IdleCall(lambda: calls.append(threading.current_thread()), idle_s=3_600)
    before = threading.active_count()
    for _ in range(10):
        idle.touch()
    assert threading.active_count() == before + 1
    idle.stop()
    assert threading.active_count() == before
    assert calls == []


def test_what_is_stopped_never_begins_again() -> None:
    idle = IdleCall(lambda: None, idle_s=3_600)
    idle.stop()
    before = threading.active_count()
    idle.touch()
    assert threading.active_count() == before
