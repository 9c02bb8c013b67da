import socket
import sys
from pathlib import Path

import pytest

from desktop_app.engine.errors import UserFacingError
from desktop_app.ui.start import display
from desktop_app.ui.start.display import NoDisplayError, require_display

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="these systems always have a display"
)


@pytest.mark.parametrize("platform", ["offscreen", "minimal:enable_fonts", "vnc"])
def test_platforms_without_a_screen_need_none(platform: str) -> None:
    require_display({"QT_QPA_PLATFORM": platform})


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DISPLAY": ""},
        {"DISPLAY": ":4711"},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": ":4711", "QT_QPA_PLATFORM": "xcb"},
        {"WAYLAND_DISPLAY": "wayland-4711", "XDG_RUNTIME_DIR": "/nowhere"},
        {"WAYLAND_DISPLAY": "/nowhere/wayland-0"},
        {"QT_QPA_PLATFORM": "wayland;xcb"},
    ],
)
def test_no_display_is_said_with_the_way_out(environment: dict[str, str]) -> None:
    with pytest.raises(NoDisplayError) as caught:
        require_display(environment)
    assert caught.value.text == "No display was found, so the window cannot open."
    assert caught.value.hint == "Use `image-seeker index`, `search` and `status` in a terminal."


def test_a_wayland_server_that_listens_is_a_display(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display, "_plugin_fault", lambda _name: "")
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("wayland-0")
        environment = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "."}
        with pytest.raises(UserFacingError):
            require_display(environment)
        server.listen()
        require_display(environment)
        with pytest.raises(UserFacingError):
            require_display(environment | {"QT_QPA_PLATFORM": "xcb"})


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "_answers", lambda _name, _environment: True)
    monkeypatch.setattr(display, "_plugin_fault", lambda name: f"lib{name}-cursor.so.0")
    with pytest.raises(
        UserFacingError, match=r"system library is missing \(libxcb-cursor\.so\.0\)"
    ):
        require_display({"DISPLAY": ":0"})


def test_one_working_plugin_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "_answers", lambda _name, _environment: True)
    monkeypatch.setattr(
        display, "_plugin_fault", lambda name: "libsomething.so" if name == "wayland" else ""
    )
    require_display({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"})


def test_a_plugins_fault_is_told_by_its_library(qapp: object) -> None:
    assert display._plugin_fault("offscreen") == ""
    assert display._plugin_fault("nonesuch") != ""
