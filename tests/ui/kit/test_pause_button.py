import pytest
from PySide6.QtCore import QSize, Qt
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.pause_button import PauseButton
from desktop_app.ui.kit.theme import Theme

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def button(qtbot: QtBot, theme: Theme) -> PauseButton:
    button = PauseButton(theme)
    qtbot.addWidget(button)
    return button


def test_it_pauses_and_lets_go_on(qtbot: QtBot, button: PauseButton) -> None:
    size = QSize(12, 12)
    button.show_state("Pause indexing", "What is indexed is kept", is_paused=False)
    bars = button.icon().pixmap(size).toImage()
    assert (button.accessibleName(), button.toolTip()) == (
        "Pause indexing",
        "What is indexed is kept",
    )
    with qtbot.waitSignal(button.paused), qtbot.assertNotEmitted(button.resumed):
        qtbot.mouseClick(button, LEFT)
    button.show_state("Continue indexing", "Go on", is_paused=True)
    assert button.icon().pixmap(size).toImage() != bars
    with qtbot.waitSignal(button.resumed), qtbot.assertNotEmitted(button.paused):
        qtbot.mouseClick(button, LEFT)
