from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import CommonLabels
from desktop_app.ui.inspector.tag_editor import MOST_CHIPS, TagEditor
from desktop_app.ui.kit.theme import Theme
from tests.helpers.french import in_french

Key = Qt.Key
NO_RATING = (2, 0, 0, 0, 0, 0)
LABELS = CommonLabels(2, NO_RATING, (("dogs", 1), ("snow", 2)))


@pytest.fixture
def editor(qtbot: QtBot, theme: Theme) -> Iterator[TagEditor]:
    editor = TagEditor(theme)
    qtbot.addWidget(editor)
    editor.resize(240, 80)
    with qtbot.waitActive(editor):
        editor.show()
        editor.activateWindow()
    editor.show_tags(LABELS)
    yield editor
    editor.hide()


def test_common_tags_come_first_and_others_say_how_many_have_them(editor: TagEditor) -> None:
    assert [(chip.tag, chip.of) for chip in editor.chips] == [("snow", None), ("dogs", (1, 2))]
    assert editor.chips[1].accessibleName() == "Tag dogs, 1 of 2 pictures have it"
    chips = editor.chips
    editor.show_tags(LABELS)
    assert editor.chips == chips  # nothing has changed
    many = tuple((f"{number:03}", 2) for number in range(100))
    editor.show_tags(CommonLabels(2, NO_RATING, many))
    assert len(editor.chips) == MOST_CHIPS


def test_chips_search_and_go(qtbot: QtBot, editor: TagEditor) -> None:
    snow = editor.chips[0]
    with qtbot.waitSignal(editor.asked) as asked:
        qtbot.mouseClick(snow, Qt.MouseButton.LeftButton)
    assert asked.args == ["snow"]
    with qtbot.waitSignal(editor.asked):
        qtbot.keyClick(snow, Key.Key_Return)
    heard = QAccessible.queryAccessibleInterface(snow)
    assert heard.role() == QAccessible.Role.Button
    with qtbot.waitSignal(editor.asked):
        heard.actionInterface().doAction("Press")
    cross = snow.findChild(QToolButton)
    assert isinstance(cross, QToolButton)
    with qtbot.waitSignal(editor.removed) as removed:
        qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert removed.args == ["snow"]
    with qtbot.waitSignal(editor.removed):
        qtbot.keyClick(snow, Key.Key_Delete)


def test_the_keyboard_goes_on_where_a_tag_has_gone(editor: TagEditor) -> None:
    editor.chips[0].setFocus()
    editor.show_tags(CommonLabels(2, NO_RATING, (("snow", 2),)))
    assert editor.chips[0].hasFocus()
    editor.show_tags(CommonLabels(2, NO_RATING, ()))
    assert editor.field.hasFocus()


def test_tags_are_typed_and_completed(qtbot: QtBot, editor: TagEditor) -> None:
    entered: list[tuple[list[str], list[str]]] = []
    editor.entered.connect(lambda add, remove: entered.append((add, remove)))
    editor.know(["old house", "snow"])
    editor.field.setFocus()
    qtbot.keyClicks(editor.field, " new one , other, -old,")
    qtbot.keyClick(editor.field, Key.Key_Return)
    assert entered == [(["new one", "other"], ["old"])]
    assert editor.field.text() == ""
    qtbot.keyClicks(editor.field, "ice, hou")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    qtbot.waitUntil(lambda: entered[1:] == [(["ice", "old house"], [])])
    qtbot.waitUntil(lambda: editor.field.text() == "")
    qtbot.keyClicks(editor.field, "zzz")
    qtbot.keyClick(editor.field, Key.Key_Escape)
    assert editor.field.text() == ""


def test_nothing_is_changed_where_nothing_can_be(qtbot: QtBot, editor: TagEditor) -> None:
    editor.forbid_changes()
    editor.show_tags(CommonLabels(1, NO_RATING, (("snow", 1),)))
    assert not editor.field.isVisible()
    with qtbot.assertNotEmitted(editor.removed):
        qtbot.keyClick(editor.chips[0], Key.Key_Delete)


def test_the_field_says_in_large_letters_what_it_is_for(theme: Theme, qtbot: QtBot) -> None:
    theme.set_text_percent(150)
    try:
        with in_french():
            editor = TagEditor(theme)
        qtbot.addWidget(editor)
        field = editor.field
        said_px = field.fontMetrics().horizontalAdvance(field.placeholderText())
        assert field.placeholderText() == "+ mot-clé"
        assert said_px <= field.width() - 2 * (1 + 6 + 2)  # border, padding, and what Qt leaves
    finally:
        theme.set_text_percent(100)
