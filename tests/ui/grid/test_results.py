from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import ModelError
from desktop_app.engine.records import Query, SortBy
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.grid.results import Results
from desktop_app.ui.memory.order import Order
from desktop_app.ui.work.tasks import Lanes
from tests.ui.fake_library import FakeLibrary

DOGS, CATS = Query.of_words("dogs"), Query.of_words("cats")


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(5)


@pytest.fixture
def results(qtbot: QtBot, lanes: Lanes, library: FakeLibrary) -> Iterator[Results]:
    results = Results(PictureModel(), lanes.open("search"), lanes.open("records"))
    yield results
    library.gate.set()


def ids(results: Results) -> list[int]:
    return [int(each) for each in results.model.ids]


def show_library(qtbot: QtBot, results: Results, library: FakeLibrary) -> None:
    with qtbot.waitSignal(results.changed):
        results.set_library(library)


def test_without_a_question_it_is_the_library_newest_first(
    qtbot: QtBot, results: Results, library: FakeLibrary
) -> None:
    show_library(qtbot, results, library)
    assert ids(results) == [5, 4, 3, 2, 1]
    assert results.shown is not None
    assert (results.shown.query, results.shown.count, results.shown.seconds) == (Query(), 5, None)


def test_hits_come_best_first_with_scores_and_relevance(
    qtbot: QtBot, results: Results, library: FakeLibrary
) -> None:
    show_library(qtbot, results, library)
    with qtbot.waitSignal(results.changed):
        results.ask(DOGS)
    assert ids(results) == [1, 2, 3, 4, 5]
    assert results.model.score(0) == pytest.approx(0.9)
    assert results.model.relevance(4) == pytest.approx(0.1)
    assert results.shown is not None
    assert (results.shown.query, results.shown.seconds) == (DOGS, 0.021)


def test_a_question_asked_before_the_library_is_open_is_the_first(
    qtbot: QtBot, results: Results, library: FakeLibrary
) -> None:
    results.ask(DOGS)
    show_library(qtbot, results, library)
    assert library.searches == [DOGS]
    assert ids(results) == [1, 2, 3, 4, 5]


def test_old_hits_stay_until_the_new_are_there_and_the_newest_question_wins(
    qtbot: QtBot, results: Results, library: FakeLibrary
) -> None:
    show_library(qtbot, results, library)
    seen: list[Query] = []
    results.changed.connect(lambda: seen.append(results.shown.query))  # type: ignore[union-attr]
    library.gate.clear()
    results.ask(DOGS)
    qtbot.waitUntil(lambda: library.searches == [DOGS])
    results.ask(Query.of_words("birds"))
    results.ask(CATS)
    assert ids(results) == [5, 4, 3, 2, 1]
    assert results.is_running
    library.gate.set()
    qtbot.waitUntil(lambda: not results.is_running)
    assert seen == [CATS]
    assert library.searches == [DOGS, CATS]


def test_the_same_question_is_not_asked_twice(
    qtbot: QtBot, results: Results, library: FakeLibrary
) -> None:
    show_library(qtbot, results, library)
    results.ask(DOGS)
    results.ask(DOGS)
    qtbot.waitUntil(lambda: not results.is_running)
    results.ask(DOGS)
    assert library.searches == [DOGS]


def test_a_failure_keeps_what_is_shown_and_can_be_tried_again(
    qtbot: QtBot, results: Results, library: FakeLibrary
) -> None:
    show_library(qtbot, results, library)
    library.error = ModelError("There is no model.")
    with qtbot.waitSignal(results.failed) as failed:
        results.ask(DOGS)
    assert failed.args == [library.error]
    assert ids(results) == [5, 4, 3, 2, 1]
    library.error = None
    with qtbot.waitSignal(results.changed):
        results.ask(DOGS)
    assert ids(results) == [1, 2, 3, 4, 5]


def test_after_a_failure_what_is_shown_keeps_growing(
    qtbot: QtBot, results: Results, library: FakeLibrary
) -> None:
    show_library(qtbot, results, library)
    library.error = ModelError("There is no model.")
    with qtbot.waitSignal(results.failed):
        results.ask(DOGS)
    library.ids = np.arange(9, 0, -1)
    with qtbot.assertNotEmitted(results.failed), qtbot.waitSignal(results.changed):
        results.refresh()
    assert len(ids(results)) == 9


