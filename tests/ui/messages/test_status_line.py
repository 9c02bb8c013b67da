import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import EmbedProgress, IndexProgress, ModelInfo
from desktop_app.ui.kit.text_label import ElidedLabel
from desktop_app.ui.kit.theme import SMALL_PX, Scheme, Theme
from desktop_app.ui.messages.status_line import StatusLine

LEFT = Qt.MouseButton.LeftButton
BUILT_IN = ModelInfo("key", "Starter", 256, is_builtin=True)
HALF = EmbedProgress("CLIP", 50, 100, 1.0)


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> StatusLine:
    line = StatusLine(theme)
    qtbot.addWidget(line)
    line.resize(1000, line.height())
    with qtbot.waitExposed(line):
        line.show()
    return line


def label(button: QPushButton) -> str:
    """What stands on a button; on one with an icon alone, what it does."""
    return button.text() or button.accessibleName().partition(" ")[0]


def labels(line: StatusLine) -> list[str]:
    return [label(each) for each in line.findChildren(QPushButton) if each.isVisible()]


def button(line: StatusLine, text: str) -> QPushButton:
    buttons = (each for each in line.findChildren(QPushButton) if not each.isHidden())
    return next(each for each in buttons if label(each) == text and each.isVisibleTo(line))


def bars(line: StatusLine) -> list[str]:
    return [each.accessibleName() for each in line.findChildren(QProgressBar) if each.isVisible()]


def test_another_theme_leaves_the_text_as_large(line: StatusLine, theme: Theme) -> None:
    line.show_text("36 pictures")
    label = line.findChildren(ElidedLabel)[0]
    before = label.font().pixelSize()
    theme.set_scheme(Scheme.DARK)
    after = label.font().pixelSize()
    theme.set_scheme(Scheme.SYSTEM)
    assert after == before == SMALL_PX


def test_the_models_name_leads_to_the_models(qtbot: QtBot, line: StatusLine) -> None:
    assert labels(line) == []
    line.show_text("36 pictures")
    line.show_model("built-in model")
    assert labels(line) == ["built-in model"]
    name = button(line, "built-in model")
    assert name.accessibleName() == "Model: built-in model"
    assert name.focusPolicy() & Qt.FocusPolicy.TabFocus
    with qtbot.waitSignal(line.models_asked):
        qtbot.mouseClick(name, LEFT)


def test_a_long_name_is_cut(line: StatusLine) -> None:
    line.show_model("A model with a very long name " * 5)
    (shown,) = labels(line)
    assert shown.endswith("…")
    assert line.model_name == "A model with a very long name " * 5


def test_preparation_is_seen_while_nothing_is_indexed(line: StatusLine) -> None:
    line.show_embedding(HALF, BUILT_IN, is_paused=False)
    assert line.embedding.text.startswith("Preparing CLIP: 50 of 100, 1 min left.")
    assert labels(line) == ["Pause", "Cancel"]
    assert bars(line) == ["Preparing the new model"]
    line.show_progress(IndexProgress(1, 2, 2))
    assert not line.embedding.isVisible()
    assert bars(line) == ["Indexing"]
    line.hide_progress()
    assert line.embedding.isVisible()
    line.hide_embedding()
    assert labels(line) == []


def test_preparation_can_be_paused_continued_and_cancelled(qtbot: QtBot, line: StatusLine) -> None:
    line.show_embedding(HALF, BUILT_IN, is_paused=False)
    with qtbot.waitSignal(line.embedding.paused):
        qtbot.mouseClick(button(line, "Pause"), LEFT)
    assert "kept" in button(line, "Pause").toolTip()
    line.show_embedding(HALF, BUILT_IN, is_paused=True)
    assert "is paused at 50 of 100" in line.embedding.text
    with qtbot.waitSignal(line.embedding.continued):
        qtbot.mouseClick(button(line, "Continue"), LEFT)
    cancel = next(
        each for each in line.embedding.findChildren(QPushButton) if each.text() == "Cancel"
    )
    assert "kept" in cancel.toolTip()
    with qtbot.waitSignal(line.embedding.cancelled):
        qtbot.mouseClick(cancel, LEFT)


