"""The list of jobs."""

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.work.jobs import JobProgress, Jobs


def test_a_job_is_on_the_list_until_it_ends(qtbot: QtBot) -> None:
    jobs = Jobs()
    with qtbot.waitSignal(jobs.begun):
        job = jobs.begin("Moving")
    assert jobs.running == [job]
    with qtbot.waitSignals([job.changed, jobs.progressed]):
        job.show_progress(JobProgress("1 of 2", 1, 2))
    with qtbot.waitSignal(jobs.ended) as ended:
        job.end("2 pictures moved.")
    assert ended.args == [job]
    assert job.outcome == "2 pictures moved."
    assert jobs.running == []
    with qtbot.assertNotEmitted(jobs.ended):
        job.end()
    jobs.deleteLater()


def test_what_can_be_done_with_it_is_what_was_given() -> None:
    jobs, done = Jobs(), []
    job = jobs.begin("Copying", cancel=lambda: done.append("cancel"))
    assert (job.can_pause, job.can_cancel) == (False, True)
    job.pause()
    job.resume()
    job.cancel()
    assert done == ["cancel"]
    both = jobs.begin("Indexing", pause=lambda: done.append("pause"), resume=lambda: None)
    both.pause()
    assert both.can_pause
    assert done == ["cancel", "pause"]
    jobs.deleteLater()


@pytest.mark.parametrize(
    ("done", "total", "share"), [(0, 0, None), (1, 4, 0.25), (5, 4, 1.0), (3, -1, None)]
)
def test_how_much_is_done(done: int, total: int, share: float | None) -> None:
    assert JobProgress("", done, total).share == share
