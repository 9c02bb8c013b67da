"""Pausing and slowing down, in the window as a whole."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.records import EmbedProgress, EmbedSummary, IndexProgress, IndexSummary
from desktop_app.ui.kit.pause_button import PauseButton
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.library import work_pace
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.ui.fake_library import FakeLibrary

LEFT = Qt.MouseButton.LeftButton
BATTERY = "Paused: the battery is below 20%."


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(50)


@pytest.fixture
def open_window(
    qtbot: QtBot,
    theme: Theme,
    tmp_path: Path,
    library: FakeLibrary,
    monkeypatch: pytest.MonkeyPatch,
    windows: list[MainWindow],
) -> Iterator[Callable[[], MainWindow]]:
    monkeypatch.setattr(work_pace, "LOOK_INTERVAL_MS", 20)

    def open_() -> MainWindow:
        window = MainWindow(Session(lambda: library, tmp_path / "data"), theme)
        windows.append(window)
        window.resize(1000, 700)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.results.shown is not None)
        return window

    yield open_
    library.index_gate.set()
    library.embed_gate.set()


@pytest.fixture
def window(open_window: Callable[[], MainWindow]) -> MainWindow:
    return open_window()


def pause_button(parent: QWidget) -> PauseButton:
    (button,) = [each for each in parent.findChildren(PauseButton) if each.isVisible()]
    return button


def is_paused(library: FakeLibrary) -> bool:
    return library.pace.is_paused


def begin_indexing(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    """Let a run stand still after a report."""
    go_on, real = library.index_gate, library.index

    def index(
        paths: Sequence[str | Path], cancel: CancelToken, **how: bool
    ) -> Iterator[IndexProgress | IndexSummary]:
        for number, report in enumerate(real(paths, cancel, **how)):
            yield report
            if number == 0:
                go_on.clear()

    library.index = index  # type: ignore[method-assign]
    library.runs = [[IndexProgress(20, 50, 50), IndexProgress(20, 50, 50), IndexSummary()]]
    window.indexing.add(["/pictures"])
    qtbot.waitUntil(lambda: "20 / 50" in window.status.progress_text)


def test_indexing_is_paused_and_goes_on(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    begin_indexing(qtbot, window, library)
    button = pause_button(window.status)
    assert (button.accessibleName(), button.is_paused) == ("Pause indexing", False)
    qtbot.mouseClick(button, LEFT)
    assert is_paused(library)
    assert window.status.progress_text == "Paused · 20 / 50"
    assert (button.accessibleName(), button.is_paused) == ("Continue indexing", True)
    assert button.toolTip() == "Go on indexing"
    qtbot.mouseClick(button, LEFT)
    assert not is_paused(library)
    assert window.status.progress_text == "Indexing 20 / 50"


def test_a_battery_that_runs_low_is_said(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    begin_indexing(qtbot, window, library)
    library.discharge(10)
    expected = "Paused: the battery is below 20% · 20 / 50"
    qtbot.waitUntil(lambda: window.status.progress_text == expected)
    library.discharge(30)
    qtbot.waitUntil(lambda: window.status.progress_text == "Indexing 20 / 50")


def test_what_is_paused_can_still_be_cancelled(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    begin_indexing(qtbot, window, library)
    qtbot.mouseClick(pause_button(window.status), LEFT)
    window.indexing.cancel()
    library.index_gate.set()
    qtbot.waitUntil(lambda: window.indexing.is_idle)
    assert not [each for each in window.status.findChildren(PauseButton) if each.isVisible()]


def test_preparing_says_why_it_is_paused_and_goes_on(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.discharge(10)
    real = library.embed_next

    def embed_next(cancel: CancelToken) -> Iterator[EmbedProgress | EmbedSummary]:
        for report in real(cancel):
            yield report
            library.embed_gate.clear()

    library.embed_next = embed_next  # type: ignore[method-assign]
    library.embeddings = [[EmbedProgress("Larger", 2, 50), EmbedSummary("Larger")]]
    window.indexing.embed()
    qtbot.waitUntil(lambda: window.status.embedding.text.startswith(BATTERY))
    button = pause_button(window.status.embedding)
    assert button.accessibleName() == "Continue preparing Larger"
    qtbot.mouseClick(button, LEFT)
    assert not is_paused(library)


def test_slowing_down_is_remembered(
    window: MainWindow, open_window: Callable[[], MainWindow], library: FakeLibrary
) -> None:
    gentle = window.book.action("work.gentle")
    assert not gentle.isChecked()
    gentle.trigger()
    assert library.pace.is_gentle
    window.close()
    library.pace.set_gentle(False)
    assert open_window().book.action("work.gentle").isChecked()
    assert library.pace.is_gentle
