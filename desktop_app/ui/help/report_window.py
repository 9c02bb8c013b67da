"""The window that says what went wrong, with a report to copy; there is one at most."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app import REPORTS
from desktop_app.ui.kit.announcement import announce
from desktop_app.ui.kit.copied_label import CopiedLabel
from desktop_app.ui.kit.flow_layout import FlowLayout
from desktop_app.ui.kit.setting_row import SettingRow
from desktop_app.ui.kit.switch import Switch
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, TITLE_PX, Theme, scaled_px
from desktop_app.ui.words.language import tr

_EDGE_PX = 20
_COPIED_MS = 3000


@dataclass(frozen=True)
class Shown:
    """What the window says.

    Attributes:
        heading: What happened, in a few words.
        text: What that means, and what to do.
        often: How often, where that is worth telling.
        report: What can be copied.
    """

    heading: str
    text: str
    often: str
    report: str


class ReportWindow(QWidget):
    """Stands beside the program's window, which goes on.

    Args:
        theme: For the colours.
    """

    changed = Signal()
    """Another report is wanted: with names or searches, or without."""
    logs_asked = Signal()
    """The folder of the logs is to be shown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._theme = theme
        # Whoever types goes on typing; it closes with the program.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(tr("Report", "Report"))
        self._heading = TextLabel(theme, self, TITLE_PX, bold=True)
        self._text = TextLabel(theme, self, BODY_PX)
        self._often = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self._report = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self._report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._report.setAccessibleName(tr("Report", "Report"))
        # What is copied reads from the left in every language.
        self._report.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.names = self._switch(tr("Report", "With names of folders and pictures"))
        self.searches = self._switch(tr("Report", "With what was searched for"))
        self.copy_button = self._button(tr("Report", "Copy report"), self.copy)
        self.copy_button.setProperty("primary", True)
        self.logs_button = self._button(tr("Report", "Show logs"), self.logs_asked.emit)
        self.close_button = self._button(tr("Report", "Close"), self.close)
        self._copied = QTimer(self, singleShot=True, interval=_COPIED_MS)
        self._copied.timeout.connect(self._name_copy)
        self._lay_out()
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, _EDGE_PX)
        column.setSpacing(12)
        for label in (self._heading, self._text, self._often):
            column.addWidget(label)
        column.addWidget(self._report, 1)
        note = TextLabel(self._theme, self, SMALL_PX, Tint.SECONDARY)
        note.say(tr("Report", "Nothing is sent. What you copy is what you see here."))
        column.addWidget(note)
        self.address = CopiedLabel(self._theme, self, SMALL_PX, Tint.SECONDARY)
        self.address.say(tr("Report", "Reports are read at {address}").format(address=REPORTS))
        column.addWidget(self.address)
        column.addWidget(self._row(self.names))
        column.addWidget(self._row(self.searches))
        buttons = FlowLayout(8)
        for button in (self.copy_button, self.logs_button, self.close_button):
            buttons.addWidget(button)
        column.addLayout(buttons)

    def _row(self, switch: Switch) -> QWidget:
        return SettingRow(self._theme, switch.accessibleName(), "", switch, is_beside=True)

    def _switch(self, name: str) -> Switch:
        switch = Switch(self._theme, name)
        switch.clicked.connect(lambda _is_on: self.changed.emit())
        return switch

    def _button(self, label: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(label)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: act())
        return button

    @property
    def report(self) -> str:
        """What would be copied."""
        return self._report.toPlainText()

    @property
    def said(self) -> str:
        """What stands above the report."""
        return "\n".join(
            each.said for each in (self._heading, self._text, self._often) if each.said
        )

    def say(self, shown: Shown) -> None:
        """Say something else; who reads in the report goes on at the same place."""
        self._heading.say(shown.heading)
        self._text.say(shown.text)
        self._often.say(shown.often)
        if shown.report != self.report:
            bar = self._report.verticalScrollBar()
            place = bar.value()
            self._report.setPlainText(shown.report)
            bar.setValue(place)

    def appear(self, *, takes_keyboard: bool) -> None:
        """Come to the front.

        Args:
            takes_keyboard: Whether the user has asked for it; else they may be typing elsewhere.
        """
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=not takes_keyboard)
        was_visible = self.isVisible()
        self.show()
        self.raise_()
        if takes_keyboard:
            self.activateWindow()
            self.copy_button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not was_visible:
            announce(self, self.said)

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report)
        self.copy_button.setText(tr("Report", "Copied"))
        announce(self, tr("Report", "Copied"))
        self._copied.start()

    def _name_copy(self) -> None:
        self.copy_button.setText(tr("Report", "Copy report"))

    def sizeHint(self) -> QSize:
        """Room for a line of the report, but no more than narrow screens have."""
        return QSize(scaled_px(640), scaled_px(600))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what is behind all of it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.raised))
        painter.end()
