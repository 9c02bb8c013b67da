"""Light, dark, or as the system is, as commands: whoever types *dark* finds it."""

from desktop_app.ui.commands.command_book import CommandBook
from desktop_app.ui.kit.theme import Scheme, Theme
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.window.header_commands import add_choice
from desktop_app.ui.words.language import tr

_GROUP = 7


def add_theme_commands(book: CommandBook, theme: Theme, memory: WindowMemory) -> None:
    """Enter them.

    Args:
        book: Where.
        theme: What they act on.
        memory: Keeps what was chosen.
    """
    schemes = {
        Scheme.SYSTEM: tr("Commands", "Like the system"),
        Scheme.LIGHT: tr("Commands", "Light"),
        Scheme.DARK: tr("Commands", "Dark"),
    }
    actions = {scheme: f"view.theme.{scheme}" for scheme in schemes}

    def choose(scheme: Scheme) -> None:
        memory.set_scheme(scheme)
        theme.set_scheme(scheme)

    def show() -> None:
        for scheme, name in actions.items():
            book.action(name).setChecked(scheme is theme.scheme)

    add_choice(book, "theme", tr("Commands", "Theme"), schemes, choose, _GROUP)
    show()
    # Through the book, which ends with its window; the theme does not.
    book.tinted.connect(show)
