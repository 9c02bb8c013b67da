"""Lets the user choose a program to open pictures with, as each system does it."""

import subprocess
import sys
from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QProcess
from PySide6.QtGui import QCursor, QIcon
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop_app.engine.errors import UserFacingError
from desktop_app.ui.commands.command_menus import show_menu
from desktop_app.ui.files.copy_desk import CopyDesk
from desktop_app.ui.messages.notices import Notices, explain
from desktop_app.ui.system import file_manager
from desktop_app.ui.system.programs import Program, programs_for
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane


class OpenWith(QObject):
    """Lists the programs that the system knows, or opens its own dialog for that.

    Args:
        lane: For reading which there are.
        files: Opens them.
        notices: Where the user is told.
        window: Where the menu belongs.
    """

    def __init__(self, lane: Lane, files: CopyDesk, notices: Notices, window: QWidget) -> None:
        super().__init__(window)
        self._lane = lane
        self._files = files
        self._notices = notices
        self._window = window

    def ask(self, rows: Sequence[int]) -> None:
        """Ask which program is to open the chosen pictures."""
        self._files.with_paths(rows, self._ask, file_manager.those_there)

    def _ask(self, paths: Sequence[str]) -> None:
        if sys.platform == "win32":
            subprocess.Popen(["rundll32", "shell32.dll,OpenAs_RunDLL", paths[0]])
        elif sys.platform == "darwin":
            self._choose_application(paths)
        else:
            self._lane.call(
                lambda: programs_for(paths[0]),
                lambda programs: self._show(programs, paths),
                self._notices.exception,
            )

    def _show(self, programs: Sequence[Program], paths: Sequence[str]) -> None:
        if not programs:
            self._notices.info(tr("Files", "The system knows no program for such pictures."))
            return
        menu = QMenu(self._window)
        menu.setTitle(tr("Files", "Open with"))
        for program in programs:
            icon = QIcon.fromTheme(program.icon) if program.icon else QIcon()
            action = menu.addAction(icon, program.name.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, one=program: self._open(one, paths))
        show_menu(menu, menu_place(self._window))

    def _open(self, program: Program, paths: Sequence[str]) -> None:
        try:
            self._files.open_with(program, paths)
        except UserFacingError as error:
            self._notices.info(str(explain(error)))

    def _choose_application(self, paths: Sequence[str]) -> None:
        dialog = QFileDialog(self._window, tr("Files", "Open with"), "/Applications")
        dialog.setNameFilter(tr("Files", "Programs (*.app)"))
        dialog.fileSelected.connect(
            lambda program: QProcess.startDetached("open", ["-a", program, *paths])
        )
        dialog.open()


def menu_place(window: QWidget) -> QPoint:
    """Where a menu opens that a key has asked for: at the mouse, if it is over the window."""
    at = QCursor.pos()
    if window.rect().contains(window.mapFromGlobal(at)):
        return at
    return window.mapToGlobal(window.rect().center())
