from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import LibraryStatus
from desktop_app.ui.folders import folder_wording
from desktop_app.ui.folders.folder_card import FolderCard
from desktop_app.ui.folders.folder_lines import FolderLine
from desktop_app.ui.folders.folders_panel import FoldersPanel
from desktop_app.ui.kit.theme import Theme

LEFT = Qt.MouseButton.LeftButton
PHOTOS = FolderLine(1, (1,), "/pictures/Photos", 400)
WORK = FolderLine(2, (2,), "/pictures/Work", 50)
USB = FolderLine(3, (3,), "/media/USB", 9, is_connected=False)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> FoldersPanel:
    panel = FoldersPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(400, 700)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    panel.show_folders([PHOTOS, WORK, USB])
    return panel


def card(panel: FoldersPanel, line: FolderLine) -> FolderCard:
    card = panel.card(line)
    assert card is not None
    return card


def names(panel: FoldersPanel) -> list[str]:
    cards = [each for each in panel.findChildren(FolderCard) if each.isVisibleTo(panel)]
    return [each.accessibleName() for each in sorted(cards, key=lambda each: each.y())]


def words(panel: FoldersPanel) -> str:
    shown = (each for each in panel.findChildren(QLabel) if each.isVisibleTo(panel))
    return " ".join(each.text().replace("\u200b", "") for each in shown)


def press(qtbot: QtBot, panel: FoldersPanel, text: str) -> None:
    buttons = (each for each in panel.findChildren(QPushButton) if each.isVisible())
    qtbot.mouseClick(next(each for each in buttons if each.text() == text), LEFT)


def test_folders_are_listed_in_their_order(qtbot: QtBot, panel: FoldersPanel) -> None:
    expected = ["Photos, 400 pictures", "Work, 50 pictures", "USB, 9 pictures"]
    qtbot.waitUntil(lambda: names(panel) == expected)
    assert folder_wording.empty() not in words(panel)


def test_without_a_folder_it_says_what_to_do(qtbot: QtBot, panel: FoldersPanel) -> None:
    panel.show_folders([])
    assert names(panel) == []
    assert folder_wording.empty() in words(panel)
    with qtbot.waitSignal(panel.add_asked):
        press(qtbot, panel, "Add folder…")


def test_a_folder_keeps_its_card_and_the_keyboard(qtbot: QtBot, panel: FoldersPanel) -> None:
    kept = card(panel, WORK)
    kept.setFocus()
    panel.show_folders([PHOTOS, replace(WORK, pictures=51)])
    assert card(panel, WORK) is kept
    assert kept.hasFocus()
    qtbot.waitUntil(lambda: names(panel) == ["Photos, 400 pictures", "Work, 51 pictures"])


def test_the_keyboard_goes_on_at_the_next_folder(panel: FoldersPanel) -> None:
    card(panel, WORK).setFocus()
    panel.show_folders([PHOTOS, USB])
    assert card(panel, USB).hasFocus()
    panel.show_folders([PHOTOS])
    assert card(panel, PHOTOS).hasFocus()
    panel.show_folders([])
    assert panel.top_button.hasFocus()


def test_watching_is_told_before_and_after_a_folder_is_listed(panel: FoldersPanel) -> None:
    panel.show_watch(1, "Watching", is_offline=False)
    panel.show_watch(9, "Looked through every 5 minutes", is_offline=False, icon="clock")
    panel.show_folders([PHOTOS, FolderLine(9, (9,), "/net/share", 1)])
    assert "Watching" in words(panel)
    assert "Looked through every 5 minutes" in words(panel)
    panel.show_watch(1, "", is_offline=True)
    assert "Watching" not in words(panel)


def test_the_size_on_disk_is_told_once_there_is_something(panel: FoldersPanel) -> None:
    status = LibraryStatus((), 0, (), 0, None, 86_000, 0, 0, "/data")
    panel.show_disk(status)
    assert "on disk" not in words(panel)
    panel.show_disk(replace(status, pictures=5))
    assert "The library takes 86 KB on disk" in words(panel)


def test_trouble_can_be_tried_again(qtbot: QtBot, panel: FoldersPanel) -> None:
    panel.show_trouble("The library cannot be read.")
    assert "The library cannot be read." in words(panel)
    with qtbot.waitSignal(panel.reload_asked):
        press(qtbot, panel, "Try again")
    panel.show_folders([PHOTOS])
    assert "cannot be read" not in words(panel)


def test_what_waits_for_an_answer_gets_the_keyboard_first(panel: FoldersPanel) -> None:
    panel.show_folders([PHOTOS, replace(WORK, missing=20)])
    assert panel.asks
    panel.take_keyboard()
    assert card(panel, WORK).hasFocus()


def test_escape_closes(qtbot: QtBot, panel: FoldersPanel) -> None:
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(card(panel, PHOTOS), Qt.Key.Key_Escape)


def test_what_fits_is_not_scrolled(qtbot: QtBot, panel: FoldersPanel) -> None:
    """Wrapped text at its narrowest is taller than at the width it has."""
    bar = panel._scroll.verticalScrollBar()
    content = panel._content

    def spare_px() -> int:
        return content.height() - content.heightForWidth(content.width())

    qtbot.waitUntil(lambda: spare_px() > 0)
    panel.resize(400, panel.height() - spare_px() + 4)
    assert not bar.isVisible()
    assert spare_px() >= 0
    panel.resize(400, panel.height() - 60)
    qtbot.waitUntil(bar.isVisible)


def test_a_panel_that_was_opened_first_hands_the_keyboard_to_its_folders(
    qtbot: QtBot, theme: Theme
) -> None:
    panel = FoldersPanel(theme)
    qtbot.addWidget(panel)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    assert panel.top_button.hasFocus()
    panel.show_folders([PHOTOS, replace(WORK, missing=20)])
    assert card(panel, WORK).hasFocus()
    panel.top_button.setFocus()
    panel.show_folders([PHOTOS, WORK])
    assert panel.top_button.hasFocus()
