from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.segments import Segments


def test_one_of_several_is_chosen_and_a_screen_reader_says_so(qtbot: QtBot) -> None:
    segments = Segments("Theme", [(1, "Light"), (2, "Dark")])
    qtbot.addWidget(segments)
    segments.choose(1)
    heard = [
        QAccessible.queryAccessibleInterface(button)
        for button in segments.findChildren(QPushButton)
    ]
    assert [each.role() for each in heard] == [QAccessible.Role.RadioButton] * 2
    assert [each.text(QAccessible.Text.Name) for each in heard] == ["Theme: Light", "Theme: Dark"]
    assert [each.state().checked for each in heard] == [1, 0]
    with qtbot.waitSignal(segments.chosen) as chosen:
        heard[1].actionInterface().doAction("Press")
    assert chosen.args == [2]
    assert segments.value == 2
    assert [each.state().checked for each in heard] == [0, 1]
