"""What a report says of the window and the library: in English, for the developers who read it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

Fact = tuple[str, str]
"""What it is about, and what is said."""


def model_facts(name: str) -> Sequence[Fact]:
    """Which model answers; nothing where none is known.

    Args:
        name: The model's name.
    """
    return [("Model", name)] if name else []


def screen_facts() -> Sequence[Fact]:
    """What the window is drawn with and shown on."""
    screens = ", ".join(
        f"{each.size().width()}×{each.size().height()} at {each.devicePixelRatio():g}"
        for each in QGuiApplication.screens()
    )
    return [
        ("Qt", f"{qVersion()}, {QGuiApplication.platformName()}"),
        ("Screens", screens),
        ("Language", QLocale.system().name()),
    ]


def library_facts(library: "Library | None") -> Sequence[Fact]:
    """How much there is; asks the library, which may be what is broken."""
    if library is None:
        return [("State", "not open")]
    try:
        rows = [
            ("Pictures", str(library.picture_count())),
            ("Folders", str(len(library.roots()))),
            ("Not indexed", str(library.skip_counts()[0])),
            ("Computing", library.device().provider),
        ]
    except Exception as error:  # noqa: BLE001 - a report must come, whatever else does not
        return [("State", f"cannot be asked: {type(error).__name__}")]
    return [*rows, ("State", "read only" if library.unwritable else "open")]
