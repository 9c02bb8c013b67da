from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListView, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import SkipKind, SkippedFile
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.messages.problems_panel import ProblemsPanel, SkippedModel
from desktop_app.ui.words import date_wording
from tests.helpers.french import in_french

FILES = [
    SkippedFile("/pictures/cut.jpg", "The file is cut short.", SkipKind.DAMAGED),
    SkippedFile("/pictures/empty.png", "The file is empty.", SkipKind.DAMAGED),
    SkippedFile("/pictures/notes.txt", "This is no picture.", SkipKind.NOT_A_PICTURE),
]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> ProblemsPanel:
    panel = ProblemsPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(panel.width(), 500)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.show_files(FILES)
    return panel


def list_of(panel: ProblemsPanel) -> QListView:
    view = panel.findChild(QListView)
    assert isinstance(view, QListView)
    return view


def button(panel: ProblemsPanel, text: str) -> QPushButton:
    return next(each for each in panel.findChildren(QPushButton) if each.text() == text)


def test_its_model_is_proper(qtmodeltester: ModelTester) -> None:
    model = SkippedModel()
    model.replace(FILES)
    qtmodeltester.check(model)


def test_each_file_has_its_name_its_path_and_its_reason(panel: ProblemsPanel) -> None:
    index = panel.model.index(0)
    assert index.data() == "cut.jpg"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "/pictures/cut.jpg\nThe file is cut short."
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "/pictures/cut.jpg: The file is cut short."
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert panel.model.rowCount() == 3


def test_when_it_was_tried_is_told(panel: ProblemsPanel) -> None:
    view = list_of(panel)
    before = view.viewport().grab().toImage()
    panel.show_files([replace(FILES[0], at_s=1_700_000_000.0), *FILES[1:]])
    when = date_wording.here(1_700_000_000.0, with_time=True)
    index = panel.model.index(0)
    assert index.data(Qt.ItemDataRole.ToolTipRole).endswith(f"\nLast tried on {when}.")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith(f" Last tried on {when}.")
    panel.copy()
    first, second, _ = QGuiApplication.clipboard().text().splitlines()
    assert first.split("\t")[2] == f"Last tried on {when}."
    assert len(second.split("\t")) == 2
    QGuiApplication.clipboard().clear()
    after = view.viewport().grab().toImage()
    row = view.visualRect(index)
    assert before.copy(row) != after.copy(row)


def test_failures_look_like_failures(panel: ProblemsPanel, theme: Theme) -> None:
    view = list_of(panel)
    image = view.viewport().grab().toImage()

    def is_red(row: int) -> bool:
        rect = view.visualRect(panel.model.index(row))
        colors = [
            image.pixelColor(x, y)
            for x in range(rect.left(), rect.right())
            for y in range(rect.top(), rect.bottom())
        ]
        return any(color.red() > color.green() + 90 for color in colors)

    assert is_red(0)
    assert not is_red(2)


def test_all_lines_are_copied_or_the_selected_ones(qtbot: QtBot, panel: ProblemsPanel) -> None:
    qtbot.mouseClick(button(panel, "Copy"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "/pictures/cut.jpg\tThe file is cut short."
    assert len(copied) == 3
    list_of(panel).setCurrentIndex(panel.model.index(1))
    qtbot.keyClick(panel, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "/pictures/empty.png\tThe file is empty."
    QGuiApplication.clipboard().clear()


def test_try_again_asks_for_it(qtbot: QtBot, panel: ProblemsPanel) -> None:
    with qtbot.waitSignal(panel.retry_asked) as asked:
        qtbot.mouseClick(button(panel, "Try again"), Qt.MouseButton.LeftButton)
    assert asked.args == [[]]
    list_of(panel).setCurrentIndex(panel.model.index(1))
    with qtbot.waitSignal(panel.retry_asked) as asked:
        qtbot.mouseClick(button(panel, "Try again"), Qt.MouseButton.LeftButton)
    assert asked.args == [["/pictures/empty.png"]]


def test_escape_closes(qtbot: QtBot, panel: ProblemsPanel) -> None:
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)


def test_files_of_a_folder_stand_together_below_its_name(panel: ProblemsPanel) -> None:
    paths = ["/p/a/1.jpg", "/p/a/b/2.jpg", "/p/a/3.jpg", "/p/c/4.jpg"]
    files = [SkippedFile(path, "It is damaged.", SkipKind.DAMAGED) for path in paths]
    note = SkippedFile("/p/a/notes.txt", "This is no picture.", SkipKind.NOT_A_PICTURE)
    panel.show_files([*files, note])
    model = panel.model
    shown = [model.file(row).path for row in range(model.rowCount())]
    assert shown == [paths[0], paths[2], paths[1], paths[3], note.path]
    headings = [model.heading(row) for row in range(model.rowCount())]
    assert headings == [("/p/a", 2), None, ("/p/a/b", 1), ("/p/c", 1), ("/p/a", 1)]
    view = list_of(panel)
    heights = [view.visualRect(model.index(row)).height() for row in range(2)]
    assert heights[0] > heights[1]


def test_it_leads_to_the_failures_of_a_folder(qtbot: QtBot, panel: ProblemsPanel) -> None:
    panel.lead_to("/p/a")  # waits until they are listed
    paths = ["/p/ab/0.jpg", "/p/a/1.jpg", "/p/a/b/2.jpg"]
    panel.show_files([SkippedFile(path, "It is damaged.", SkipKind.DAMAGED) for path in paths])
    with qtbot.waitSignal(panel.retry_asked) as asked:
        qtbot.mouseClick(button(panel, "Try again"), Qt.MouseButton.LeftButton)
    assert asked.args == [["/p/a/1.jpg", "/p/a/b/2.jpg"]]
    panel.lead_to("/p/ab")
    with qtbot.waitSignal(panel.retry_asked) as asked:
        qtbot.mouseClick(button(panel, "Try again"), Qt.MouseButton.LeftButton)
    assert asked.args == [["/p/ab/0.jpg"]]


def test_reasons_are_said_in_the_language_of_the_window(panel: ProblemsPanel) -> None:
    panel.show_files([replace(FILES[0], reason="The file is cut short or damaged.")])
    with in_french():
        said = panel.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
        panel.copy()
    assert said == "/pictures/cut.jpg: Le fichier est tronqué ou endommagé."
    assert "Le fichier est tronqué ou endommagé." in QGuiApplication.clipboard().text()
