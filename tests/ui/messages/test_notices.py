import logging
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import NoRoomError, UserFacingError
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.messages import notices as module
from desktop_app.ui.messages.notices import Notices, unexpected
from tests.helpers.french import in_french

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def notices(qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Notices:
    monkeypatch.setattr(module, "SHOWN_MS", 50)
    notices = Notices(theme)
    qtbot.addWidget(notices)
    return notices


def text(notices: Notices) -> str | None:
    return notices.shown.text if notices.shown and notices.isVisible() else None


def test_a_full_disk_is_told_to_who_waits_for_room(qtbot: QtBot, notices: Notices) -> None:
    full = NoRoomError("The disk is full.", "Make some space.")
    with qtbot.assertNotEmitted(notices.lacked_room):
        notices.exception(UserFacingError("The disk is full."))
    with qtbot.waitSignal(notices.lacked_room) as told:
        notices.exception(full)
    assert told.args == [full]
    assert text(notices) == "The disk is full. Make some space."


def test_nothing_is_shown_at_first(notices: Notices) -> None:
    assert not notices.isVisible()


def test_information_goes_away_by_itself(qtbot: QtBot, notices: Notices) -> None:
    notices.info("36 pictures added.")
    assert text(notices) == "36 pictures added."
    assert "36 pictures added." in [label.text() for label in notices.findChildren(QLabel)]
    qtbot.waitUntil(lambda: not notices.isVisible())


def test_errors_stay_and_come_back_after_information(qtbot: QtBot, notices: Notices) -> None:
    notices.error("The disk is full.")
    notices.info("36 pictures added.")
    assert text(notices) == "36 pictures added."
    qtbot.waitUntil(lambda: text(notices) == "The disk is full.")
    notices.dismiss()
    assert not notices.isVisible()


def test_errors_stack_but_do_not_repeat(notices: Notices) -> None:
    for sentence in ("one", "two", "one"):
        notices.error(sentence)
    assert text(notices) == "one"
    notices.dismiss()
    assert text(notices) == "two"
    notices.dismiss()
    assert text(notices) is None


def test_the_button_does_it_and_closes(qtbot: QtBot, notices: Notices) -> None:
    done: list[bool] = []
    notices.error("That did not work.", "Retry", lambda: done.append(True))
    button = notices.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    assert button.text() == "Retry"
    qtbot.mouseClick(button, LEFT)
    assert done == [True]
    assert not notices.isVisible()
    notices.info("Nothing to do about it.")
    assert not button.isVisible()


def test_it_can_be_closed(qtbot: QtBot, notices: Notices) -> None:
    notices.error("The disk is full.")
    close = notices.findChild(QToolButton)
    assert isinstance(close, QToolButton)
    qtbot.mouseClick(close, LEFT)
    assert not notices.isVisible()


def test_an_exception_for_the_user_is_said_with_its_hint(notices: Notices) -> None:
    notices.exception(UserFacingError("The disk is full.", "Make some space."))
    assert text(notices) == "The disk is full. Make some space."


def test_any_other_exception_is_logged(notices: Notices, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        notices.exception(ValueError("a bug"))
    assert text(notices) == unexpected()
    assert "a bug" in caplog.text


def test_reports_come_from_any_thread(qtbot: QtBot, notices: Notices) -> None:
    thread = threading.Thread(target=notices.report, args=("From afar.",))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: text(notices) == "From afar.")
    assert notices.shown is not None
    assert notices.shown.is_error


def test_a_reminder_stays_until_it_is_taken_back(qtbot: QtBot, notices: Notices) -> None:
    asked: list[bool] = []
    notices.remind("20 pictures are gone.", "Show folders", lambda: asked.append(True))
    assert notices.shown is not None
    assert not notices.shown.is_error
    notices.info("36 pictures added.")
    qtbot.waitUntil(lambda: text(notices) == "20 pictures are gone.")
    notices.info("36 pictures added.")
    notices.withdraw("20 pictures are gone.")
    assert text(notices) == "36 pictures added."
    qtbot.waitUntil(lambda: not notices.isVisible())
    notices.remind("20 pictures are gone.", "Show folders", lambda: asked.append(True))
    notices.withdraw("20 pictures are gone.")
    assert not notices.isVisible()
    assert asked == []


def test_what_was_said_can_be_read_again(qtbot: QtBot, theme: Theme) -> None:
    notices = Notices(theme)
    qtbot.addWidget(notices)
    notices.info("First.")
    notices.error("Second.")
    notices.info("First.")
    assert [each.notice.text for each in notices.history] == ["Second.", "First."]
    notices.forget()
    assert [each.notice.text for each in notices.history] == ["Second."]  # it still stays
    notices.withdraw("Second.")
    assert notices.history == ()


def test_what_was_done_from_its_button_is_not_offered_again(qtbot: QtBot, theme: Theme) -> None:
    done: list[str] = []
    notices = Notices(theme)
    qtbot.addWidget(notices)
    notices.remind("Update?", "Do it", lambda: done.append("now"))
    (told,) = notices.history
    notices.act_on(told)
    notices.act_on(told)
    assert done == ["now"]
    assert notices.shown is None


def test_a_notice_never_takes_the_keyboard(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line, notices = QLineEdit(window), Notices(theme, window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    line.setFocus()
    notices.info("A.", "Undo", lambda: None)
    notices.error("B.", "Mend", lambda: None)
    assert line.hasFocus()
    notices.dismiss()
    notices.dismiss()
    assert line.hasFocus()


def test_errors_are_said_in_the_language_of_the_window(notices: Notices) -> None:
    with in_french():
        notices.exception(UserFacingError("There is no folder at /a.", "Choose another folder."))
        assert text(notices) == (
            "Il n’y a pas de dossier à l’emplacement /a. Choisissez un autre dossier."
        )
        assert unexpected().startswith("Une erreur")
