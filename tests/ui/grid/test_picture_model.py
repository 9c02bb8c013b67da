from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import Qt as GuiQt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import FoundBy, Query
from desktop_app.ui.grid.grid_sections import Section
from desktop_app.ui.grid.picture_model import KEPT_PICTURES, PAGE_ROWS, PictureModel
from desktop_app.ui.search.hit_reasons import HitReasons
from tests.ui.fake_library import picture

Role = Qt.ItemDataRole


def filled(count: int = 1000) -> PictureModel:
    model = PictureModel()
    model.replace(np.arange(1, count + 1, dtype=np.int64))
    return model


def answer(model: PictureModel) -> list[list[int]]:
    """Answer every wish of a model at once, and note it."""
    wishes: list[list[int]] = []

    def give(ids: list[int]) -> None:
        wishes.append(ids)
        model.add_pictures({each: picture(each) for each in ids})

    model.wanted.connect(give)
    return wishes


def test_it_is_a_proper_model(qtmodeltester: ModelTester) -> None:
    model = filled(300)
    qtmodeltester.check(model)
    answer(model)
    qtmodeltester.check(model)
    model.replace(np.arange(5, dtype=np.int64), sections=[Section(2, "Monday")])
    qtmodeltester.check(model)
    model.set_sections([Section(3, "Monday")])
    qtmodeltester.check(model)


def test_a_million_rows_are_only_ids(qtbot: QtBot) -> None:
    model = filled(1_000_000)
    wishes = answer(model)
    assert model.rowCount() == 1_000_000
    assert model.index(999_999).data(PictureModel.IdRole) == 1_000_000
    assert wishes == []


def test_a_rows_record_is_asked_for_by_the_page_and_only_once(qtbot: QtBot) -> None:
    model = filled()
    wishes: list[list[int]] = []
    model.wanted.connect(wishes.append)
    first = PAGE_ROWS  # the first row of the second page
    assert model.index(first + 5).data() is None
    assert model.index(first + 6).data() is None
    assert wishes == [list(range(first + 1, first + PAGE_ROWS + 1))]


def test_an_arrived_record_is_announced_and_shown(qtbot: QtBot) -> None:
    model = filled()
    model.index(3).data()
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda top, end: changed.append((top.row(), end.row())))
    model.add_pictures({4: picture(4), 6: picture(6)})
    assert changed == [(3, 5)]
    assert model.index(3).data() == "picture 4.jpg"
    assert model.index(3).data(PictureModel.PathRole) == "/pictures/picture 4.jpg"


def test_records_of_pictures_not_shown_are_kept_quietly(qtbot: QtBot) -> None:
    model = filled(10)
    with qtbot.assertNotEmitted(model.dataChanged):
        model.add_pictures({77: picture(77)})


def test_tooltips_name_date_score_and_relevance(qtbot: QtBot) -> None:
    model = PictureModel()
    scores = np.array([0.3125, 0.25], dtype=np.float32)
    model.replace(np.array([4, 2]), scores, 16 * scores)
    model.add_pictures({each: picture(each) for each in (2, 4)})
    lines = model.index(0).data(Role.ToolTipRole).splitlines()
    assert lines[0] == "picture 4.jpg"
    assert lines[1].startswith("1")
    assert "November 2023, " in lines[1]
    assert lines[2] == "score 0.31, relevance 5.00 (strong)"
    read = model.index(1).data(Role.AccessibleTextRole)
    assert read.endswith(", score 0.25, relevance 4.00 (strong)")
    model.replace(np.array([4, 2]), scores)
    assert model.index(0).data(Role.ToolTipRole).endswith("score 0.31")
    model.replace(np.array([4, 2]))
    assert "score" not in model.index(0).data(Role.ToolTipRole)


def test_a_name_in_a_tooltip_formats_nothing(qtbot: QtBot) -> None:
    model = PictureModel()
    model.replace(np.array([4]))
    named = replace(picture(4), path="/pictures/<b>bold</b><img src=x>.jpg")
    model.add_pictures({4: named})
    assert not GuiQt.mightBeRichText(model.index(0).data(Role.ToolTipRole))


def test_tooltips_name_the_folder_that_brought_a_hit(qtbot: QtBot) -> None:
    model = PictureModel()
    reasons = HitReasons(Query.of_words("snow"), (FoundBy.NAME,))
    model.replace(np.array([4]), reasons=reasons)
    model.add_pictures({4: replace(picture(4), path="/pictures/Snow/a.jpg")})
    told = model.index(0).data(Role.ToolTipRole)
    assert told.startswith("<qt>a.jpg<br>in <b>Snow</b><br>")
    assert told.endswith("found by name</qt>")


