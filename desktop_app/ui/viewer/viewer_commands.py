"""What can be done in the viewer, as commands."""

from collections.abc import Callable, Sequence

from desktop_app.ui.commands.command_book import Command, CommandBook, Menu, WhyNot
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.viewer.picture_show import ShowLanes
from desktop_app.ui.viewer.viewer import Viewer, ViewerLanes
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lanes

_GROUP = 4


def viewer_lanes(lanes: Lanes) -> ViewerLanes:
    """Open the lanes that a viewer works in."""
    show = ShowLanes(*map(lanes.open, ("viewer", "all pixels", "animation")))
    return ViewerLanes(show, lanes.open("film strip"), lanes.open("photo facts"))


def add_viewer_commands(
    book: CommandBook,
    viewer: Viewer,
    memory: WindowMemory,
    rows: Callable[[], Sequence[int]],
    open_row: Callable[[int], object],
) -> None:
    """Enter them.

    The keys in brackets act in the viewer alone, where nothing is typed: see `viewer_keys`.

    Args:
        book: Where.
        viewer: What they act on.
        memory: Remembers whether the film strip is shown.
        rows: The rows that are chosen when something is asked for.
        open_row: Looks at a row.
    """

    def not_looking() -> str:
        return "" if viewer.isVisible() else tr("Commands", "Look at a picture first (Enter).")

    def cannot_look() -> str:
        if viewer.isVisible():
            return tr("Commands", "You are looking at it.")
        return "" if len(rows()) == 1 else tr("Commands", "Select one picture first.")

    def not_moving() -> str:
        if not viewer.isVisible() or viewer.is_animated:
            return not_looking()
        return tr("Commands", "This picture does not move.")

    def not_explainable() -> str:
        if not viewer.isVisible() or viewer.parts.can_explain:
            return not_looking()
        return tr("Commands", "Search for words first, then it is shown where they fit.")

    def enter(
        name: str, text: str, act: Callable[[], object], why_not: WhyNot = not_looking
    ) -> None:
        book.add(Command(name, Menu.VIEW, text, _GROUP), act, why_not)

    book.add(
        Command("picture.look", Menu.PICTURE, tr("Commands", "Look at it (Enter)"), -1, (), "eye"),
        lambda: open_row(rows()[0]),
        cannot_look,
    )
    book.add(
        Command("viewer.full_screen", Menu.VIEW, tr("Commands", "Full screen"), _GROUP, ("F11",),
                "maximize"),
        viewer.full_screen.toggle,
        not_looking,
    )  # fmt: skip
    enter("viewer.zoom_in", tr("Commands", "Zoom in (+)"), viewer.canvas.zoom_in)
    enter("viewer.zoom_out", tr("Commands", "Zoom out (−)"), viewer.canvas.zoom_out)
    enter("viewer.fit", tr("Commands", "Whole picture (0)"), viewer.canvas.fit)
    enter("viewer.every_pixel", tr("Commands", "Every pixel (1)"), viewer.canvas.show_every_pixel)
    enter("viewer.turn_left", tr("Commands", "Turn the view left ([)"), lambda: viewer.turn(-1))
    enter("viewer.turn_right", tr("Commands", "Turn the view right (])"), lambda: viewer.turn(1))
    enter("viewer.play", tr("Commands", "Play or stop (P)"), viewer.toggle_playing, not_moving)
    enter("viewer.crop", tr("Commands", "Search by a part (C)"), viewer.parts.begin_crop)
    enter(
        "viewer.explain",
        tr("Commands", "Show where it fits (E)"),
        viewer.toggle_explained,
        not_explainable,
    )
    _add_switches(book, viewer, memory)


def _add_switches(book: CommandBook, viewer: Viewer, memory: WindowMemory) -> None:
    strip = book.add_switch(
        Command("viewer.strip", Menu.VIEW, tr("Commands", "Film strip (T)"), _GROUP,
                is_switch=True),
        viewer.set_strip_shown,
    )  # fmt: skip
    viewer.set_strip_shown(memory.is_strip_shown)
    strip.setChecked(viewer.is_strip_shown)
    viewer.strip_switched.connect(strip.setChecked)
    viewer.strip_switched.connect(memory.set_strip_shown)
    information = book.add_switch(
        Command("viewer.information", Menu.VIEW, tr("Commands", "Information (I)"), _GROUP,
                is_switch=True),
        viewer.set_informed,
    )  # fmt: skip
    viewer.informed.connect(information.setChecked)
