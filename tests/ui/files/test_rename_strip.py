import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.ui.files.rename_strip import RenameStrip
from desktop_app.ui.kit.theme import Theme

Key = Qt.Key


@pytest.fixture
def strip(qtbot: QtBot, theme: Theme) -> RenameStrip:
    strip = RenameStrip(theme)
    qtbot.addWidget(strip)
    strip.ask(7, "snow dogs.jpg")
    return strip


def test_the_ending_is_not_marked(strip: RenameStrip) -> None:
    assert strip.isVisible()
    assert strip.field.selectedText() == "snow dogs"


def test_enter_gives_the_name(qtbot: QtBot, strip: RenameStrip) -> None:
    strip.field.setText("  winter  ")
    with qtbot.waitSignal(strip.renamed) as renamed:
        qtbot.keyClick(strip.field, Key.Key_Return)
    assert renamed.args == [7, "winter"]
    assert not strip.isVisible()


@pytest.mark.parametrize("name", ["", "a/b", "CON.jpg", "x" * 260])
def test_a_name_that_cannot_be_is_not_given(qtbot: QtBot, strip: RenameStrip, name: str) -> None:
    with qtbot.assertNotEmitted(strip.renamed):
        strip.field.setText(name)
        assert strip.problem
        assert not strip.button.isEnabled()
        assert strip.field.accessibleDescription() == strip.problem
        qtbot.keyClick(strip.field, Key.Key_Return)
    assert strip.isVisible()


def test_the_same_name_changes_nothing(qtbot: QtBot, strip: RenameStrip) -> None:
    with qtbot.assertNotEmitted(strip.renamed):
        qtbot.keyClick(strip.field, Key.Key_Return)
    assert not strip.isVisible()


def test_esc_leaves_the_name(qtbot: QtBot, strip: RenameStrip) -> None:
    strip.field.setText("winter")
    with qtbot.assertNotEmitted(strip.renamed):
        qtbot.keyClick(strip.field, Key.Key_Escape)
    assert not strip.isVisible()
