"""Asking for updates: only on a click, after the address was shown."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, UserFacingError
from desktop_app.engine.updates import Release, ReleaseSource, UpdateCheck
from desktop_app.ui.help.updates_desk import UpdatesDesk
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.work.tasks import Lane

SOURCE = ReleaseSource("https://example.org/newest", "https://example.org/pages/")
PAGE = "https://example.org/pages/2.0"


class FakeCheck(UpdateCheck):
    """Answers without a network.

    Attributes:
        answer: What it answers or raises; None to wait until it is stopped.
        asked: How often it was asked.
        stopped: Set when it was stopped.
    """

    def __init__(self) -> None:
        super().__init__(SOURCE, "1.0")
        self.answer: Release | Exception | None = None
        self.asked = 0
        self.stopped = Event()

    def ask(self, cancel: CancelToken) -> Release:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.answer is None:
            cancel.wait(30)
            self.stopped.set()
            raise CancelledError
        return self.answer


@pytest.fixture
def check() -> FakeCheck:
    return FakeCheck()


@pytest.fixture
def notices(theme: Theme) -> Notices:
    return Notices(theme)


@pytest.fixture
def desk(
    qtbot: QtBot, lane: Lane, theme: Theme, check: FakeCheck, notices: Notices
) -> Iterator[UpdatesDesk]:
    owner = QWidget()
    qtbot.addWidget(owner)
    desk = UpdatesDesk(lane, theme, check, notices, owner)
    qtbot.addWidget(desk.panel)
    desk.panel.resize(400, 500)
    with qtbot.waitExposed(desk.panel):
        desk.panel.show()
    yield desk
    lane.supersede()


def ask(qtbot: QtBot, desk: UpdatesDesk, said: Callable[[str], bool]) -> str:
    qtbot.mouseClick(desk.panel.ask_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: said(desk.panel.outcome))
    return desk.panel.outcome


def test_opening_the_panel_asks_nothing_and_shows_the_address(
    desk: UpdatesDesk, check: FakeCheck
) -> None:
    texts = "\n".join(label.text() for label in desk.panel.findChildren(QLabel))

    assert check.asked == 0
    assert SOURCE.address in texts.replace("\u200b", "")
    assert "You have version 1.0." in texts
    assert desk.panel.ask_button.isVisible()
    assert not desk.panel.page_button.isVisible()


def test_a_newer_version_is_told_with_a_link(
    qtbot: QtBot, desk: UpdatesDesk, check: FakeCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    check.answer = Release("2.0", PAGE, is_newer=True)

    assert ask(qtbot, desk, lambda said: "2.0" in said) == f"Version 2.0 is there. {PAGE}"
    assert check.asked == 1
    assert opened == []
    qtbot.mouseClick(desk.panel.page_button, Qt.MouseButton.LeftButton)
    assert opened == [QUrl(PAGE)]


def test_without_a_browser_it_says_so(
    qtbot: QtBot,
    desk: UpdatesDesk,
    check: FakeCheck,
    notices: Notices,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    check.answer = Release("2.0", PAGE, is_newer=True)
    ask(qtbot, desk, lambda said: "2.0" in said)

    desk.panel.page_button.click()

    assert [each.notice.text for each in notices.history] == ["No browser was found."]


def test_the_keyboard_stays_with_the_buttons(
    qtbot: QtBot, desk: UpdatesDesk, check: FakeCheck
) -> None:
    panel = desk.panel
    panel.activateWindow()
    panel.take_keyboard()
    qtbot.waitUntil(panel.ask_button.hasFocus)

    panel.show_asking()
    assert panel.focusWidget() is panel.stop_button
    panel.show_newer("2.0", PAGE)
    assert panel.focusWidget() is panel.page_button


def test_the_newest_version_is_told(qtbot: QtBot, desk: UpdatesDesk, check: FakeCheck) -> None:
    check.answer = Release("1.0", PAGE, is_newer=False)

    assert ask(qtbot, desk, lambda said: "newest" in said) == "You have the newest version."
    assert not desk.panel.page_button.isVisible()


def test_a_reason_is_told_with_what_to_do(
    qtbot: QtBot, desk: UpdatesDesk, check: FakeCheck
) -> None:
    check.answer = UserFacingError("example.org does not answer.", "Try again later.")

    said = ask(qtbot, desk, lambda said: "answer" in said)

    assert said == "example.org does not answer. Try again later."
    assert desk.panel.ask_button.isVisible()


def test_stop_lets_the_question_go(qtbot: QtBot, desk: UpdatesDesk, check: FakeCheck) -> None:
    ask(qtbot, desk, lambda said: said == "Asking…")
    qtbot.waitUntil(lambda: check.asked == 1)
    assert not desk.panel.ask_button.isVisible()

    qtbot.mouseClick(desk.panel.stop_button, Qt.MouseButton.LeftButton)

    assert desk.panel.outcome == ""
    assert desk.panel.ask_button.isVisible()
    qtbot.waitUntil(check.stopped.is_set)


def test_closing_the_panel_stops_it_and_keeps_an_answer(
    qtbot: QtBot, desk: UpdatesDesk, check: FakeCheck
) -> None:
    ask(qtbot, desk, lambda said: said == "Asking…")
    qtbot.waitUntil(lambda: check.asked == 1)
    desk.panel.closed.emit()
    qtbot.waitUntil(check.stopped.is_set)
    check.answer = Release("1.0", PAGE, is_newer=False)
    said = ask(qtbot, desk, lambda said: "newest" in said)

    desk.panel.closed.emit()

    assert desk.panel.outcome == said
