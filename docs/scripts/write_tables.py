"""Writes into the pages what they take from the program.

python docs/scripts/write_tables.py

A page marks the place of a table with two comments, and says which it is::

    <!-- table: options search -->
    <!-- end of table -->
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

import page_tables
from desktop_app.ui.help.single_keys import single_keys
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.start.application import create_application
from stage import Stage

DOCS = Path(__file__).resolve().parent.parent
PLACE = re.compile(
    r"(?P<begin><!-- table: (?P<kind>\w+) ?(?P<what>[\w ]*?) -->\n).*?"
    r"(?P<end><!-- end of table -->)",
    re.DOTALL,
)
Tables = Mapping[str, Callable[[str], str]]
"""From the kind of a table to what makes it of the rest of its name."""


def tables_of(keys: str) -> Tables:
    """All that there are.

    Args:
        keys: The tables of keys, which only a window knows.
    """
    return {
        "commands": lambda _: page_tables.commands(),
        "options": page_tables.options,
        "keys": lambda _: keys,
        "models": lambda _: page_tables.models(),
        "formats": lambda _: page_tables.formats(),
        "rooms": lambda _: page_tables.rooms(),
        "settings": lambda _: page_tables.settings(),
    }


def filled(text: str, tables: Tables) -> str:
    """A page with all its tables as they have to be.

    Raises:
        KeyError: If it asks for a table that nobody makes.
    """
    return PLACE.sub(
        lambda place: f"{place['begin']}\n{tables[place['kind']](place['what'])}\n\n{place['end']}",
        text,
    )


def main() -> int:
    """Bring all pages up to date."""
    app = create_application()
    with tempfile.TemporaryDirectory() as made:
        stage = Stage(app, Theme(app), Path(made), (800, 600))
        tables = tables_of(page_tables.keys(stage.window.book, single_keys()))
        stage.close()
        for path in sorted(DOCS.rglob("*.md")):
            before = path.read_text("utf-8")
            after = filled(before, tables)
            if after != before:
                path.write_text(after, "utf-8")
                print(path.relative_to(DOCS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
