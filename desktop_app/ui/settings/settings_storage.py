"""The settings of what is kept on the disk."""

from PySide6.QtCore import Signal

from desktop_app.ui.kit.question import Question
from desktop_app.ui.kit.segments import Segments
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.settings.settings_group import SettingGroup
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr
from desktop_app.ui.words.number_wording import shortest

_MIB = 1024 * 1024
_GIB_MIB = 1024
_OFFERED_MIB = (512, 1 * _GIB_MIB, 2 * _GIB_MIB, 5 * _GIB_MIB, 10 * _GIB_MIB)


class StorageGroup(SettingGroup):
    """How much room thumbnails may take, and how to get it back."""

    room_chosen = Signal(object)
    """How many MiB."""
    emptied = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Settings", "Storage"))
        title = tr("Settings", "Room for thumbnails")
        self.room = Segments(title, [(mib, _label(mib)) for mib in _OFFERED_MIB])
        self.room.chosen.connect(self.room_chosen)
        self.add_row(
            title,
            tr("Settings", "When there are more, those that were not seen for longest go."),
            self.room,
        )
        self.empty = self.add_buttons(
            tr("Settings", "Used now"), tr("Settings", "Being counted…"), tr("Settings", "Empty…")
        )
        self._used = self.rows[-1]
        self.question = Question(theme, tr("Settings", "Empty"), tr("Settings", "Keep"))
        layout = self._used.layout()
        if layout is not None:
            layout.addWidget(self.question)
        self.empty.clicked.connect(self._ask)
        self.question.accepted.connect(self._accept)
        self.question.declined.connect(lambda: self.empty.setEnabled(True))

    def show_room(self, mib: int) -> None:
        """Show what counts, whatever the file says."""
        offered = sorted({*_OFFERED_MIB, mib})
        self.room.offer([(each, _label(each)) for each in offered])
        self.room.choose(mib)

    def show_used(self, size_bytes: int | None, *, note: str = "") -> None:
        """Say how much is used.

        Args:
            size_bytes: How much; None while it is not known.
            note: What else there is to say.
        """
        counting = tr("Settings", "Being counted…")
        self._used.explain(counting if size_bytes is None else wording.file_size(size_bytes))
        self._used.say(note)
        self.empty.setEnabled(bool(size_bytes))

    def _ask(self) -> None:
        self.question.ask(
            tr(
                "Settings",
                "Delete all thumbnails? They are made again when they are looked at; those of "
                "drives that are not connected, only once these are.",
            )
        )

    def _accept(self) -> None:
        self.empty.setEnabled(False)
        self._used.say(tr("Settings", "Emptying…"))
        self.emptied.emit()


def _label(mib: int) -> str:
    if mib < _GIB_MIB:
        return tr("Files", "{n} MB").format(n=mib)
    return tr("Files", "{n} GB").format(n=shortest(mib / _GIB_MIB))
