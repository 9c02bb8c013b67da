"""The states that the window is shown in, by name; ``docs/design/window.md`` lists them."""

import enum
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt

from desktop_app.engine.records import GroupBy, SortBy
from desktop_app.ui.kit.theme import Scheme
from desktop_app.ui.memory.order import Order
from desktop_app.ui.messages.notices import unexpected
from desktop_app.ui.viewer.film_strip import FilmStrip
from stage import Stage

WINDOW_PX = (1180, 780)
NARROW_PX = (480, 720)
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
_MIDDLE = 500_002


class Look(enum.Enum):
    """How the window looks and speaks: the end of a picture's name, its colours, its language."""

    USUAL = "", Scheme.LIGHT, "en"
    DARK = "-dark", Scheme.DARK, "en"
    FRENCH = "-fr", Scheme.LIGHT, "fr"

    @property
    def suffix(self) -> str:
        """What stands at the end of the names of pictures."""
        return self.value[0]

    @property
    def scheme(self) -> Scheme:
        """Light or dark."""
        return self.value[1]

    @property
    def language(self) -> str:
        """The code of the language."""
        return self.value[2]


@dataclass(frozen=True)
class Scene:
    """A state of the window.

    Attributes:
        name: What its picture is called.
        play: Brings the window there.
        size_px: How large the window is.
        has_library: Whether there are pictures in it.
        is_new: Whether nobody has used the program before.
        count: How many pictures there seem to be; 0 for those that are there.
        looks: In which looks it is shown.
        shown_in_docs: The looks of which README and docs show the picture.
    """

    name: str
    play: Callable[[Stage], object]
    size_px: tuple[int, int] = WINDOW_PX
    has_library: bool = True
    is_new: bool = False
    count: int = 0
    looks: tuple[Look, ...] = (Look.USUAL,)
    shown_in_docs: tuple[Look, ...] = ()


def _nothing(_stage: Stage) -> None:
    """The window as it opens."""


def _search(stage: Stage) -> None:
    stage.search("sunset")


def _no_hits(stage: Stage) -> None:
    stage.search("type:tiff boat")


def _mistake(stage: Stage) -> None:
    stage.search("boat after:soon")


def _browse(stage: Stage) -> None:
    stage.show_sidebar()
    stage.label()
    stage.window.book.run("view.inspector")
    stage.window.grid.go_to(8)
    stage.until(lambda: bool(stage.window.inspector.facts))
    stage.wait_ms(400)


def _several(stage: Stage) -> None:
    stage.window.book.run("view.inspector")
    stage.window.grid.setFocus()
    stage.press(Key.Key_A, CTRL)
    stage.wait_ms(600)


def _groups(stage: Stage) -> None:
    stage.order(Order(SortBy.DATE, group_by=GroupBy.MONTH))


def _viewer(stage: Stage) -> None:
    stage.search("mountains")
    stage.window.grid.enter()
    stage.press(Key.Key_Return)
    stage.until(stage.window.viewer.isVisible)
    stage.press(Key.Key_I)
    stage.until(lambda: all(each.is_filled for each in stage.window.viewer.findChildren(FilmStrip)))
    stage.wait_ms(600)


def _palette(stage: Stage) -> None:
    stage.window.book.run("palette.open")
    stage.type("sho")


def _jobs(stage: Stage) -> None:
    """What goes on and what went wrong."""
    stage.hold()
    stage.window.book.run("panel.jobs")
    stage.window.notices.error(unexpected(), "Show report", lambda: None)


def _offline(stage: Stage) -> None:
    """A picture whose drive is not there, and the sign of its folder."""
    stage.show_sidebar()
    stage.take_drive()


def _million(stage: Stage) -> None:
    """Somewhere in the middle of them, with all but one selected."""
    stage.window.grid.setFocus()
    stage.press(Key.Key_A, CTRL)
    stage.window.grid.toggle(_MIDDLE)
    stage.wait_ms(1000)  # the date beside the scroll bar goes


def _settings(stage: Stage) -> None:
    """All settings, and what is to be said of the model."""
    window = stage.window
    stage.until(lambda: bool(window.status.model_name))
    window.book.run("panel.settings")
    settings = window.shell.settings
    stage.until(lambda: settings is not None and settings.panel.is_whole)


def _run(name: str) -> Callable[[Stage], object]:
    return lambda stage: stage.window.book.run(name)


_ALL_LOOKS = tuple(Look)
SCENES = (
    Scene(
        "first-run",
        _nothing,
        has_library=False,
        is_new=True,
        looks=_ALL_LOOKS,
        shown_in_docs=(Look.USUAL,),
    ),
    Scene("empty", _nothing, has_library=False),
    Scene("library", _nothing),
    Scene("groups", _groups),
    Scene("search", _search, looks=_ALL_LOOKS, shown_in_docs=(Look.USUAL, Look.DARK)),
    Scene("no-hits", _no_hits),
    Scene("mistake", _mistake),
    Scene("browse", _browse, looks=_ALL_LOOKS, shown_in_docs=(Look.USUAL, Look.FRENCH)),
    Scene("several", _several),
    Scene("viewer", _viewer, looks=_ALL_LOOKS, shown_in_docs=(Look.USUAL,)),
    Scene("palette", _palette),
    Scene("settings", _settings, looks=_ALL_LOOKS, shown_in_docs=(Look.USUAL,)),
    Scene("folders", _run("panel.folders"), shown_in_docs=(Look.USUAL,)),
    Scene("models", _run("panel.models"), shown_in_docs=(Look.USUAL,)),
    Scene("keys", _run("help.keys")),
    Scene("jobs", _jobs),
    Scene("offline", _offline),
    Scene("million", _million, count=1_000_000),
    Scene("narrow", _search, NARROW_PX, looks=(Look.USUAL, Look.FRENCH)),
)
