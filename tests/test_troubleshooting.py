"""The page for those whose program does not work says what is so."""

import re
import shlex
from pathlib import Path

import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from desktop_app.engine.diagnostics import crash_files, log_file, traces
from desktop_app.engine.paths import APP_NAME, DataPaths
from desktop_app.main import build_parser
from tests.conftest import PROJECT

PAGE = (PROJECT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for path in (PROJECT / "desktop_app").rglob("*.py")
)
COMMANDS = re.findall(r"^image-seeker.*$|(?<=`)image-seeker [^`]+(?=`)", PAGE, flags=re.MULTILINE)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_understood(line: str) -> None:
    build_parser().parse_args(shlex.split(line)[1:])


def test_the_logs_are_where_it_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for kind in (Unix, MacOS):
        there = kind(APP_NAME, appauthor=False).user_log_dir.replace(str(tmp_path), "~")
        assert f"`{there}`" in PAGE
    assert DataPaths.below(Path("/DIR")).logs == Path("/DIR/logs")
    assert "`DIR/logs`" in PAGE
    for name in (traces.LOG_NAME, f"{crash_files.FOLDER}/", f"{crash_files.FOLDER}/seen/"):
        assert f"`{name}`" in PAGE
    assert (log_file.LOG_BYTES, log_file.LOG_FILES, crash_files.KEPT) == (1_000_000, 3, 10)


def test_every_section_that_is_led_to_is_there() -> None:
    headings = re.findall(r"^## (.+)$", PAGE, flags=re.MULTILINE)
    there = {heading.casefold().replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= there


def test_what_is_quoted_is_said_by_the_program() -> None:
    said = " ".join(re.sub(r'"\s*\n?\s*"', "", SOURCES).split())
    for quoted in re.findall(r"“([^”]+)”", PAGE):
        assert quoted in said, quoted


def test_every_menu_entry_named_is_there() -> None:
    entered = re.findall(r'Menu\.([A-Z]+),\s*tr\("Commands", "([^"]+)"\)', SOURCES)
    there = {(menu.capitalize(), text.removesuffix("…")) for menu, text in entered}
    named = re.findall(r"\*(File|View|Help) > ([^*>]+?)…?(?: > [^*]+)?\*", PAGE)
    assert len(named) >= 5
    assert set(named) <= there
