from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.engine import paths
from desktop_app.ui.help import about_panel
from desktop_app.ui.help.about_panel import AboutPanel
from desktop_app.ui.kit.theme import Theme

WORDS = "Licences of all parts"


def make_panel(qtbot: QtBot, theme: Theme) -> AboutPanel:
    panel = AboutPanel(theme, "Image Seeker", Path("library"))
    qtbot.addWidget(panel)
    return panel


def test_without_a_built_program_there_are_no_notices_to_open(qtbot: QtBot, theme: Theme) -> None:
    assert paths.notices_file() is None
    panel = make_panel(qtbot, theme)
    assert WORDS not in [button.text() for button in panel.findChildren(QPushButton)]


@pytest.mark.parametrize("opens", [True, False])
def test_the_notices_of_a_built_program_open(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opens: bool
) -> None:
    asked: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url)
        return opens

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    monkeypatch.setattr(about_panel, "notices_file", lambda: tmp_path / "notices.txt")
    panel = make_panel(qtbot, theme)
    told: list[str] = []
    panel.unopened.connect(told.append)

    next(each for each in panel.findChildren(QPushButton) if each.text() == WORDS).click()

    assert asked == [QUrl.fromLocalFile(str(tmp_path / "notices.txt"))]
    assert told == (
        []
        if opens
        else [f"No program for texts was found. They are in {tmp_path / 'notices.txt'}."]
    )
