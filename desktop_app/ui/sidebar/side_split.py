"""The sidebar beside the rest of the window, or instead of it where there is little room."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.words.language import tr

_SMALLEST_REST_PX = 320
_HANDLE_PX = 5
_STEP_PX = 16


class SideSplit(QSplitter):
    """Two widgets with a border between them that can be moved, also by the arrow keys.

    Where both do not fit, the sidebar is only seen while it was asked for, and covers the rest.

    Args:
        side: The sidebar.
        rest: All else.
        theme: For the border.
        width_px: How wide the sidebar is at first.
        narrowest_px: How narrow the user can make it.
        widest_px: How wide.
    """

    changed = Signal()
    """The sidebar was opened or closed, or is of another width."""

    def __init__(
        self,
        side: QWidget,
        rest: QWidget,
        theme: Theme,
        width_px: int,
        narrowest_px: int,
        widest_px: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._side, self._rest = side, rest
        self._range_px = narrowest_px, widest_px
        self._width_px = min(max(width_px, narrowest_px), widest_px)
        self._is_wanted = False
        self._covers = False
        self.setHandleWidth(_HANDLE_PX)
        self.setChildrenCollapsible(False)
        if self.isRightToLeft():  # where Qt puts everything a pixel too far to the right
            self.setContentsMargins(1, 0, -1, 0)
        self.addWidget(side)
        self.addWidget(rest)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._moved)
        side.installEventFilter(self)
        side.hide()
        theme.changed.connect(self.update)

    @property
    def is_open(self) -> bool:
        """Whether the user wants to see the sidebar, though there may be no room for it."""
        return self._is_wanted

    @property
    def covers(self) -> bool:
        """Whether the sidebar takes all the room."""
        return self._covers

    @property
    def side_px(self) -> int:
        """How wide the sidebar is, or would be."""
        return self._width_px

    def set_open(self, is_open: bool, *, at_start: bool = False) -> None:
        """Show or hide the sidebar.

        Args:
            is_open: Whether it is to be seen.
            at_start: Whether nobody has asked for it just now, so that it covers nothing.
        """
        self._is_wanted = is_open
        self._covers = is_open and not self._fits() and not at_start
        self._fit()
        if self._covers:
            self._side.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def toggle(self) -> None:
        """Show the sidebar if it is not seen, else hide it."""
        self.set_open(self._side.isHidden())

    def uncover(self) -> None:
        """Show the rest again, if the sidebar covers it."""
        if self._covers:
            self._covers = False
            self._fit()
            self._rest.setFocus(Qt.FocusReason.OtherFocusReason)

    def widen(self, by_px: int) -> None:
        """Make the sidebar wider, or narrower."""
        low, high = self._range_px
        self._width_px = min(max(self._width_px + by_px, low), high)
        self._fit()
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in a sidebar that covers the rest closes it."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._covers
        ):
            self.uncover()
            return True
        return super().eventFilter(watched, event)

    def createHandle(self) -> QSplitterHandle:
        """The border."""
        return _Handle(self, self._theme)

    def _fits(self) -> bool:
        return self.width() >= self._width_px + _HANDLE_PX + _SMALLEST_REST_PX

    def _fit(self) -> None:
        fits = self._fits()
        self._covers = self._covers and not fits
        is_seen = self._is_wanted and (fits or self._covers)
        low, high = self._range_px
        self._side.setMinimumWidth(low)
        self._side.setMaximumWidth(self.width() if self._covers else high)
        self._side.setVisible(is_seen)
        self._rest.setVisible(not self._covers)
        if self._covers:
            self.setSizes([self.width(), 0])
        elif is_seen:
            self.setSizes([self._width_px, max(0, self.width() - self._width_px - _HANDLE_PX)])

    def _moved(self, position_px: int, _index: int) -> None:
        del position_px
        self._width_px = self._side.width()
        self.changed.emit()


class _Handle(QSplitterHandle):
    """The border, which shows itself under the mouse and by the keyboard."""

    def __init__(self, split: SideSplit, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal, split)
        self._split = split
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(tr("Sidebar", "Width of the sidebar"))
        self.setToolTip(tr("Sidebar", "Drag to make the sidebar wider or narrower"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the border."""
        steps = {Qt.Key.Key_Left: -_STEP_PX, Qt.Key.Key_Right: _STEP_PX}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._split.widen(-step if self.isRightToLeft() else step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it as a part of the sidebar."""
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), QColor(tokens.raised))
        if self.hasFocus():
            painter.fillRect(self.rect(), self._theme.accent)
        elif self.underMouse():
            painter.fillRect(self.rect(), QColor(tokens.hover))
        painter.end()
