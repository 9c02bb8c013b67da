"""Models in the window as a whole: installing, switching, removing, on a library that pretends."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import ModelError, StoreError
from desktop_app.engine.records import (
    EmbedProgress,
    EmbedSummary,
    IndexProgress,
    IndexSummary,
    ModelInfo,
    ModelProgress,
    ModelRole,
    ModelStep,
    Query,
    SkipKind,
    SkippedFile,
)
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.models.model_card import ModelCard
from desktop_app.ui.models.model_installs import Install
from desktop_app.ui.models.models_panel import ModelsPanel
from desktop_app.ui.models.offer_card import AddingCard, OfferCard
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.ui.fake_library import FakeLibrary, entry, offer

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
MODELS_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
IN_USE, NEXT, KEPT, UNUSED = ModelRole
STARTER = entry("starter", is_builtin=True)
LARGER = ModelInfo("larger", "Larger", 512, is_builtin=False)
UNREADABLE = SkippedFile("/pictures/gone.jpg", "The file is gone.", SkipKind.UNREADABLE)
EMBEDDING = [*(EmbedProgress("Larger", done, 50, 10.0) for done in range(50))]


@pytest.fixture
def library() -> Iterator[FakeLibrary]:
    library = FakeLibrary(50)
    library.entries = [STARTER, entry("larger", UNUSED, vectors=0)]
    yield library
    library.embed_gate.set()
    library.install_gate.set()


@pytest.fixture
def open_window(
    qtbot: QtBot,
    theme: Theme,
    tmp_path: Path,
    library: FakeLibrary,
    windows: list[MainWindow],
) -> Callable[[], MainWindow]:
    def open_() -> MainWindow:
        window = MainWindow(Session(lambda: library, tmp_path / "data"), theme)
        windows.append(window)
        window.resize(1000, 700)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        qtbot.waitUntil(lambda: window.results.shown is not None)
        qtbot.waitUntil(lambda: bool(window.status.model_name))
        return window

    return open_


@pytest.fixture
def window(open_window: Callable[[], MainWindow]) -> MainWindow:
    return open_window()


@pytest.fixture
def panel(qtbot: QtBot, window: MainWindow) -> ModelsPanel:
    press(qtbot, window.status, "built-in model")
    qtbot.waitUntil(lambda: len(cards(window.models)) >= 2)
    return window.models


def cards(panel: ModelsPanel) -> dict[str, ModelCard]:
    shown = [each for each in panel.findChildren(ModelCard) if not each.isHidden()]
    return {each.entry.model.name: each for each in shown}


def label(button: QPushButton) -> str:
    """What stands on a button; on one with an icon alone, what it does."""
    return button.text() or button.accessibleName().partition(" ")[0]


def labels(parent: QWidget) -> list[str]:
    return [label(each) for each in parent.findChildren(QPushButton) if each.isVisible()]


def press(qtbot: QtBot, parent: QWidget, text: str) -> None:
    buttons = (each for each in parent.findChildren(QPushButton) if each.isVisible())
    qtbot.mouseClick(next(each for each in buttons if label(each) == text), LEFT)


def words(parent: QWidget) -> str:
    shown = (each for each in parent.findChildren(QLabel) if each.isVisibleTo(parent))
    return " ".join(each.text().replace("\u200b", "") for each in shown)


def notice(window: MainWindow) -> str:
    shown = window.notices.shown
    return shown.text if shown else ""


# The way to the panel


def test_the_panel_is_reached_by_keys_by_menu_and_by_the_models_name(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window, Key.Key_M, MODELS_MODIFIERS)
    assert window.models.isVisible()
    assert window.models.isAncestorOf(QApplication.focusWidget() or window)
    qtbot.keyClick(window.models, Key.Key_Escape)
    assert not window.models.isVisible()
    window.book.run("panel.models")
    assert window.models.isVisible()
    press(qtbot, window.status, "built-in model")
    assert not window.models.isVisible()


def test_the_pictures_stay_beside_it(window: MainWindow, panel: ModelsPanel) -> None:
    assert window.grid.isVisible()
    assert "Runs on the processor (CPU). There is no graphics card." in words(panel)
    assert list(cards(panel)) == ["starter", "larger"]


def test_it_stands_alone_in_a_small_window(
    qtbot: QtBot, window: MainWindow, panel: ModelsPanel
) -> None:
    window.resize(480, 360)
    assert window.width() == 480
    qtbot.waitUntil(lambda: panel.width() == 480)
    qtbot.keyClick(panel, Key.Key_Escape)
    assert window.grid.isVisible()


def test_what_cannot_be_listed_is_told(
    qtbot: QtBot, open_window: Callable[[], MainWindow], library: FakeLibrary
) -> None:
    library.model_error = StoreError("The library cannot be read.")
    window = open_window()
    press(qtbot, window.status, "built-in model")
    qtbot.waitUntil(lambda: "The library cannot be read." in words(window.models))
    library.model_error = None
    press(qtbot, window.models, "Try again")
    qtbot.waitUntil(lambda: len(cards(window.models)) == 2)


def test_another_model_than_the_chosen_one_is_explained(
    qtbot: QtBot, open_window: Callable[[], MainWindow], library: FakeLibrary
) -> None:
    library.notice = "The built-in model answers instead of Larger."
    window = open_window()
    qtbot.waitUntil(lambda: notice(window) == library.notice)
    press(qtbot, window.notices, "Models")
    assert window.models.isVisible()


# Switching


def test_a_prepared_model_answers_at_once(
    qtbot: QtBot, window: MainWindow, panel: ModelsPanel, library: FakeLibrary
) -> None:
    with qtbot.waitSignal(window.results.changed):
        window.results.ask(Query.of_words("dogs"))
    asked = len(library.searches)
    library.answering = LARGER
    press(qtbot, cards(panel)["larger"], "Use")
    qtbot.waitUntil(lambda: window.status.model_name == "Larger")
    assert library.used == ["larger"]
    assert notice(window) == "Larger answers from now on."
    qtbot.waitUntil(lambda: len(library.searches) > asked)


def test_a_model_that_lacks_few_pictures_answers_at_once_and_is_completed(
    qtbot: QtBot, window: MainWindow, panel: ModelsPanel, library: FakeLibrary
) -> None:
    with qtbot.waitSignal(window.results.changed):
        window.results.ask(Query.of_words("dogs"))
    library.answering = LARGER
    library.entries = [entry("starter", KEPT, is_builtin=True), entry("larger", vectors=48)]
    library.embeddings = [
        [
            EmbedProgress("raw title", 48, 50, is_answering=True),
            EmbedProgress("raw title", 49, 50, is_answering=True),
            EmbedSummary("raw title", made=2),
        ]
    ]
    library.embed_gate.clear()
    press(qtbot, cards(panel)["larger"], "Use")
    qtbot.waitUntil(lambda: window.status.model_name == "Larger")
    assert notice(window) == "Larger answers from now on."
    qtbot.waitUntil(lambda: "48 of 50" in words(cards(panel)["larger"]))
    told: list[str] = []
    window.session.indexing.embed_progressed.connect(
        lambda _: told.append(window.status.embedding.text)
    )
    asked = len(library.searches)

    library.embed_gate.set()

    qtbot.waitUntil(lambda: not library.embeddings and not window.status.embedding.isVisible())
    qtbot.waitUntil(lambda: len(library.searches) > asked)  # what is known by now is found
    assert told
    assert all(text.startswith("Preparing Larger: 4") for text in told)
    assert notice(window) == "Larger answers from now on."


def test_what_is_said_while_a_model_that_answers_is_completed(
    qtbot: QtBot, window: MainWindow, panel: ModelsPanel, library: FakeLibrary
) -> None:
    window.session.indexing.embed_progressed.emit(
        EmbedProgress("raw title", 49, 50, is_answering=True)
    )
    assert "49 of 50" in words(cards(panel)["starter"])


def test_a_model_that_is_not_prepared_is_prepared_in_the_background(
    qtbot: QtBot, window: MainWindow, panel: ModelsPanel, library: FakeLibrary
) -> None:
    library.use_role = NEXT
    library.embeddings = [[*EMBEDDING, EmbedSummary("Larger", 50, switched=True)]]
    library.embed_gate.clear()
    library.entries[1] = entry("larger", NEXT, vectors=0)
    press(qtbot, cards(panel)["larger"], "Use")
    qtbot.waitUntil(lambda: library.embedded == 1)
    qtbot.waitUntil(lambda: "Pause" in labels(cards(panel)["larger"]))
    assert window.status.model_name == "built-in model"
    library.embed_gate.set()
    qtbot.waitUntil(
        lambda: "The built-in model answers until then." in window.status.embedding.text
    )
    qtbot.waitUntil(lambda: notice(window) == "Larger answers from now on.")
    qtbot.waitUntil(lambda: window.status.model_name == "Larger")
    assert not window.status.embedding.isVisible()


def begin_embedding(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    """Open a window whose library prepares a model, and let it stand still after a report."""
    go_on, real = threading.Event(), library.embed_next

    def embed_next(token):  # type: ignore[no-untyped-def]
        for number, report in enumerate(real(token)):
            yield report
            if number == 3 and not go_on.is_set():
                go_on.set()
                library.embed_gate.clear()

    library.embed_next = embed_next  # type: ignore[method-assign]
    whole: list[EmbedProgress | EmbedSummary | Exception] = [
        *EMBEDDING,
        EmbedSummary("Larger", 50, switched=True),
    ]
    library.embeddings = [whole, whole]
    library.entries[1] = entry("larger", NEXT, vectors=0)
    window.indexing.embed()
    qtbot.waitUntil(window.status.embedding.isVisible)
    qtbot.waitUntil(go_on.is_set)


def test_preparing_can_be_paused_and_goes_on(
    qtbot: QtBot, window: MainWindow, panel: ModelsPanel, library: FakeLibrary
) -> None:
    begin_embedding(qtbot, window, library)
    press(qtbot, window.status, "Pause")
    qtbot.waitUntil(lambda: "is paused at" in window.status.embedding.text)
    window.models_desk.refresh()
    qtbot.waitUntil(lambda: "Continue" in labels(cards(panel)["larger"]))
    assert not window.indexing.is_embedding
    library.embed_gate.set()
    press(qtbot, cards(panel)["larger"], "Continue")
    qtbot.waitUntil(lambda: notice(window) == "Larger answers from now on.")


def test_preparing_can_be_cancelled(
    qtbot: QtBot, window: MainWindow, panel: ModelsPanel, library: FakeLibrary
) -> None:
    begin_embedding(qtbot, window, library)
    library.entries = [STARTER, entry("larger", KEPT, vectors=3)]  # as it is once it was asked
    press(qtbot, window.status, "Cancel")
    qtbot.waitUntil(lambda: library.used == ["starter"])
    qtbot.waitUntil(lambda: "The built-in model stays." in notice(window))
    assert not window.status.embedding.isVisible()
    assert not window.indexing.is_embedding_held
    assert library.embedded == 1


def test_a_dropped_folder_goes_first(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    begin_embedding(qtbot, window, library)
    with qtbot.waitSignal(window.indexing.finished):
        window.indexing.add(["/more"])
    library.embed_gate.set()
    qtbot.waitUntil(lambda: library.embedded == 2)
    qtbot.waitUntil(lambda: notice(window) == "Larger answers from now on.")


def test_the_panel_follows_what_indexing_adds(
    qtbot: QtBot, window: MainWindow, panel: ModelsPanel, library: FakeLibrary
) -> None:
    begin_embedding(qtbot, window, library)
    library.index_gate.clear()
    library.runs = [[IndexProgress(50, 100, 100, added_ids=(51,)), IndexSummary(added=50)]]
    window.indexing.add(["/more"])
    qtbot.waitUntil(lambda: "Waits until indexing is done." in words(panel))
    library.entries[0] = entry("starter", vectors=100, pictures=100, is_builtin=True)
    library.index_gate.set()
    qtbot.waitUntil(lambda: "Answers your searches in 100 pictures." in words(panel))
    qtbot.waitUntil(lambda: "Waits until" not in words(panel))
    library.embed_gate.set()
    qtbot.waitUntil(lambda: notice(window) == "Larger answers from now on.")


def test_preparing_goes_on_when_the_program_is_started_again(
    qtbot: QtBot, open_window: Callable[[], MainWindow], library: FakeLibrary
) -> None:
    stop, go_on, real = threading.Event(), threading.Event(), library.embed_next

    def embed_next(token):  # type: ignore[no-untyped-def]
        for report in real(token):
            yield report
            if not stop.is_set():
                stop.set()
                assert go_on.wait(10)

    library.embed_next = embed_next  # type: ignore[method-assign]
    whole: list[EmbedProgress | EmbedSummary | Exception] = [
        *EMBEDDING,
        EmbedSummary("Larger", 50, switched=True),
    ]
    library.embeddings = [whole, whole]
    window = open_window()
    qtbot.waitUntil(
        lambda: notice(window) == "Preparing Larger goes on where it stopped last time."
    )
    press(qtbot, window.notices, "Pause")
    go_on.set()
    qtbot.waitUntil(lambda: "is paused at" in window.status.embedding.text)
    press(qtbot, window.status, "Continue")
    qtbot.waitUntil(lambda: notice(window) == "Larger answers from now on.")


def test_what_could_not_be_prepared_is_shown(
    qtbot: QtBot, open_window: Callable[[], MainWindow], library: FakeLibrary
) -> None:
    library.embeddings = [[EmbedSummary("Larger", 49, (UNREADABLE,), switched=True)]]
    window = open_window()
    qtbot.waitUntil(lambda: "1 picture could not be prepared for it." in notice(window))
    press(qtbot, window.notices, "Show failed")
    assert window.unprepared.isVisible()
    assert window.unprepared.model.file(0) == UNREADABLE
    press(qtbot, window.unprepared, "Try again")
    qtbot.waitUntil(lambda: library.asked == [([], True)])


def test_a_failed_preparation_is_told_and_can_be_tried_again(
    qtbot: QtBot, open_window: Callable[[], MainWindow], library: FakeLibrary
) -> None:
    library.embeddings = [
        [EMBEDDING[0], StoreError("The disk is full.", "Make room.")],
        [EmbedSummary("Larger", 50, switched=True)],
    ]
    window = open_window()
    qtbot.waitUntil(lambda: notice(window) == "The disk is full. Make room.")
    assert not window.status.embedding.isVisible()
    press(qtbot, window.notices, "Try again")
    qtbot.waitUntil(lambda: notice(window) == "Larger answers from now on.")


def test_a_refused_switch_is_told_below_the_model(
    qtbot: QtBot, window: MainWindow, panel: ModelsPanel, library: FakeLibrary
) -> None:
    library.model_error = ModelError("The model larger cannot be used.")
    press(qtbot, cards(panel)["larger"], "Use")
    qtbot.waitUntil(lambda: "The model larger cannot be used." in words(cards(panel)["larger"]))
    assert notice(window) == ""
    assert window.status.model_name == "built-in model"


# Removing


def test_a_model_is_removed_after_a_question(
    qtbot: QtBot, panel: ModelsPanel, library: FakeLibrary
) -> None:
    press(qtbot, cards(panel)["larger"], "Remove…")
    assert library.removed == []
    press(qtbot, cards(panel)["larger"], "Remove")
    qtbot.waitUntil(lambda: list(cards(panel)) == ["starter"])
    assert library.removed == ["larger"]


def test_removing_one_does_not_wait_for_the_preparation_of_another(
    qtbot: QtBot, window: MainWindow, panel: ModelsPanel, library: FakeLibrary
) -> None:
    library.entries.append(entry("third", KEPT))
    begin_embedding(qtbot, window, library)
    window.models_desk.refresh()
    qtbot.waitUntil(lambda: "third" in cards(panel))
    press(qtbot, cards(panel)["third"], "Remove…")
    press(qtbot, cards(panel)["third"], "Remove")
    qtbot.waitUntil(lambda: "third" not in cards(panel))
    library.embed_gate.set()
    qtbot.waitUntil(lambda: library.embedded == 2)  # and goes on with it


def test_a_refused_removal_is_told_below_the_model(
    qtbot: QtBot, panel: ModelsPanel, library: FakeLibrary
) -> None:
    library.model_error = ModelError("The model is in use.")
    press(qtbot, cards(panel)["larger"], "Remove…")
    press(qtbot, cards(panel)["larger"], "Remove")
    qtbot.waitUntil(lambda: "The model is in use." in words(cards(panel)["larger"]))


# Installing


@pytest.fixture
def offered(
    qtbot: QtBot, panel: ModelsPanel, window: MainWindow, library: FakeLibrary
) -> OfferCard:
    library.offers = [offer()]
    window.models_desk.refresh()
    qtbot.waitUntil(lambda: panel.findChild(OfferCard) is not None)
    card = panel.findChild(OfferCard)
    assert isinstance(card, OfferCard)
    return card


def progress(count: int = 5) -> list[ModelProgress]:
    return [ModelProgress(ModelStep.DOWNLOADING, done, count) for done in range(count)]


def test_a_model_is_downloaded_after_a_yes_and_can_be_used(
    qtbot: QtBot, window: MainWindow, offered: OfferCard, library: FakeLibrary
) -> None:
    library.installs = [[*progress(), entry("clip").model]]
    press(qtbot, offered, "Get…")
    assert library.installed == []
    press(qtbot, offered, "Download")
    qtbot.waitUntil(lambda: notice(window) == "Clip is installed.")
    qtbot.waitUntil(lambda: "clip" in cards(window.models))
    assert library.installed == ["clip"]
    press(qtbot, window.notices, "Use it")
    qtbot.waitUntil(lambda: library.used == ["clip"])


def test_a_download_that_breaks_off_can_go_on(
    qtbot: QtBot, window: MainWindow, offered: OfferCard, library: FakeLibrary
) -> None:
    library.installs = [
        [*progress(), ModelError("The connection broke off.")],
        [entry("clip").model],
    ]
    press(qtbot, offered, "Get…")
    press(qtbot, offered, "Download")
    qtbot.waitUntil(lambda: "The connection broke off." in words(offered))
    assert notice(window) == ""
    press(qtbot, offered, "Try again")
    qtbot.waitUntil(lambda: notice(window) == "Clip is installed.")


def test_a_bug_in_an_installation_is_told_without_its_details(
    qtbot: QtBot, offered: OfferCard, library: FakeLibrary
) -> None:
    library.installs = [[ValueError("secret")]]
    press(qtbot, offered, "Get…")
    press(qtbot, offered, "Download")
    qtbot.waitUntil(lambda: "Something went wrong" in words(offered))
    assert "secret" not in words(offered)


def test_a_download_can_be_cancelled(
    qtbot: QtBot, offered: OfferCard, library: FakeLibrary
) -> None:
    library.install_gate.clear()
    library.installs = [progress()]
    press(qtbot, offered, "Get…")
    press(qtbot, offered, "Download")
    qtbot.waitUntil(lambda: library.installed == ["clip"])
    press(qtbot, offered, "Cancel")
    qtbot.waitUntil(lambda: "Get…" in labels(offered))  # nothing had come that could be kept


def test_a_failure_that_nobody_sees_becomes_a_notice(
    qtbot: QtBot, window: MainWindow, offered: OfferCard, library: FakeLibrary
) -> None:
    library.install_gate.clear()
    library.installs = [[ModelError("The connection broke off.")]]
    press(qtbot, offered, "Get…")
    press(qtbot, offered, "Download")
    qtbot.keyClick(window.models, Key.Key_Escape)
    library.install_gate.set()
    qtbot.waitUntil(lambda: notice(window) == "The connection broke off.")
    press(qtbot, window.notices, "Models")
    assert "The connection broke off." in words(offered)


def test_a_failure_below_the_visible_part_becomes_a_notice_that_leads_there(
    qtbot: QtBot, window: MainWindow, panel: ModelsPanel, library: FakeLibrary
) -> None:
    library.entries += [entry(f"model {number}", UNUSED) for number in range(20)]
    window.models_desk.refresh()
    qtbot.waitUntil(lambda: len(cards(panel)) == 22)
    library.install_gate.clear()
    library.installs = [[ModelError("It is no model.")]]
    mine = Install("/models/mine.zip", is_download=False)
    panel.lists.install_asked.emit(mine)
    qtbot.waitUntil(lambda: panel.sees(mine))
    panel.take_keyboard()  # at the first card
    scroll = panel.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    scroll.verticalScrollBar().setValue(0)
    library.install_gate.set()
    qtbot.waitUntil(lambda: notice(window) == "It is no model.")
    press(qtbot, window.notices, "Models")
    qtbot.waitUntil(lambda: panel.sees(mine))


@pytest.mark.parametrize("entry_number", [0, 1])
def test_a_model_is_added_by_a_dialog(
    qtbot: QtBot, window: MainWindow, panel: ModelsPanel, library: FakeLibrary, entry_number: int
) -> None:
    library.installs = [[ModelError("It is no model.")]]
    menu = next(each.menu() for each in panel.findChildren(QPushButton) if each.menu())
    assert menu is not None
    menu.actions()[entry_number].trigger()
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.filesSelected.emit(["/models/mine"])
    dialog.close()
    qtbot.waitUntil(lambda: library.installed == [str(Path("/models/mine"))])
    qtbot.waitUntil(lambda: "It is no model." in words(panel))
    press(qtbot, panel, "Dismiss")
    assert all(each.isHidden() for each in panel.findChildren(AddingCard))


# Closing


@pytest.mark.parametrize("what", ["download", "embedding"])
def test_closing_in_the_middle_ends_at_once(
    qtbot: QtBot, open_window: Callable[[], MainWindow], library: FakeLibrary, what: str
) -> None:
    library.embed_gate.clear()
    library.install_gate.clear()
    library.embeddings = [EMBEDDING] if what == "embedding" else []
    library.installs = [progress()]
    window = open_window()
    if what == "download":
        window.models.lists.install_asked.emit(Install("clip", is_download=True))
        qtbot.waitUntil(lambda: library.installed == ["clip"])
    else:
        qtbot.waitUntil(lambda: library.embedded == 1)
    window.close()
    assert library.is_closed


def test_a_window_without_pictures_works_too(
    qtbot: QtBot, open_window: Callable[[], MainWindow], library: FakeLibrary
) -> None:
    library.ids = np.empty(0, dtype=np.int64)
    library.entries = [entry("starter", vectors=0, pictures=0, disk_bytes=0, is_builtin=True)]
    window = open_window()
    press(qtbot, window.status, "built-in model")
    qtbot.waitUntil(lambda: "Answers your searches." in words(window.models))
    assert not window.grid.isVisible()
