"""Lets the user pick a folder of pictures."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.ui.system.nearest_folder import pictures_folder
from desktop_app.ui.words.language import tr


def choose_folder(parent: QWidget, chosen: Callable[[Sequence[str]], object]) -> None:
    """Open the system's dialog; it begins where people keep their pictures.

    Args:
        parent: The window it belongs to.
        chosen: Gets what was picked.
    """
    dialog = QFileDialog(parent, tr("Folders", "Add a folder of pictures"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setDirectory(pictures_folder())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(chosen)
    dialog.open()


def pick_folder(
    parent: QWidget, title: str, begin: str, chosen: Callable[[str], object]
) -> QFileDialog:
    """Open the system's dialog for a folder that something goes into.

    Args:
        parent: The window it belongs to.
        title: What it is for.
        begin: The folder to begin in; empty for where people keep their pictures.
        chosen: Gets what was picked.
    """
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setDirectory(begin or pictures_folder())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog
