import threading

from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import StoreError
from desktop_app.ui.library.library_opener import LibraryOpener
from desktop_app.ui.work.tasks import Lanes
from tests.ui.fake_library import FakeLibrary


def test_it_opens_in_the_background_and_closes(qtbot: QtBot, lanes: Lanes) -> None:
    library = FakeLibrary()
    threads: list[threading.Thread] = []

    def open_library() -> FakeLibrary:
        threads.append(threading.current_thread())
        return library

    opener = LibraryOpener(open_library, lanes.open("library"))
    with qtbot.waitSignal(opener.opened) as opened:
        opener.open()
    assert opened.args == [library]
    assert threads[0] is not threading.current_thread()
    opener.close()
    assert library.is_closed


def test_it_can_try_again(qtbot: QtBot, lanes: Lanes) -> None:
    answers: list[FakeLibrary | StoreError] = [StoreError("The disk is full."), FakeLibrary()]

    def open_library() -> FakeLibrary:
        answer = answers.pop(0)
        if isinstance(answer, StoreError):
            raise answer
        return answer

    opener = LibraryOpener(open_library, lanes.open("library"))
    with qtbot.waitSignal(opener.failed) as failed:
        opener.open()
    assert str(failed.args[0]) == "The disk is full."
    with qtbot.waitSignal(opener.opened):
        opener.open()


def test_a_library_that_nobody_waits_for_any_more_is_closed_too(qtbot: QtBot) -> None:
    library = FakeLibrary()
    entered, gate = threading.Event(), threading.Event()

    def open_library() -> FakeLibrary:
        entered.set()
        assert gate.wait(10)
        return library

    lanes = Lanes()
    opener = LibraryOpener(open_library, lanes.open("library"))
    opener.open()
    assert entered.wait(10)
    assert not lanes.close(timeout_s=0)
    gate.set()
    assert lanes.close(timeout_s=10)
    opener.close()
    assert library.is_closed
