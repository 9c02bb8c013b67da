"""The middle of the window with at most one panel beside it, or instead of it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QWidget

_SMALLEST_MIDDLE_PX = 320


class Body(QWidget):
    """Opens one panel at a time; where both do not fit, the panel takes the middle's room.

    One panel may be a resident: it stays while one works, gives way to any other panel and comes
    back after it. Where it does not fit, it is only seen while it was asked for.

    Args:
        middle: What is always there.
    """

    opening = Signal()
    """A panel is about to be opened: what covers the middle has to make way."""
    opened = Signal()
    """A panel was opened, the resident one or another."""
    resident_changed = Signal(bool)
    """Whether the user wants to see the resident panel now."""

    def __init__(self, middle: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._middle = middle
        self._panels: dict[QWidget, int] = {}
        self._resident: QWidget | None = None
        self._resident_px = 0
        self._is_resident_wanted = False
        self._resident_covers = False
        self._came_from: QWidget | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addWidget(middle, 1)

    def add_panel(self, panel: QWidget, width_px: int) -> None:
        """Take a panel, closed, that is so wide where there is room."""
        self._panels[panel] = width_px
        self._row.addWidget(panel)
        panel.hide()

    def set_resident(self, panel: QWidget, width_px: int) -> None:
        """Take the panel that stays while one works, closed."""
        self._resident, self._resident_px = panel, width_px
        self._row.addWidget(panel)
        panel.hide()

    @property
    def panel(self) -> QWidget | None:
        """The panel that is open; the resident one only where it covers the middle."""
        opened = next((each for each in self._panels if not each.isHidden()), None)
        return self._resident if opened is None and self._resident_covers else opened

    def set_resident_open(self, is_open: bool, *, at_start: bool = False) -> None:
        """Show or hide the resident panel; another panel that is open makes way for it.

        Args:
            is_open: Whether it is to be seen.
            at_start: Whether nobody has asked for it just now, so that it covers nothing.
        """
        if is_open and not at_start:
            self.opening.emit()
            for each in self._panels:
                each.hide()
        self._is_resident_wanted = is_open
        fits = self.width() >= self._resident_px + _SMALLEST_MIDDLE_PX
        self._resident_covers = is_open and not fits and not at_start
        self._fit()
        self.resident_changed.emit(is_open)
        if is_open and not at_start:
            self.opened.emit()

    def toggle_resident(self) -> None:
        """Show the resident panel if it is not seen, else hide it."""
        resident = self._resident
        if resident is not None:
            self.set_resident_open(resident.isHidden())

    def open_panel(self, panel: QWidget) -> None:
        """Open a panel, instead of another one that is open."""
        self.opening.emit()
        if self.panel is None:
            self._came_from = QApplication.focusWidget()
        self._resident_covers = False
        for each in self._panels:
            each.setVisible(each is panel)
        self._fit()
        self.opened.emit()

    def toggle_panel(self, panel: QWidget) -> None:
        """Open a panel, or close it if it is open."""
        if self.panel is panel:
            self.close_panel()
        else:
            self.open_panel(panel)

    def close_panel(self) -> None:
        """Close the panel and lead the keyboard back to where it was before."""
        panel = self.panel
        if panel is None:
            return
        had_focus = panel.isAncestorOf(QApplication.focusWidget() or self)
        if panel is self._resident:
            self.set_resident_open(False)
        else:
            panel.hide()
        self._fit()
        came_from, self._came_from = self._came_from, None
        if had_focus:
            back = came_from if came_from is not None and came_from.isVisible() else self._middle
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Any width will do: where there is little, only the panel is shown."""
        return QSize(0, self._row.minimumSize().height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Share the room."""
        self._fit()

    def _fit(self) -> None:
        panel = next((each for each in self._panels if not each.isHidden()), None)
        self._fit_resident(has_room=panel is None)
        if panel is None:
            self._middle.setVisible(not self._resident_covers)
            return
        width_px = self._panels[panel]
        fits = self.width() >= width_px + _SMALLEST_MIDDLE_PX
        panel.setFixedWidth(width_px if fits else self.width())
        self._middle.setVisible(fits)

    def _fit_resident(self, *, has_room: bool) -> None:
        resident = self._resident
        if resident is None:
            return
        fits = self.width() >= self._resident_px + _SMALLEST_MIDDLE_PX
        self._resident_covers = self._resident_covers and has_room and not fits
        is_seen = self._is_resident_wanted and has_room and (fits or self._resident_covers)
        resident.setFixedWidth(self.width() if self._resident_covers else self._resident_px)
        resident.setVisible(is_seen)
