import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.card import ButtonRow, Card
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.theme import Theme


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window)
    return window


def test_a_card_shows_that_the_keyboard_is_there(
    qtbot: QtBot, window: QWidget, theme: Theme
) -> None:
    elsewhere, card = QLineEdit(), Card(theme)
    for widget in (elsewhere, card):
        window.layout().addWidget(widget)  # type: ignore[union-attr]
    card.setFixedSize(200, 60)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    elsewhere.setFocus()

    def edge() -> QColor:
        return card.grab().toImage().pixelColor(100, 1)

    assert edge() == QColor(theme.tokens.surface)
    qtbot.keyClick(elsewhere, Qt.Key.Key_Tab)
    assert card.hasFocus()
    assert edge() == theme.accent
    qtbot.keyClick(card, Qt.Key.Key_Backtab)
    assert edge() == QColor(theme.tokens.surface)


def test_a_card_is_read_as_a_whole(qtbot: QtBot, theme: Theme) -> None:
    card = Card(theme)
    qtbot.addWidget(card)
    card.describe("CLIP", ["158 MB.", "", "In use."])
    assert card.accessibleName() == "CLIP"
    assert card.accessibleDescription() == "158 MB. In use."


def test_only_the_buttons_on_offer_are_there(qtbot: QtBot, window: QWidget) -> None:
    row = ButtonRow()
    window.layout().addWidget(row)  # type: ignore[union-attr]
    pressed: list[str] = []
    first = row.add("First", lambda: pressed.append("first"))
    second = row.add("Second", lambda: pressed.append("second"))
    window.show()
    row.offer(second)
    assert not first.isVisible()
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert pressed == ["second"]
    row.offer()
    assert not row.isVisible()


def test_the_mouse_leaves_no_ring(qtbot: QtBot, window: QWidget, theme: Theme) -> None:
    card = Card(theme)
    row = ButtonRow()
    card.column.addWidget(row)
    use = row.add("Use", lambda: give_focus(card))
    row.offer(use)
    window.layout().addWidget(card)  # type: ignore[union-attr]
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()

    def has_ring() -> bool:
        image = card.grab().toImage()
        return image.pixelColor(card.width() // 2, 1) == theme.accent

    qtbot.mouseClick(use, Qt.MouseButton.LeftButton)
    assert card.hasFocus()
    assert not has_ring()
    qtbot.keyClick(card, Qt.Key.Key_Tab)
    assert use.hasFocus()
    qtbot.keyClick(use, Qt.Key.Key_Space)
    assert card.hasFocus()
    assert has_ring()
