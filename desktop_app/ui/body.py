"""The middle of the window with at most one panel beside it, or instead of it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QWidget

_SMALLEST_MIDDLE_PX = 320


class Body(QWidget):
    """Opens one panel at a time; where both do not fit, the panel takes the middle's room.

    Args:
        middle: What is always there.
    """

    def __init__(self, middle: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._middle = middle
        self._panels: dict[QWidget, int] = {}
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

    @property
    def panel(self) -> QWidget | None:
        """The panel that is open."""
        return next((each for each in self._panels if not each.isHidden()), None)

    def open_panel(self, panel: QWidget) -> None:
        """Open a panel, instead of another one that is open."""
        if self.panel is None:
            self._came_from = QApplication.focusWidget()
        for each in self._panels:
            each.setVisible(each is panel)
        self._fit()

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
        panel = self.panel
        if panel is None:
            self._middle.show()
            return
        width_px = self._panels[panel]
        fits = self.width() >= width_px + _SMALLEST_MIDDLE_PX
        panel.setFixedWidth(width_px if fits else self.width())
        self._middle.setVisible(fits)
