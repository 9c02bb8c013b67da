import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import UserFacingError
from desktop_app.ui.system.file_manager import open_file, show_in_file_manager, those_there


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a picture.jpg"
    path.write_bytes(b"")
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    urls: list[str] = []

    def open_url(url: QUrl) -> bool:
        urls.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return urls


def test_a_file_opens_in_its_own_program(file: Path, opened: list[str]) -> None:
    open_file(str(file))
    assert opened == [str(file)]


def test_a_file_that_is_gone_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match=r"gone\.jpg is not at its place any more\."):
        those_there([str(tmp_path / "gone.jpg")])


def test_those_that_are_gone_are_left_out(file: Path) -> None:
    assert those_there([str(file.with_name("gone.jpg")), str(file)]) == [str(file)]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="D-Bus is not used there")
def test_the_window_never_waits_for_a_drive_that_hangs(
    qtbot: QtBot, file: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(*_path: object) -> None:
        raise AssertionError("it was asked for")

    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    monkeypatch.setattr(os, "stat", hang)
    open_file(str(file))
    show_in_file_manager([str(file)])
    monkeypatch.undo()
    assert str(file) in opened


def test_no_program_for_it_is_said_plainly(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    with pytest.raises(UserFacingError, match=r"No program is set up to open a picture\.jpg"):
        open_file(str(file))


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="D-Bus is not used there")
def test_without_a_file_manager_on_the_bus_the_folder_opens(
    qtbot: QtBot, file: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    show_in_file_manager([str(file)])
    qtbot.waitUntil(lambda: opened == [str(file.parent)])


def test_on_windows_explorer_selects_it(
    file: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[str] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "Popen", commands.append)
    show_in_file_manager([str(file)])
    assert commands == [f'explorer /select,"{file}"']


def test_on_macos_finder_selects_it(
    file: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(QProcess, "startDetached", lambda *args: commands.append(args))
    show_in_file_manager([str(file)])
    assert commands == [("open", ["-R", str(file)])]


def test_on_macos_several_are_selected(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[tuple[str, list[str]]] = []
    other = file.with_name("b.jpg")
    other.touch()
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(QProcess, "startDetached", lambda *args: commands.append(args))
    shown = show_in_file_manager([str(file), str(other)])
    assert (shown, commands) == (2, [("open", ["-R", str(file), str(other)])])
