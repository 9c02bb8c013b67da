"""Labels against a plain dictionary, over made-up sequences of changes."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.records import LabelChange, ModelInfo, PictureLabels, RootKind
from desktop_app.engine.store import labels as label_sql
from desktop_app.engine.store import names
from desktop_app.engine.store.catalog import Catalog
from tests.engine.store.conftest import DIM, MakePicture, picture

MODEL = ModelInfo("m", "M", DIM, is_builtin=False)
PICTURES = 6
TAGS = [
    "Snow",
    "snow",
    "SNOW",
    "Über",
    "U\u0308BER",
    "straße",
    "STRASSE",
    "a, b",
    "\ud800",
    "10",
    "9",
]

some_ids = st.lists(st.integers(1, PICTURES + 2), max_size=PICTURES, unique=True)
some_tags = st.lists(st.sampled_from(TAGS), max_size=3)
stars = st.integers(0, 5)


class LabelsMachine(RuleBasedStateMachine):
    """What every picture has, by the folded names of tags."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.catalog = Catalog.open(Path(self.folder.name) / "c")
        root_id = self.catalog.add_root("/photos", RootKind.FOLDER)
        ids = self.catalog.write_pictures(
            root_id, MODEL, [picture(f"{number}.jpg", number) for number in range(PICTURES)]
        )
        assert ids == list(range(1, PICTURES + 1))
        self.ratings = dict.fromkeys(ids, 0)
        self.tags: dict[int, set[str]] = {one: set() for one in ids}
        self.done: list[tuple[LabelChange, dict[int, int], dict[int, set[str]]]] = []

    def teardown(self) -> None:
        if hasattr(self, "catalog"):
            self.catalog.close()
            self.folder.cleanup()

    def _note(
        self, change: LabelChange, before: tuple[dict[int, int], dict[int, set[str]]]
    ) -> None:
        ratings, tags = before
        changed = {
            one
            for one in self.ratings
            if ratings[one] != self.ratings[one] or tags[one] != self.tags[one]
        }
        assert changed <= set(change.ids.tolist())
        self.done.append((change, *before))

    def _copy(self) -> tuple[dict[int, int], dict[int, set[str]]]:
        return dict(self.ratings), {one: set(tags) for one, tags in self.tags.items()}

    @rule(ids=some_ids, rating=stars)
    def rate(self, ids: Sequence[int], rating: int) -> None:
        before = self._copy()
        self.ratings.update({one: rating for one in ids if one in self.ratings})
        self._note(self.catalog.labels.rate(ids, rating, is_due=True), before)

    @rule(ids=some_ids, add=some_tags, remove=some_tags)
    def tag(self, ids: Sequence[int], add: Sequence[str], remove: Sequence[str]) -> None:
        before = self._copy()
        for one in ids:
            if one in self.tags:
                self.tags[one] -= {label_sql.key_of(name) for name in remove}
                self.tags[one] |= {label_sql.key_of(name) for name in add}
        self._note(self.catalog.labels.tag(ids, add, remove, is_due=False), before)

    @rule(name=st.sampled_from(TAGS), new=st.sampled_from(TAGS))
    def rename(self, name: str, new: str) -> None:
        before = self._copy()
        old_key, new_key = label_sql.key_of(name), label_sql.key_of(new)
        for tags in self.tags.values():
            if old_key in tags:
                tags.remove(old_key)
                tags.add(new_key)
        change = self.catalog.labels.rename(name, new, is_due=False)
        self.done.append((change, *before))

    @rule(name=st.sampled_from(TAGS))
    def delete(self, name: str) -> None:
        before = self._copy()
        for tags in self.tags.values():
            tags.discard(label_sql.key_of(name))
        self._note(self.catalog.labels.delete(name, is_due=False), before)

    @rule()
    def undo(self) -> None:
        if self.done:
            change, self.ratings, self.tags = self.done.pop()
            now = self._described()
            back = self.catalog.labels.restore(change, is_due=False)
            was = self._described()
            self.catalog.labels.restore(back, is_due=False)
            assert self._described() == now
            self.catalog.labels.restore(change, is_due=False)
            assert self._described() == was

    def _described(self) -> dict[int, PictureLabels]:
        return self.catalog.labels.of(list(self.ratings))

    @invariant()
    def all_is_told(self) -> None:
        if not hasattr(self, "catalog"):
            return
        described = self._described()
        for one, said in described.items():
            assert said.rating == self.ratings[one]
            assert {label_sql.key_of(name) for name in said.tags} == self.tags[one]
            assert list(said.tags) == sorted(said.tags, key=names.sort_key)
        counts = self.catalog.labels.counts()
        assert counts.ratings == tuple(list(self.ratings.values()).count(n) for n in range(6))
        assert {label_sql.key_of(name): number for name, number in counts.tags} == {
            key: sum(key in tags for tags in self.tags.values())
            for key in set().union(*self.tags.values())
        }
        common = self.catalog.labels.common([*self.ratings, 99])
        assert (common.pictures, common.ratings) == (PICTURES, counts.ratings)
        assert common.tags == counts.tags


LabelsMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
TestLabels = LabelsMachine.TestCase


@pytest.fixture
def ids(catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture) -> list[int]:
    return catalog.write_pictures(root_id, model, [make_picture(f"{n}.jpg", n) for n in range(3)])


def test_a_selection_has_labels_in_common(catalog: Catalog, ids: list[int]) -> None:
    catalog.labels.rate(ids[:2], 4, is_due=False)
    catalog.labels.tag(ids[:2], ["snow"], [], is_due=False)
    catalog.labels.tag(ids[:1], ["ice"], [], is_due=False)
    both, every, none = (
        catalog.labels.common(some) for some in (ids[:2], [*ids, ids[0]], [12_345])
    )
    assert (both.pictures, both.rating, both.of_all) == (2, 4, ("snow",))
    assert (every.pictures, every.rating, every.of_all) == (3, None, ())
    assert every.tags == (("ice", 1), ("snow", 2))
    assert (none.pictures, none.rating, none.tags) == (0, None, ())


def test_for_very_many_they_are_counted_otherwise(
    catalog: Catalog, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.labels.rate(ids[:2], 4, is_due=False)
    catalog.labels.tag(ids[1:], ["snow"], [], is_due=False)
    few = [catalog.labels.common(some) for some in (ids, ids[:1], [], [*ids, 12_345])]
    monkeypatch.setattr(label_sql, "_FEW", -1)
    monkeypatch.setattr(label_sql, "_AT_ONCE", 1)
    assert [catalog.labels.common(some) for some in (ids, ids[:1], [], [*ids, 12_345])] == few


def test_long_lists_go_in_parts(
    catalog: Catalog, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(label_sql, "_AT_ONCE", 2)
    catalog.labels.rate(ids[:1], 1, is_due=False)
    change = catalog.labels.rate(ids, 3, is_due=False)
    assert [(stars, some.tolist()) for stars, some in change.ratings] == [
        (0, ids[1:]),
        (1, ids[:1]),
    ]
    tagged = catalog.labels.tag(ids, ["snow"], [], is_due=False)
    assert catalog.labels.of(ids) == dict.fromkeys(ids, PictureLabels(3, ("snow",)))
    catalog.labels.restore(tagged, is_due=False)
    catalog.labels.restore(change, is_due=False)
    assert [one.rating for one in catalog.labels.of(ids).values()] == [1, 0, 0]


def test_a_tag_that_nobody_had_any_more_is_spelled_anew(catalog: Catalog, ids: list[int]) -> None:
    catalog.labels.tag(ids, ["snow"], [], is_due=False)
    catalog.labels.tag(ids[:1], ["SNOW"], [], is_due=False)
    assert catalog.labels.counts().tags == (("snow", 3),)
    catalog.labels.delete("Snow", is_due=False)
    catalog.labels.tag(ids[:1], ["SNOW"], [], is_due=False)
    assert catalog.labels.counts().tags == (("SNOW", 1),)


def test_undone_a_deletion_brings_back_the_spelling(catalog: Catalog, ids: list[int]) -> None:
    catalog.labels.tag(ids, ["snow"], [], is_due=False)
    change = catalog.labels.delete("SNOW", is_due=False)
    catalog.labels.restore(change, is_due=False)
    assert catalog.labels.counts().tags == (("snow", 3),)


def test_labels_stay_with_a_picture_that_moves_and_go_with_one_that_leaves(
    catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture, ids: list[int]
) -> None:
    catalog.labels.rate(ids, 5, is_due=True)
    catalog.labels.tag(ids, ["snow"], [], is_due=True)
    stamp = catalog.pictures(ids)[0].stamp
    catalog.move_pictures([(ids[0], "/photos/elsewhere.jpg", root_id, stamp)])
    catalog.write_pictures(root_id, model, [make_picture("1.jpg", 77)])  # edited
    assert catalog.labels.of(ids) == dict.fromkeys(ids, PictureLabels(5, ("snow",)))
    catalog.remove_pictures(ids[:2])
    assert catalog.labels.of(ids)[ids[0]] == PictureLabels()
    assert catalog.labels.counts().ratings == (0, 0, 0, 0, 0, 1)
    assert [one.picture_id for one, _ in catalog.labels.due(0, 9)] == ids[2:]
    catalog.remove_root(root_id)
    assert catalog.labels.counts().tags == ()
    catalog.check(CancelToken())


def test_a_change_that_fails_leaves_all_as_it_was(
    catalog: Catalog, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.labels.rate(ids[:1], 2, is_due=False)
    monkeypatch.setattr(label_sql, "_AT_ONCE", 1)
    with pytest.raises(sqlite3.IntegrityError):
        catalog.labels.rate(ids, 6, is_due=False)
    assert [one.rating for one in catalog.labels.of(ids).values()] == [2, 0, 0]


def test_they_are_in_backups(catalog: Catalog, ids: list[int]) -> None:
    catalog.labels.rate(ids, 5, is_due=False)
    catalog.labels.tag(ids, ["snow"], [], is_due=False)
    catalog.back_up(CancelToken())
    newest = catalog.backups.newest()
    assert newest is not None
    with closing(Catalog.open(Path(newest.path), writable=False)) as kept:
        assert kept.labels.of(ids) == catalog.labels.of(ids)


def test_what_is_due_stays_due_when_it_changes_meanwhile(catalog: Catalog, ids: list[int]) -> None:
    catalog.labels.rate(ids, 5, is_due=True)
    found = catalog.labels.due(0, 2)
    assert [(one.picture_id, said.rating) for one, said in found] == [(one, 5) for one in ids[:2]]
    catalog.labels.rate(ids[:1], 4, is_due=True)
    catalog.labels.settle([one for one, _ in found], [])
    assert [(one.picture_id, said.rating) for one, said in catalog.labels.due(0, 9)] == [
        (ids[0], 4),
        (ids[2], 5),
    ]
    catalog.labels.settle([], [(catalog.labels.due(0, 9)[0][0], "You may not.")])
    assert catalog.labels.count_due() == 1
    [failed] = catalog.labels.failures(9)
    assert (failed.picture_id, failed.path, failed.reason) == (
        ids[0],
        "/photos/0.jpg",
        "You may not.",
    )
    catalog.labels.retry()
    assert catalog.labels.count_due() == 2
    catalog.labels.set_all_due(is_due=False)
    assert catalog.labels.count_due() == 0
    catalog.labels.set_all_due(is_due=True)
    assert catalog.labels.count_due() == 3


def test_what_was_renamed_is_due(catalog: Catalog, ids: list[int]) -> None:
    catalog.labels.tag(ids[1:], ["snow"], [], is_due=False)
    change = catalog.labels.rename("snow", "Schnee", is_due=True)
    assert change.renamed == ("Schnee", "snow")
    assert [one.picture_id for one, _ in catalog.labels.due(0, 9)] == ids[1:]
    assert catalog.labels.rename("unknown", "Eis", is_due=True).is_empty
