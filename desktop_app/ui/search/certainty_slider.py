"""How certain a hit must be to stand above the divider."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QSlider, QWidget

from desktop_app.ui.words.language import tr

STEPS = 20
"""To either side of what was measured to be best."""
RELEVANCE_A_STEP = 0.04
"""At one end nearly everything above the ordinary is strong, at the other what is twice as far
above it as usual."""


class CertaintySlider(QSlider):
    """To the left more hits are strong, to the right fewer; a double click is the usual again.

    It takes no room where there is nothing to be certain of.

    Attributes:
        label: Says what it is; to stand before it, where there is room.
    """

    shifted = Signal(float)
    """How far the border lies above its usual place; see `Hits.strong_at`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._is_wanted = False
        self._is_allowed = True
        self._is_labelled = True
        self.label = QLabel(tr("Order", "Certainty"), parent)
        self.setRange(-STEPS, STEPS)
        self.setSingleStep(1)
        self.setPageStep(5)
        self.setFixedWidth(88)
        self.setToolTip(
            tr(
                "Order",
                "How certain a picture must be to stand above the line: more pictures to the "
                "left, fewer to the right. A double click, or 0, goes back to the usual.",
            )
        )
        self.setAccessibleName(tr("Order", "How certain hits must be"))
        self.valueChanged.connect(lambda value: self.shifted.emit(value * RELEVANCE_A_STEP))
        self._show()

    @property
    def shift(self) -> float:
        """How far the border lies above its usual place; see `Hits.strong_at`."""
        return self.value() * RELEVANCE_A_STEP

    @property
    def is_wanted(self) -> bool:
        """Whether there is something to be certain of."""
        return self._is_wanted

    def want(self, is_wanted: bool) -> None:
        """Say whether there is something to be certain of."""
        self._is_wanted = is_wanted
        self._show()

    def allow(self, is_allowed: bool, *, is_labelled: bool) -> None:
        """Say whether there is room, and whether for its label too."""
        self._is_allowed, self._is_labelled = is_allowed, is_labelled
        self._show()

    def _show(self) -> None:
        is_shown = self._is_wanted and self._is_allowed
        self.setVisible(is_shown)
        self.label.setVisible(is_shown and self._is_labelled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Back to the usual with 0; the base class moves."""
        if event.key() == Qt.Key.Key_0:
            self.setValue(0)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: object) -> None:
        """Back to the usual."""
        self.setValue(0)
