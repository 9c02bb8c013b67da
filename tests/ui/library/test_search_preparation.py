from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import ModelError
from desktop_app.engine.records import IndexPreparation, IndexProgress
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.library.search_preparation import SearchPreparation
from desktop_app.ui.messages.status_line import StatusLine
from desktop_app.ui.words import wording
from desktop_app.ui.work.tasks import Lane
from tests.ui.fake_library import FakeLibrary


class ToldLine(StatusLine):
    """Remembers what it was told."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.told: list[str] = []

    def show_preparation(self, text: str) -> None:
        self.told.append(text)
        super().show_preparation(text)


@pytest.fixture
def status(qtbot: QtBot, theme: Theme) -> ToldLine:
    line = ToldLine(theme)
    qtbot.addWidget(line)
    line.resize(1000, 28)
    line.show()
    return line


@pytest.fixture
def lane() -> Iterator[Lane]:
    lane = Lane("preparation")
    yield lane
    lane.close()
    assert lane.wait(10)


@pytest.fixture
def preparation(status: ToldLine, lane: Lane) -> SearchPreparation:
    preparation = SearchPreparation(lane, status)

    def show() -> None:
        state = preparation.state
        status.show_preparation("" if state is None else wording.preparing_search(state))

    preparation.progressed.connect(show)
    preparation.ended.connect(show)
    return preparation


def test_it_is_seen_how_far_it_is(
    qtbot: QtBot, status: ToldLine, preparation: SearchPreparation
) -> None:
    library = FakeLibrary()
    library.preparations = [IndexPreparation(20, 50), IndexPreparation(50, 50)]
    preparation.start(library)
    qtbot.waitUntil(lambda: status.told[-1:] == [""])
    assert status.told == ["Preparing quick search: 40%", "Preparing quick search: 100%", ""]


def test_indexing_is_told_before_it(status: StatusLine) -> None:
    status.show_preparation("Preparing quick search: 40%")
    assert status.progress_text == "Preparing quick search: 40%"
    status.show_progress(IndexProgress(20, 50, 50))
    assert status.progress_text == "Indexing 20 / 50"
    status.hide_progress()
    assert status.progress_text == "Preparing quick search: 40%"


def test_a_failure_is_left_to_the_searches(
    qtbot: QtBot, status: ToldLine, preparation: SearchPreparation
) -> None:
    library = FakeLibrary()
    library.preparations = [IndexPreparation(1, 2), ModelError("The model is gone.")]
    preparation.start(library)
    qtbot.waitUntil(lambda: status.told[-1:] == [""])
    assert status.told == ["Preparing quick search: 50%", ""]
