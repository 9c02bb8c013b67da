"""Lets the user pick pictures to search by."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.ui.system.nearest_folder import pictures_folder
from desktop_app.ui.words.language import tr

# fmt: off
ENDINGS = (
    "jpg", "jpeg", "jpe", "jfif", "mpo", "png", "apng", "webp", "gif", "bmp", "tif", "tiff",
    "avif", "avifs", "jp2", "j2k", "ico", "ppm", "pgm", "pbm", "pnm",
)
# fmt: on
"""Of the files that are offered first."""


def choose_pictures(parent: QWidget, chosen: Callable[[Sequence[str]], object]) -> None:
    """Open the system's dialog for several files; it begins where people keep their pictures.

    Args:
        parent: The window it belongs to.
        chosen: Gets what was picked.
    """
    dialog = QFileDialog(parent, tr("Search", "Search by a picture"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    endings = " ".join(f"*.{ending}" for ending in ENDINGS)
    pictures, all_files = tr("Search", "Pictures"), tr("Search", "All files")
    dialog.setNameFilters([f"{pictures} ({endings})", f"{all_files} (*)"])
    dialog.setDirectory(pictures_folder())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(chosen)
    dialog.open()
