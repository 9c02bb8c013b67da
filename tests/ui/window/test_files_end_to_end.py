"""Files are thrown away, brought back and exported in the window, on a real library."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.ui.files.export_panel import Kind
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel

LONG_MS = 60_000


@pytest.fixture
def window(
    qtbot: QtBot,
    theme: Theme,
    tmp_path: Path,
    pictures: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    (tmp_path / "home").mkdir(exist_ok=True)
    for name in [name for name in sys.modules if name.startswith("send2trash")]:
        monkeypatch.delitem(sys.modules, name)
    paths = DataPaths.below(tmp_path / "data")
    window = MainWindow(
        Session(lambda: Library.open(paths, OneModel(FakeEncoder())), paths.data), theme
    )
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.results.shown is not None, timeout=LONG_MS)
    with qtbot.waitSignal(window.indexing.finished, timeout=LONG_MS):
        window.indexing.add([str(pictures)])
    qtbot.waitUntil(lambda: window.pictures.rowCount() == len(COLOURS), timeout=LONG_MS)
    yield window
    window.close()
    window.deleteLater()


def notice(window: MainWindow) -> str:
    shown = window.notices.shown
    return shown.text if shown else ""


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="nobody gets at the trash there")
def test_thrown_away_and_brought_back(qtbot: QtBot, window: MainWindow, pictures: Path) -> None:
    before = window.pictures.ids.tolist()
    window.grid.go_to(1)
    window.grid.select_to(2)
    window.book.run("picture.trash")
    qtbot.waitUntil(lambda: window.pictures.rowCount() == len(COLOURS) - 2, timeout=LONG_MS)
    assert len(os.listdir(pictures)) == len(COLOURS) - 2
    window.book.run("edit.undo")
    qtbot.waitUntil(lambda: window.pictures.ids.tolist() == before, timeout=LONG_MS)
    assert len(os.listdir(pictures)) == len(COLOURS)


def test_renamed_it_is_shown_under_its_name(
    qtbot: QtBot, window: MainWindow, pictures: Path
) -> None:
    window.grid.go_to(0)
    picture_id = int(window.pictures.ids[0])
    window.files.rename.renamed.emit(picture_id, "winter")
    qtbot.waitUntil(lambda: notice(window) == "Renamed to winter.png.", timeout=LONG_MS)
    assert (pictures / "winter.png").exists()

    def is_shown() -> bool:
        row = window.pictures.row_of(picture_id)
        picture = None if row is None else window.pictures.picture(row)
        return picture is not None and Path(picture.path).name == "winter.png"

    qtbot.waitUntil(is_shown, timeout=LONG_MS)
    window.undo.undo()
    qtbot.waitUntil(lambda: notice(window).startswith("It is called "), timeout=LONG_MS)
    assert not (pictures / "winter.png").exists()


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Kind.AS_THEY_ARE, {f"{name}.png" for name in COLOURS}),
        (Kind.SMALLER, {f"{name}.jpg" for name in COLOURS}),
        (Kind.SHEET, {"Contact sheet.pdf"}),
    ],
)
def test_exported(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, kind: Kind, names: set[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    window.grid.selectAll()
    window.book.run("picture.export")
    panel = window.files.export
    qtbot.waitUntil(panel.isVisible)
    panel.set_folder(str(out))
    panel._buttons[kind].click()
    panel.side.setValue(64)
    assert panel.button.isEnabled()
    panel.button.setFocus()
    panel.button.click()
    qtbot.waitUntil(lambda: "exported to out" in notice(window), timeout=LONG_MS)
    qtbot.waitUntil(panel.button.isVisible)
    assert window.focusWidget() is panel.button
    shown = window.notices.shown
    assert shown is not None
    assert shown.action == "Show"
    assert set(os.listdir(out)) == names
    if kind is Kind.SMALLER:
        with Image.open(out / "red.jpg") as image:
            assert max(image.size) == 64
    window.grid.clearSelection()
    assert not panel.button.isEnabled()


def test_an_export_goes_on_once_its_folder_is_chosen(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.grid.selectAll()
    window.book.run("picture.export")
    panel = window.files.export
    panel.button.click()
    given_up = window.findChild(QFileDialog)
    assert isinstance(given_up, QFileDialog)
    with qtbot.waitSignal(given_up.destroyed):
        given_up.close()
    for button, out in ((panel.choose, tmp_path / "other"), (panel.button, tmp_path / "out")):
        out.mkdir()
        panel.set_folder("")
        button.click()
        dialog = window.findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        with qtbot.waitSignal(dialog.destroyed):
            dialog.fileSelected.emit(str(out))
            dialog.close()
    qtbot.waitUntil(lambda: "exported to out" in notice(window), timeout=LONG_MS)
    assert set(os.listdir(tmp_path / "out")) == {f"{name}.png" for name in COLOURS}
    assert not os.listdir(tmp_path / "other")


def test_a_folder_that_is_gone_is_said(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.grid.selectAll()
    window.book.run("picture.export")
    for kind in Kind:
        window.notices.dismiss()
        window.files.export.set_folder(str(tmp_path / "gone"))
        window.files.export._buttons[kind].click()
        window.files.export.button.click()
        qtbot.waitUntil(lambda: "There is no folder at" in notice(window), timeout=LONG_MS)
