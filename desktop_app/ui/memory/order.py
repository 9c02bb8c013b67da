"""In which order pictures are shown, and in which groups."""

from dataclasses import dataclass, replace

from desktop_app.engine.records import GroupBy, SortBy
from desktop_app.ui.words.language import tr


@dataclass(frozen=True, slots=True)
class Order:
    """What was chosen.

    Attributes:
        sort_by: What goes first. Without a search there is no relevance: the newest come first.
        is_reversed: Whether the other end goes first.
        group_by: What stands together under a heading.
    """

    sort_by: SortBy = SortBy.RELEVANCE
    is_reversed: bool = False
    group_by: GroupBy = GroupBy.NONE

    @property
    def is_usual(self) -> bool:
        """Whether it is the order in which the library answers."""
        return self == Order()

    def of_answer(self, *, is_ranked: bool) -> "Order":
        """What it comes to for an answer.

        What is relevant never comes last, so a search is not turned round; without one it is the
        date that the newest pictures come first by.
        """
        if self.sort_by is not SortBy.RELEVANCE or self.is_usual:
            return self
        if is_ranked:
            return replace(self, is_reversed=False)
        return replace(self, sort_by=SortBy.DATE)

    @property
    def is_descending(self) -> bool:
        """Whether large values go first: new pictures and large files do, names begin with A."""
        return (self.sort_by in (SortBy.DATE, SortBy.SIZE)) != self.is_reversed


def sort_labels() -> dict[SortBy, str]:
    """What the orders are called."""
    return {
        SortBy.RELEVANCE: tr("Order", "Relevance"),
        SortBy.DATE: tr("Order", "Date taken"),
        SortBy.NAME: tr("Order", "Name"),
        SortBy.SIZE: tr("Order", "Size"),
        SortBy.FOLDER: tr("Order", "Folder"),
    }


def group_labels() -> dict[GroupBy, str]:
    """What the groups are called."""
    return {
        GroupBy.NONE: tr("Order", "No groups"),
        GroupBy.DAY: tr("Order", "By day"),
        GroupBy.MONTH: tr("Order", "By month"),
        GroupBy.FOLDER: tr("Order", "By folder"),
    }
