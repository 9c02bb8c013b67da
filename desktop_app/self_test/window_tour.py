"""A walk through the window for ``--self-test``: every panel, the viewer, a search, an export.

It is also how it is proven that none of this reaches for a network: the check of the built program
runs it where there is none, and watched.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from desktop_app.engine.records import CopyForm, KeptDetails
from desktop_app.ui.files.export_panel import ExportChoice, ExportPanel, Kind

if TYPE_CHECKING:
    from desktop_app.ui.window.main_window import MainWindow

PANELS = (
    "panel.settings", "panel.folders", "panel.models", "panel.problems", "panel.jobs", "help.keys",
    "help.updates", "help.about", "picture.export",
)  # fmt: skip
"""Commands that open a panel beside the pictures."""

TIMEOUT_MS = 20_000
_LOOK_MS = 10


class TourError(Exception):
    """The window did not come to what was waited for."""


def walk(window: "MainWindow", folder: Path) -> str:
    """Do in the window what a person might, waiting for each thing to happen.

    Args:
        window: Shown, with some pictures in it.
        folder: Where copies of pictures may be put; it is empty.

    Returns:
        What was done, in a few words.

    Raises:
        TourError: If something did not happen.
    """
    window.grid.go_to(0)
    window.grid.selectAll()
    wait_for("the selected pictures", lambda: bool(window.grid.selectionModel().selectedRows()))
    for name in ("view.sidebar", "view.inspector"):
        window.book.run(name)
    for name in PANELS:
        window.book.run(name)
        wait_for(name, lambda: window.panels.body.panel is not None)
        if name != PANELS[-1]:
            window.book.run(name)
            wait_for(f"the end of {name}", lambda: window.panels.body.panel is None)
    count = _export(window, folder)
    window.viewer.open_row(0)
    wait_for("the viewer", lambda: window.viewer.isVisible() and window.viewer.picture is not None)
    window.viewer.set_informed(is_informed=True)
    window.viewer.close_viewer()
    wait_for("the grid", lambda: not window.viewer.isVisible())
    return f"{len(PANELS)} panels, {count} copies, the viewer"


def _export(window: "MainWindow", folder: Path) -> int:
    """Make smaller copies of what is selected, through the panel."""
    panel = window.panels.body.panel
    if not isinstance(panel, ExportPanel):
        raise TourError(f"{type(panel).__name__} is open instead of the panel for exporting")
    form = CopyForm(longest_side_px=64, quality=80, details=KeptDetails.NONE)
    expected = window.pictures.rowCount()
    panel.export_asked.emit(ExportChoice(Kind.SMALLER, str(folder), form, 4))
    wait_for("the copies", lambda: len(list(folder.glob("*.jpg"))) == expected)
    return expected


def wait_for(what: str, is_so: Callable[[], bool]) -> None:
    """Let Qt run until something is so.

    Args:
        what: For the complaint if it never is.
        is_so: Tells.

    Raises:
        TourError: If it is not within 20 seconds.
    """
    loop, look = QEventLoop(), QTimer(interval=_LOOK_MS)
    look.timeout.connect(lambda: loop.quit() if is_so() else None)
    look.start()
    QTimer.singleShot(TIMEOUT_MS, loop, lambda: loop.exit(1))
    if loop.exec() != 0:
        raise TourError(f"waited in vain for {what}")
