"""Decides what is in the middle of the window when it is not the grid."""

from collections.abc import Callable

from desktop_app.engine.errors import CatalogDamagedError, UserFacingError
from desktop_app.ui.grid.answers import Shown
from desktop_app.ui.library.rescue import Offer
from desktop_app.ui.welcome.empty_state import Message
from desktop_app.ui.words.engine_wording import told, told_error
from desktop_app.ui.words.language import tr


def message(
    shown: Shown | None,
    open_error: UserFacingError | None,
    *,
    is_indexing: bool,
    is_patient: bool,
    add_folder: Callable[[], None],
    try_again: Callable[[], None],
    rescue: Offer | None = None,
    unwritable: str = "",
    try_to_write: Callable[[], None] | None = None,
) -> Message | None:
    """Choose the message.

    Args:
        shown: What is in the grid; None while the library has not answered yet.
        open_error: Why the library could not be opened.
        is_indexing: Whether pictures may be about to appear.
        is_patient: Whether the program has only just started.
        add_folder: What the button for adding does.
        try_again: What the button for opening the library again does.
        rescue: What can be done for a library that is damaged.
        unwritable: Why nothing can be added, in a sentence; empty where it can.
        try_to_write: What the button does that may change this; None where nothing can.

    Returns:
        The message, None where there are pictures to show.
    """
    if isinstance(open_error, CatalogDamagedError) and rescue is not None:
        return Message("trouble", told(open_error.text), rescue.hint, rescue.action, rescue.act)
    if open_error is not None:
        said = told_error(open_error)
        again = tr("Middle", "Try again")
        return Message("trouble", said.text, said.hint, again, try_again)
    if shown is None:
        return Message("", "" if is_patient else tr("Middle", "Opening your pictures…"))
    if shown.count:
        return None
    if not shown.query.is_empty and shown.query.filters:
        return Message(
            "no-picture",
            tr("Middle", "No picture is like that"),
            tr(
                "Middle",
                "All filters must fit. Take one away with its ×, or turn it into its opposite.",
            ),
        )
    if is_indexing:
        return Message(
            "drop-folder",
            tr("Middle", "Looking for pictures…"),
            tr("Middle", "They appear here as soon as they are found."),
        )
    if unwritable:
        again = tr("Middle", "Try again") if try_to_write is not None else ""
        title = tr("Middle", "There is no picture here")
        return Message("trouble", title, unwritable, again, try_to_write)
    # A search ranks every picture, so without a hit there is nothing to search in.
    return Message(
        "drop-folder",
        tr("Middle", "Drop a folder here"),
        tr("Middle", "Then find your pictures by what they show. Nothing leaves this computer."),
        tr("Middle", "Add folder"),
        add_folder,
    )
