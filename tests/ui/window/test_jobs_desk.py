"""What the window does in the background, in the list of jobs."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import (
    EmbedProgress,
    EmbedSummary,
    IndexPreparation,
    IndexProgress,
    IndexSummary,
    InstalledModel,
    ModelProgress,
    ModelStep,
)
from desktop_app.ui.inspector.label_files import LabelFiles
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.library.indexing_queue import IndexingQueue
from desktop_app.ui.library.search_preparation import SearchPreparation
from desktop_app.ui.messages.status_line import StatusLine
from desktop_app.ui.models.model_installs import Install, ModelInstalls
from desktop_app.ui.window.jobs_desk import JobsDesk
from desktop_app.ui.work.jobs import Job, Jobs
from desktop_app.ui.work.tasks import Lanes
from tests.ui.fake_library import FakeLibrary


@dataclass
class Place:
    """The desk and what it follows."""

    jobs: Jobs
    indexing: IndexingQueue
    preparation: SearchPreparation
    installs: ModelInstalls
    desk: JobsDesk
    library: FakeLibrary
    owner: QObject
    stayed: list[bool]

    @property
    def job(self) -> Job:
        (job,) = self.jobs.running
        return job


@pytest.fixture
def place(qtbot: QtBot, theme: Theme, lanes: Lanes) -> Place:
    owner = QObject()
    status = StatusLine(theme)
    qtbot.addWidget(status)
    jobs = Jobs(owner)
    indexing = IndexingQueue(lanes.open("indexing"), owner)
    preparation = SearchPreparation(lanes.open("preparation"), owner)
    installs = ModelInstalls(lanes.open("installs"), owner)
    stayed: list[bool] = []
    labels = LabelFiles(lanes.open("label files"), owner)
    desk = JobsDesk(
        jobs, indexing, preparation, installs, labels, lambda: stayed.append(True), owner
    )
    library = FakeLibrary()
    desk.set_library(library)
    return Place(jobs, indexing, preparation, installs, desk, library, owner, stayed)


def test_indexing_is_followed_with_its_folder(place: Place) -> None:
    place.indexing.progressed.emit(IndexProgress(5, 10, 20, current="/photos/Winter/a.jpg"))
    job = place.job
    assert job.title == "Indexing"
    assert "5 / 10" in job.progress.text
    assert job.progress.text.endswith("Now in Winter")
    job.pause()
    assert place.library.pace.is_paused
    assert job.progress.why_paused is not None
    job.resume()
    assert place.job.progress.why_paused is None
    place.indexing.finished.emit(IndexSummary(added=3), False)
    place.indexing.idle_changed.emit(True)
    assert place.jobs.running == []
    assert job.outcome == "3 pictures added."


def test_a_pause_by_others_is_told(place: Place) -> None:
    place.indexing.progressed.emit(IndexProgress(5, 10, 20))
    place.library.discharge(10)
    place.desk.tell_pace()
    assert "battery" in (place.job.progress.why_paused or "")


def test_the_preparation_of_a_model(place: Place) -> None:
    place.indexing.embed_progressed.emit(EmbedProgress("SigLIP", 1, 4))
    job = place.job
    assert "SigLIP" in job.title
    assert job.progress.share == 0.25
    job.cancel()
    assert place.stayed == [True]
    place.indexing.embedded.emit(EmbedSummary("SigLIP", 4, switched=True))
    place.indexing.embedding_changed.emit(False)
    assert place.jobs.running == []
    assert "answers from now on" in job.outcome


def test_a_model_that_answers_is_completed_without_a_way_to_cancel(place: Place) -> None:
    place.indexing.embed_progressed.emit(EmbedProgress("SigLIP", 96, 100, is_answering=True))
    assert place.job.can_pause
    assert not place.job.can_cancel


def test_the_preparation_of_quick_search(qtbot: QtBot, place: Place) -> None:
    place.library.preparations = [IndexPreparation(0, 0), IndexPreparation(1, 2)]
    with qtbot.waitSignal(place.jobs.ended) as ended:
        place.preparation.start(place.library)
    assert ended.args is not None
    assert ended.args[0].progress.share == 0.5


def test_downloads_and_how_they_end(place: Place) -> None:
    download, added = Install("siglip", is_download=True), Install("/x/m.zip", is_download=False)
    place.installs.waiting.emit(download)
    place.installs.waiting.emit(added)
    first, second = place.jobs.running
    assert (first.title, second.title) == ("Downloading siglip", "Adding m.zip")
    place.installs.progressed.emit(download, ModelProgress(ModelStep.DOWNLOADING, 1, 2))
    assert first.progress.share == 0.5
    place.installs.failed.emit(added, ValueError())
    model = InstalledModel("siglip", "SigLIP", key="k", dim=4, size_bytes=1)
    place.installs.installed.emit(download, model)
    assert place.jobs.running == []
    assert first.outcome == "SigLIP is installed."
