"""The rows of the sidebar as Qt sees them."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex
from pytestqt.modeltest import ModelTester

from desktop_app.engine.saved_search import SavedSearch
from desktop_app.ui.sidebar import sidebar_model
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
    assert "folder:/r" not in model._by_key
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


def test_very_many_rows_are_made_piece_by_piece(
    monkeypatch: pytest.MonkeyPatch, qtmodeltester: ModelTester
) -> None:
    monkeypatch.setattr(sidebar_model, "PIECE", 10)
    names = [[f"{number:02}"] for number in range(35)]
    shown = content(names)
    model = SidebarModel(shown)
    qtmodeltester.check(model)
    root = model.find("folder:/r")
    model.fetchMore(root)
    assert (model.rowCount(root), model.has_more(root), model.canFetchMore(root)) == (
        10,
        True,
        False,
    )
    model.make_more(root)
    assert model.rowCount(root) == 20
    assert model.find("folder:/r/24").row() == 24  # made on the way to it
    assert model.rowCount(root) == 25
    # What was made stays when others come before it.
    fill(shown, [["0"], *names], (), "")
    model.refresh()
    assert model.rowCount(root) == 26
    assert model.item(model.index(25, 0, root)).name == "24"
    model.make_more(root, all_of_them=True)
    assert (model.rowCount(root), model.has_more(root)) == (36, False)
    fill(shown, names[:3], (), "")
    model.refresh()
    assert model.rowCount(root) == 3
    qtmodeltester.check(model)


def test_a_folder_that_gets_very_many_folders_gets_a_piece_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sidebar_model, "PIECE", 10)
    shown = content([["b"]])
    model = SidebarModel(shown)
    root = model.find("folder:/r")
    model.fetchMore(root)
    fill(shown, [["b"], *([f"c{number:02}"] for number in range(30))], (), "")
    model.refresh()
    assert (model.rowCount(root), model.has_more(root)) == (10, True)
    assert not model.has_more(model.find("section:folders"))
