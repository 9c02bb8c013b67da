"""What the keys do in the viewer, where nothing is typed.

They are no shortcuts: a letter that does something wherever the window has the keyboard could not
be typed into the search line any more.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from desktop_app.ui.viewer.viewer import Viewer

Key = Qt.Key
Act = Callable[[], object]
_PAN_PX = 80
_PANS = {
    Key.Key_Left: QPointF(_PAN_PX, 0),
    Key.Key_Right: QPointF(-_PAN_PX, 0),
    Key.Key_Up: QPointF(0, _PAN_PX),
    Key.Key_Down: QPointF(0, -_PAN_PX),
}


def press(viewer: "Viewer", event: QKeyEvent) -> bool:
    """Do what a key means; whether it means anything.

    Signs go by what is written, not by the key: ``[`` and ``+`` lie elsewhere on each keyboard,
    and French digits need Shift.
    """
    pressed, modifiers = Key(event.key()), event.modifiers()
    if pressed in _PANS and modifiers & Qt.KeyboardModifier.ShiftModifier:
        viewer.canvas.pan(_PANS[pressed])
        return True
    control, alt, meta = (
        bool(modifiers & each)
        for each in (
            Qt.KeyboardModifier.ControlModifier,
            Qt.KeyboardModifier.AltModifier,
            Qt.KeyboardModifier.MetaModifier,
        )
    )
    # Both together are AltGr on Windows, by which many keyboards write brackets.
    if meta or control != alt:
        return False
    if _sign(viewer, event.text()):
        return True
    if control:
        return False
    return _lead(viewer, pressed) or _letter(viewer, pressed)


def _sign(viewer: "Viewer", text: str) -> bool:
    acts: dict[str, Act] = {
        "+": viewer.canvas.zoom_in,
        "=": viewer.canvas.zoom_in,
        "-": viewer.canvas.zoom_out,
        "0": viewer.canvas.fit,
        "1": viewer.canvas.show_every_pixel,
        "[": lambda: viewer.turn(-1),
        "]": lambda: viewer.turn(1),
    }
    if text not in acts:
        return False
    acts[text]()
    return True


def _lead(viewer: "Viewer", pressed: Qt.Key) -> bool:
    """To other pictures, or back."""
    forward = -1 if viewer.isRightToLeft() else 1
    steps = {
        Key.Key_Right: forward,
        Key.Key_Down: 1,
        Key.Key_PageDown: 1,
        Key.Key_Left: -forward,
        Key.Key_Up: -1,
        Key.Key_PageUp: -1,
        Key.Key_Home: -viewer.row,
        Key.Key_End: viewer.count - 1 - viewer.row,
    }
    if pressed in steps:
        viewer.go_to(viewer.row + steps[pressed])
    elif pressed == Key.Key_Escape:
        viewer.step_back()
    elif pressed in (Key.Key_Space, Key.Key_Backspace, Key.Key_Back):
        viewer.close_viewer()
    else:
        return False
    return True


def _letter(viewer: "Viewer", pressed: Qt.Key) -> bool:
    acts: dict[Qt.Key, Act] = {
        Key.Key_C: viewer.parts.begin_crop,
        Key.Key_E: viewer.toggle_explained,
        Key.Key_I: lambda: viewer.set_informed(not viewer.is_informed),
        Key.Key_P: viewer.toggle_playing,
        Key.Key_T: lambda: viewer.set_strip_shown(not viewer.is_strip_shown),
    }
    if pressed not in acts:
        return False
    acts[pressed]()
    return True
