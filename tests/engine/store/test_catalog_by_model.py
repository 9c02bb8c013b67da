"""The catalog against a dictionary, in whatever order things happen."""

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from numpy.typing import NDArray

from desktop_app.engine.records import (
    FileStamp,
    ModelInfo,
    NewPicture,
    RootKind,
    SkipKind,
    SkippedFile,
)
from desktop_app.engine.store.catalog import Catalog

DIM = 4
MODEL = ModelInfo("key", "Model", DIM, is_builtin=False)
PATHS = [f"/photos/{name}" for name in ("a", "b", "ü", "d e", "F", "f")]
paths = st.sampled_from(PATHS)
seeds = st.integers(0, 1000)


def picture(path: str, seed: int) -> NewPicture:
    vector = np.random.default_rng(seed).standard_normal(DIM).astype(np.float32)
    taken_at_s = float(seed) if seed % 3 else None
    stamp = FileStamp(seed, seed * 10**9)
    return NewPicture(path, stamp, 1, 1, "PNG", taken_at_s, bytes([seed % 256]), vector)


class CatalogMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "catalog.sqlite3"
        self.catalog = Catalog.open(self.path)
        self.root_id = self.catalog.add_root("/photos", RootKind.FOLDER)
        self.pictures: dict[str, tuple[int, NewPicture]] = {}
        self.skips: dict[str, SkippedFile] = {}
        self.follower: dict[int, NDArray[np.float16]] = {}
        self.revision = 0

    def teardown(self) -> None:
        self.catalog.close()
        self.folder.cleanup()

    @rule(batch=st.dictionaries(paths, seeds, min_size=1))
    def write(self, batch: dict[str, int]) -> None:
        new = [picture(path, seed) for path, seed in batch.items()]
        for one, picture_id in zip(
            new, self.catalog.write_pictures(self.root_id, MODEL, new), strict=True
        ):
            if one.path in self.pictures:
                assert picture_id == self.pictures[one.path][0]
            self.pictures[one.path] = (picture_id, one)
            self.skips.pop(one.path, None)

    @rule(gone=st.sets(paths))
    def remove(self, gone: set[str]) -> None:
        self.catalog.remove_pictures([self.pictures.pop(p)[0] for p in gone & set(self.pictures)])

    @rule(order=st.permutations(PATHS))
    def move(self, order: list[str]) -> None:
        target = dict(zip(PATHS, order, strict=True))
        moved = {target[path]: known for path, known in self.pictures.items()}
        self.catalog.move_pictures(
            [(id_, path, self.root_id, one.stamp) for path, (id_, one) in moved.items()]
        )
        self.pictures = moved
        for path in moved:
            self.skips.pop(path, None)

    @rule(path=paths, kind=st.sampled_from(SkipKind))
    def skip(self, path: str, kind: SkipKind) -> None:
        self.skips[path] = SkippedFile(path, kind.name, kind)
        self.catalog.write_skipped(self.root_id, [self.skips[path]])

    @rule()
    def reopen(self) -> None:
        self.catalog.close()
        self.catalog = Catalog.open(self.path)

    @rule(chunk=st.integers(1, 4))
    def follow(self, chunk: int) -> None:
        """What an index does that catches up with the catalog."""
        revision = self.catalog.vector_revision(MODEL.key)
        for ids, vectors in self.catalog.vectors_since(MODEL.key, self.revision, chunk):
            self.follower.update(zip(ids.tolist(), vectors, strict=True))
        here = set(self.catalog.vector_ids(MODEL.key).tolist())
        self.follower = {key: value for key, value in self.follower.items() if key in here}
        if self.follower_differs():
            raise AssertionError("an index that follows the catalog would differ from it")
        self.revision = revision

    def follower_differs(self) -> bool:
        wanted = {id_: one.vector.astype(np.float16) for id_, one in self.pictures.values()}
        return self.follower.keys() != wanted.keys() or any(
            not np.array_equal(self.follower[key], wanted[key]) for key in wanted
        )

    @invariant()
    def the_revision_tells_of_changes(self) -> None:
        if self.catalog.vector_revision(MODEL.key) == self.revision:
            assert not self.follower_differs()

    @invariant()
    def holds_the_pictures(self) -> None:
        known = self.catalog.known_files(self.root_id, "/photos")
        assert known == {
            path: f"{id_}:{one.stamp.size_bytes}:{one.stamp.mtime_ns}"
            for path, (id_, one) in self.pictures.items()
        }
        sizes = {one.stamp.size_bytes for _, one in self.pictures.values()}
        contents = self.catalog.contents_of_sizes(sizes)
        assert {(one.picture_id, one.fingerprint) for one in contents} == {
            (id_, one.fingerprint) for id_, one in self.pictures.values()
        }
        assert self.catalog.ids_without_vector(MODEL.key).tolist() == []
        assert self.catalog.picture_count() == len(self.pictures)

    @invariant()
    def newest_come_first(self) -> None:
        def date_s(one: NewPicture) -> float:
            return one.stamp.mtime_ns / 1e9 if one.taken_at_s is None else one.taken_at_s

        order = sorted(((date_s(one), id_) for id_, one in self.pictures.values()), reverse=True)
        assert self.catalog.picture_ids_newest_first().tolist() == [id_ for _, id_ in order]

    @invariant()
    def holds_the_skips(self) -> None:
        assert self.catalog.known_skips(self.root_id, "/photos") == self.skips
        listed = self.catalog.skipped()
        assert listed == sorted(self.skips.values(), key=lambda s: (not s.kind.is_failure, s.path))


TestCatalogByModel = CatalogMachine.TestCase
TestCatalogByModel.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
