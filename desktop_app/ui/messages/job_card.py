"""One job in the list of jobs: what it does, how far it is, and how to stop it."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from desktop_app.ui.kit.card import Card
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.pause_button import PauseButton
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.jobs import Job

_STEPS = 1000


class JobCard(Card):
    """Follows a job until it ends.

    Args:
        theme: For the colours.
        job: The job.
        parent: Where it belongs.
    """

    def __init__(self, theme: Theme, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._job = job
        self._title = TextLabel(theme, self, BODY_PX, bold=True)
        self._title.say(job.title)
        self._text = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(job.title)
        self._pause = PauseButton(theme)
        self._pause.paused.connect(job.pause)
        self._pause.resumed.connect(job.resume)
        self._pause.setVisible(job.can_pause)
        self._cancel = QPushButton(tr("Jobs", "Cancel"))
        self._cancel.setProperty("small", True)
        self._cancel.setAccessibleName(tr("Jobs", "Cancel: {job}").format(job=job.title))
        self._cancel.setVisible(job.can_cancel)
        self._cancel.clicked.connect(self._stop)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title, 1)
        top.addWidget(self._pause)
        top.addWidget(self._cancel)
        self.column.addLayout(top)
        self.column.addWidget(self._text)
        self.column.addSpacing(4)
        self.column.addWidget(self._bar)
        job.changed.connect(self._show)
        self._show()

    def _stop(self) -> None:
        give_focus(self)
        self._cancel.setEnabled(False)
        self._text.say(tr("Jobs", "Stopping…"))
        self._job.cancel()

    def _show(self) -> None:
        progress, job = self._job.progress, self._job
        if self._cancel.isEnabled():  # else it is stopping, and says so
            text = progress.text
            if progress.why_paused is not None:
                why = progress.why_paused.rstrip(".") or tr("Jobs", "Paused")
                text = f"{why} · {text}" if text else why
            self._text.say(text)
        share = progress.share
        if share is None and job.is_paused:
            share = 0.0  # what waits does not move
        self._bar.setRange(0, 0 if share is None else _STEPS)
        self._bar.setValue(0 if share is None else round(_STEPS * share))
        self._pause.show_state(
            (tr("Jobs", "Continue: {job}") if job.is_paused else tr("Jobs", "Pause: {job}")).format(
                job=job.title
            ),
            tr("Jobs", "Go on") if job.is_paused else tr("Jobs", "Pause; what is done is kept"),
            is_paused=job.is_paused,
        )
        self.describe(job.title, [self._text.said])
