"""What the system is asked to say."""

import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, QStandardPaths
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit import icons
from desktop_app.ui.messages.job_messages import LONG_S, JobMessages
from desktop_app.ui.system.desktop_messages import DesktopMessages
from desktop_app.ui.work.jobs import JobProgress, Jobs


class Said(DesktopMessages):
    """Notes what it is to say."""

    def __init__(self) -> None:
        super().__init__("Test", "test", icons.application_icon())
        self.said: list[tuple[str, str]] = []
        self.shares: list[float | None] = []

    def say(self, title: str, text: str) -> None:
        self.said.append((title, text))

    def show_progress(self, share: float | None) -> None:
        self.shares.append(share)


class Place:
    """A window that is not active, its jobs, and a clock."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.wanted = True
        self.late_s = 0.0
        self.jobs, self.messages = Jobs(window), Said()
        self.desk = JobMessages(
            self.jobs,
            self.messages,
            window.isActiveWindow,
            lambda: self.wanted,
            lambda: time.monotonic() + self.late_s,
            window,
        )


@pytest.fixture
def place(qtbot: QtBot) -> Place:
    window = QWidget()
    qtbot.addWidget(window)
    return Place(window)


def test_the_end_of_something_long_is_told(place: Place) -> None:
    job = place.jobs.begin("Indexing")
    place.late_s = LONG_S + 1
    job.end("3 pictures added.")
    assert place.messages.said == [("Indexing", "3 pictures added.")]


@pytest.mark.parametrize(
    ("late_s", "outcome", "is_wanted"),
    [(LONG_S - 5, "Done.", True), (LONG_S + 1, "", True), (LONG_S + 1, "Done.", False)],
)
def test_what_is_short_or_not_wanted_is_not(
    place: Place, late_s: float, outcome: str, is_wanted: bool
) -> None:
    job = place.jobs.begin("Indexing")
    place.late_s, place.wanted = late_s, is_wanted
    job.end(outcome)
    assert place.messages.said == []


def test_who_looks_at_the_window_is_not_told(qtbot: QtBot, place: Place) -> None:
    with qtbot.waitExposed(place.window):
        place.window.show()
    place.window.activateWindow()
    qtbot.waitUntil(place.window.isActiveWindow)
    job = place.jobs.begin("Indexing")
    place.late_s = LONG_S + 1
    job.end("Done.")
    assert place.messages.said == []


def test_the_icon_shows_how_far_it_is_and_is_left_clean(place: Place) -> None:
    place.jobs.begin("Indexing").show_progress(JobProgress("", 1, 2))
    assert place.messages.shares == [0.5]
    place.desk.close()
    assert place.messages.shares[-1] is None


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="another way there")
def test_linux_desktops_are_asked_by_their_own_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(QStandardPaths, "findExecutable", lambda name: f"/bin/{name}")
    monkeypatch.setattr(
        QProcess, "startDetached", lambda program, options: started.append((program, options))
    )
    DesktopMessages("Image Seeker", "image-seeker", icons.application_icon()).say("-t", "<b>")
    ((program, options),) = started
    assert program == "/bin/notify-send"
    assert options[-3:] == ["--", "-t", "<b>"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="another way there")
def test_a_desktop_without_anything_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QStandardPaths, "findExecutable", lambda _name: "")
    messages = DesktopMessages("Image Seeker", "image-seeker", icons.application_icon())
    messages.say("Title", "Text")
    messages.show_progress(0.5)
    messages.show_progress(None)
    messages.close()
