"""Work that is only a job where it takes longer than a moment."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.ui.work.jobs import Job, Jobs
from desktop_app.ui.work.late_job import LateJob


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def test_what_is_done_at_once_is_never_listed(owner: QObject) -> None:
    jobs = Jobs(owner)
    begun: list[Job] = []
    jobs.begun.connect(begun.append)
    late = LateJob(jobs, lambda: None, owner)
    late.begin("Moving pictures")
    late.show_progress(1, 2)
    late.end("2 pictures moved.")
    assert not begun


def test_what_takes_longer_says_how_far_it_is_and_stops(qtbot: QtBot, owner: QObject) -> None:
    jobs, stopped = Jobs(owner), [False]
    late = LateJob(jobs, lambda: stopped.append(True), owner)
    late.begin("Moving pictures")
    late.show_progress(300, 1200)
    with qtbot.waitSignal(jobs.begun):
        late.begin("Renaming pictures")  # goes on in the same lane: still the one job
    (job,) = jobs.running
    assert (job.title, job.progress.share) == ("Moving pictures", 0.25)
    late.show_progress(600, 1200)
    assert job.progress.share == 0.5
    assert job.can_cancel
    assert not job.can_pause
    job.cancel()
    assert stopped[-1]
    ended: list[str] = []
    jobs.ended.connect(lambda one: ended.append(one.outcome))
    late.end("1,200 pictures moved.")
    assert (jobs.running, ended) == ([], ["1,200 pictures moved."])
