"""The panel of models: those that are there, those that can be had, and what they run on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.records import DeviceChoice, LibraryModel
from desktop_app.ui import icons, model_wording
from desktop_app.ui.edge_menu import EdgeMenu
from desktop_app.ui.model_installs import Install
from desktop_app.ui.model_lists import ModelLists
from desktop_app.ui.query_picture import local_paths
from desktop_app.ui.text_label import TextLabel, Tint
from desktop_app.ui.theme import BODY_PX, SMALL_PX, Theme, text_font

WIDTH_PX = 400
DROP_INVITATION = "Drop to add as a model"
DROP_HINT = "A model's folder or .zip can also be dropped here."
_EDGE_PX = 12


class ModelsPanel(QWidget):
    """Shows what it is given and says what the user asks for; knows nothing of the library.

    Attributes:
        lists: The cards.
    """

    opened = Signal()
    closed = Signal()
    folder_asked = Signal()
    archive_asked = Signal()
    reload_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_target = False
        self.setAcceptDrops(True)
        self.setAccessibleName("Models")
        self._title = QLabel("Models")
        self._title.setFont(text_font(self.font(), BODY_PX, bold=True))
        self._add = self._make_add()
        self._close = QToolButton()
        self._close.setProperty("quiet", True)
        self._close.setFixedSize(28, 28)
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close.setToolTip("Close (Esc)")
        self._close.setAccessibleName("Close the panel")
        self._close.clicked.connect(self.closed)
        self._trouble = TextLabel(theme, self, BODY_PX, Tint.DANGER)
        self._again = QPushButton("Try again")
        self._again.clicked.connect(self.reload_asked)
        self._again.hide()
        self.lists = ModelLists(theme)
        self._hint = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self._hint.say(DROP_HINT)
        self._device = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self._arrange()
        theme.changed.connect(self._tint)
        self._tint()

    def _make_add(self) -> QPushButton:
        menu = EdgeMenu(self)
        menu.addAction("A folder…", self.folder_asked.emit)
        menu.addAction("A .zip file…", self.archive_asked.emit)
        button = QPushButton("Add")
        button.setProperty("compact", True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolTip("Add a model that is on this computer")
        button.setAccessibleName("Add a model")
        button.setMenu(menu)
        return button

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(_EDGE_PX, 0, 8, 0)
        top.addWidget(self._title, 1)
        top.addWidget(self._add)
        top.addWidget(self._close)
        content = self._content = QWidget()
        cards = QVBoxLayout(content)
        cards.setContentsMargins(_EDGE_PX, 0, _EDGE_PX, 0)
        cards.setSpacing(8)
        for widget in (self._trouble, self._again, self.lists, self._hint):
            cards.addWidget(widget)
        cards.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        footer = QHBoxLayout()
        footer.setContentsMargins(_EDGE_PX, 0, _EDGE_PX, 0)
        footer.addWidget(self._device)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._scroll, 1)
        column.addLayout(footer)

    # What is shown

    def show_models(
        self, entries: Sequence[LibraryModel], *, is_paused: bool, is_waiting: bool = False
    ) -> None:
        """List the installed models; see `ModelLists.show_models`."""
        self.show_trouble("")
        self.lists.show_models(entries, is_paused=is_paused, is_waiting=is_waiting)

    def show_device(self, choice: DeviceChoice | None) -> None:
        """Say what computes, and why."""
        self._device.say("" if choice is None else model_wording.device(choice))

    def show_trouble(self, text: str) -> None:
        """Say why the models cannot be listed; empty takes it away."""
        self._trouble.say(text)
        self._again.setVisible(bool(text))

    def reveal(self, install: Install) -> None:
        """Scroll to where an installation is shown, as soon as it has its place."""
        QTimer.singleShot(0, self, lambda: self._scroll_to(self.lists.view(install)))

    def _scroll_to(self, widget: QWidget | None) -> None:
        if widget is not None and widget.isVisible():
            for layout in (self.lists.layout(), self._content.layout()):
                if layout is not None:
                    layout.activate()  # or the card would still be where it was made
            self._scroll.ensureWidgetVisible(widget, 0, _EDGE_PX)

    def sees(self, install: Install) -> bool:
        """Whether what is said about an installation is in sight."""
        view = self.lists.view(install)
        return view is not None and not view.visibleRegion().isEmpty()

    def take_keyboard(self) -> None:
        """Go on with the keyboard at the first card, or at the button to add one."""
        if not self.lists.take_keyboard():
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard, and ask for what there is."""
        super().showEvent(event)
        self.opened.emit()
        self.take_keyboard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders; whether they are models is found out when they are added."""
        if local_paths(event.mimeData()):
            self._set_target(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Look as before."""
        self._set_target(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        self._set_target(False)
        event.acceptProposedAction()
        for path in local_paths(event.mimeData()):
            self.lists.install_asked.emit(Install(path, is_download=False))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the panel, with a frame while something can be dropped."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.raised))
        if self._is_target:
            painter.setPen(QPen(self._theme.accent, 3))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()

    def _set_target(self, is_target: bool) -> None:
        self._is_target = is_target
        self._title.setText(DROP_INVITATION if is_target else "Models")
        self.update()

    def _tint(self) -> None:
        self._close.setIcon(icons.icon("x", QColor(self._theme.tokens.secondary)))
        self.update()
