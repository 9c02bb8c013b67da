"""A model that can be downloaded, in the panel of models."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.engine.errors import ModelError, PassingModelError, UserFacingError
from desktop_app.engine.records import ModelOffer
from desktop_app.ui.kit.card import ButtonRow, Card
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.question import Question
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme
from desktop_app.ui.models import model_wording
from desktop_app.ui.models.install_view import InstallView
from desktop_app.ui.words import wording
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr


class OfferCard(Card):
    """Says what the model is good for, asks before it is fetched, and shows how far that is.

    Attributes:
        view: How far its download is.
    """

    accepted = Signal()
    """The user has seen address and size, and said yes."""

    def __init__(self, theme: Theme, offer: ModelOffer, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._offer = offer
        title = TextLabel(theme, self, BODY_PX, bold=True)
        title.say(offer.title)
        description = TextLabel(theme, self, BODY_PX)
        description.say(told(offer.description))
        facts = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        facts.say(model_wording.offer_facts(offer))
        self._buttons = ButtonRow()
        self._get = self._buttons.add(tr("Models", "Get…", "Download a model"), self._ask)
        self._get.setAccessibleName(wording.button_name(self._get.text(), offer.title))
        self._question = Question(theme, tr("Models", "Download"), tr("Models", "Not now"))
        self._question.accepted.connect(self._accept)
        self._question.declined.connect(self._take_back)
        self.view = InstallView(theme, offer.title, resumes=True)
        self.view.retried.connect(self.accepted)
        self.view.closed.connect(self._take_back)
        for widget in (title, description, facts, self._question, self.view, self._buttons):
            self.column.addWidget(widget)
        self._buttons.offer(self._get)
        self.describe(offer.title, [description.said, facts.said])

    @property
    def offer(self) -> ModelOffer:
        """What is offered."""
        return self._offer

    @property
    def question(self) -> str:
        """What is asked before anything is fetched; empty while nothing is asked."""
        return self._question.text if self._question.isVisibleTo(self) else ""

    def begin(self) -> None:
        """The download has been asked for."""
        self._question.hide()
        self._buttons.offer()
        self.view.wait()

    def fail(self, error: UserFacingError) -> None:
        """The download has failed, or what came was refused."""
        self.view.show_failure(error)

    def _ask(self) -> None:
        self._question.ask(model_wording.download(self._offer))
        self._buttons.offer()

    def _accept(self) -> None:
        give_focus(self)
        self.accepted.emit()

    def _take_back(self) -> None:
        self._buttons.offer(self._get)
        give_focus(self._get)


class AddingCard(Card):
    """A model that is being added from a folder or a .zip.

    Attributes:
        view: How far that is.
    """

    def __init__(self, theme: Theme, source: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._source = source
        self._title = TextLabel(theme, self, BODY_PX, bold=True)
        self.view = InstallView(theme, source, resumes=False)
        self.column.addWidget(self._title)
        self.column.addWidget(self.view)
        self.begin()

    def begin(self) -> None:
        """It waits for its turn."""
        self._head(tr("Models", "Adding {model}").format(model=self._source))
        self.view.wait()

    def fail(self, error: UserFacingError) -> None:
        """It was not added."""
        self._head(tr("Models", "{model} was not added").format(model=self._source))
        # What was refused is refused again; a full disk can be mended.
        is_refused = isinstance(error, ModelError) and not isinstance(error, PassingModelError)
        self.view.show_failure(error, may_retry=not is_refused)

    def _head(self, text: str) -> None:
        self._title.say(text)
        self.describe(text, [])
