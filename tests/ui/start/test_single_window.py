"""Two starts of the program on one library."""

import errno
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Client, Listener
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import UserFacingError
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.start import single_window
from desktop_app.ui.start.single_window import SingleWindow, bring_other_forward
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.ui.fake_library import FakeLibrary

Open = Callable[[Path], SingleWindow]


@pytest.fixture
def opened(qapp: object) -> Iterator[Open]:
    windows: list[SingleWindow] = []

    def open_(data_dir: Path) -> SingleWindow:
        windows.append(SingleWindow(data_dir))
        return windows[-1]

    yield open_
    for window in windows:
        window.close()


def ask(qtbot: QtBot, data_dir: Path, wanted: Sequence[str] = (), timeout_s: float = 5) -> bool:
    """As another process asks: meanwhile this one's event loop runs."""
    answers: list[bool] = []
    thread = threading.Thread(
        target=lambda: answers.append(bring_other_forward(data_dir, wanted, timeout_s))
    )
    thread.start()
    qtbot.waitUntil(lambda: bool(answers))
    thread.join()
    return answers[0]


def test_the_first_one_comes_forward(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    first = opened(tmp_path)
    with qtbot.waitSignal(first.asked):
        assert ask(qtbot, tmp_path)
    assert ask(qtbot, tmp_path)


def test_paths_are_handed_over_as_they_are(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    names = ["dog.jpg", "two words", "new\nline", "Ж é 🐕", "\udce9\udcff", " ", "a" * 200]
    wanted = [str(tmp_path / name) for name in names]
    first = opened(tmp_path)
    with qtbot.waitSignal(first.asked) as asked:
        assert ask(qtbot, tmp_path, wanted)
    assert asked.args == [wanted]


@given(st.lists(st.text(st.characters(exclude_characters="\0"), min_size=1), min_size=1))
def test_every_name_comes_through(names: list[str]) -> None:
    try:
        names = [os.fsdecode(os.fsencode(name)) for name in names]
    except UnicodeEncodeError:  # no file can be called like that
        return
    assert single_window._paths(single_window._message(names)) == names


def test_more_than_can_be_handed_over_is_said(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(tmp_path)
    monkeypatch.setattr(single_window, "MOST_BYTES", 1000)
    with pytest.raises(UserFacingError, match="too many files"):
        bring_other_forward(tmp_path, ["/a/picture.jpg"] * 100)


@pytest.mark.parametrize(
    "message", [b"", b"open", b"show yourself please", b"open\0relative\0../up", b"\xff" * 5000]
)
def test_what_is_sent_by_somebody_else_opens_nothing(
    qtbot: QtBot, opened: Open, tmp_path: Path, message: bytes
) -> None:
    first, heard = opened(tmp_path), list[list[str]]()
    first.asked.connect(heard.append)
    with Client(single_window._address(tmp_path)) as connection:
        connection.send_bytes(message)
    assert ask(qtbot, tmp_path)
    assert not any(heard)


@pytest.mark.skipif(sys.platform == "win32", reason="only sockets have permissions")
def test_nobody_else_may_talk_to_it(opened: Open, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        opened(tmp_path)
    finally:
        os.umask(before)
    assert os.stat(single_window._address(tmp_path)).st_mode & 0o077 == 0


def test_where_there_is_none(tmp_path: Path) -> None:
    assert not bring_other_forward(tmp_path)


def test_one_that_has_ended(opened: Open, tmp_path: Path) -> None:
    opened(tmp_path).close()
    assert not bring_other_forward(tmp_path)
    assert opened(tmp_path).is_listening


def test_one_that_hangs_is_not_waited_for(
    qtbot: QtBot, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_window, "ANSWER_TIMEOUT_S", 0.1)
    opened(tmp_path)
    assert not bring_other_forward(tmp_path, timeout_s=0.1)  # no event loop runs here
    assert ask(qtbot, tmp_path)


def test_a_later_one_takes_nothing_away(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    first = opened(tmp_path)
    later = opened(tmp_path)
    assert not later.is_listening or sys.platform == "win32"
    later.close()
    with qtbot.waitSignal(first.asked):
        assert ask(qtbot, tmp_path)


def test_other_libraries_are_others(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    first = opened(tmp_path / "one")
    with qtbot.assertNotEmitted(first.asked):
        assert not ask(qtbot, tmp_path / "two")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_folder_is_known_by_all_its_names(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    opened(tmp_path / "real")
    assert ask(qtbot, tmp_path / "link")


def test_one_that_cannot_take_calls_gives_up(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = []

    def refuse(_listener: object) -> None:
        attempts.append(1)
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(Listener, "accept", refuse)
    monkeypatch.setattr(single_window, "_PAUSE_S", 0.001)
    monkeypatch.setattr(single_window, "_MOST_FAILURES", 3)
    window = opened(tmp_path)
    assert window._thread is not None
    window._thread.join(10)
    assert not window._thread.is_alive()
    assert len(attempts) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="pipes leave nothing behind")
def test_what_a_killed_one_left_is_taken_over(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    address = Path(single_window._address(tmp_path))
    address.touch()
    assert not bring_other_forward(tmp_path)
    assert opened(tmp_path).is_listening
    assert ask(qtbot, tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="only sockets have owners")
def test_a_socket_of_somebody_else_is_not_talked_to(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = single_window._address(tmp_path)
    opened(tmp_path)
    assert single_window._is_ours(address)
    stranger = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: stranger)
    assert not single_window._is_ours(address)


def test_a_minimized_window_comes_back(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    window = MainWindow(Session(lambda: FakeLibrary(1), tmp_path), theme)
    window.show()
    qtbot.waitUntil(lambda: window.results.shown is not None)
    window.showMinimized()
    window.come_forward()
    assert not window.windowState() & Qt.WindowState.WindowMinimized
    assert window.isVisible()
    window.close()
    window.deleteLater()
