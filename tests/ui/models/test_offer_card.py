import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import ModelError, PassingModelError
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.models.offer_card import AddingCard, OfferCard
from tests.ui.fake_library import offer

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def card(qtbot: QtBot, theme: Theme) -> OfferCard:
    card = OfferCard(theme, offer())
    qtbot.addWidget(card)
    with qtbot.waitActive(card):
        card.show()
        card.activateWindow()
    return card


def labels(card: QWidget) -> list[str]:
    return [each.text() for each in card.findChildren(QPushButton) if each.isVisibleTo(card)]


def button(card: QWidget, text: str) -> QPushButton:
    return next(each for each in card.findChildren(QPushButton) if each.text() == text)


def test_it_says_what_it_is(card: OfferCard) -> None:
    words = " ".join(each.text() for each in card.findChildren(QLabel) if each.isVisible())
    assert words == "CLIP Good at everything. 158 MB · MIT · English"
    assert card.accessibleName() == "CLIP"
    assert card.accessibleDescription() == "Good at everything. 158 MB · MIT · English"


def test_nothing_is_fetched_before_address_and_size_were_seen(
    qtbot: QtBot, card: OfferCard
) -> None:
    with qtbot.assertNotEmitted(card.accepted):
        qtbot.mouseClick(button(card, "Get…"), LEFT)
        for part in ("158 MB", "https://models.example/clip", "0123456789abcdef"):
            assert part in card.question
        assert labels(card) == ["Download", "Not now"]
        assert button(card, "Not now").hasFocus()
        qtbot.keyClick(button(card, "Not now"), Qt.Key.Key_Return)
        qtbot.mouseClick(button(card, "Not now"), LEFT)
    assert card.question == ""
    assert labels(card) == ["Get…"]
    assert button(card, "Get…").hasFocus()


def test_after_a_yes_its_progress_is_shown(qtbot: QtBot, card: OfferCard) -> None:
    qtbot.mouseClick(button(card, "Get…"), LEFT)
    with qtbot.waitSignal(card.accepted):
        qtbot.mouseClick(button(card, "Download"), LEFT)
    card.begin()
    assert labels(card) == ["Cancel"]
    card.view.show_failure(ModelError("Broken off."))
    with qtbot.waitSignal(card.accepted):  # the yes still holds
        qtbot.mouseClick(button(card, "Try again"), LEFT)
    qtbot.mouseClick(button(card, "Dismiss"), LEFT)
    assert labels(card) == ["Get…"]


def test_what_is_added_has_a_card_at_once(qtbot: QtBot, theme: Theme) -> None:
    card = AddingCard(theme, "clip.zip")
    qtbot.addWidget(card)
    assert card.accessibleName() == "Adding clip.zip"
    assert labels(card) == ["Cancel"]


def test_what_was_refused_says_so_in_its_heading(qtbot: QtBot, theme: Theme) -> None:
    card = AddingCard(theme, "notes.zip")
    qtbot.addWidget(card)
    card.fail(ModelError("There is no model in notes.zip.", "Choose another one and try again."))
    assert card.accessibleName() == "notes.zip was not added"
    assert "notes.zip was not added" in [each.text() for each in card.findChildren(QLabel)]
    assert labels(card) == ["Dismiss"]


def test_what_can_be_mended_can_be_tried_again(qtbot: QtBot, theme: Theme) -> None:
    card = AddingCard(theme, "clip.zip")
    qtbot.addWidget(card)
    card.fail(PassingModelError("The disk is full.", "Make some room there."))
    assert labels(card) == ["Try again", "Dismiss"]
    card.begin()
    assert card.accessibleName() == "Adding clip.zip"
    assert labels(card) == ["Cancel"]
