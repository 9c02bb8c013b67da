"""The window in French says nothing in English."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.helpers.french import FRENCH, in_french, messages
from tests.ui.fake_library import FakeLibrary

_SAYS = ("text", "toolTip", "accessibleName", "accessibleDescription", "placeholderText", "title")
_LEAST_LETTERS = 6
"""Of a text with names in it, for that anything could match shorter ones."""


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    with in_french():
        library = FakeLibrary(50)
        window = MainWindow(Session(lambda: library, tmp_path / "data"), theme)
        window.resize(1200, 800)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.results.shown is not None)
        yield window
        window.close()
        window.deleteLater()


def said(root: QObject) -> set[str]:
    """All that a window says, shown or not, to eyes and to screen readers."""
    texts = set()
    for each in (root, *root.findChildren(QWidget), *root.findChildren(QAction)):
        for name in _SAYS:
            say = getattr(each, name, None)
            text = say() if callable(say) else ""
            if isinstance(text, str) and text:
                texts.add(text.replace("\u200b", "").replace("&", ""))
    return texts


def english(texts: set[str]) -> set[str]:
    """Those among some texts that stand in the file of translations as English."""
    found = messages(FRENCH)
    same = {translation.replace("&", "") for translation in found.values()}
    plain = {text.replace("&", "") for _, text, _ in found}
    patterns = [_pattern(text) for text in plain if _letters(text) >= _LEAST_LETTERS]
    unknown = texts - same
    return {text for text in unknown if text in plain or any(p.fullmatch(text) for p in patterns)}


def _letters(text: str) -> int:
    return len(re.sub(r"\{\w+\}|[^A-Za-z]", "", text)) if "{" in text else 0


def _pattern(text: str) -> re.Pattern[str]:
    numbers = re.escape(text).replace(r"\{n\}", "[\\d\u202f.,]+")
    return re.compile(re.sub(r"\\{\w+\\}", ".+", numbers), re.DOTALL)


def test_the_window_says_nothing_in_english(qtbot: QtBot, window: MainWindow) -> None:
    window.header.search_box.draft.set_line("two dogs -people after:2023-05 is:square size:>2mp")
    window.models_desk.panel_asked.emit()
    window.folders_desk.panel_asked.emit()
    qtbot.waitUntil(lambda: bool(window.header.search_box.query.parts))
    texts = said(window)
    assert any("Enregistrer la recherche" in text for text in texts)
    assert "depuis mai 2023" in texts
    assert english(texts) == set()


def test_english_is_noticed(qapp: QApplication) -> None:
    assert english({"Save search", "12 strong hits of 40 pictures", "Ouvrir", "IMG_1.jpg"}) == {
        "Save search",
        "12 strong hits of 40 pictures",
    }
