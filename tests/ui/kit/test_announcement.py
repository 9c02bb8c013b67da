import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit import announcement


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader would say: the platform that tests run on has none."""
    said: list[str] = []

    def update(event: QAccessibleAnnouncementEvent) -> None:
        said.append(event.message())

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", update)
    return said


def test_a_sentence_is_said_to_screen_readers(qtbot: QtBot, said: list[str]) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    announcement.announce(label, "The model is installed.")
    announcement.announce(label, "")
    assert said == ["The model is installed."]


def test_nothing_is_said_where_nobody_listens(
    qtbot: QtBot, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    label = QLabel()
    qtbot.addWidget(label)
    announcement.announce(label, "The model is installed.")
    assert said == []
