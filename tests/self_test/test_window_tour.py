"""The walk itself runs in `--self-test`, on a real library; here is what it leans on."""

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop_app.self_test import window_tour
from desktop_app.self_test.window_tour import TourError, wait_for


def test_it_goes_on_as_soon_as_something_is_so(qtbot: QtBot) -> None:
    happened: list[bool] = []
    QTimer.singleShot(0, lambda: happened.append(True))

    wait_for("it", lambda: bool(happened))

    assert happened


def test_what_never_happens_is_named(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window_tour, "TIMEOUT_MS", 30)

    with pytest.raises(TourError, match="waited in vain for the copies"):
        wait_for("the copies", lambda: False)
