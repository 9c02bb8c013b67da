"""In which order pictures are shown, and in which groups."""

from dataclasses import dataclass, replace

from desktop_app.engine.records import GroupBy, SortBy


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


SORT_LABELS = {
    SortBy.RELEVANCE: "Relevance",
    SortBy.DATE: "Date taken",
    SortBy.NAME: "Name",
    SortBy.SIZE: "Size",
    SortBy.FOLDER: "Folder",
}
GROUP_LABELS = {
    GroupBy.NONE: "No groups",
    GroupBy.DAY: "By day",
    GroupBy.MONTH: "By month",
    GroupBy.FOLDER: "By folder",
}