def test_a_first_question_that_fails_leaves_the_library_to_browse(
    qtbot: QtBot, results: Results, library: FakeLibrary
) -> None:
    library.error = ModelError("There is no model.")
    results.ask(DOGS)
    with qtbot.waitSignals([results.failed, results.changed]):
        results.set_library(library)
    assert ids(results) == [5, 4, 3, 2, 1]


def test_a_grown_library_answers_the_same_question_anew(
    qtbot: QtBot, results: Results, library: FakeLibrary
) -> None:
    show_library(qtbot, results, library)
    same: list[bool] = []
    results.model.replaced.connect(same.append)
    library.ids = np.arange(8, 0, -1)
    with qtbot.waitSignal(results.changed):
        results.refresh()
    assert ids(results) == [8, 7, 6, 5, 4, 3, 2, 1]
    with qtbot.waitSignal(results.changed):
        results.ask(DOGS)
    library.ids = np.arange(9, 0, -1)
    with qtbot.waitSignal(results.changed):
        results.refresh()
    assert len(ids(results)) == 9
    assert same == [True, False, True]


def test_refreshing_does_not_disturb_a_search_under_way(
    qtbot: QtBot, results: Results, library: FakeLibrary
) -> None:
    show_library(qtbot, results, library)
    library.gate.clear()
    results.ask(DOGS)
    qtbot.waitUntil(lambda: library.searches == [DOGS])
    answers: list[bool] = []
    results.changed.connect(lambda: answers.append(True))
    for _ in range(5):
        results.refresh()
    library.gate.set()
    qtbot.waitUntil(lambda: library.searches == [DOGS, DOGS])
    qtbot.waitUntil(lambda: not results.is_running)
    assert answers == [True, True]


def test_what_the_user_has_changed_himself_shows_without_waiting(
    qtbot: QtBot, results: Results, library: FakeLibrary
) -> None:
    for throttle in (results._library_throttle, results._search_throttle):
        throttle._timer.setInterval(60_000)
    show_library(qtbot, results, library)
    with qtbot.waitSignal(results.changed):
        results.refresh()
    library.ids = np.arange(4, 0, -1)
    results.refresh()  # waits for a minute
    assert not results.is_running
    with qtbot.waitSignal(results.changed):
        results.renew()
    assert ids(results) == [4, 3, 2, 1]
    # While an answer is on its way that knows nothing of it, another follows at once.
    library.gate.clear()
    results.ask(DOGS)
    qtbot.waitUntil(lambda: library.searches == [DOGS])
    results.renew()
    results.renew()
    library.gate.set()
    qtbot.waitUntil(lambda: library.searches == [DOGS, DOGS])
    qtbot.waitUntil(lambda: not results.is_running)


def test_records_are_fetched_when_they_are_looked_at(
    qtbot: QtBot, results: Results, library: FakeLibrary
) -> None:
    show_library(qtbot, results, library)
    with qtbot.waitSignal(results.model.dataChanged):
        assert results.model.picture(0) is None
    picture = results.model.picture(0)
    assert picture is not None
    assert picture.id == 5


def test_the_divider_moves_without_a_search(
    qtbot: QtBot, results: Results, library: FakeLibrary
) -> None:
    show_library(qtbot, results, library)
    library.strong = 2
    with qtbot.waitSignal(results.changed):
        results.ask(DOGS)
    with qtbot.assertNotEmitted(results.model.replaced), qtbot.waitSignal(results.changed):
        results.set_certainty(-0.65)
    assert [each.first_row for each in results.model.sections] == [3]
    assert results.shown is not None
    assert results.shown.strong == 3
    with qtbot.waitSignal(results.changed):
        results.set_order(Order(SortBy.NAME, is_reversed=True))
    assert ids(results) == [3, 2, 1, 5, 4]
    with qtbot.waitSignal(results.changed):
        results.set_certainty(0.0)
    assert ids(results) == [2, 1, 5, 4, 3]
    assert library.searches == [DOGS]


def test_a_divider_that_moves_during_a_search_stands_right_in_its_answer(
    qtbot: QtBot, results: Results, library: FakeLibrary
) -> None:
    show_library(qtbot, results, library)
    library.strong = 2
    library.gate.clear()
    results.ask(DOGS)
    results.set_certainty(-0.65)
    library.gate.set()
    qtbot.waitUntil(lambda: not results.is_running)
    assert results.shown is not None
    assert (results.shown.query, results.shown.strong) == (DOGS, 3)
