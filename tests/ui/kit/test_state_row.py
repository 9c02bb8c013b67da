from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.state_row import StateRow
from desktop_app.ui.kit.text_label import Tint
from desktop_app.ui.kit.theme import Theme


def test_without_a_sentence_it_takes_no_room(qtbot: QtBot, theme: Theme) -> None:
    row = StateRow(theme)
    qtbot.addWidget(row)
    row.say("eye", "Watching")
    assert not row.isHidden()
    assert row.said == "Watching"
    row.say("", "")
    assert row.isHidden()


def test_the_icon_has_the_colour_of_the_sentence(qtbot: QtBot, theme: Theme) -> None:
    row = StateRow(theme)
    qtbot.addWidget(row)
    row.say("eye", "Watching")
    icon = next(each for each in row.findChildren(QLabel) if not each.text())
    calm = icon.pixmap().toImage()
    row.say("eye", "Watching", Tint.DANGER)
    assert icon.pixmap().toImage() != calm


def test_what_is_added_stands_right_after_the_sentence(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row, button = StateRow(theme), QPushButton("Show")
    row.add(button)
    QVBoxLayout(window).addWidget(row)
    row.say("circle-alert", "3 files could not be read")
    window.resize(400, 60)
    with qtbot.waitExposed(window):
        window.show()
    text = next(each for each in row.findChildren(QLabel) if each.text())
    assert 0 < button.x() - text.geometry().right() < 12
