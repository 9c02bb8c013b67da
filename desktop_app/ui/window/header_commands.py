"""What the header has controls for, as commands: in a narrow window it has no room for them."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import TypeVar

from desktop_app.engine.records import GroupBy, SortBy
from desktop_app.ui.commands.command_book import Command, CommandBook, Menu
from desktop_app.ui.memory.order import Order
from desktop_app.ui.window.header import Header
from desktop_app.ui.words.language import tr

Value = TypeVar("Value", bound=Hashable)

_GROUP = 4


def add_header_commands(book: CommandBook, header: Header) -> None:
    """Enter them.

    Args:
        book: Where.
        header: What they act on.
    """
    _add_order(book, header)
    _add_certainty(book, header)


def _add_order(book: CommandBook, header: Header) -> None:
    order = header.order
    sorts = {
        SortBy.RELEVANCE: tr("Commands", "Best or newest first"),
        SortBy.DATE: tr("Commands", "By date taken"),
        SortBy.NAME: tr("Commands", "By name"),
        SortBy.SIZE: tr("Commands", "By size"),
        SortBy.FOLDER: tr("Commands", "By folder"),
    }
    groups = {
        GroupBy.NONE: tr("Commands", "No groups"),
        GroupBy.DAY: tr("Commands", "Groups by day"),
        GroupBy.MONTH: tr("Commands", "Groups by month"),
        GroupBy.FOLDER: tr("Commands", "Groups by folder"),
    }

    def choose_sort(sort: SortBy) -> None:
        if order.order.sort_by is not sort:
            order.set_order(replace(order.order, sort_by=sort, is_reversed=False))

    add_choice(
        book,
        "order",
        tr("Commands", "Order"),
        sorts,
        choose_sort,
    )
    turned = book.add_switch(
        Command("view.order.reversed", Menu.VIEW, tr("Commands", "Other way round"), _GROUP,
                is_switch=True, below=tr("Commands", "Order")),
        lambda is_on: order.set_order(replace(order.order, is_reversed=is_on)),
    )  # fmt: skip
    add_choice(
        book,
        "groups",
        tr("Commands", "Groups"),
        groups,
        lambda group: order.set_order(replace(order.order, group_by=group)),
    )

    def show(now: Order) -> None:
        """Tick what counts; what is ticked already tells nothing."""
        for sort in sorts:
            book.action(f"view.order.{sort}").setChecked(sort is now.sort_by)
        for group in groups:
            book.action(f"view.groups.{group}").setChecked(group is now.group_by)
        turned.setChecked(now.is_reversed)

    order.changed.connect(show)
    show(order.order)


def add_choice(
    book: CommandBook,
    name: str,
    title: str,
    choices: Mapping[Value, str],
    choose: Callable[[Value], object],
    group: int = _GROUP,
) -> None:
    """Enter switches of which one is on: turning that one off leaves it on.

    Args:
        book: Where.
        name: Between ``view.`` and the value in their names.
        title: Of the menu within the menu *View* that they stand in.
        choices: What each is called.
        choose: Gets the value that was chosen.
        group: Among which commands of *View* it stands.
    """

    def act(value: Value) -> Callable[[bool], None]:
        def turned(is_on: bool) -> None:
            if is_on:
                choose(value)

        return turned

    for value, text in choices.items():
        command = Command(
            f"view.{name}.{value}", Menu.VIEW, text, group, is_switch=True, below=title
        )
        action = book.add_switch(command, act(value))
        # Chosen once more it would be off, and nothing in its place.
        action.triggered.connect(lambda is_on, action=action: is_on or action.setChecked(True))


def _add_certainty(book: CommandBook, header: Header) -> None:
    slider = header.certainty
    title = tr("Commands", "Certainty")

    def not_ranked() -> str:
        return "" if slider.is_wanted else tr("Commands", "Search for something first.")

    for name, text, move in (
        ("view.certainty.less", tr("Commands", "More strong hits"),
         lambda: slider.setValue(slider.value() - slider.pageStep())),
        ("view.certainty.more", tr("Commands", "Fewer strong hits"),
         lambda: slider.setValue(slider.value() + slider.pageStep())),
        ("view.certainty.usual", tr("Commands", "Usual certainty"), lambda: slider.setValue(0)),
    ):  # fmt: skip
        book.add(Command(name, Menu.VIEW, text, _GROUP, below=title), move, not_ranked)
