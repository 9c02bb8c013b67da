import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import CommonLabels
from desktop_app.ui.inspector.tag_completer import read_tags
from desktop_app.ui.inspector.tag_strip import TagStrip
from desktop_app.ui.kit.theme import Theme

Key = Qt.Key
NONE = CommonLabels(1, (1, 0, 0, 0, 0, 0), ())
TWO = CommonLabels(2, (2, 0, 0, 0, 0, 0), (("ice", 1), ("snow", 2)))
KNOWN = ["snow", "old house", "Ice"]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(QLineEdit())
    window.resize(480, 200)
    return window


@pytest.fixture
def strip(qtbot: QtBot, window: QWidget, theme: Theme) -> TagStrip:
    strip = TagStrip(theme)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(strip)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other = window.findChild(QLineEdit)
    assert other is not None
    other.setFocus()
    return strip


@pytest.mark.parametrize(
    ("typed", "add", "remove"),
    [
        ("", [], []),
        (" , - ,", [], []),
        ("snow", ["snow"], []),
        (" snow , old house,snow", ["snow", "old house"], []),
        ("-ice, snow, \u2212 old house", ["snow"], ["ice", "old house"]),
        ("t-shirt", ["t-shirt"], []),
    ],
)
def test_tags_stand_between_commas(typed: str, add: list[str], remove: list[str]) -> None:
    assert read_tags(typed) == (add, remove)


def test_enter_gives_what_was_typed(qtbot: QtBot, strip: TagStrip) -> None:
    strip.ask([7], TWO, KNOWN)
    assert strip.field.hasFocus()
    assert strip.said == "Now: ice (1 of 2) · snow"
    qtbot.keyClicks(strip.field, "new one, -ice")
    strip.completer.list.hide()
    with qtbot.waitSignal(strip.entered) as entered:
        qtbot.keyClick(strip.field, Key.Key_Return)
    assert entered.args == [[7], ["new one"], ["ice"]]
    assert strip.isVisible()


def test_what_is_known_is_offered_behind_every_comma(qtbot: QtBot, strip: TagStrip) -> None:
    entered: list[object] = []
    strip.entered.connect(lambda *what: entered.append(what))
    strip.ask([7], NONE, KNOWN)
    qtbot.keyClicks(strip.field, "new, -HOU")
    popup = strip.completer.list
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert strip.field.text() == "new, -old house"
    assert entered == []
    qtbot.keyClick(strip.field, Key.Key_Return)
    assert entered == [([7], ["new"], ["old house"])]


def test_esc_leads_back_to_where_one_was(qtbot: QtBot, window: QWidget, strip: TagStrip) -> None:
    other = window.findChild(QLineEdit)
    assert other is not None
    strip.ask([7], NONE, KNOWN)
    assert strip.said == "No tags yet."
    qtbot.keyClick(strip.field, Key.Key_Escape)
    assert strip.isHidden()
    assert other.hasFocus()
    strip.ask([7], NONE, KNOWN)
    qtbot.keyClick(strip.field, Key.Key_Return)  # nothing was typed
    assert strip.isHidden()


def test_what_cannot_be_is_said_and_can_be_mended(qtbot: QtBot, strip: TagStrip) -> None:
    strip.ask([7], NONE, KNOWN)
    strip.refuse("Too long.")
    assert strip.said == "Too long."
    assert strip.field.accessibleDescription() == "Too long."
    qtbot.keyClicks(strip.field, "x")
    assert strip.said == "No tags yet."
