import pytest
from PySide6.QtWidgets import QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import EmbedProgress, ModelInfo
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.messages.embedding_line import EmbeddingLine

OTHER = ModelInfo("key", "ViT-B/32", 512, is_builtin=False)


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> EmbeddingLine:
    line = EmbeddingLine(theme)
    qtbot.addWidget(line)
    return line


def bar(line: EmbeddingLine) -> QProgressBar:
    found = line.findChild(QProgressBar)
    assert isinstance(found, QProgressBar)
    return found


@pytest.mark.parametrize(("done", "total", "share"), [(0, 0, 0), (1, 4, 0.25), (4, 4, 1)])
def test_it_shows_how_far_the_new_model_is(
    line: EmbeddingLine, done: int, total: int, share: float
) -> None:
    assert line.isHidden()
    line.show_state(EmbedProgress("CLIP", done, total), OTHER, is_paused=False)
    assert line.isVisible()
    assert line.text == f"Preparing CLIP: {done} of {total}. ViT-B/32 answers until then."
    assert bar(line).value() == share * bar(line).maximum()


def test_its_parts_can_be_left_out(line: EmbeddingLine) -> None:
    line.show_state(EmbedProgress("CLIP", 1, 4), OTHER, is_paused=False)
    line.fit(400, has_bar=False, has_cancel=False)
    narrow = line.minimumSizeHint().width()
    line.fit(400, has_bar=True, has_cancel=True)
    assert line.minimumSizeHint().width() > narrow + 96


def test_a_model_that_answers_already_is_completed_without_a_choice(line: EmbeddingLine) -> None:
    (cancel,) = [each for each in line.findChildren(QPushButton) if each.text() == "Cancel"]
    line.show_state(EmbedProgress("CLIP", 96, 100), OTHER, is_paused=False)
    line.fit(900, has_bar=True, has_cancel=True)
    assert cancel.isVisible()
    line.show_state(EmbedProgress("CLIP", 96, 100, is_answering=True), OTHER, is_paused=False)
    line.fit(900, has_bar=True, has_cancel=True)
    assert not cancel.isVisible()
    assert line.text == "Preparing CLIP: 96 of 100. It answers already; the rest follows."
