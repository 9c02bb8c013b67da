"""Looks at the windows on an X11 screen, and asks one to close; with libX11 alone."""

import ctypes
import ctypes.util
from collections.abc import Iterator
from dataclasses import dataclass

_VIEWABLE = 2
_CLIENT_MESSAGE = 33


class _Attributes(ctypes.Structure):
    """``XWindowAttributes`` (Xlib.h)."""

    _fields_ = (
        ("x", ctypes.c_int), ("y", ctypes.c_int), ("width", ctypes.c_int),
        ("height", ctypes.c_int), ("border_width", ctypes.c_int), ("depth", ctypes.c_int),
        ("visual", ctypes.c_void_p), ("root", ctypes.c_ulong), ("c_class", ctypes.c_int),
        ("bit_gravity", ctypes.c_int), ("win_gravity", ctypes.c_int),
        ("backing_store", ctypes.c_int), ("backing_planes", ctypes.c_ulong),
        ("backing_pixel", ctypes.c_ulong), ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong), ("map_installed", ctypes.c_int),
        ("map_state", ctypes.c_int), ("all_event_masks", ctypes.c_long),
        ("your_event_mask", ctypes.c_long), ("do_not_propagate_mask", ctypes.c_long),
        ("override_redirect", ctypes.c_int), ("screen", ctypes.c_void_p),
    )  # fmt: skip


class _ClientMessage(ctypes.Structure):
    """``XClientMessageEvent``, padded to the size of ``XEvent`` (24 longs)."""

    _fields_ = (
        ("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p), ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong), ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5), ("padding", ctypes.c_long * 12),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class XWindow:
    """A window that can be seen.

    Attributes:
        number: X11's name of it.
        title: What its title bar would say.
        size_px: Width and height.
    """

    number: int
    title: str
    size_px: tuple[int, int]


class XScreen:
    """A connection to a screen.

    Args:
        display: Such as ``:99``.

    Raises:
        OSError: If there is no libX11 or no such screen.
    """

    def __init__(self, display: str) -> None:
        name = ctypes.util.find_library("X11")
        if name is None:
            raise OSError("libX11 is not there")
        self._lib = lib = ctypes.CDLL(name)
        lib.XOpenDisplay.restype = ctypes.c_void_p
        lib.XDefaultRootWindow.restype = lib.XInternAtom.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(lib.XOpenDisplay(display.encode()))
        if not self._display:
            raise OSError(f"There is no screen {display}.")
        # Windows come and go while one looks: what is said of one that went is no reason to end.
        self._handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(
            lambda _display, _event: 0
        )
        lib.XSetErrorHandler(self._handler)

    def close(self) -> None:
        """Let the screen go."""
        self._lib.XCloseDisplay(self._display)

    def windows(self) -> list[XWindow]:
        """The windows directly on the screen that can be seen and have a title."""
        root = self._lib.XDefaultRootWindow(self._display)
        found = []
        for number in self._children(root):
            attributes = _Attributes()
            ok = self._lib.XGetWindowAttributes(
                self._display, ctypes.c_ulong(number), ctypes.byref(attributes)
            )
            title = self._title(number) if ok and attributes.map_state == _VIEWABLE else ""
            if title:
                found.append(XWindow(number, title, (attributes.width, attributes.height)))
        return found

    def ask_to_close(self, window: XWindow) -> None:
        """Do what the cross in a title bar does.

        Args:
            window: Which one.
        """
        lib, display = self._lib, self._display
        message = _ClientMessage(
            type=_CLIENT_MESSAGE,
            window=window.number,
            message_type=lib.XInternAtom(display, b"WM_PROTOCOLS", 0),
            format=32,
        )
        message.data[0] = lib.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
        number, no_mask = ctypes.c_ulong(window.number), ctypes.c_long(0)
        lib.XSendEvent(display, number, 0, no_mask, ctypes.byref(message))
        lib.XFlush(display)

    def _children(self, window: int) -> Iterator[int]:
        root, parent = ctypes.c_ulong(), ctypes.c_ulong()
        children, count = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
        self._lib.XQueryTree(
            self._display, ctypes.c_ulong(window), ctypes.byref(root), ctypes.byref(parent),
            ctypes.byref(children), ctypes.byref(count),
        )  # fmt: skip
        numbers = [children[place] for place in range(count.value)]
        if numbers:
            self._lib.XFree(children)
        yield from numbers

    def _title(self, window: int) -> str:
        text = ctypes.c_char_p()
        self._lib.XFetchName(self._display, ctypes.c_ulong(window), ctypes.byref(text))
        title = (text.value or b"").decode("latin-1")
        if text:
            self._lib.XFree(text)
        return title
