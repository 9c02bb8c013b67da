"""Somebody who presses everything: random but the same for the same seed."""

import random
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QWidget

Key, Modifier, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton
_NONE, _CTRL, _SHIFT = Modifier.NoModifier, Modifier.ControlModifier, Modifier.ShiftModifier
_KEPT = 25
_SMALLEST_PX, _LARGEST_PX = (480, 360), (1300, 900)
_MOVES = [
    Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_PageUp, Key.Key_PageDown,
    Key.Key_Home, Key.Key_End,
]  # fmt: skip
_OTHERS = [
    Key.Key_Tab, Key.Key_Backtab, Key.Key_Return, Key.Key_Space, Key.Key_Escape, Key.Key_Backspace,
    Key.Key_Plus, Key.Key_Minus, Key.Key_F5, Key.Key_F11, Key.Key_Menu, Key.Key_Delete,
    Key.Key_Alt,
]  # fmt: skip
_WITH_CTRL = [
    Key.Key_A, Key.Key_B, Key.Key_C, Key.Key_F, Key.Key_K, Key.Key_S, Key.Key_V, Key.Key_Z,
    Key.Key_1, Key.Key_0, Key.Key_Plus, Key.Key_Minus, Key.Key_Up, Key.Key_Down, Key.Key_Comma,
]  # fmt: skip
_WITH_BOTH = [Key.Key_F, Key.Key_M, Key.Key_S, Key.Key_C, Key.Key_Up, Key.Key_Down, Key.Key_Z]
_LETTERS = 'redgblu wito:-"(/.0'


class RandomUser:
    """Does one thing at a time with a window.

    Args:
        window: The window.
        seed: What chance begins with.

    Attributes:
        done: What was done last, in words.
        steps: How much was begun.
    """

    def __init__(self, window: QMainWindow, seed: int) -> None:
        self._window = window
        self._chance = random.Random(seed)
        self.done: deque[str] = deque(maxlen=_KEPT)
        self.steps = 0
        self._acts: list[tuple[int, Callable[[], str]]] = [
            (20, self._click),
            (4, self._double_click),
            (4, self._right_click),
            (12, self._wheel),
            (8, self._drag),
            (14, self._move),
            (10, self._key),
            (7, self._key_with_ctrl),
            (3, self._key_with_both),
            (12, self._type),
            (4, self._resize),
            (3, lambda: self._press(Key.Key_Escape, _NONE)),
        ]

    def step(self) -> None:
        """Do something; what opened a menu closes it again next, mostly."""
        self.steps += 1
        popup = QApplication.activePopupWidget()
        if popup is not None:
            self.done.append(self._leave(popup))
            return
        weights = [weight for weight, _ in self._acts]
        [(_, act)] = self._chance.choices(self._acts, weights)
        self.done.append("?")  # what ends the process while it is done is not told otherwise
        self.done[-1] = act()

    def _leave(self, popup: QWidget) -> str:
        if isinstance(popup, QMenu) and self._chance.random() < 0.3:
            for _ in range(self._chance.randint(1, 8)):
                QTest.keyClick(popup, Key.Key_Down)
            chosen = popup.activeAction()
            name = "" if chosen is None else chosen.text()
            QTest.keyClick(popup, Key.Key_Return)
            if QApplication.activePopupWidget() is popup:
                popup.close()
            return f"choose {name!r} in a menu"
        QTest.keyClick(popup, Key.Key_Escape)
        if QApplication.activePopupWidget() is popup:
            popup.close()
        return f"close {type(popup).__name__}"

    # The mouse

    def _place(self) -> tuple[QWidget, QPoint]:
        """Somewhere in the window, the pictures more often than the rest."""
        window = self._window
        area = window.rect()
        if self._chance.random() < 0.7:
            area = area.adjusted(area.width() // 5, area.height() // 5, 0, -area.height() // 10)
        at = QPoint(
            self._chance.randint(area.left(), area.right()),
            self._chance.randint(area.top(), area.bottom()),
        )
        widget = window.childAt(at) or window
        return widget, widget.mapFrom(window, at)

    def _modifier(self) -> Qt.KeyboardModifier:
        return self._chance.choices([_NONE, _CTRL, _SHIFT], [6, 2, 2])[0]

    def _click(self) -> str:
        (widget, at), held = self._place(), self._modifier()
        button = self._chance.choices([Button.LeftButton, Button.MiddleButton], [20, 1])[0]
        QTest.mouseClick(widget, button, held, at)
        return f"click {_name(widget)} at {at.toTuple()} with {button.name}, {held.name}"

    def _double_click(self) -> str:
        widget, at = self._place()
        QTest.mouseDClick(widget, Button.LeftButton, pos=at)
        return f"double-click {_name(widget)} at {at.toTuple()}"

    def _right_click(self) -> str:
        widget, at = self._place()
        QTest.mouseClick(widget, Button.RightButton, pos=at)
        return f"right-click {_name(widget)} at {at.toTuple()}"

    def _wheel(self) -> str:
        (widget, at), held = self._place(), self._modifier()
        notches = self._chance.choice([-5, -2, -1, -1, 1, 1, 3])
        event = QWheelEvent(
            QPointF(at), QPointF(widget.mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches),
            Button.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)
        return f"turn the wheel by {notches} at {_name(widget)} with {held.name}"

    def _drag(self) -> str:
        (widget, at), held = self._place(), self._modifier()
        QTest.mousePress(widget, Button.LeftButton, held, at)
        to = at
        for _ in range(self._chance.randint(1, 4)):
            to += QPoint(self._chance.randint(-200, 200), self._chance.randint(-200, 200))
            QTest.mouseMove(widget, to)
        QTest.mouseRelease(widget, Button.LeftButton, held, to)
        return f"drag from {at.toTuple()} to {to.toTuple()} in {_name(widget)} with {held.name}"

    # The keyboard

    def _press(self, key: Qt.Key, held: Qt.KeyboardModifier) -> str:
        widget = QApplication.focusWidget() or self._window
        QTest.keyClick(widget, key, held)
        return f"press {key.name} with {held} in {_name(widget)}"

    def _move(self) -> str:
        return self._press(self._chance.choice(_MOVES), self._modifier())

    def _key(self) -> str:
        return self._press(self._chance.choice(_OTHERS), _NONE)

    def _key_with_ctrl(self) -> str:
        return self._press(self._chance.choice(_WITH_CTRL), _CTRL)

    def _key_with_both(self) -> str:
        return self._press(self._chance.choice(_WITH_BOTH), _CTRL | _SHIFT)

    def _type(self) -> str:
        widget = QApplication.focusWidget() or self._window
        typed = "".join(self._chance.choices(_LETTERS, k=self._chance.randint(1, 3)))
        for letter in typed:
            QTest.keyClicks(QApplication.focusWidget() or self._window, letter)
        return f"type {typed!r} in {_name(widget)}"

    def _resize(self) -> str:
        sizes = zip(_SMALLEST_PX, _LARGEST_PX, strict=True)
        width, height = (self._chance.randint(least, most) for least, most in sizes)
        self._window.resize(width, height)
        return f"resize to {width} × {height}"


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()!r}"
