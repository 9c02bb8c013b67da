"""Every word of the window can be translated."""

from pathlib import Path

import pytest

import desktop_app.ui
from tests.helpers.spoken_words import unspoken

MODULES = sorted(Path(desktop_app.ui.__file__).parent.rglob("*.py"))

UNREAD = {
    "desktop_messages": "names of other programs' messages",
    "display": "said on the terminal, before there is a window",
    "programs": "words of files that list programs",
    "report_facts": "for the developers who read a report",
    "stall_watch": "for the log",
    "theme": "style sheets and properties of Qt",
    "ts_translator": "for the log; there is no translation yet",
}
"""Modules whose texts the user of a window does not read, and what those are."""

FOR_NOBODY = frozenset(
    [
        "/Applications",  # a folder of macOS
        "Engine",  # how parts of the engine begin
        "English",  # a language calls itself the same everywhere
        "Image Seeker",  # the program's name
        "ShowItems",  # a message to the file manager
        "currentColor",  # a colour in icons
        "all pixels",  # the name of a thread; so are those that follow
        "later starts",
        "nearest folder",
        "query picture",
        "the processor (CPU)",  # a sentence of the engine, which is translated where it is shown
    ]
)
"""Texts that the user does not read."""

SPOKEN = [module for module in MODULES if module.stem not in UNREAD]


@pytest.mark.parametrize("module", SPOKEN, ids=lambda module: module.stem)
def test_all_words_are_translated(module: Path) -> None:
    assert [(line, text) for line, text in unspoken(module) if text not in FOR_NOBODY] == []


def test_the_lists_name_what_is_there() -> None:
    assert set(UNREAD) <= {module.stem for module in MODULES}
    texts = {text for module in MODULES for _, text in unspoken(module)}
    assert texts >= FOR_NOBODY
