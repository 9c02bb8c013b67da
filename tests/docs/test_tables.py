"""What pages take from the program is what the program says."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs.macos
import platformdirs.unix
import platformdirs.windows
import pytest
from PySide6.QtWidgets import QApplication

import page_tables
from desktop_app.engine.paths import APP_NAME
from desktop_app.ui.help.single_keys import single_keys
from desktop_app.ui.kit.theme import Theme
from stage import Stage
from tests.docs.pages import DOCS, name_of, text_of
from tests.ui.conftest import _collect_garbage_here, theme
from write_tables import PLACE, Tables, filled, tables_of

__all__ = ["_collect_garbage_here", "theme"]

AGAIN = "Run python docs/scripts/write_tables.py."


@dataclass(frozen=True)
class WindowKeys:
    """What a window said of its keys.

    Attributes:
        tables: As a page has them.
        commands: For each command what it is called, and its keys.
    """

    tables: str
    commands: dict[str, list[str]]


@pytest.fixture(scope="module")
def window_keys(
    qapp: QApplication, theme: Theme, tmp_path_factory: pytest.TempPathFactory
) -> WindowKeys:
    stage = Stage(qapp, theme, tmp_path_factory.mktemp("library"), (800, 600))
    book = stage.window.book
    commands = {entry.command.text: entry.shown_keys for entry in book.entries}
    found = WindowKeys(page_tables.keys(book, single_keys()), commands)
    stage.close()
    return found


@pytest.fixture
def tables(window_keys: WindowKeys) -> Tables:
    return tables_of(window_keys.tables)


@pytest.mark.skipif(sys.platform != "linux", reason="keys are called otherwise there")
def test_every_table_is_up_to_date(tables: Tables) -> None:
    for page in DOCS.rglob("*.md"):
        assert text_of(page) == filled(text_of(page), tables), f"{name_of(page)}: {AGAIN}"


def test_every_kind_of_table_is_in_a_page(tables: Tables) -> None:
    shown = {
        place["kind"] for page in DOCS.rglob("*.md") for place in PLACE.finditer(text_of(page))
    }
    assert shown == set(tables)


def test_a_table_that_nobody_makes_is_refused(tables: Tables) -> None:
    with pytest.raises(KeyError):
        filled("<!-- table: nonsense -->\n<!-- end of table -->", tables)
    with pytest.raises(KeyError):
        filled("<!-- table: options nonsense -->\n<!-- end of table -->", tables)


def test_a_table_is_replaced(tables: Tables) -> None:
    page = "Above\n\n<!-- table: options search -->\nold\n<!-- end of table -->\n\nBelow\n"
    new = filled(page, tables)
    assert "| `--limit N` | how many at most (default 20) |" in new
    assert "old" not in new
    assert new.startswith("Above\n\n<!-- table")
    assert new.endswith("<!-- end of table -->\n\nBelow\n")
    assert filled(new, tables) == new


def test_every_command_has_its_options_on_the_page() -> None:
    page = text_of(DOCS / "command-line.md")
    told = {place["what"] for place in PLACE.finditer(page) if place["kind"] == "options"}
    assert told == set(page_tables.parsers()) - {"models"}
    known = set(re.findall(r"--[a-z][a-z-]+", "\n".join(map(page_tables.options, told))))
    helps = "\n".join(parser.format_help() for parser in page_tables.parsers().values())
    assert known == set(re.findall(r"--[a-z][a-z-]+", helps)) - {"--help"}


@pytest.mark.skipif(sys.platform != "linux", reason="keys are called otherwise there")
def test_every_key_of_the_window_is_on_the_page(window_keys: WindowKeys) -> None:
    page = text_of(DOCS / "keyboard.md")
    assert len(window_keys.commands) > 50
    for text, keys in window_keys.commands.items():
        assert all(f"`{key}`" in page for key in keys), text
        assert text.rstrip("…").partition(" (")[0] in page


def test_the_places_are_those_of_each_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = re.findall(r"^\| (?:library|thumbnails|logs).*$", text_of(DOCS / "settings.md"), re.M)
    told = [re.findall(r"`([^`]+)`", row) for row in rows]
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(
        platformdirs.windows,
        "get_win_folder",
        lambda name: {"CSIDL_LOCAL_APPDATA": "%LOCALAPPDATA%"}[name],
    )
    home = str(Path("~").expanduser())
    systems = (
        platformdirs.unix.Unix(APP_NAME, appauthor=False),
        platformdirs.windows.Windows(APP_NAME, appauthor=False),
        platformdirs.macos.MacOS(APP_NAME, appauthor=False),
    )
    for column, dirs in enumerate(systems):
        meant = [dirs.user_data_dir, dirs.user_cache_dir, dirs.user_log_dir]
        plain = [each.replace(home, "~").replace("\\", "/") for each in meant]
        assert [row[column].replace("\\", "/") for row in told] == plain
