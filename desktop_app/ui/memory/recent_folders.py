"""Where pictures were moved and exported to lately."""

from desktop_app.ui.memory.window_memory import WindowMemory

MOST = 8


class RecentFolders:
    """Remembers folders from one start to the next.

    Args:
        memory: Where.
    """

    def __init__(self, memory: WindowMemory) -> None:
        self._memory = memory

    @property
    def moved_to(self) -> list[str]:
        """Where pictures were moved to, the last one first."""
        return self._memory.folders("moved_to")[:MOST]

    def note_move(self, folder: str) -> None:
        """Pictures were moved there."""
        others = [each for each in self.moved_to if each != folder]
        self._memory.set_folders("moved_to", [folder, *others][:MOST])

    @property
    def export_folder(self) -> str:
        """Where pictures were exported to last; empty for nowhere yet."""
        return next(iter(self._memory.folders("exported_to")), "")

    @export_folder.setter
    def export_folder(self, folder: str) -> None:
        self._memory.set_folders("exported_to", [folder])