def left_px(line: StatusLine) -> int:
    """The room that the sentence on the left leaves; negative where it is cut."""
    label = next(each for each in line.findChildren(ElidedLabel) if each.text == line.text)
    return label.width() - label.fontMetrics().horizontalAdvance(label.text)


def test_the_sentence_on_the_left_goes_before_the_longer_wording_of_progress(
    qtbot: QtBot, line: StatusLine
) -> None:
    line.show_model("CLIP ViT-B/32 (LAION)")
    line.show_text("1 200 pictures, best first · 21 ms")
    state = EmbedProgress("A model with a very long name", 50, 1200, 10.0)
    line.show_embedding(
        state, ModelInfo("other", "Another one", 512, is_builtin=False), is_paused=False
    )
    shown = set()
    for width in range(600, 1200, 20):
        line.resize(width, line.height())
        for _ in range(2):  # a part's layout, then the whole line's
            QApplication.processEvents()
        qtbot.waitUntil(lambda: left_px(line) >= 0)
        shown.add(line.embedding.shown)
    assert shown == {
        "Preparing 4%",
        "Preparing: 50 of 1\u202f200, 2 min left.",
        "Preparing A model with a…: 50 of 1\u202f200, 2 min left.",
        "Preparing A model with a very long name: 50 of 1\u202f200, 2 min left.",
        line.embedding.text,
    }


def test_indexing_leaves_room_to_the_left_too(qtbot: QtBot, line: StatusLine) -> None:
    line.show_model("built-in model")
    line.show_text("1 200 pictures, best first · 21 ms")
    line.show_progress(IndexProgress(500, 1000, 1000, per_second=31.0, seconds_left=29.0))
    assert line.progress_text.endswith("0:29 left")
    line.resize(760, line.height())
    qtbot.waitUntil(lambda: left_px(line) >= 0)


@pytest.mark.parametrize("width", [480, 700])
def test_a_narrow_line_keeps_what_can_be_pressed(
    qtbot: QtBot, line: StatusLine, width: int
) -> None:
    line.show_text("12 408 pictures, best first · 21 ms")
    line.show_model("A model with a very long name")
    line.show_embedding(HALF, BUILT_IN, is_paused=False)
    line.resize(width, line.height())
    assert line.width() == width
    qtbot.waitUntil(lambda: button(line, "Pause").x() > 0)
    assert bars(line) == []
    for each in line.findChildren(QPushButton):
        if each.isVisible():
            right = each.mapTo(line, each.rect().topRight()).x()
            assert each.width() >= each.minimumSizeHint().width()
            assert right < width


def test_the_folders_are_named_and_lead_to_the_folders(qtbot: QtBot, line: StatusLine) -> None:
    line.show_text("12 408 pictures")
    line.show_folders("3 folders, 1 offline")
    words = button(line, "3 folders, 1 offline")
    assert words.accessibleName() == "Folders: 3 folders, 1 offline"
    with qtbot.waitSignal(line.folders_asked):
        qtbot.mouseClick(words, LEFT)
    line.show_folders("")
    assert labels(line) == []


def test_where_there_is_no_room_the_folders_go_first(line: StatusLine) -> None:
    line.show_text("12 408 pictures")
    line.show_folders("3 folders")
    line.show_progress(IndexProgress(500, 1000, 1000))
    line.resize(480, line.height())
    assert "3 folders" not in labels(line)
    line.hide_progress()
    assert "3 folders" in labels(line)


def test_what_waits_does_not_move(line: StatusLine) -> None:
    line.show_progress(IndexProgress(0, 0, 0))
    bar = next(each for each in line.findChildren(QProgressBar) if each.isVisible())
    assert bar.maximum() == 0  # how much there is, is not known: it moves back and forth
    line.show_pace("")
    assert (bar.value(), bar.maximum() > 0) == (0, True)
    line.show_pace(None)
    assert bar.maximum() == 0
    line.show_progress(IndexProgress(1, 2, 2))
    line.show_pace("")
    assert bar.value() == bar.maximum() // 2
