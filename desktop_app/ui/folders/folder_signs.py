"""The small signs beside a folder: what has to be known of it."""

from dataclasses import dataclass

from desktop_app.engine.records import TreeFolder, WatchMode, WatchState
from desktop_app.ui.words import wording
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr


@dataclass(frozen=True, slots=True)
class Sign:
    """A drawing with what it means.

    Attributes:
        icon: The drawing's name.
        text: In words.
        number: How many it is about; 0 where nothing is counted.
    """

    icon: str
    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """What is being indexed.

    Attributes:
        path: A file or folder in work; empty for none.
        paused: Why it is paused; None where it is not.
    """

    path: str = ""
    paused: str | None = None

    def is_in(self, folder: str) -> bool:
        """Whether it is in a folder or below it."""
        separator = "\\" if "\\" in folder and "/" not in folder else "/"
        return self.path == folder or self.path.startswith(folder.rstrip(separator) + separator)


def signs(folder: TreeFolder, watch: WatchState | None, work: Work) -> tuple[Sign, ...]:
    """What has to be known of a folder.

    Roots say how they are followed; a folder below says what is different there.

    Args:
        folder: The folder.
        watch: How its root is followed; None where nobody has said.
        work: What is being indexed.
    """
    said = []
    if folder.is_offline:
        reason = tr("Sidebar", "Offline. {reason}").format(reason=told(folder.why_offline))
        said.append(Sign("unplug", reason if folder.why_offline else wording.offline()))
    elif folder.is_top and work.is_in(folder.path):
        said.append(_working(work))
    elif folder.is_top and watch is not None and watch.mode is WatchMode.PERIODIC:
        usual = tr("Sidebar", "Looked through every few minutes")
        said.append(Sign("clock", told(watch.reason) or usual))
    failed = folder.all_failed if folder.is_top else folder.failed
    if failed:
        files = wording.plural(failed, tr("Sidebar", "file"), tr("Sidebar", "files"))
        text = tr("Sidebar", "{files} could not be read").format(files=files)
        said.append(Sign("circle-alert", text, failed))
    return tuple(said)


def _working(work: Work) -> Sign:
    if work.paused is None:
        return Sign("refresh-cw", tr("Sidebar", "Being looked through"))
    return Sign("pause", told(work.paused) or wording.paused())
