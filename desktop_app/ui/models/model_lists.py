"""The cards of the models that are there, and of those that can be had."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.records import EmbedProgress, LibraryModel, ModelOffer, ModelRole
from desktop_app.ui.kit.card import Card
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import SMALL_PX, Theme
from desktop_app.ui.models import model_wording
from desktop_app.ui.models.install_view import InstallView
from desktop_app.ui.models.model_card import ModelCard
from desktop_app.ui.models.model_installs import Install
from desktop_app.ui.models.offer_card import AddingCard, OfferCard
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr


class _Section(QWidget):
    """A heading and the cards below it; without cards it takes no room."""

    def __init__(self, theme: Theme, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY, bold=True)
        title.say(heading)
        self._cards: list[Card] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(8)
        self._column.addWidget(title)

    def put(self, cards: Sequence[Card]) -> None:
        """Hold these cards, in this order; others are let go."""
        for card in self._cards:
            if card not in cards:
                self._column.removeWidget(card)
                card.hide()
                card.deleteLater()
        self._cards = list(cards)
        for at, card in enumerate(cards, start=1):
            if self._column.indexOf(card) != at:
                self._column.insertWidget(at, card)
            card.show()
        self.setVisible(bool(cards))


class ModelLists(QWidget):
    """Keeps a card for each model; the same card as long as the model is there."""

    use_asked = Signal(str)
    removal_asked = Signal(str)
    pause_asked = Signal()
    continue_asked = Signal()
    cancel_asked = Signal()
    install_asked = Signal(Install)
    install_cancelled = Signal(Install)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_paused = self._is_waiting = False
        self._models: dict[str, ModelCard] = {}
        self._offers: dict[str, OfferCard] = {}
        self._adding: dict[str, AddingCard] = {}
        self._installed = _Section(theme, tr("Models", "Installed"))
        self._offered = _Section(theme, tr("Models", "Can be downloaded"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._installed)
        column.addWidget(self._offered)
        self._place()

    @property
    def is_empty(self) -> bool:
        """Whether no installed model is listed."""
        return not self._models

    def show_models(
        self, entries: Sequence[LibraryModel], *, is_paused: bool, is_waiting: bool = False
    ) -> None:
        """List the installed models.

        Args:
            entries: In this order.
            is_paused: Whether the preparation of the next one waits for the user.
            is_waiting: Whether it waits for indexing.
        """
        self._is_paused, self._is_waiting = is_paused, is_waiting
        entries = model_wording.told_apart(entries)
        before = list(self._models)
        at = self._row_with_focus()
        for entry in entries:
            card = self._models.get(entry.model.name)
            if card is None:
                card = self._models[entry.model.name] = self._make_model_card(entry)
            card.show_model(entry, is_paused=is_paused, is_waiting=is_waiting)
        names = [entry.model.name for entry in entries]
        self._models = {name: self._models[name] for name in names}
        self._place()
        if at is not None and before[at] not in self._models:
            self._focus_near(before, at)

    def _row_with_focus(self) -> int | None:
        """Which of the installed models' cards holds the keyboard."""
        focused = self.focusWidget()
        for row, card in enumerate(self._models.values()):
            if focused is not None and (card is focused or card.isAncestorOf(focused)):
                return row
        return None

    def _focus_near(self, before: Sequence[str], at: int) -> None:
        """Go on with the keyboard at the card after one that is gone, or else before it."""
        for name in (*before[at + 1 :], *reversed(before[:at])):
            if name in self._models:
                give_focus(self._models[name])
                return
        self.take_keyboard()

    def set_held(self, *, is_paused: bool, is_waiting: bool = False) -> None:
        """The preparation of the next model has been paused, waits for indexing, or goes on."""
        if (is_paused, is_waiting) != (self._is_paused, self._is_waiting):
            entries = [card.entry for card in self._models.values()]
            self.show_models(entries, is_paused=is_paused, is_waiting=is_waiting)

    def show_embedding(self, progress: EmbedProgress) -> None:
        """Bring the card of the model that is being prepared up to date."""
        role = ModelRole.IN_USE if progress.is_answering else ModelRole.NEXT
        for card in self._models.values():
            if card.entry.role is role and card.entry.vectors != progress.done:
                entry = replace(card.entry, vectors=progress.done, pictures=progress.total)
                card.show_model(entry, is_paused=self._is_paused, is_waiting=self._is_waiting)

    def show_offers(self, offers: Sequence[ModelOffer]) -> None:
        """List what can be downloaded, without what is installed."""
        kept = {offer.name: offer for offer in offers if not offer.is_installed}
        for name, offer in kept.items():
            card = self._offers.get(name)
            if card is None or card.offer != offer:
                self._offers[name] = self._make_offer_card(offer)
        self._offers = {name: self._offers[name] for name in kept}
        self._place()

    def show_error(self, name: str, text: str) -> None:
        """Say below a model why what was asked for did not happen."""
        if name in self._models:
            self._models[name].show_error(text)

    def view(self, install: Install) -> InstallView | None:
        """Where the installation is shown; None where its card is gone."""
        card = (self._offers if install.is_download else self._adding).get(install.name)
        return card.view if card is not None else None

    def begin(self, install: Install) -> None:
        """Show that something is going to be installed."""
        if install.is_download:
            if install.name in self._offers:
                self._offers[install.name].begin()
        elif install.name in self._adding:
            self._adding[install.name].begin()
        else:
            self._adding[install.name] = self._make_adding_card(install)
            self._place()

    def fail(self, install: Install, error: UserFacingError) -> None:
        """Say why something was not installed, where its card is there."""
        card = (self._offers if install.is_download else self._adding).get(install.name)
        if card is not None:
            card.fail(error)

    def end(self, install: Install) -> None:
        """What was to be installed is among the installed, or not wanted any more."""
        if not install.is_download and self._adding.pop(install.name, None) is not None:
            self._place()

    def take_keyboard(self) -> bool:
        """Go on with the keyboard at the first card.

        Returns:
            Whether there is one.
        """
        first = next(iter(self._models.values()), None)
        if first is not None:
            give_focus(first)
        return first is not None

    def _place(self) -> None:
        self._installed.put([*self._models.values(), *self._adding.values()])
        self._offered.put(list(self._offers.values()))

    def _make_model_card(self, entry: LibraryModel) -> ModelCard:
        card = ModelCard(self._theme, entry)
        card.use_asked.connect(self.use_asked)
        card.removal_asked.connect(self.removal_asked)
        card.paused.connect(self.pause_asked)
        card.continued.connect(self.continue_asked)
        card.cancelled.connect(self.cancel_asked)
        return card

    def _make_offer_card(self, offer: ModelOffer) -> OfferCard:
        install = Install(offer.name, is_download=True)
        card = OfferCard(self._theme, offer)
        card.accepted.connect(lambda: self.install_asked.emit(install))
        card.view.cancelled.connect(lambda: self.install_cancelled.emit(install))
        return card

    def _make_adding_card(self, install: Install) -> AddingCard:
        card = AddingCard(self._theme, wording.file_name(install.name))
        card.setToolTip(wording.tooltip(install.name))
        card.view.cancelled.connect(lambda: self.install_cancelled.emit(install))
        card.view.retried.connect(lambda: self.install_asked.emit(install))
        card.view.closed.connect(lambda: self.end(install))
        return card
