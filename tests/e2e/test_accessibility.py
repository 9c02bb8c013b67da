"""What a screen reader and a keyboard find in the window, in the states that people are in most."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.card import Card
from desktop_app.ui.viewer.viewer import Viewer
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.work.turns import Turns

Role = QAccessible.Role
NAMED = {
    Role.Button,
    Role.PushButton,
    Role.ButtonMenu,
    Role.CheckBox,
    Role.RadioButton,
    Role.ComboBox,
    Role.EditableText,
    Role.Slider,
    Role.SpinBox,
    Role.List,
    Role.Tree,
    Role.Table,
    Role.ProgressBar,
    Role.Link,
}
"""What one can use, or is told by: each of these has to say what it is."""


def run(*names: str, row: int | None = None) -> Callable[[MainWindow], None]:
    """Give commands, with a picture chosen before."""

    def give(window: MainWindow) -> None:
        if row is not None:
            window.grid.go_to(row)
        for name in names:
            window.book.run(name)

    return give


STATES: dict[str, Callable[[MainWindow], object]] = {
    "library": run(),
    "search": lambda window: window.header.search_box.draft.set_line("red in:plain"),
    "sides": run("view.sidebar", "view.inspector"),
    "viewer": lambda window: window.grid.opened.emit(0),
    "palette": run("palette.open"),
    "settings": run("panel.settings"),
    "folders": run("panel.folders"),
    "models": run("panel.models"),
    "problems": run("panel.problems"),
    "jobs": run("panel.jobs"),
    "keys": run("help.keys"),
    "updates": run("help.updates"),
    "about": run("help.about"),
    "notice": lambda window: window.notices.error("It is full.", "Empty it", lambda: None),
    "export": run("picture.export", row=0),
    "tags": run("label.tag", row=0),
    "rename": run("picture.rename", row=0),
}


def seen(widget: QWidget) -> Iterator[QWidget]:
    """A widget and all below it that can be seen."""
    yield widget
    for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if child.isVisible():
            yield from seen(child)


def interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def told(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}"


def leave(qtbot: QtBot, window: MainWindow) -> None:
    """Close what a state has opened."""
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    window.notices.dismiss()
    window.header.search_box.clear()


def visible_state(qtbot: QtBot, window: MainWindow, name: str) -> None:
    STATES[name](window)
    qtbot.wait(50)  # what opens comes with the next events
    qtbot.waitUntil(lambda: all(each.are_over for each in window.findChildren(Turns)))


class _Windows(QObject):
    """Notes what comes up as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note a widget without a parent that is shown."""
        is_shown = event.type() == QEvent.Type.Show
        if is_shown and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(told(watched))
        return False


def test_nothing_flashes_up_as_a_window_of_its_own(
    qapp: QApplication, qtbot: QtBot, window: MainWindow
) -> None:
    windows = _Windows()
    qapp.installEventFilter(windows)
    try:
        for state in STATES:
            visible_state(qtbot, window, state)
            leave(qtbot, window)
    finally:
        qapp.removeEventFilter(windows)
    assert windows.seen == []


def test_all_that_can_be_used_has_a_name(qtbot: QtBot, window: MainWindow) -> None:
    nameless = []
    for state in STATES:
        visible_state(qtbot, window, state)
        nameless += [
            f"{state}: {told(widget)}"
            for widget in seen(window)
            if interface(widget).role() in NAMED
            and not interface(widget).text(QAccessible.Text.Name).strip()
        ]
        leave(qtbot, window)
    assert nameless == []


def test_all_that_takes_the_keyboard_has_a_role(qtbot: QtBot, window: MainWindow) -> None:
    """Or it is something to read, such as a card and the picture in the viewer."""
    unknown = []
    for state in STATES:
        visible_state(qtbot, window, state)
        unknown += [
            f"{state}: {told(widget)}"
            for widget in seen(window)
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and interface(widget).role() in (Role.NoRole, Role.Client)
            and not isinstance(widget, Card | Viewer)
        ]
        leave(qtbot, window)
    assert unknown == []


def test_the_keyboard_goes_around_and_is_seen(qtbot: QtBot, window: MainWindow) -> None:
    """Tab leads through the window and comes back, and never into what is hidden."""
    for state in STATES:
        visible_state(qtbot, window, state)
        visited: list[QWidget] = []
        for _ in range(200):
            focused = QApplication.focusWidget()
            assert focused is not None, f"{state}: after {list(map(told, visited))}"
            assert focused.isVisible(), f"{state}: {told(focused)}"
            assert focused.isEnabled(), f"{state}: {told(focused)}"
            if focused in visited:
                break
            visited.append(focused)
            qtbot.keyClick(focused, Qt.Key.Key_Tab)
        else:
            pytest.fail(f"{state}: Tab does not come back.")
        leave(qtbot, window)
