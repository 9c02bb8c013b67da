"""Who may change a library, and who has to wait."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, UnwritableError, UserFacingError
from desktop_app.engine.sole_use import EMBEDDING, INDEXING, MOVING, SoleUse


def test_another_is_told_what_is_under_way() -> None:
    use = SoleUse(None)
    with (
        use.alone(INDEXING),
        pytest.raises(UserFacingError, match=INDEXING),
        use.alone(EMBEDDING),
    ):
        pass
    with use.alone(EMBEDDING):
        assert use.is_embedding
    assert not use.is_embedding


def test_files_are_moved_beside_indexing() -> None:
    use = SoleUse(None)
    with use.alone(INDEXING), use.beside_indexing():
        pass
    with use.beside_indexing(), use.if_free() as is_free:
        assert not is_free
    with use.if_free() as is_free:
        assert is_free


def test_a_brief_move_is_waited_for() -> None:
    use, is_moving, may_end = SoleUse(None), threading.Event(), threading.Event()

    def move() -> None:
        with use.beside_indexing():
            is_moving.set()
            assert may_end.wait(10)

    with ThreadPoolExecutor(1) as threads:
        moved = threads.submit(move)
        assert is_moving.wait(10)
        threading.Timer(0.1, may_end.set).start()
        with use.alone(INDEXING):
            assert moved.done() or may_end.is_set()
        moved.result(10)


def test_who_is_in_no_hurry_waits_until_it_is_cancelled() -> None:
    use, cancel = SoleUse(None), CancelToken()
    with use.alone(MOVING):
        threading.Timer(0.1, cancel.cancel).start()
        with pytest.raises(CancelledError), use.alone(INDEXING, waits=cancel):
            pass


def test_nothing_is_done_where_nothing_can_be_written() -> None:
    use = SoleUse(UnwritableError("It may only be read."))
    for way in (use.alone(INDEXING), use.beside_indexing()):
        with pytest.raises(UnwritableError), way:
            pass
    with pytest.raises(UnwritableError), use.if_free():
        pass
