"""The panel that asks for a newer version, after it has said where it would ask."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from desktop_app.ui.kit.card import ButtonRow, Card
from desktop_app.ui.kit.copied_label import CopiedLabel
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.side_panel import SidePanel
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme
from desktop_app.ui.words.language import tr

WIDTH_PX = 400
_BAR_PX = 4


class UpdatesPanel(SidePanel):
    """Says which version this is and what would be asked; asks when the button is pressed.

    Args:
        theme: For the colours.
        version: The version of this program.
        address: What would be asked.
        parent: Where it belongs.
    """

    asked = Signal()
    """The question is to be put now."""

    stopped = Signal()
    """The answer is not waited for any longer."""

    page_asked = Signal()
    """The page about the newer version is to be opened."""

    def __init__(
        self, theme: Theme, version: str, address: str, parent: QWidget | None = None
    ) -> None:
        title = tr("Updates", "Check for updates")
        super().__init__(theme, title, None, parent)
        card = Card(theme)
        card.column.setSpacing(8)
        own = TextLabel(theme, card, BODY_PX, bold=True)
        own.say(tr("Updates", "You have version {version}.").format(version=version))
        about = TextLabel(theme, card, SMALL_PX, Tint.SECONDARY)
        about.say(
            tr(
                "Updates",
                "The program never asks by itself. When you press the button, it asks this address "
                "once. The server learns the address of your network, as from any page that you "
                "open, and that Image Seeker {version} asks: nothing else. Nothing is downloaded "
                "or installed.",
            ).format(version=version)
        )
        where = CopiedLabel(theme, card, SMALL_PX)
        where.say(address)
        self._outcome = TextLabel(theme, card, BODY_PX, bold=True)
        self._detail = CopiedLabel(theme, card, SMALL_PX, Tint.SECONDARY)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(_BAR_PX)
        self._bar.hide()
        for widget in (own, about, where, self._bar, self._outcome, self._detail):
            card.column.addWidget(widget)
        self._buttons = ButtonRow(card)
        self.ask_button = self._buttons.add(tr("Updates", "Ask now"), self.asked.emit)
        self.stop_button = self._buttons.add(tr("Updates", "Stop"), self.stopped.emit)
        self.page_button = self._buttons.add(tr("Updates", "Open its page"), self.page_asked.emit)
        card.column.addWidget(self._buttons)
        card.describe(title, [own.said, about.said, address])
        self.cards.addWidget(card)
        self.cards.addStretch(1)
        self.show_idle()

    @property
    def outcome(self) -> str:
        """What is said about the answer; empty before there is one."""
        return " ".join(label.said for label in (self._outcome, self._detail) if label.said)

    def show_idle(self) -> None:
        """Nothing was asked, or the answer was not waited for."""
        self._show("", "")
        self._offer(self.ask_button)

    def show_asking(self) -> None:
        """The answer is waited for."""
        self._show(tr("Updates", "Asking…"), "")
        self._bar.show()
        self._offer(self.stop_button)

    def show_newest(self) -> None:
        """This is the newest version."""
        self._show(tr("Updates", "You have the newest version."), "")
        self._offer(self.ask_button)

    def show_newer(self, version: str, page: str) -> None:
        """There is a newer version.

        Args:
            version: Which.
            page: Address of the page about it.
        """
        self._show(tr("Updates", "Version {version} is there.").format(version=version), page)
        self._offer(self.page_button, self.ask_button)

    def show_failure(self, text: str, hint: str) -> None:
        """There was no answer.

        Args:
            text: Why.
            hint: What to do about it.
        """
        self._show(text, hint, Tint.DANGER)
        self._offer(self.ask_button)

    def take_keyboard(self) -> None:
        """Go on with the button that does what comes next."""
        shown = (self.page_button, self.ask_button, self.stop_button)
        give_focus(next((each for each in shown if not each.isHidden()), self.cross))

    def _offer(self, *buttons: QPushButton) -> None:
        """Show these buttons alone; the keyboard stays with them if it was there."""
        had_keyboard = any(
            each.hasFocus() for each in (self.ask_button, self.stop_button, self.page_button)
        )
        self._buttons.offer(*buttons)
        if had_keyboard:
            give_focus(buttons[0])

    def _show(self, outcome: str, detail: str, tint: Tint = Tint.TEXT) -> None:
        self._bar.hide()
        self._outcome.say(outcome, tint)
        self._detail.say(detail)
