"""The settings of how much of the machine is taken, and when."""

import os

from PySide6.QtCore import Signal

from desktop_app.ui.kit.segments import Segments
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.settings.settings_group import SettingGroup
from desktop_app.ui.words.language import tr


class SpeedGroup(SettingGroup):
    """How hard the program works in the background."""

    gentle_turned = Signal(bool)
    battery_turned = Signal(bool)
    processes_chosen = Signal(object)
    """How many, or None for as many as there are cores."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Settings", "Speed"))
        self.gentle = self.add_switch(
            tr("Settings", "Slow down while I work"),
            tr("Settings", "Indexing takes half of the computer and lets other programs go first."),
            self.gentle_turned.emit,
        )
        self.battery = self.add_switch(
            tr("Settings", "Pause on battery"),
            tr("Settings", "Indexing waits while the battery is below 20%."),
            self.battery_turned.emit,
        )
        title = tr("Settings", "Processes")
        self.processes = Segments(title, _processes(0))
        self.processes.chosen.connect(self.processes_chosen)
        self._row = self.add_row(
            title,
            tr(
                "Settings",
                "How many pictures are read at the same time. Fewer take less memory. "
                "Counts from the next run.",
            ),
            self.processes,
        )

    def show_processes(self, count: int, *, is_usual: bool) -> None:
        """Show what counts.

        Args:
            count: How many there are.
            is_usual: Whether nobody chose that.
        """
        self.processes.offer(_processes(0 if is_usual else count))
        self.processes.choose(None if is_usual else count)


def _processes(also: int) -> list[tuple[int | None, str]]:
    """What can be chosen on this machine.

    Args:
        also: What the settings file says; 0 for nothing.
    """
    cores = max(1, os.cpu_count() or 1)
    counts = sorted({1, max(1, cores // 4), max(1, cores // 2), also} - {0})
    everything = tr("Settings", "All {n} cores").format(n=cores)
    return [
        *((count, str(count)) for count in counts if count != cores or also),
        (None, everything),
    ]
