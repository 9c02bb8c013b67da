"""What can be done with the window as a whole, as commands."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from desktop_app.ui.commands.command_book import Command, CommandBook, Menu
from desktop_app.ui.words.language import tr

if TYPE_CHECKING:
    from desktop_app.ui.window.main_window import MainWindow

Standard = QKeySequence.StandardKey
FOLDERS_KEYS, MODELS_KEYS = "Ctrl+Shift+F", "Ctrl+Shift+M"


def add_window_commands(book: CommandBook, window: "MainWindow") -> None:
    """Enter them.

    Args:
        book: Where.
        window: What they act on.
    """
    _add_file(book, window)
    _add_edit(book, window)
    _add_view(book, window)
    _add_search(book, window)


def _add_file(book: CommandBook, window: "MainWindow") -> None:
    def unwritable() -> str:
        return window.unwritable

    book.add(
        Command("folder.add", Menu.FILE, tr("Commands", "Add folder…"), 0, (Standard.Open,),
                "folder-plus"),
        window.choose_folder,
        unwritable,
    )  # fmt: skip
    book.add(
        Command("folder.rescan", Menu.FILE, tr("Commands", "Look for changes"), 0, ("F5",),
                "refresh-cw"),
        window.indexing.rescan,
        unwritable,
    )  # fmt: skip
    book.add(
        Command("panel.folders", Menu.FILE, tr("Commands", "Folders…"), 1, (FOLDERS_KEYS,),
                "folders"),
        lambda: window.panels.toggle(window.folders),
    )  # fmt: skip
    book.add(
        Command("panel.models", Menu.FILE, tr("Commands", "Models…"), 1, (MODELS_KEYS,), "boxes"),
        lambda: window.panels.toggle(window.models),
    )
    book.add(
        Command("panel.problems", Menu.FILE, tr("Commands", "Files not indexed…"), 1, (), "file-x"),
        lambda: window.panels.toggle(window.problems),
    )
    book.add(
        Command("window.new", Menu.FILE, tr("Commands", "New window"), 2, (Standard.New,)),
        lambda: window.new_asked.emit(window),
    )
    book.add(
        Command("window.close", Menu.FILE, tr("Commands", "Close window"), 2, (Standard.Close,)),
        window.close,
    )
    book.add(
        Command("program.quit", Menu.FILE, tr("Commands", "Quit"), 9, (Standard.Quit, "Ctrl+Q")),
        window.quit_asked.emit,
    )


def _add_edit(book: CommandBook, window: "MainWindow") -> None:
    undo = window.undo

    def why_not_undo() -> str:
        return "" if undo.text else tr("Commands", "There is nothing to take back.")

    taken_back = book.add(
        Command("edit.undo", Menu.EDIT, tr("Commands", "Undo"), 0, (Standard.Undo,)),
        undo.undo,
        why_not_undo,
    )

    def name_undo() -> None:
        text = tr("Commands", "Undo {what}").format(what=undo.text)
        taken_back.setText(text if undo.text else tr("Commands", "Undo"))

    undo.changed.connect(name_undo)

    def why_not_select() -> str:
        is_seen = window.grid.isVisible() and not window.viewer.isVisible()
        return "" if is_seen else tr("Commands", "Go back to the pictures first.")

    book.add(
        Command("edit.select_all", Menu.EDIT, tr("Commands", "Select all"), 4,
                (Standard.SelectAll,)),
        window.grid.selectAll,
        why_not_select,
    )  # fmt: skip
    book.add(
        Command("edit.paste", Menu.EDIT, tr("Commands", "Search by the copied picture"), 5,
                (Standard.Paste,)),
        window.header.search_box.paste_picture,
    )  # fmt: skip


def _add_view(book: CommandBook, window: "MainWindow") -> None:
    book.add_switch(
        Command("work.gentle", Menu.VIEW, tr("Commands", "Slow down while I work"), 8,
                is_switch=True),
        window.set_gentle,
    )  # fmt: skip


def _add_search(book: CommandBook, window: "MainWindow") -> None:
    search = window.header.search_box
    # Ctrl+F first: a slash in a menu would look like a mistake.
    book.add(
        Command("search.enter", Menu.SEARCH, tr("Commands", "Search"), 0,
                (Standard.Find, QKeySequence(Qt.Key.Key_Slash).toString()), "search"),
        window.take_keyboard,
    )  # fmt: skip
    book.add(
        Command("search.clear", Menu.SEARCH, tr("Commands", "Show the whole library"), 0),
        search.clear,
    )
    book.add(
        Command("search.save", Menu.SEARCH, tr("Commands", "Save search"), 1, (Standard.Save,),
                "bookmark"),
        window.searches_desk.save,
    )  # fmt: skip
    book.add(
        Command("search.more", Menu.SEARCH, tr("Commands", "More like the selected pictures"), 2,
                ("Ctrl++", "Ctrl+="), "thumbs-up"),  # where + is with Shift
        window.like_selected,
        window.why_not_like,
    )  # fmt: skip
    book.add(
        Command("search.less", Menu.SEARCH, tr("Commands", "Less like the selected pictures"), 2,
                ("Ctrl+-",), "thumbs-down"),
        lambda: window.like_selected(less=True),
        window.why_not_like,
    )  # fmt: skip
