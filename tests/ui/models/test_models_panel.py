from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import PassingModelError
from desktop_app.engine.records import DeviceChoice, EmbedProgress, ModelRole
from desktop_app.ui.kit.card import Card
from desktop_app.ui.kit.question import Question
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.models.model_card import ModelCard
from desktop_app.ui.models.model_installs import Install
from desktop_app.ui.models.models_panel import ModelsPanel
from desktop_app.ui.models.offer_card import AddingCard, OfferCard
from tests.helpers.drags import dragged
from tests.ui.fake_library import entry, offer

LEFT = Qt.MouseButton.LeftButton
COPY = Qt.DropAction.CopyAction
NONE = Qt.KeyboardModifier.NoModifier
STARTER = entry("starter", is_builtin=True)
CLIP = entry("clip", ModelRole.UNUSED, vectors=0)
ZIP = Install("/models/other.zip", is_download=False)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> ModelsPanel:
    panel = ModelsPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(400, 700)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    panel.show_models([STARTER, CLIP], is_paused=False)
    panel.lists.show_offers([offer("siglip"), offer("clip", is_installed=True)])
    return panel


def names(panel: ModelsPanel, kind: type[Card]) -> list[str]:
    cards = [each for each in panel.findChildren(kind) if each.isVisibleTo(panel)]
    return [each.accessibleName() for each in sorted(cards, key=lambda each: each.y())]


def button(parent: QWidget, text: str) -> QPushButton:
    return next(each for each in parent.findChildren(QPushButton) if each.text() == text)


def words(panel: ModelsPanel) -> str:
    shown = (each for each in panel.findChildren(QLabel) if each.isVisibleTo(panel))
    return " ".join(each.text().replace("\u200b", "") for each in shown)


def card(panel: ModelsPanel, name: str) -> ModelCard:
    return next(each for each in panel.findChildren(ModelCard) if each.entry.model.name == name)


def test_it_lists_what_is_there_and_what_can_be_had(panel: ModelsPanel) -> None:
    assert names(panel, ModelCard) == ["Built-in model, In use", "Clip"]
    assert names(panel, OfferCard) == ["SIGLIP"]
    assert "Installed" in words(panel)
    assert "Can be downloaded" in words(panel)


def test_without_offers_there_is_no_heading_for_them(panel: ModelsPanel) -> None:
    panel.lists.show_offers([])
    assert names(panel, OfferCard) == []
    assert "Can be downloaded" not in words(panel)


def test_cards_stay_while_their_models_do(qtbot: QtBot, panel: ModelsPanel) -> None:
    kept = card(panel, "clip")
    button(kept, "Use").setFocus()
    panel.show_models([STARTER, entry("added"), CLIP], is_paused=False)
    assert card(panel, "clip") is kept
    assert button(kept, "Use").hasFocus()
    qtbot.waitUntil(
        lambda: names(panel, ModelCard) == ["Built-in model, In use", "Added, In use", "Clip"]
    )


def test_the_keyboard_goes_on_when_its_card_goes(panel: ModelsPanel) -> None:
    card(panel, "clip").setFocus()
    panel.show_models([STARTER], is_paused=False)
    assert names(panel, ModelCard) == ["Built-in model, In use"]
    assert card(panel, "starter").hasFocus()


def test_how_far_the_next_one_is_is_followed(panel: ModelsPanel) -> None:
    panel.show_models([STARTER, entry("clip", ModelRole.NEXT, vectors=0)], is_paused=False)
    panel.lists.show_embedding(EmbedProgress("Clip", 20, 50, 3.0))
    assert "20 of 50 pictures prepared" in words(panel)
    panel.lists.set_held(is_paused=True)
    assert button(card(panel, "clip"), "Continue").isVisible()


def test_why_the_next_one_stands_still_is_told(panel: ModelsPanel) -> None:
    half = [STARTER, entry("clip", ModelRole.NEXT, vectors=25)]
    panel.show_models(half, is_paused=False, is_waiting=True)
    assert "25 of 50 pictures prepared. Waits until indexing is done." in words(panel)
    assert names(panel, ModelCard)[1] == "Clip, Waiting"
    panel.lists.set_held(is_paused=True)
    assert "Paused at 25 of 50 pictures." in words(panel)
    assert "as soon as all are" not in words(panel)
    assert names(panel, ModelCard)[1] == "Clip, Paused"


