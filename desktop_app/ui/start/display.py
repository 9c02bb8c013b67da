"""Finds out whether a window can open at all, before Qt is asked: Qt ends the process if not."""

import ctypes
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QPluginLoader

from desktop_app.engine.errors import UserFacingError

_TERMINAL = "Use `image-seeker index`, `search` and `status` in a terminal."
_TIMEOUT_S = 3.0
_DESKTOPS = ("xcb", "wayland")


class NoDisplayError(UserFacingError):
    """There is no screen to open a window on, as on a server; nothing need be wrong."""


def require_display(environment: Mapping[str, str] = os.environ) -> None:
    """Make sure that Qt will find a screen and what it needs to use it.

    Only Linux and its like need it. A display server counts if it answers: for X11 libxcb is
    asked to connect, as Qt itself will do, which covers remote displays and missing permission;
    for Wayland a connection to its socket is tried. Then Qt's plugin for it is loaded, which
    fails in words, and not with an abort, where a system library is missing.

    Args:
        environment: The environment variables.

    Raises:
        NoDisplayError: If there is no screen.
        UserFacingError: If there is one, and no window can open on it.
    """
    if sys.platform in ("win32", "darwin"):
        return
    chosen = [name.split(":")[0] for name in environment.get("QT_QPA_PLATFORM", "").split(";")]
    if chosen[0] and not chosen[0].startswith(_DESKTOPS):
        return  # offscreen and the like need no screen
    wanted = [name for name in _DESKTOPS if not chosen[0] or chosen[0].startswith(name)]
    answering = [name for name in wanted if _answers(name, environment)]
    if not answering:
        raise NoDisplayError("No display was found, so the window cannot open.", _TERMINAL)
    faults = [_plugin_fault(name) for name in answering]
    if all(faults):
        raise UserFacingError(
            f"The window cannot open because a system library is missing ({faults[0]}).",
            f"Install it, or: {_TERMINAL}",
        )


def _answers(platform: str, environment: Mapping[str, str]) -> bool:
    return _x11_answers(environment) if platform == "xcb" else _wayland_answers(environment)


def _x11_answers(environment: Mapping[str, str]) -> bool:
    display = environment.get("DISPLAY", "")
    if not display:
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # the plugin's own complaint names what is missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(display.encode(), None)
    has_error = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not has_error


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    path = Path(environment.get("XDG_RUNTIME_DIR", "/")) / name  # an absolute name stays itself
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_TIMEOUT_S)
        try:
            connection.connect(str(path))
        except OSError:
            return False
    return True


def _plugin_fault(platform: str) -> str:
    """What keeps Qt's plugin from loading; empty if nothing does.

    Qt loads it again a moment later anyway, so this costs next to nothing.
    """
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    loader = QPluginLoader(str(folder / f"libq{platform}.so"))
    if loader.load():
        return ""
    # "Cannot load library …/libqxcb.so: libxcb-cursor.so.0: cannot open shared object file: …"
    words = loader.errorString().replace("(", "").split()
    return next((word.rstrip(":") for word in words if word.startswith("lib")), platform)
