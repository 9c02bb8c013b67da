"""Brings the files of translations up to date with what the program says.

Run it after sentences were added or changed: ``python build/update_translations.py``. New ones come
in as unfinished, to be translated with Qt Linguist or any editor; ones that nobody says any more
go.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from project_file import ROOT

LANGUAGES = ROOT / "desktop_app" / "resources" / "languages"
SAID_BY = ("tr", "phrase")
"""Functions that take a part of the program and a text: those of the window and of the engine."""


def sources() -> list[Path]:
    """All modules that may say something, in a fixed order."""
    return sorted((ROOT / "desktop_app").rglob("*.py"))


def update(files: Sequence[Path]) -> None:
    """Bring files of translations up to date.

    Args:
        files: ``.ts`` files; those that are not there are made, all unfinished.

    Raises:
        subprocess.CalledProcessError: If lupdate does not like something.
    """
    aliases = ",".join(f"translate+={name}" for name in SAID_BY)
    command = [_lupdate(), *map(str, sources()), "-tr-function-alias", aliases]
    # Without places, line numbers would change with every commit; without merging by likeness, a
    # sentence that was changed would keep a translation that says something else.
    command += ["-locations", "none", "-no-obsolete", "-sort-messages"]
    command += ["-disable-heuristic", "similartext", "-disable-heuristic", "sametext"]
    command += ["-source-language", "en", "-ts", *map(str, files)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _lupdate() -> str:
    """The tool that comes with PySide6."""
    name = "pyside6-lupdate"
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is not there; it comes with PySide6.")
    return found


if __name__ == "__main__":
    update(sorted(LANGUAGES.glob("*.ts")))
