from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.ui.folders import folder_wording
from desktop_app.ui.folders.folder_card import FolderCard
from desktop_app.ui.folders.folder_lines import SINGLE_PICTURES, FolderLine
from desktop_app.ui.folders.folder_wording import State
from desktop_app.ui.kit.theme import Theme

LEFT = Qt.MouseButton.LeftButton
PHOTOS = FolderLine(1, (1,), "/pictures/Photos", 400, scanned_at_s=1_700_000_000.0)
GONE = replace(PHOTOS, missing=120)
OFFLINE = replace(PHOTOS, is_connected=False)


@pytest.fixture
def card(qtbot: QtBot, theme: Theme) -> FolderCard:
    card = FolderCard(theme, PHOTOS)
    qtbot.addWidget(card)
    card.resize(376, 200)
    with qtbot.waitActive(card):
        card.show()
        card.activateWindow()
    return card


def buttons(card: FolderCard) -> list[str]:
    return [each.text() for each in card.findChildren(QPushButton) if each.isVisible()]


def button(card: FolderCard, text: str) -> QPushButton:
    shown = (each for each in card.findChildren(QPushButton) if each.isVisible())
    return next(each for each in shown if each.text() == text)


def said(card: FolderCard) -> str:
    return f"{card.accessibleName()}: {card.accessibleDescription()}"


def asks(card: FolderCard) -> bool:
    return card.asks


def test_it_tells_name_number_place_and_state(card: FolderCard) -> None:
    assert card.accessibleName() == "Photos, 400 pictures"
    assert card.accessibleDescription().startswith("/pictures/Photos Looked through on ")
    assert card.toolTip() == "/pictures/Photos"
    assert buttons(card) == ["Look for changes", "Forget…"]
    assert button(card, "Forget…").accessibleName() == "Forget: Photos"


def test_how_it_is_watched_is_told_while_it_is_there(card: FolderCard) -> None:
    card.show_watch(State("eye", "Watching"))
    assert "Watching." in said(card)
    card.show_line(OFFLINE)
    assert "Watching" not in said(card)
    assert folder_wording.offline() in said(card)
    card.show_line(PHOTOS)
    assert "Watching." in said(card)


def test_an_offline_folder_can_be_located_and_forgotten(qtbot: QtBot, card: FolderCard) -> None:
    card.show_line(OFFLINE)
    assert buttons(card) == ["Locate…", "Forget…"]
    with qtbot.waitSignal(card.locate_asked) as asked:
        qtbot.mouseClick(button(card, "Locate…"), LEFT)
    assert asked.args == [OFFLINE]


def test_single_pictures_have_no_place_to_be_located_at(card: FolderCard) -> None:
    card.show_line(FolderLine(SINGLE_PICTURES, (4, 5), "", 2, is_connected=False))
    assert buttons(card) == ["Forget…"]
    assert card.accessibleName() == "2 single pictures"


def test_files_that_failed_can_be_shown(qtbot: QtBot, card: FolderCard) -> None:
    card.show_line(replace(PHOTOS, failed=3))
    assert "3 files could not be read." in said(card)
    with qtbot.waitSignal(card.failures_asked):
        qtbot.mouseClick(button(card, "Show"), LEFT)
    card.show_line(PHOTOS)
    assert "Show" not in buttons(card)


def test_changes_can_be_looked_for(qtbot: QtBot, card: FolderCard) -> None:
    with qtbot.waitSignal(card.look_asked) as asked:
        qtbot.mouseClick(button(card, "Look for changes"), LEFT)
    assert asked.args == [PHOTOS]


def test_forgetting_is_asked_before_it_is_done(qtbot: QtBot, card: FolderCard) -> None:
    with qtbot.assertNotEmitted(card.forget_asked):
        qtbot.mouseClick(button(card, "Forget…"), LEFT)
        assert buttons(card) == ["Forget", "Keep"]
        assert button(card, "Keep").hasFocus()
        qtbot.mouseClick(button(card, "Keep"), LEFT)
    assert button(card, "Forget…").hasFocus()
    qtbot.mouseClick(button(card, "Forget…"), LEFT)
    with qtbot.waitSignal(card.forget_asked) as asked:
        qtbot.mouseClick(button(card, "Forget"), LEFT)
    assert asked.args == [PHOTOS]


def test_pictures_that_are_gone_wait_for_an_answer(qtbot: QtBot, card: FolderCard) -> None:
    assert not asks(card)
    card.show_line(GONE)
    assert asks(card)
    assert "120 of 400 pictures are gone." in said(card)
    assert buttons(card)[:2] == ["Remove 120 from the library", "Keep"]
    with qtbot.waitSignal(card.removal_asked) as asked:
        qtbot.mouseClick(button(card, "Remove 120 from the library"), LEFT)
    assert asked.args == [GONE]


def test_kept_pictures_are_asked_about_again_only_when_others_are_gone(
    qtbot: QtBot, card: FolderCard
) -> None:
    card.show_line(GONE)
    with qtbot.waitSignal(card.kept):
        qtbot.mouseClick(button(card, "Keep"), LEFT)
    assert card.hasFocus()
    assert not asks(card)
    assert buttons(card) == ["Remove 120 from the library", "Look for changes", "Forget…"]
    assert "they stay in the library" in said(card)
    card.show_line(replace(GONE, is_kept=True))
    assert not asks(card)
    card.show_line(replace(GONE, missing=130))
    assert asks(card)


def test_of_an_offline_drive_nothing_is_said_to_be_gone(card: FolderCard) -> None:
    card.show_line(replace(GONE, is_connected=False))
    assert not asks(card)
    assert "gone" not in said(card)
    assert buttons(card) == ["Locate…", "Forget…"]


def test_it_takes_no_orders_while_it_is_busy(card: FolderCard) -> None:
    button(card, "Forget…").setFocus()
    card.show_busy(folder_wording.waiting())
    assert card.hasFocus()
    assert "Waits until indexing is done." in said(card)
    assert not button(card, "Look for changes").isEnabled()
    card.show_done()
    assert button(card, "Look for changes").isEnabled()
    assert "Waits" not in said(card)


def test_an_error_that_is_over_is_taken_back(card: FolderCard) -> None:
    card.show_error("The disk is full.")
    card.take_back("The disk is broken.")
    assert "The disk is full." in card.accessibleDescription()
    card.take_back("The disk is full.")
    assert "The disk is full." not in card.accessibleDescription()
    assert "The disk is full." not in said(card)


def test_an_error_is_said_until_the_next_order(qtbot: QtBot, card: FolderCard) -> None:
    card.show_busy("Forgetting it…")
    card.show_error("The disk is full.")
    assert "The disk is full." in said(card)
    assert button(card, "Forget…").isEnabled()
    qtbot.mouseClick(button(card, "Look for changes"), LEFT)
    card.show_line(PHOTOS)
    assert "The disk is full." not in said(card)
