"""What can be done with the files of the chosen pictures, as commands."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.ui.commands.command_book import Command, CommandBook, Menu
from desktop_app.ui.commands.command_menus import show_menu
from desktop_app.ui.files.copy_desk import CopyDesk
from desktop_app.ui.files.files_desk import FilesDesk
from desktop_app.ui.files.open_with import OpenWith, menu_place
from desktop_app.ui.memory.recent_folders import RecentFolders
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.system import file_manager
from desktop_app.ui.system.folder_chooser import pick_folder
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr

Standard = QKeySequence.StandardKey
Rows = Callable[[], Sequence[int]]


class FileCommands(QObject):
    """Enters them, and asks what they need to know.

    Args:
        files: Moves files.
        copies: Hands them to other programs.
        open_with: Asks for a program.
        folders: Remembers where pictures were moved to.
        notices: Where the user is told.
        window: Where menus and dialogs belong.
    """

    def __init__(
        self,
        files: FilesDesk,
        copies: CopyDesk,
        open_with: OpenWith,
        folders: RecentFolders,
        notices: Notices,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._files = files
        self._copies = copies
        self._open_with = open_with
        self._folders = folders
        self._notices = notices
        self._window = window

    def add_to(self, book: CommandBook, rows: Rows, show_export: Callable[[], object]) -> None:
        """Enter what can be done with the files of the chosen pictures.

        Args:
            book: Where.
            rows: The rows that are chosen when something is asked for.
            show_export: Opens the panel for exporting.
        """
        files, copies, menu = self._files, self._copies, Menu.PICTURE

        def none() -> str:
            return "" if rows() else tr("Commands", "Select a picture first.")

        def not_one() -> str:
            return "" if len(rows()) == 1 else tr("Commands", "Select one picture first.")

        def unmovable() -> str:
            return files.why_not(len(rows()))

        for command, act, why_not in (
            (Command("picture.open_with", menu, tr("Commands", "Open with…"), 1),
             lambda: self._open_with.ask(rows()), none),
            (Command("picture.reveal", menu, tr("Commands", "Show in file manager"), 1,
                     ("Ctrl+Shift+R",), "folder-open"), lambda: self._reveal(rows()), none),
            (Command("picture.copy_files", menu, tr("Commands", "Copy files"), 2,
                     (Standard.Copy,), "copy"), lambda: copies.copy_files(rows()), none),
            (Command("picture.copy_pixels", menu, tr("Commands", "Copy picture"), 2,
                     ("Ctrl+Shift+C",), "image"), lambda: copies.copy_picture(rows()), not_one),
            (Command("picture.copy", menu, tr("Commands", "Copy path"), 2),
             lambda: self._copy_paths(rows()), none),
            (Command("picture.rename", menu, tr("Commands", "Rename"), 3, ("F2",), "pencil"),
             lambda: files.ask_name(rows()), lambda: files.why_not(len(rows()), single=True)),
            (Command("picture.move", menu, tr("Commands", "Move to folder…"), 3,
                     ("Ctrl+M",), "folder-input"), lambda: self.ask_folder(rows()), unmovable),
            (Command("picture.trash", menu, tr("Commands", "Move to trash"), 3,
                     (Standard.Delete,), "trash-2"), lambda: files.trash(rows()), unmovable),
            (Command("picture.export", menu, tr("Commands", "Export…"), 3,
                     ("Ctrl+E",), "upload"), show_export, none),
        ):  # fmt: skip
            book.add(command, act, why_not)
        # In the viewer the next picture comes by itself: a key held down would take one by one.
        book.action("picture.trash").setAutoRepeat(False)

    def ask_folder(self, rows: Sequence[int]) -> None:
        """Ask where the chosen pictures are to be moved: one of the last folders, or another."""
        # By their ids: other pictures may be in these rows when it has been answered.
        ids, known = self._files.ids(rows), self._folders.moved_to
        if not known:
            self._choose(ids)
            return
        menu = QMenu(self._window)
        for folder in known:
            action = menu.addAction(wording.file_name(folder).replace("&", "&&") or folder)
            action.setToolTip(wording.tooltip(folder))
            action.triggered.connect(lambda _on=False, one=folder: self._move(ids, one))
        menu.addSeparator()
        other = menu.addAction(tr("Files", "Another folder…"))
        other.triggered.connect(lambda: self._choose(ids))
        menu.setToolTipsVisible(True)
        show_menu(menu, menu_place(self._window))

    def _choose(self, ids: NDArray[np.int64]) -> None:
        title = tr("Files", "Move into a folder")
        begin = next(iter(self._folders.moved_to), "")
        pick_folder(self._window, title, begin, lambda folder: self._move(ids, folder))

    def _move(self, ids: NDArray[np.int64], folder: str) -> None:
        self._folders.note_move(folder)
        self._files.move(ids, folder)

    def _reveal(self, rows: Sequence[int]) -> None:
        asked = len(rows)

        def look(paths: list[str]) -> list[str]:
            return file_manager.those_there(paths[: file_manager.MOST_SHOWN])

        def show(paths: list[str]) -> None:
            shown = file_manager.show_in_file_manager(paths)
            if shown < asked:
                text = tr("Files", "Only {count} of them are shown in the file manager.")
                self._notices.info(text.format(count=wording.count(shown)))

        self._copies.with_paths(rows, show, look)

    def _copy_paths(self, rows: Sequence[int]) -> None:
        def copy(paths: list[str]) -> None:
            QGuiApplication.clipboard().setText("\n".join(paths))
            one, many = tr("Files", "1 path copied."), tr("Files", "{count} paths copied.")
            self._notices.info(
                one if len(paths) == 1 else many.format(count=wording.count(len(paths)))
            )

        self._copies.with_paths(rows, copy)
