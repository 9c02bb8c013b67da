"""How far a model is, while it is installed and while it gets to know the pictures."""

import time
from collections.abc import Iterator

from desktop_app.engine.errors import ModelError
from desktop_app.engine.records import (
    EmbedProgress,
    EmbedSummary,
    InstalledModel,
    ModelProgress,
    ModelStep,
)
from desktop_app.model_tables import display_title
from desktop_app.terminal import clock, progress_line, shorten

_STEPS = {
    ModelStep.DOWNLOADING: "Downloading",
    ModelStep.COPYING: "Copying",
    ModelStep.CHECKING: "Checking the model",
}
_SHOWN_TITLE = 32


def follow_install(reports: Iterator[ModelProgress | InstalledModel]) -> InstalledModel:
    """Show progress until the model is installed.

    Raises:
        ModelError: If it is not.
        CancelledError: If it was stopped.
    """
    with progress_line() as line:
        began = InstallMeter()
        for report in reports:
            if isinstance(report, InstalledModel):
                return report
            line.show(began.text(report))
    raise ModelError("The model was not installed.", "Try again.")


class InstallMeter:
    """Where the present step began, to tell how fast it is."""

    def __init__(self) -> None:
        self._step: ModelStep | None = None
        self._at = 0.0
        self._bytes = 0

    def text(self, report: ModelProgress) -> str:
        """One line about how far it is."""
        now = time.monotonic()
        if report.step is not self._step:
            self._step, self._at, self._bytes = report.step, now, report.done_bytes
        text = _STEPS[report.step]
        if not report.total_bytes:
            return text
        text += f" {report.done_bytes / 1e6:.1f} / {report.total_bytes / 1e6:.1f} MB"
        per_second = (report.done_bytes - self._bytes) / max(now - self._at, 1e-3)
        if now - self._at > 1 and per_second > 0:
            left = (report.total_bytes - report.done_bytes) / per_second
            text += f" · {per_second / 1e6:.1f} MB/s · {clock(left)} left"
        return text


def follow_embedding(
    reports: Iterator[EmbedProgress | EmbedSummary], model: InstalledModel
) -> EmbedSummary:
    """Show progress until the summary comes."""
    # Shortened here: at the end of the line stands what changes.
    title = shorten(display_title(model.title, is_builtin=model.is_builtin), _SHOWN_TITLE)
    with progress_line() as line:
        for report in reports:
            if isinstance(report, EmbedSummary):
                return report
            line.show(_embed_text(report, title))
    return EmbedSummary(title="", cancelled=True)


def _embed_text(progress: EmbedProgress, title: str) -> str:
    if progress.note:
        return progress.note
    text = f"Preparing {title}: {progress.done} / {progress.total}"
    if progress.per_second > 0:
        left = (progress.total - progress.done) / progress.per_second
        text += f" · {progress.per_second:.0f}/s · {clock(left)} left"
    return text
