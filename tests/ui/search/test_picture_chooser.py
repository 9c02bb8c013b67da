from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.query_language.file_types import READ_FORMATS, read_type, type_text
from desktop_app.ui.search.picture_chooser import ENDINGS, choose_pictures


def test_every_format_that_is_read_is_offered() -> None:
    assert {read_type(ending) for ending in ENDINGS} == set(READ_FORMATS)
    assert {type_text(format) for format in READ_FORMATS} <= set(ENDINGS)


def test_several_can_be_picked(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "desktop_app.ui.search.picture_chooser.pictures_folder", lambda: str(tmp_path)
    )
    window = QWidget()
    qtbot.addWidget(window)
    chosen: list[list[str]] = []
    choose_pictures(window, lambda paths: chosen.append(list(paths)))
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    assert "*.jpg" in dialog.nameFilters()[0]
    dialog.filesSelected.emit(["/a.jpg", "/b.png"])
    assert chosen == [["/a.jpg", "/b.png"]]
    dialog.reject()
