"""Lets the user pick a folder of pictures."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.ui.nearest_folder import pictures_folder


def choose_folder(parent: QWidget, chosen: Callable[[Sequence[str]], object]) -> None:
    """Open the system's dialog; it begins where people keep their pictures.

    Args:
        parent: The window it belongs to.
        chosen: Gets what was picked.
    """
    dialog = QFileDialog(parent, "Add a folder of pictures")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setDirectory(pictures_folder())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(chosen)
    dialog.open()
