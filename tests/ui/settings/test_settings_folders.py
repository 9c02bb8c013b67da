"""What the settings say of the model, in a whole window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import ModelError
from desktop_app.engine.records import DeviceChoice, ModelInfo
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.models import model_wording
from desktop_app.ui.settings.settings_folders import ModelGroup
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.helpers.french import in_french
from tests.ui.fake_library import FakeLibrary

LARGER = ModelInfo("larger", "Larger", 512, is_builtin=False)
CARD = DeviceChoice("DmlExecutionProvider", "DirectML: 3.1 times as fast as the CPU.")
ON_CARD = "Runs on DirectML. 3.1 times as fast as the CPU."
ON_CPU = "Runs on the processor (CPU). There is no graphics card."
FINDING_OUT = "Being found out…"

Open = Callable[[], MainWindow]


@pytest.fixture
def library() -> Iterator[FakeLibrary]:
    library = FakeLibrary(20)
    yield library
    library.device_gate.set()


@pytest.fixture
def open_window(
    qtbot: QtBot, theme: Theme, tmp_path: Path, library: FakeLibrary, windows: list[MainWindow]
) -> Open:
    def open_() -> MainWindow:
        window = MainWindow(Session(lambda: library, tmp_path / "data"), theme)
        windows.append(window)
        window.resize(900, 700)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.results.shown is not None)
        qtbot.waitUntil(lambda: bool(window.status.model_name))
        return window

    return open_


def group_of(window: MainWindow) -> ModelGroup:
    settings = window.shell.settings
    assert settings is not None
    return settings.model


def asked_about_the_device(
    qtbot: QtBot, open_window: Open, library: FakeLibrary
) -> tuple[MainWindow, ModelGroup, list[DeviceChoice | None]]:
    """Open the settings; what computes is not known yet, and noted when it is."""
    library.device_gate.clear()
    window = open_window()
    window.book.run("panel.settings")
    said: list[DeviceChoice | None] = []
    window.models_desk.device_found.connect(said.append)
    qtbot.waitUntil(lambda: library.devices_asked == 1)
    return window, group_of(window), said


def words(group: ModelGroup) -> list[str]:
    """What can be read in it, line by line."""
    shown = (each for each in group.findChildren(QLabel) if each.isVisible())
    return [each.text().replace("\u200b", "") for each in shown]


def test_what_the_model_runs_on_is_found_out_without_waiting(
    qtbot: QtBot, open_window: Open, library: FakeLibrary
) -> None:
    library.chosen_device = CARD
    library.device_gate.clear()
    window = open_window()
    window.book.run("panel.settings")
    group = group_of(window)
    assert words(group)[-2:] == ["Processor", FINDING_OUT]
    library.device_gate.set()
    qtbot.waitUntil(lambda: words(group)[-2:] == ["Processor", ON_CARD])
    assert model_wording.device(CARD) == ON_CARD  # as the list of models says it


def test_another_model_may_run_on_something_else(
    qtbot: QtBot, open_window: Open, library: FakeLibrary
) -> None:
    window = open_window()
    window.book.run("panel.settings")
    group = group_of(window)
    qtbot.waitUntil(lambda: ON_CPU in words(group))
    assert "Answering now: built-in model" in words(group)
    library.chosen_device, library.answering = CARD, LARGER
    library.device_gate.clear()
    window.models_desk.use("larger")
    qtbot.waitUntil(lambda: "Answering now: Larger" in words(group))
    assert FINDING_OUT in words(group)  # what the other one ran on is gone
    library.device_gate.set()
    qtbot.waitUntil(lambda: ON_CARD in words(group))


def test_what_is_found_out_too_late_is_not_said_of_another_model(
    qtbot: QtBot, open_window: Open, library: FakeLibrary
) -> None:
    window, group, said = asked_about_the_device(qtbot, open_window, library)
    library.chosen_device, library.answering = CARD, LARGER
    window.models_desk.use("larger")
    qtbot.waitUntil(lambda: "Answering now: Larger" in words(group))
    library.device_gate.set()
    qtbot.waitUntil(lambda: ON_CARD in words(group))
    assert said == [CARD]


def test_a_model_that_was_changed_while_they_were_closed_is_asked_about_as_they_open(
    qtbot: QtBot, open_window: Open, library: FakeLibrary
) -> None:
    window = open_window()
    window.book.run("panel.settings")
    group = group_of(window)
    qtbot.waitUntil(lambda: ON_CPU in words(group))
    window.book.run("panel.settings")
    assert not group.isVisible()
    library.chosen_device, library.answering = CARD, LARGER
    library.device_gate.clear()
    window.models_desk.use("larger")
    qtbot.waitUntil(lambda: window.status.model_name == "Larger")
    window.book.run("panel.settings")
    assert words(group)[-1] == FINDING_OUT
    library.device_gate.set()
    qtbot.waitUntil(lambda: ON_CARD in words(group))


def test_what_is_found_out_too_late_is_not_said_while_they_are_closed_either(
    qtbot: QtBot, open_window: Open, library: FakeLibrary
) -> None:
    window, group, said = asked_about_the_device(qtbot, open_window, library)
    window.book.run("panel.settings")
    library.chosen_device, library.answering = CARD, LARGER
    window.models_desk.use("larger")
    qtbot.waitUntil(lambda: window.status.model_name == "Larger")
    library.device_gate.set()
    done: list[int] = []
    window.models_desk._lanes.device.call(lambda: 1, done.append, lambda _error: None)
    qtbot.waitUntil(lambda: done == [1])  # so has what was asked before
    assert said == []
    window.book.run("panel.settings")
    qtbot.waitUntil(lambda: ON_CARD in words(group))


def test_that_no_model_can_be_loaded_is_said_until_one_can(
    qtbot: QtBot, open_window: Open, library: FakeLibrary
) -> None:
    library.load_error = ModelError("The model is damaged.")
    window = open_window()
    window.book.run("panel.settings")
    group = group_of(window)
    qtbot.waitUntil(lambda: words(group)[-1] == "Nothing now: no model could be loaded.")
    library.load_error = None
    window.models_desk.use("starter")
    qtbot.waitUntil(lambda: words(group)[-1] == ON_CPU)
    assert "Answering now: built-in model" in words(group)


def test_it_is_found_by_what_it_says(qtbot: QtBot, open_window: Open, library: FakeLibrary) -> None:
    window = open_window()
    window.book.run("panel.settings")
    group = group_of(window)
    qtbot.waitUntil(lambda: ON_CPU in words(group))
    settings = window.shell.settings
    assert settings is not None
    qtbot.waitUntil(lambda: settings.panel.is_whole)
    for typed in ("runs on", "graphics", "processor"):
        settings.panel.field.setText(typed)
        assert words(group)[-2:] == ["Processor", ON_CPU]


def test_it_is_said_in_french(qapp: QApplication, qtbot: QtBot, theme: Theme) -> None:
    with in_french():
        group = ModelGroup(theme)
        qtbot.addWidget(group)
        group.show()
        assert words(group)[-2:] == ["Processeur", "Détermination en cours…"]
        group.show_device(CARD)
        assert words(group)[-1].startswith("Fonctionne avec DirectML.")
        group.show_device(None)
        assert words(group)[-1] == "Rien pour l’instant\u00a0: aucun modèle n’a pu être chargé."
