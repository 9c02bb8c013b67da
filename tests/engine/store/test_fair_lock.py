import threading

import pytest

from desktop_app.engine.store.fair_lock import FairLock


def test_who_waits_comes_before_who_just_left() -> None:
    lock = FairLock()
    order: list[str] = []
    is_waiting = threading.Event()

    def wait() -> None:
        # The first of the two steps of taking the lock: from here on it is this thread's turn.
        with lock._next_in_line:
            is_waiting.set()
            lock._lock.acquire()
        order.append("waiting")
        lock._lock.release()

    with lock.held():
        thread = threading.Thread(target=wait)
        thread.start()
        assert is_waiting.wait(timeout=60)
    with lock.held():
        order.append("left and came back")
    thread.join()
    assert order == ["waiting", "left and came back"]


def test_is_free_again_after_an_error() -> None:
    lock = FairLock()

    def fail() -> None:
        with lock.held():
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with lock.held():
        pass
