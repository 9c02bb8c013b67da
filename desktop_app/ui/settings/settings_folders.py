"""The settings of what is looked at: folders, and which model looks."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit

from desktop_app.engine.records import DeviceChoice
from desktop_app.ui.kit.theme import Theme, scaled_px
from desktop_app.ui.models import model_wording
from desktop_app.ui.settings.settings_group import SettingGroup
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.debounce import Debounce

_PAUSE_MS = 800
"""Between the last key in a field and the change: nobody types a pattern so slowly."""
_LINES_PX = 76


class FoldersGroup(SettingGroup):
    """What is passed over in folders."""

    patterns_changed = Signal(list)
    """The patterns, one a line of the field, as texts."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Settings", "Folders"))
        title = tr("Settings", "Passed over")
        self.folders = self.add_buttons(
            tr("Settings", "Folders of the library"),
            tr("Settings", "Add folders, look for changes, forget one."),
            tr("Settings", "Folders…"),
        )
        self._patterns: list[str] = []
        self.field = QPlainTextEdit(tabChangesFocus=True)
        self.field.setAccessibleName(title)
        self.field.setFixedHeight(scaled_px(_LINES_PX))
        self.field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # patterns are no sentences
        self.field.setPlaceholderText(tr("Settings", "*.psd\nDrafts\nWork/old"))
        self._row = self.add_row(
            title,
            tr(
                "Settings",
                "Names of files and folders that are no pictures of yours, one a line; * stands "
                "for anything. Counts from the next look for changes.",
            ),
            self.field,
        )
        self.look = self.add_buttons(
            "", tr("Settings", "Take in what is different now."), tr("Settings", "Look now")
        )
        self._pause = Debounce(_PAUSE_MS, self)
        self._pause.fired.connect(self._tell)
        self.field.textChanged.connect(self._pause.trigger)

    @property
    def patterns(self) -> list[str]:
        """What is in the field."""
        lines = (line.strip() for line in self.field.toPlainText().splitlines())
        return [line for line in lines if line]

    def show_patterns(self, patterns: Sequence[str]) -> None:
        """Show what counts, unless the user is at it."""
        self._patterns = list(patterns)
        if self.patterns != self._patterns and not self.field.hasFocus():
            self.field.setPlainText("\n".join(patterns))
            self._pause.cancel()

    def flush(self) -> None:
        """Tell at once what was typed last."""
        self._pause.flush()

    def _tell(self) -> None:
        if self.patterns != self._patterns:
            self._patterns = self.patterns
            self.patterns_changed.emit(self._patterns)


class ModelGroup(SettingGroup):
    """Which model answers, and what it runs on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Settings", "Model"))
        self.models = self.add_buttons(
            tr("Settings", "Who understands the pictures"), "", tr("Settings", "Models…")
        )
        self._device = self.add_row(tr("Settings", "Processor"), _finding_out(), None)

    def show_model(self, name: str) -> None:
        """Say which one answers."""
        text = tr("Settings", "Answering now: {model}") if name else ""
        self.rows[0].explain(text.format(model=name))

    def forget_device(self) -> None:
        """Say that it is being found out what the model runs on."""
        self._device.explain(_finding_out())

    def show_device(self, choice: DeviceChoice | None) -> None:
        """Say what the model runs on, and why; None where no model can be loaded."""
        nothing = tr("Settings", "Nothing now: no model could be loaded.")
        self._device.explain(nothing if choice is None else model_wording.device(choice))


def _finding_out() -> str:
    return tr("Settings", "Being found out…")
