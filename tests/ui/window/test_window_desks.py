"""What one part of the window does shows in all the others: undo, labels, jobs."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.export_pictures import PictureExport
from desktop_app.engine.records import (
    CopiesSummary,
    CopyForm,
    FileAction,
    FileProgress,
    PictureIds,
    PictureLabels,
    SidecarProgress,
)
from desktop_app.ui.files.export_panel import ExportChoice, Kind
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.sidebar import sidebar_desk
from desktop_app.ui.sidebar.sidebar_items import TAGS
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.ui.fake_labels import FakeLabels
from tests.ui.fake_library import FakeLibrary

CTRL = Qt.KeyboardModifier.ControlModifier
COUNT = 20


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(COUNT)


@pytest.fixture
def labels(library: FakeLibrary) -> FakeLabels:
    assert isinstance(library.labels, FakeLabels)
    return library.labels


@pytest.fixture
def window(
    qtbot: QtBot,
    theme: Theme,
    tmp_path: Path,
    library: FakeLibrary,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    # What the user does is counted at once, and not when it is time to count everything again.
    monkeypatch.setattr(sidebar_desk, "COUNT_INTERVAL_MS", 3_600_000)
    window = MainWindow(Session(lambda: library, tmp_path / "data"), theme)
    window.resize(1180, 780)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.results.shown is not None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    library.files.gate.set()
    window.close()
    window.deleteLater()


def undo_text(window: MainWindow) -> str:
    return window.book.action("edit.undo").text()


def tags(window: MainWindow) -> list[str]:
    content = window.sidebar.content
    return [content.item(key).name for key in content.children(TAGS)]


def inspected(window: MainWindow) -> list[str]:
    return [chip.tag for chip in window.inspector.tags.chips]


def test_one_key_takes_back_searches_files_and_labels(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, labels: FakeLabels
) -> None:
    window.grid.go_to(0)
    window.inspector.stars.rated.emit(4)
    qtbot.waitUntil(lambda: undo_text(window) == "Undo 1 picture: ★★★★☆")
    window.header.search_box.draft.set_line("dogs")
    qtbot.waitUntil(lambda: undo_text(window) == "Undo Search change")
    with qtbot.waitSignal(window.searches_desk.saved):
        window.book.run("search.save")
    window.grid.go_to(1)
    window.book.run("picture.trash")
    qtbot.waitUntil(lambda: undo_text(window) == "Undo Move to trash")

    window.book.run("edit.undo")
    qtbot.waitUntil(lambda: library.files.asked[-1][:2] == ("undo", FileAction.TRASH))
    assert undo_text(window) == "Undo Save search"
    window.book.run("edit.undo")
    qtbot.waitUntil(lambda: not library.saved)
    window.book.run("edit.undo")
    assert window.header.search_box.draft.state.is_empty
    assert labels.held[COUNT].rating == 4
    window.book.run("edit.undo")
    qtbot.waitUntil(lambda: labels.held[COUNT] == PictureLabels())
    assert undo_text(window) == "Undo"


def test_more_like_this_is_taken_back_once(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    draft = window.header.search_box.draft
    draft.set_line("dogs")
    qtbot.waitUntil(lambda: window.results.shown is not None and not window.results.is_running)
    window.grid.go_to(0)
    window.like_selected()
    qtbot.waitUntil(lambda: bool(draft.state.liked))
    notice = window.notices.shown
    assert notice is not None
    assert notice.act is not None
    draft.set_line("dogs in snow")
    notice.act()
    assert (draft.state.line, draft.state.liked) == ("dogs in snow", ())
    window.book.run("edit.undo")
    assert draft.state.line == "dogs"
    window.book.run("edit.undo")
    assert draft.state.is_empty
    assert undo_text(window) == "Undo"


def test_what_the_inspector_changes_is_counted_and_written_beside(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    window.book.run("view.sidebar")
    window.book.run("view.inspector")
    library.sidecars.switch(True)
    library.sidecars.runs = [[SidecarProgress(1, 1)]]
    window.grid.go_to(0)
    with qtbot.waitSignals([window.labels_desk.changed, window.session.label_files.ended]):
        window.inspector.tags.entered.emit(["snow"], [])
    assert library.sidecars.runs == []
    qtbot.waitUntil(lambda: tags(window) == ["snow"])
    qtbot.waitUntil(lambda: inspected(window) == ["snow"])
    with qtbot.waitSignals([window.labels_desk.changed, window.session.label_files.ended]):
        window.book.run("edit.undo")
    qtbot.waitUntil(lambda: tags(window) == [])
    qtbot.waitUntil(lambda: inspected(window) == [])


def test_a_move_is_a_job_beside_its_line(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.files.gate.clear()
    window.grid.selectAll()
    window.book.run("picture.trash")
    qtbot.waitUntil(lambda: [each.title for each in window.jobs.running] != [])
    (job,) = window.jobs.running
    assert job.title == "Moving pictures to the trash"
    assert window.files.progress.isVisible()
    qtbot.waitUntil(lambda: job.progress.total == COUNT)
    ended: list[str] = []
    window.jobs.ended.connect(lambda one: ended.append(one.outcome))
    job.cancel()
    library.files.gate.set()
    qtbot.waitUntil(lambda: window.jobs.running == [])
    assert ended == ["1 picture moved to the trash. Stopped; what was done stays."]


class SlowExport(PictureExport):
    """Writes nothing, and waits after the first picture."""

    def __init__(self) -> None:
        self.gate = threading.Event()

    def copy(
        self, ids: PictureIds, folder: str, cancel: CancelToken
    ) -> Iterator[FileProgress | CopiesSummary]:
        yield FileProgress(1, len(ids))
        self.gate.wait(10)
        yield CopiesSummary(len(ids), folder=folder, cancelled=cancel.is_cancelled)


def test_an_export_is_a_job_though_its_panel_is_closed(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    export = library.picture_export = SlowExport()
    window.grid.selectAll()
    choice = ExportChoice(Kind.AS_THEY_ARE, "/exported", CopyForm(2048), 4)
    with qtbot.waitSignal(window.jobs.begun):
        window.files.export.export_asked.emit(choice)
    (job,) = window.jobs.running
    assert job.title == "Exporting pictures"
    qtbot.waitUntil(lambda: job.progress.done == 1)
    ended: list[str] = []
    window.jobs.ended.connect(lambda one: ended.append(one.outcome))
    export.gate.set()
    qtbot.waitUntil(lambda: window.jobs.running == [])
    assert ended == [f"{COUNT} pictures exported to exported."]


def test_writing_labels_beside_pictures_is_a_job(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    begun: list[tuple[str, bool]] = []
    window.jobs.begun.connect(lambda job: begun.append((job.title, job.can_cancel)))
    library.sidecars.runs = [[SidecarProgress(1, 3), SidecarProgress(3, 3)]]
    with qtbot.waitSignal(window.session.label_files.ended):
        window.session.label_files.write()
    assert begun == [("Writing ratings and tags", True)]
    assert window.jobs.running == []