def test_models_of_one_title_are_told_apart_by_their_folders(panel: ModelsPanel) -> None:
    twin = replace(CLIP, model=replace(CLIP.model, name="clip-2"))
    panel.show_models([STARTER, CLIP, twin], is_paused=False)
    assert names(panel, ModelCard) == ["Built-in model, In use", "Clip (clip)", "Clip (clip-2)"]
    assert "Remove: Clip (clip-2)" in [
        each.accessibleName() for each in card(panel, "clip-2").findChildren(QPushButton)
    ]
    panel.lists.set_held(is_paused=True)
    assert names(panel, ModelCard)[1] == "Clip (clip)"
    panel.show_models([STARTER, twin], is_paused=False)
    assert names(panel, ModelCard) == ["Built-in model, In use", "Clip"]


def test_an_addition_has_a_card_until_it_is_over(qtbot: QtBot, panel: ModelsPanel) -> None:
    panel.lists.begin(ZIP)
    assert names(panel, AddingCard) == ["Adding other.zip"]
    view = panel.lists.view(ZIP)
    assert view is not None
    panel.lists.fail(ZIP, PassingModelError("The disk is full.", "Make room and try again."))
    assert "The disk is full." in words(panel)
    assert names(panel, AddingCard) == ["other.zip was not added"]
    with qtbot.waitSignal(panel.lists.install_asked) as asked:
        qtbot.mouseClick(button(view, "Try again"), LEFT)
    assert asked.args == [ZIP]
    panel.lists.begin(ZIP)
    assert "Waiting…" in words(panel)
    panel.lists.end(ZIP)
    assert names(panel, AddingCard) == []
    assert panel.lists.view(ZIP) is None


def test_a_new_addition_is_scrolled_to(qtbot: QtBot, panel: ModelsPanel) -> None:
    panel.show_models([entry(f"model {number}") for number in range(20)], is_paused=False)
    panel.lists.begin(ZIP)
    QApplication.processEvents()
    assert not panel.sees(ZIP)
    panel.reveal(ZIP)
    qtbot.waitUntil(lambda: panel.sees(ZIP))
    view = panel.lists.view(ZIP)
    assert view is not None
    assert view.visibleRegion().boundingRect().height() == view.height()
    panel.hide()
    assert not panel.sees(ZIP)


def test_a_question_is_scrolled_to(qtbot: QtBot, panel: ModelsPanel) -> None:
    panel.show_models([entry(f"model {number}") for number in range(20)], is_paused=False)
    QApplication.processEvents()
    asked = card(panel, "model 19")
    panel.scroll_to(asked.findChildren(QLabel)[0])
    qtbot.mouseClick(button(asked, "Remove…"), LEFT)
    question = asked.findChild(Question)
    assert isinstance(question, Question)
    qtbot.waitUntil(lambda: question.visibleRegion().boundingRect().height() == question.height())


def test_a_cancelled_addition_leaves_nothing(qtbot: QtBot, panel: ModelsPanel) -> None:
    panel.lists.begin(ZIP)
    view = panel.lists.view(ZIP)
    assert view is not None
    with qtbot.waitSignal(panel.lists.install_cancelled) as cancelled:
        qtbot.mouseClick(button(view, "Cancel"), LEFT)
    assert cancelled.args == [ZIP]
    view.show_stopped()
    assert names(panel, AddingCard) == []


def test_a_download_is_shown_where_it_was_offered(qtbot: QtBot, panel: ModelsPanel) -> None:
    siglip = Install("siglip", is_download=True)
    qtbot.mouseClick(button(panel, "Get…"), LEFT)
    with qtbot.waitSignal(panel.lists.install_asked) as asked:
        qtbot.mouseClick(button(panel, "Download"), LEFT)
    assert asked.args == [siglip]
    panel.lists.begin(siglip)
    view = panel.lists.view(siglip)
    assert view is not None
    panel.lists.show_offers([offer("siglip")])  # news do not take it away
    assert panel.lists.view(siglip) is view
    with qtbot.waitSignal(panel.lists.install_cancelled):
        qtbot.mouseClick(button(view, "Cancel"), LEFT)
    panel.lists.show_offers([offer("siglip", is_installed=True)])
    assert panel.lists.view(siglip) is None


