"""The panel of models: those that are there, those that can be had, and what they run on."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.engine.records import DeviceChoice, LibraryModel
from desktop_app.ui.kit.edge_menu import EdgeMenu
from desktop_app.ui.kit.side_panel import SidePanel, TopButton
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme
from desktop_app.ui.models import model_wording
from desktop_app.ui.models.model_installs import Install
from desktop_app.ui.models.model_lists import ModelLists
from desktop_app.ui.search.query_picture import local_paths
from desktop_app.ui.words.language import tr

WIDTH_PX = 400


class ModelsPanel(SidePanel):
    """Shows what it is given and says what the user asks for; knows nothing of the library.

    Attributes:
        lists: The cards.
    """

    folder_asked = Signal()
    archive_asked = Signal()
    reload_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        add = TopButton(
            tr("Models", "Add"),
            tr("Models", "Add a model that is on this computer"),
            tr("Models", "Add a model"),
        )
        super().__init__(theme, tr("Models", "Models"), add, parent)
        self._is_target = False
        self.setAcceptDrops(True)
        self.top_button.setMenu(self._add_menu())
        self._trouble = TextLabel(theme, self, BODY_PX, Tint.DANGER)
        self._again = QPushButton(tr("Models", "Try again"))
        self._again.clicked.connect(self.reload_asked)
        self._again.hide()
        self.lists = ModelLists(theme)
        self._hint = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self._hint.say(tr("Models", "A model's folder or .zip can also be dropped here."))
        self._device = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        for widget in (self._trouble, self._again, self.lists, self._hint):
            self.cards.addWidget(widget)
        self.cards.addStretch(1)
        self.footer.addWidget(self._device)

    def _add_menu(self) -> EdgeMenu:
        menu = EdgeMenu(self)
        menu.addAction(tr("Models", "A folder…"), self.folder_asked.emit)
        menu.addAction(tr("Models", "A .zip file…"), self.archive_asked.emit)
        return menu

    # What is shown

    def show_models(
        self, entries: Sequence[LibraryModel], *, is_paused: bool, is_waiting: bool = False
    ) -> None:
        """List the installed models; see `ModelLists.show_models`."""
        is_first = self.lists.is_empty
        self.show_trouble("")
        self.lists.show_models(entries, is_paused=is_paused, is_waiting=is_waiting)
        if is_first and self.top_button.hasFocus():
            self.take_keyboard()  # the panel was opened before it was known what is in it

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
            self.scroll_to(widget)

    def sees(self, install: Install) -> bool:
        """Whether what is said about an installation is in sight."""
        view = self.lists.view(install)
        return view is not None and not view.visibleRegion().isEmpty()

    def take_keyboard(self) -> None:
        """Go on with the keyboard at the first card, or at the button to add one."""
        if not self.lists.take_keyboard():
            super().take_keyboard()

    # Qt

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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the panel, with a frame while something can be dropped."""
        super().paintEvent(event)
        if self._is_target:
            painter = QPainter(self)
            painter.setPen(QPen(self._theme.accent, 3))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
            painter.end()

    def _set_target(self, is_target: bool) -> None:
        self._is_target = is_target
        self.heading.setText(
            tr("Models", "Drop to add as a model") if is_target else tr("Models", "Models")
        )
        self.update()
