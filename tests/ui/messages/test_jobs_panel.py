"""The panel of jobs and messages."""

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.pause_button import PauseButton
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.messages.jobs_panel import JobsPanel
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.work.jobs import JobProgress, Jobs


@dataclass
class Place:
    """A panel and what it shows."""

    panel: JobsPanel
    jobs: Jobs
    notices: Notices

    @property
    def texts(self) -> list[str]:
        labels = self.panel.findChildren(QLabel)
        return [each.text() for each in labels if each.isVisible() and each.text()]

    def button(self, label: str) -> QPushButton:
        return next(
            each
            for each in self.panel.findChildren(QPushButton)
            if each.text() == label and each.isVisible()
        )


@pytest.fixture
def place(qtbot: QtBot, theme: Theme) -> Place:
    jobs, notices = Jobs(), Notices(theme)
    panel = JobsPanel(theme, jobs, notices)
    for widget in (panel, notices):
        qtbot.addWidget(widget)
    panel.resize(400, 600)
    with qtbot.waitExposed(panel):
        panel.show()
    return Place(panel, jobs, notices)


def test_without_jobs_it_says_so(place: Place) -> None:
    assert "Nothing goes on in the background." in place.texts


def test_a_job_is_followed_paused_and_stopped(place: Place) -> None:
    done: list[str] = []
    job = place.jobs.begin(
        "Indexing",
        pause=lambda: done.append("pause"),
        resume=lambda: done.append("resume"),
        cancel=lambda: done.append("cancel"),
    )
    job.show_progress(JobProgress("5 of 10", 5, 10))
    assert "5 of 10" in place.texts
    assert "Nothing goes on in the background." not in place.texts
    bar = place.panel.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    assert bar.value() * 2 == bar.maximum()
    pause = place.panel.findChild(PauseButton)
    assert isinstance(pause, PauseButton)
    pause.click()
    job.show_progress(JobProgress("5 of 10", 5, 10, "The battery is low."))
    assert "The battery is low · 5 of 10" in place.texts
    pause.click()
    place.button("Cancel").click()
    assert done == ["pause", "resume", "cancel"]
    job.show_progress(JobProgress("6 of 10", 6, 10))
    assert "Stopping…" in place.texts
    job.end()
    assert "Nothing goes on in the background." in place.texts


def test_a_job_of_unknown_length_moves_and_rests_while_it_waits(place: Place) -> None:
    job = place.jobs.begin("Looking")
    job.show_progress(JobProgress("12 files seen"))
    bar = place.panel.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    assert bar.maximum() == 0
    job.show_progress(JobProgress("12 files seen", why_paused=""))
    assert bar.maximum() > 0
    assert "Paused · 12 files seen" in place.texts
    job.end()


def test_messages_can_be_read_again_and_done(qtbot: QtBot, place: Place) -> None:
    done: list[str] = []
    place.notices.info("First.")
    place.notices.error("Second.", "Mend", lambda: done.append("mended"))
    qtbot.waitUntil(lambda: "First." in place.texts)
    shown = [each for each in place.texts if each in ("First.", "Second.")]
    assert shown == ["Second.", "First."]  # newest first
    place.button("Mend").click()
    assert done == ["mended"]
    qtbot.waitUntil(lambda: "First." in place.texts)
    assert "Second." not in place.texts
    assert place.notices.shown is None or place.notices.shown.text != "Second."
    place.button("Clear").click()
    assert "First." not in place.texts