def test_who_cannot_see_the_headings_is_told_them(qtbot: QtBot) -> None:
    model = filled(9)
    model.set_sections([Section(0, "Monday"), Section(4, "less certain", is_divider=True)])
    model.add_pictures({each: picture(each) for each in (1, 5)})
    assert model.index(0).data(Role.AccessibleTextRole).endswith(", Monday")
    assert model.index(4).data(Role.AccessibleTextRole).endswith(", less certain")
    assert "Monday" not in model.index(0).data(Role.ToolTipRole)


def test_other_sections_are_announced_without_a_reset(qtbot: QtBot) -> None:
    model = filled(9)
    assert list(model.sections) == []
    with qtbot.waitSignal(model.sections_changed), qtbot.assertNotEmitted(model.modelReset):
        model.set_sections([Section(2, "Monday")])
    moved = [Section(3, "Monday")]
    with qtbot.waitSignal(model.sections_changed), qtbot.assertNotEmitted(model.modelReset):
        model.replace(model.ids.copy(), sections=moved, same_question=True)
    with qtbot.assertNotEmitted(model.sections_changed):
        model.set_sections(moved)
    with qtbot.waitSignal(model.modelReset):
        model.replace(np.arange(5))
    assert list(model.sections) == []


def test_sections_out_of_order_change_nothing(qtbot: QtBot) -> None:
    model = filled(9)
    with pytest.raises(ValueError, match="begins with row 1"):
        model.replace(np.arange(5), sections=[Section(2, "Monday"), Section(1, "Tuesday")])
    assert model.rowCount() == 9


def test_only_the_records_looked_at_last_are_kept(qtbot: QtBot) -> None:
    model = filled(KEPT_PICTURES + 2000)
    wishes = answer(model)
    model.prefetch(0, PAGE_ROWS)
    for row in range(0, model.rowCount(), PAGE_ROWS):
        model.prefetch(row, row + 1)
    wishes.clear()
    assert model.picture(model.rowCount() - 1) is not None
    assert wishes == []
    model.picture(0)
    assert len(wishes) == 1


def test_forgotten_records_are_asked_for_again(qtbot: QtBot) -> None:
    model = filled(10)
    wishes = answer(model)
    model.picture(0)
    model.forget_pictures()
    model.picture(0)
    assert len(wishes) == 2


def test_an_equal_answer_to_the_same_question_changes_nothing(qtbot: QtBot) -> None:
    model = filled(10)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.replaced):
        model.replace(model.ids.copy(), same_question=True)
    with qtbot.waitSignal(model.replaced, check_params_cb=lambda same: same):
        model.replace(np.arange(11), same_question=True)


def test_the_same_pictures_for_another_question_are_another_answer(qtbot: QtBot) -> None:
    model = filled(10)
    with qtbot.waitSignal(model.replaced, check_params_cb=lambda same: not same):
        model.replace(model.ids.copy())


def test_row_of(qtbot: QtBot) -> None:
    model = filled(10)
    assert model.row_of(7) == 6
    assert model.row_of(11) is None


def test_invalid_indexes_have_no_data(qtbot: QtBot) -> None:
    model = filled(10)
    assert model.data(QModelIndex()) is None
    old = model.index(9)
    model.replace(np.arange(5))
    assert model.data(old) is None
    assert model.rowCount(model.index(0)) == 0


def test_what_is_known_of_the_file_is_told() -> None:
    model = filled(3)
    offline = replace(picture(1), is_offline=True)
    gone = replace(picture(2), missing_since_s=1.7e9)
    model.add_pictures({1: offline, 2: gone, 3: picture(3)})
    assert "Its drive or folder cannot be reached." in model.index(0).data(Role.ToolTipRole)
    assert model.index(1).data(Role.AccessibleTextRole).endswith(", This file is gone.")
    assert "drive" not in model.index(2).data(Role.ToolTipRole)


def test_a_known_record_is_given_without_asking_for_others(qtbot: QtBot) -> None:
    model = filled(3)
    with qtbot.assertNotEmitted(model.wanted):
        assert model.known(2) is None
    model.add_pictures({2: picture(2)})
    assert model.known(2) == picture(2)
    with qtbot.waitSignal(model.forgotten):
        model.forget_pictures()
    assert model.known(2) is None
