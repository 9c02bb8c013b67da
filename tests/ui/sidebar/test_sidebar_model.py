"""The rows of the sidebar as Qt sees them."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex
from pytestqt.modeltest import ModelTester

from desktop_app.engine.saved_search import SavedSearch
from desktop_app.ui.sidebar.sidebar_items import SidebarContent
from desktop_app.ui.sidebar.sidebar_model import SidebarModel
from tests.ui.fake_labels import tree_of


def content(
    folders: list[list[str]] | None = None, searches: tuple[int, ...] = (), tags: str = ""
) -> SidebarContent:
    made = SidebarContent()
    fill(made, folders or [], searches, tags)
    return made


def fill(
    into: SidebarContent, folders: list[list[str]], searches: tuple[int, ...], tags: str
) -> None:
    into.tree, into.is_known = (
        tree_of(*("/".join(["/r", *each]) for each in folders), root="/r"),
        True,
    )
    into.searches = {number: SavedSearch(number, str(number), "x") for number in searches}
    into.tags = dict(Counter(tags))


def open_all(model: SidebarModel, parent: QModelIndex | None = None) -> None:
    above = QModelIndex() if parent is None else parent
    if model.canFetchMore(above):
        model.fetchMore(above)
    for row in range(model.rowCount(above)):
        open_all(model, model.index(row, 0, above))


def keys(model: SidebarModel, parent: QModelIndex | None = None) -> list[object]:
    above = QModelIndex() if parent is None else parent
    indexes = [model.index(row, 0, above) for row in range(model.rowCount(above))]
    return [[model.item(each).key, keys(model, each)] for each in indexes]


def test_it_is_proper(qtmodeltester: ModelTester) -> None:
    model = SidebarModel(content([["a"], ["a", "b"], ["c"]], (1, 2), "xyy"))
    qtmodeltester.check(model)
    open_all(model)
    qtmodeltester.check(model)


def test_rows_are_made_when_they_are_asked_for() -> None:
    model = SidebarModel(content([["a", "b"]]))
    assert "folder:/r" not in set(model.existing())
    assert model.find("folder:/r/a/b").isValid()
    assert not model.find("folder:/r/a/b/c").isValid()
    assert not model.find("tag:none").isValid()


_trees = st.lists(st.lists(st.sampled_from("abc"), max_size=3), max_size=6)
_numbers = st.lists(st.integers(1, 4), unique=True, max_size=4).map(tuple)
_tags = st.text("xyz", max_size=4)


@given(st.lists(st.tuples(_trees, _numbers, _tags), min_size=2, max_size=4))
def test_whatever_changes_it_shows_what_one_made_anew_does(
    states: list[tuple[list[list[str]], tuple[int, ...], str]],
) -> None:
    shown = SidebarContent()
    model = SidebarModel(shown)
    tester = Checker(model)
    for state in states:
        fill(shown, *state)
        model.refresh()
        open_all(model)
        anew = SidebarModel(content(*state))
        open_all(anew)
        assert keys(model) == keys(anew)
    assert tester.depth == 0


class Checker:
    """Notes that every change was announced, and that the number of rows was right before it."""

    def __init__(self, model: SidebarModel) -> None:
        self.depth = 0
        self._model = model
        self._expected = 0
        model.rowsAboutToBeInserted.connect(lambda up, a, b: self._begin(up, b - a + 1))
        model.rowsAboutToBeRemoved.connect(lambda up, a, b: self._begin(up, a - b - 1))
        model.rowsInserted.connect(lambda up, _a, _b: self._end(up))
        model.rowsRemoved.connect(lambda up, _a, _b: self._end(up))

    def _begin(self, parent: QModelIndex, more: int) -> None:
        self.depth += 1
        self._expected = self._model.rowCount(parent) + more

    def _end(self, parent: QModelIndex) -> None:
        self.depth -= 1
        assert self._model.rowCount(parent) == self._expected
