"""The panel of jobs: what goes on in the background, and what was said lately."""

from PySide6.QtWidgets import QWidget

from desktop_app.ui.kit.card import ButtonRow, Card
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.side_panel import SidePanel, TopButton
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme
from desktop_app.ui.messages.job_card import JobCard
from desktop_app.ui.messages.notices import Notices, Told
from desktop_app.ui.words import date_wording
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.jobs import Job, Jobs

WIDTH_PX = 400


class JobsPanel(SidePanel):
    """Lists the jobs of the window while they go on, and the last notices, newest first.

    Args:
        theme: For the colours.
        jobs: What goes on.
        notices: Where the user is told.
        parent: Where it belongs.
    """

    def __init__(
        self, theme: Theme, jobs: Jobs, notices: Notices, parent: QWidget | None = None
    ) -> None:
        button = TopButton(
            tr("Jobs", "Clear"), tr("Jobs", "Forget the messages"), tr("Jobs", "Clear messages")
        )
        super().__init__(theme, tr("Jobs", "Jobs and messages"), button, parent)
        self._notices = notices
        self._jobs = jobs
        self._cards: dict[Job, JobCard] = {}
        self._idle = TextLabel(theme, self, BODY_PX, Tint.SECONDARY)
        self._heading = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY, bold=True)
        self._heading.setContentsMargins(0, 8, 0, 0)
        self._messages: list[Card] = []
        self.cards.addWidget(self._idle)
        self.cards.addWidget(self._heading)
        self.cards.addStretch(1)
        self.top_button.clicked.connect(notices.forget)
        jobs.begun.connect(self._begin)
        jobs.ended.connect(self._end)
        self.opened.connect(self._show_messages)
        notices.history_changed.connect(self._show_messages)
        for job in jobs.running:
            self._begin(job)
        self._say_idle()

    def take_keyboard(self) -> None:
        """Go on with the keyboard at the first job, or at the first message."""
        cards = [*self._cards.values(), *self._messages]
        if cards:
            give_focus(cards[0])
        else:
            super().take_keyboard()

    def _begin(self, job: Job) -> None:
        card = JobCard(self._theme, job)
        self.cards.insertWidget(len(self._cards), card)
        self._cards[job] = card
        card.show()
        self._say_idle()

    def _end(self, job: Job) -> None:
        card = self._cards.pop(job)
        had_focus = self.isVisible() and card.isAncestorOf(self.focusWidget() or self)
        self.cards.removeWidget(card)
        card.hide()
        card.deleteLater()
        if had_focus:
            self.take_keyboard()
        self._say_idle()

    def _say_idle(self) -> None:
        nothing = tr("Jobs", "Nothing goes on in the background.")
        self._idle.say("" if self._cards else nothing)

    def _show_messages(self) -> None:
        """List them, as long as somebody sees it."""
        if not self.isVisible():
            return
        had_focus = any(each.isAncestorOf(self.focusWidget() or self) for each in self._messages)
        for each in self._messages:
            self.cards.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._messages = [self._message(told) for told in reversed(self._notices.history)]
        place = self.cards.indexOf(self._heading) + 1
        for at, card in enumerate(self._messages):
            self.cards.insertWidget(place + at, card)
        self._heading.say(tr("Jobs", "Messages") if self._messages else "")
        self.top_button.setVisible(bool(self._messages))
        if had_focus:
            self.take_keyboard()

    def _message(self, told: Told) -> Card:
        card = Card(self._theme, self)
        tint = Tint.DANGER if told.notice.is_error else Tint.TEXT
        text = TextLabel(self._theme, card, BODY_PX, tint)
        text.say(told.notice.text)
        when = TextLabel(self._theme, card, SMALL_PX, Tint.SECONDARY)
        when.say(date_wording.here(told.at_s, with_time=True))
        card.column.addWidget(text)
        card.column.addWidget(when)
        if told.notice.action and told.notice.act is not None:
            buttons = ButtonRow(card)  # what has no parent would flash up as a window
            button = buttons.add(told.notice.action, lambda: self._notices.act_on(told))
            button.setAccessibleDescription(told.notice.text)
            buttons.offer(button)
            card.column.addWidget(buttons)
        card.describe(told.notice.text, [when.said])
        return card
