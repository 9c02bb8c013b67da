from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.search.part_chip import HEIGHT_PX, PartChip
from desktop_app.ui.search.query_picture import QueryPicture

Key = Qt.Key
Button = Qt.MouseButton


@pytest.fixture
def chip(qtbot: QtBot, theme: Theme) -> Iterator[PartChip]:
    chip = PartChip(theme, "two dogs", "Pictures that show two dogs.")
    qtbot.addWidget(chip)
    with qtbot.waitExposed(chip):
        chip.show()
    yield chip
    chip.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_it_says_what_it_is_to_screen_readers(qtbot: QtBot, chip: PartChip) -> None:
    heard = QAccessible.queryAccessibleInterface(chip)
    assert heard.role() == QAccessible.Role.Button
    with qtbot.waitSignal(chip.menu_asked):
        heard.actionInterface().doAction("Press")
    assert chip.accessibleName() == "two dogs"
    assert chip.accessibleDescription() == "Pictures that show two dogs."
    button = chip.findChild(QToolButton)
    assert isinstance(button, QToolButton)
    assert button.accessibleName() == "Search without two dogs"


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_keys_remove_it(qtbot: QtBot, chip: PartChip, key: Qt.Key) -> None:
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, key)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_keys_open_its_menu(qtbot: QtBot, chip: PartChip, key: Qt.Key) -> None:
    with qtbot.waitSignal(chip.menu_asked):
        qtbot.keyClick(chip, key)


def test_the_mouse_opens_its_menu_or_removes_it(qtbot: QtBot, chip: PartChip) -> None:
    with qtbot.waitSignal(chip.menu_asked), qtbot.assertNotEmitted(chip.removed):
        qtbot.mouseClick(chip, Button.LeftButton, pos=QPoint(10, 10))
    with qtbot.waitSignal(chip.removed), qtbot.assertNotEmitted(chip.menu_asked):
        qtbot.mouseClick(chip, Button.MiddleButton, pos=QPoint(10, 10))
    button = chip.findChild(QToolButton)
    assert isinstance(button, QToolButton)
    with qtbot.waitSignal(chip.removed), qtbot.assertNotEmitted(chip.menu_asked):
        qtbot.mouseClick(button, Button.LeftButton)
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        with qtbot.waitSignal(chip.menu_asked):
            QApplication.sendEvent(chip, QContextMenuEvent(reason, QPoint(5, 5), QPoint(5, 5)))


def test_arrows_lead_to_its_neighbours_as_one_reads(qtbot: QtBot, chip: PartChip) -> None:
    steps: list[int] = []
    chip.stepped.connect(steps.append)
    qtbot.keyClick(chip, Key.Key_Right)
    qtbot.keyClick(chip, Key.Key_Left)
    chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.keyClick(chip, Key.Key_Right)
    assert steps == [1, -1, -1]
    with qtbot.waitSignals([chip.went_up, chip.went_down]):
        qtbot.keyClick(chip, Key.Key_Up)
        qtbot.keyClick(chip, Key.Key_Down)


def test_its_looks(qtbot: QtBot, theme: Theme, chip: PartChip) -> None:
    orange = QImage(24, 24, QImage.Format.Format_RGB32)
    orange.fill("orange")
    with_picture = PartChip(theme, "a name " * 20, "", QueryPicture("a.jpg", orange))
    qtbot.addWidget(with_picture)
    with_picture.resize(with_picture.sizeHint())
    assert with_picture.width() < 320
    assert chip.height() == with_picture.height() == HEIGHT_PX
    shown = with_picture.grab().toImage()
    assert shown.pixelColor(14, 14).name() == "#ffa500"
    with_picture.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    with_picture.resize(with_picture.width() + 1, HEIGHT_PX)
    shown = with_picture.grab().toImage()
    assert shown.pixelColor(with_picture.width() - 14, 14).name() == "#ffa500"
    chip.clearFocus()
    without_focus = chip.grab().toImage()
    chip.setFocus()
    assert chip.grab().toImage() != without_focus