def test_what_it_runs_on_stands_below(panel: ModelsPanel) -> None:
    panel.show_device(DeviceChoice("CPUExecutionProvider", "There is no graphics card."))
    assert "Runs on the processor (CPU). There is no graphics card." in words(panel)
    panel.show_device(None)
    assert "Runs on" not in words(panel)


def test_trouble_is_told_and_can_be_tried_again(qtbot: QtBot, panel: ModelsPanel) -> None:
    panel.show_trouble("The library cannot be read.")
    assert "The library cannot be read." in words(panel)
    with qtbot.waitSignal(panel.reload_asked):
        qtbot.mouseClick(button(panel, "Try again"), LEFT)
    panel.show_models([STARTER], is_paused=False)
    assert "cannot be read" not in words(panel)


def mime(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


def enter(panel: ModelsPanel, data: QMimeData) -> bool:
    event = dragged(QDragEnterEvent, QPoint(50, 50), data)
    event.ignore()
    QApplication.sendEvent(panel, event)
    return event.isAccepted()


def test_what_is_dropped_is_added(qtbot: QtBot, panel: ModelsPanel, tmp_path: Path) -> None:
    before = panel.grab().toImage()
    data = mime(str(tmp_path))
    assert enter(panel, data)
    assert panel.grab().toImage() != before
    assert "Drop to add as a model" in words(panel)
    drop = QDropEvent(QPointF(50, 50), COPY, data, LEFT, NONE)
    with qtbot.waitSignal(panel.lists.install_asked) as asked:
        QApplication.sendEvent(panel, drop)
    assert asked.args == [Install(str(tmp_path), is_download=False)]
    assert panel.grab().toImage() == before


def test_what_is_no_file_is_not_taken(panel: ModelsPanel) -> None:
    data = QMimeData()
    data.setText("words")
    assert not enter(panel, data)
    before = panel.grab().toImage()
    data = mime("/models/clip")
    enter(panel, data)
    QApplication.sendEvent(panel, QDragLeaveEvent())
    assert panel.grab().toImage() == before


def test_the_menu_of_add_asks_for_a_folder_or_a_file(qtbot: QtBot, panel: ModelsPanel) -> None:
    menu = button(panel, "Add").menu()
    assert menu is not None
    folder, archive = menu.actions()
    with qtbot.waitSignal(panel.folder_asked):
        folder.trigger()
    with qtbot.waitSignal(panel.archive_asked):
        archive.trigger()


def test_escape_closes(qtbot: QtBot, panel: ModelsPanel) -> None:
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(card(panel, "clip"), Qt.Key.Key_Escape)


def test_the_keyboard_reaches_everything_from_top_to_bottom(
    qtbot: QtBot, panel: ModelsPanel
) -> None:
    button(panel, "Add").setFocus()
    reached = []
    for _ in range(7):
        widget = QApplication.focusWidget()
        assert widget is not None
        reached.append(widget.accessibleName())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert reached == [
        "Add a model",
        "Close the panel",
        "Built-in model, In use",
        "Clip",
        "Use: Clip",
        "Remove: Clip",
        "SIGLIP",
    ]


def test_after_a_removal_the_keyboard_goes_on_at_the_next_card(panel: ModelsPanel) -> None:
    added = entry("added", ModelRole.UNUSED)
    panel.show_models([STARTER, CLIP, added], is_paused=False)
    button(card(panel, "clip"), "Remove…").setFocus()
    panel.show_models([STARTER, added], is_paused=False)
    assert card(panel, "added").hasFocus()
    panel.show_models([STARTER], is_paused=False)
    assert card(panel, "starter").hasFocus()


def test_why_the_model_in_use_stays_is_told(panel: ModelsPanel) -> None:
    panel.show_models([STARTER, CLIP], is_paused=False)
    assert "To remove it" not in words(panel)
    panel.show_models([entry("clip")], is_paused=False)
    assert "To remove it, use another model first." in words(panel)


def test_a_panel_that_was_opened_first_hands_the_keyboard_to_its_models(
    qtbot: QtBot, theme: Theme
) -> None:
    panel = ModelsPanel(theme)
    qtbot.addWidget(panel)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    assert panel.top_button.hasFocus()
    panel.show_models([STARTER, CLIP], is_paused=False)
    assert card(panel, "starter").hasFocus()
