import threading
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import psutil
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.protocols import VectorIndex
from desktop_app.engine.records import FileStamp, ModelInfo, NewPicture, RootKind
from desktop_app.engine.store import vector_index
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.graph_building import GraphBuilding
from desktop_app.engine.store.index_files import SegmentRecord
from desktop_app.engine.store.index_opening import open_index
from desktop_app.engine.store.segment import Scored, Segment
from desktop_app.engine.store.segment_groups import IndexLimits
from desktop_app.engine.store.vector_index import UsearchIndex, save_index
from tests.engine.store.inline_building import InlineBuilding

DIM = 16
MODEL = ModelInfo("key", "Model", DIM, is_builtin=False)
TINY = IndexLimits(exact_up_to=0, held_in_memory=6, linked_from=8, segment_rows=20)


def units(seeds: list[int]) -> NDArray[np.float32]:
    """Unit vectors, shape ``(len(seeds), DIM)``; equal seeds give equal vectors."""
    rows = [np.random.default_rng(seed).standard_normal(DIM) for seed in seeds]
    return np.array([row / np.linalg.norm(row) for row in rows], np.float32).reshape(-1, DIM)


def cosines(vectors: NDArray[np.float32], query: NDArray[np.float32]) -> NDArray[np.float64]:
    """The oracle: cosines of what float16 leaves of vectors and query, in float64."""
    rows, one = (array.astype(np.float16).astype(np.float64) for array in (vectors, query))
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(one)
    return np.asarray(rows @ one / lengths, dtype=np.float64)


def assert_ranked(ids: NDArray[np.int64], scores: NDArray[np.float32]) -> None:
    pairs = list(zip((-scores).tolist(), ids.tolist(), strict=True))
    assert pairs == sorted(pairs)
    assert np.all(np.abs(scores) <= 1)


class Revisions:
    """Stands for the catalog of an index that is only told of changes."""

    is_writable = True
    revision = 0

    def vector_revision(self, model_key: str) -> int:
        self.revision += 1
        return self.revision


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_index, "GraphBuilding", InlineBuilding)


def in_memory(folder: Path) -> UsearchIndex:
    return UsearchIndex("library", MODEL, folder)


def on_disk(folder: Path, limits: IndexLimits = TINY) -> UsearchIndex:
    return UsearchIndex("library", MODEL, folder, Revisions(), limits)  # type: ignore[arg-type]


class IndexMachine(RuleBasedStateMachine):
    """Changes catalog and index at random, saves, links and restarts, beside a dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.patched = pytest.MonkeyPatch()
        self.patched.setattr(vector_index, "GraphBuilding", InlineBuilding)
        self.catalog = Catalog.open(Path(self.folder.name) / "catalog.sqlite3")
        self.root_id = self.catalog.add_root("/photos", RootKind.FOLDER)
        self.model: dict[int, int] = {}

    def teardown(self) -> None:
        self.index.close()
        self.catalog.close()
        self.patched.undo()
        self.folder.cleanup()

    @initialize(
        exact_up_to=st.sampled_from([0, 0, 10, 1000]), threads_from=st.sampled_from([0, 1000])
    )
    def start(self, exact_up_to: int, threads_from: int) -> None:
        self.limits = IndexLimits(exact_up_to, 6, 8, 20, threads_from=threads_from)
        self.index = self.open()

    def open(self) -> UsearchIndex:
        folder = Path(self.folder.name) / "indexes"
        return open_index(folder, self.catalog, MODEL, self.limits)

    @rule(batch=st.lists(st.tuples(st.integers(1, 40), st.integers(0, 12)), max_size=20))
    def add(self, batch: list[tuple[int, int]]) -> None:
        new = [
            NewPicture(f"/photos/{n}", FileStamp(1, 1), 1, 1, "PNG", None, b"f", units([seed])[0])
            for n, seed in dict(batch).items()
        ]
        ids = self.catalog.write_pictures(self.root_id, MODEL, new)
        self.index.add(np.array(ids, dtype=np.int64), units([s for _, s in dict(batch).items()]))
        self.model.update(zip(ids, dict(batch).values(), strict=True))

    @rule(ids=st.lists(st.integers(0, 41), max_size=20))
    def remove(self, ids: list[int]) -> None:
        self.catalog.remove_pictures(ids)
        self.index.remove(np.array(ids, dtype=np.int64))
        for one in ids:
            self.model.pop(one, None)

    @rule(is_linked=st.booleans())
    def save(self, is_linked: bool) -> None:
        save_index(self.index, self.catalog)
        if is_linked:
            list(self.index.link())

    @rule(is_saved=st.booleans())
    def restart(self, is_saved: bool) -> None:
        if is_saved:
            save_index(self.index, self.catalog)
        self.index.close()
        self.index = self.open()

    @rule(
        seed=st.integers(0, 14),
        limit=st.none() | st.integers(0, 40),
        among=st.none() | st.lists(st.integers(0, 41), max_size=30),
    )
    def search(self, seed: int, limit: int | None, among: list[int] | None) -> None:
        query = units([seed])[0]
        chosen = None if among is None else np.array(among, dtype=np.int64)
        ids, scores = self.index.search(query, limit, chosen)
        assert ids.dtype == np.int64
        assert scores.dtype == np.float32
        assert len(self.index) == len(self.model)
        here = sorted(self.model if among is None else set(self.model) & set(among))
        wanted = len(here) if limit is None else min(limit, len(here))
        assert len(ids) == len(set(ids.tolist())) == wanted
        assert_ranked(ids, scores)
        if wanted:
            every = cosines(units([self.model[id_] for id_ in here]), query)
            by_id = dict(zip(here, every, strict=True))
            best = np.sort(every)[::-1][:wanted]
            np.testing.assert_allclose(scores, best, atol=1e-5)
            np.testing.assert_allclose(scores, [by_id[int(one)] for one in ids], atol=1e-5)

    @rule(count=st.integers(1, 50))
    def sample(self, count: int) -> None:
        sampled = self.index.sample(count)
        assert sampled.shape == (min(count, len(self.model)), DIM)
        if count >= len(self.model):
            wanted = units(list(self.model.values())).astype(np.float16).astype(np.float32)
            np.testing.assert_array_equal(np.sort(sampled, axis=0), np.sort(wanted, axis=0))


TestIndexByModel = IndexMachine.TestCase
TestIndexByModel.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


def test_keeps_the_protocol(tmp_path: Path) -> None:
    index: VectorIndex = in_memory(tmp_path)
    assert len(index) == 0
    for among in (None, np.array([1, 2])):
        ids, scores = index.search(units([1])[0], 10, among)
        assert (len(ids), len(scores)) == (0, 0)


def test_duplicates_come_in_order_of_id_also_at_the_end(tmp_path: Path, inline: None) -> None:
    order = np.random.default_rng(0).permutation(50) + 1
    linked = on_disk(tmp_path)
    for index in (in_memory(tmp_path), linked):
        index.add(order, units([7] * 50))
        list(index.link())
        ids, scores = index.search(units([7])[0], 20)
        assert ids.tolist() == list(range(1, 21))
        np.testing.assert_allclose(scores, 1, atol=1e-6)
    assert linked.unlinked_count < 50


def test_wrong_shapes_are_refused(tmp_path: Path) -> None:
    index = in_memory(tmp_path)
    with pytest.raises(ValueError, match="vectors"):
        index.add(np.array([1, 2]), units([1]))
    with pytest.raises(ValueError, match="dimensions"):
        index.search(np.zeros(DIM + 1, dtype=np.float32), 5)
    assert len(index) == 0


def test_graphs_answer_nearly_as_well_as_comparing_everything(tmp_path: Path, inline: None) -> None:
    vectors = units(list(range(2000)))
    ids = np.arange(1, 2001)
    exact = in_memory(tmp_path)
    graphs = on_disk(tmp_path, IndexLimits(0, 100, 200, 500))
    for index in (exact, graphs):
        index.add(ids, vectors)
    list(graphs.link())
    for index in (exact, graphs):
        # Replaced and removed ones, the first of all included, must not cut off others.
        index.add(ids[:450], vectors[::-1][:450])
        index.remove(ids[1500:])
    assert graphs.unlinked_count <= 500
    found = 0
    for query in units(list(range(5000, 5100))):
        near_ids, near_scores = graphs.search(query, 10)
        best_ids, best_scores = exact.search(query, 10)
        assert_ranked(near_ids, near_scores)
        found += len(np.intersect1d(near_ids, best_ids))
        same = np.isin(best_ids, near_ids)
        np.testing.assert_array_equal(best_scores[same], near_scores[np.isin(near_ids, best_ids)])
    assert found >= 990


def test_where_most_of_a_graph_no_longer_counts_enough_is_found(
    tmp_path: Path, inline: None
) -> None:
    index = on_disk(tmp_path, IndexLimits(0, 100, 200, 2000))
    index.add(np.arange(1000), units([n % 500 for n in range(1000)]))
    list(index.link())
    assert index.unlinked_count == 0
    query = units([7])[0]
    near, _ = index.search(query, 400)
    index.remove(near[:300])
    found, scores = index.search(query, 100)
    rest, rest_scores = index.search(query, None)
    assert found.tolist() == rest[:100].tolist()
    np.testing.assert_array_equal(scores, rest_scores[:100])


def test_the_history_does_not_show(tmp_path: Path, inline: None) -> None:
    vectors = units(list(range(300)))
    ids = np.arange(1, 301)
    straight = in_memory(tmp_path)
    straight.add(ids, vectors)
    winding = on_disk(tmp_path)
    order = np.random.default_rng(1).permutation(300)
    winding.add(ids[order], vectors[order][::-1])
    winding.remove(ids[::3])
    winding.add(ids[order], vectors[order])
    for query in units([1000, 1001, 1002]):
        one, other = (index.search(query, None) for index in (straight, winding))
        np.testing.assert_array_equal(one[0], other[0])
        np.testing.assert_array_equal(one[1], other[1])


def test_adding_saving_and_searching_at_the_same_time(tmp_path: Path) -> None:
    """With graphs that are built by real processes meanwhile."""
    index = on_disk(tmp_path, IndexLimits(100, 200, 400, 800))
    vectors = units(list(range(1500)))
    ids = np.arange(1, 1501)
    index.add(ids[:200], vectors[:200])
    stop = threading.Event()
    problems: list[BaseException] = []
    searches = 0

    def search() -> None:
        nonlocal searches
        try:
            while not stop.is_set():
                for limit in (10, None):
                    found, scores = index.search(vectors[searches % 200], limit)
                    assert found[0] == searches % 200 + 1
                    assert len(found) >= (10 if limit else 200)
                    assert_ranked(found, scores)
                searches += 1
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            problems.append(error)

    thread = threading.Thread(target=search)
    thread.start()
    for start in range(200, 1500, 100):
        index.add(ids[start : start + 100], vectors[start : start + 100])
        index.remove(ids[start : start + 50])
    index.save(1)
    reports = list(index.link())
    stop.set()
    thread.join()
    index.close()
    assert not problems
    assert searches
    assert len(index) == 200 + 13 * 50
    assert index.unlinked_count < 400
    assert [one.done for one in reports] == sorted(one.done for one in reports)
    assert reports[-1].total >= reports[-1].done > 0, "the last tells how it ended"


def test_a_graph_is_used_as_soon_as_it_is_complete(tmp_path: Path, inline: None) -> None:
    index = on_disk(tmp_path)
    index.add(np.arange(18), units(list(range(18))))
    assert index.unlinked_count == 18
    assert index.search(units([3])[0], 1)[0].tolist() == [3]
    assert index.unlinked_count == 0
    index.save(1)
    assert len(list(tmp_path.glob("*.graph"))) == 1
    assert not list(tmp_path.glob("*.rows"))


class NeverReady(InlineBuilding):
    def look(self) -> None:
        pass


def test_linking_can_be_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_index, "GraphBuilding", NeverReady)
    index = on_disk(tmp_path)
    index.add(np.arange(30), units(list(range(30))))
    cancel = CancelToken()
    steps = index.link(cancel)
    assert next(steps).total == 30
    cancel.cancel()
    with pytest.raises(CancelledError):
        next(steps)
    assert index.unlinked_count == 30
    assert index.search(units([3])[0], 1)[0].tolist() == [3]


class Failing(GraphBuilding):
    def __init__(self, folder: Path, model_key: str, source: SegmentRecord, dim: int) -> None:
        super().__init__(folder / "missing", model_key, source, dim)


@pytest.fixture
def process_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_index, "GraphBuilding", Failing)


@pytest.mark.usefixtures("process_that_fails")
def test_a_process_that_cannot_link_leaves_answers_exact(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = on_disk(tmp_path)
    index.add(np.arange(30), units(list(range(30))))
    list(index.link())
    assert "linked" in caplog.text
    assert index.unlinked_count == 30
    for seed in range(30):
        assert index.search(units([seed])[0], 5)[0][0] == seed
    assert len(list(tmp_path.glob("*.rows"))) == len(index._segments)


def test_memory_is_given_back_when_nobody_searches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_index, "_RELEASED_FROM", 10)
    monkeypatch.setattr(vector_index, "_KEPT_S", 0.01)
    index = on_disk(tmp_path)
    index.add(np.arange(7), units(list(range(7))))
    released = threading.Event()
    monkeypatch.setattr(Segment, "release", lambda _self: released.set())
    index.search(units([3])[0], 1)
    assert index._idle._thread is None
    index.add(np.arange(10, 15), units(list(range(5))))
    for read in (lambda: index.search(units([3])[0], 1), lambda: index.sample(3)):
        released.clear()
        read()
        assert released.wait(10)
    index.close()


def test_building_ends_with_the_index(tmp_path: Path) -> None:
    index = on_disk(tmp_path, IndexLimits(0, 5_000, 10_000, 60_000))
    index.add(np.arange(20_000), np.tile(units(list(range(500))), (40, 1)))
    building = index._building
    assert isinstance(building, GraphBuilding)
    process = psutil.Process(building._process.pid)
    index.close()
    assert not process.is_running()
    assert not list(tmp_path.glob("*.graph"))
    assert index.search(units([3])[0], 1)[0].tolist() == [3]


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_a_large_index_is_asked_by_several_threads_until_it_is_closed(
    tmp_path: Path, inline: None, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    index = on_disk(tmp_path, replace(TINY, search_threads=threads, threads_from=0))
    for start in range(0, 200, 10):
        seeds = list(range(start, start + 10))
        index.add(np.array(seeds) + 1, units(seeds))
        index.save(0)
    names: set[str] = set()
    compare = Segment.compare

    def noting(segment: Segment, query: NDArray[np.float16]) -> Scored:
        names.add(threading.current_thread().name)
        return compare(segment, query)

    monkeypatch.setattr(Segment, "compare", noting)
    before = index.search(units([3])[0], None)
    mine = threading.current_thread().name
    assert mine in names
    assert (len(names) > 1) == (threads > 1)
    assert len(names) <= threads
    index.close()
    names.clear()
    after = index.search(units([3])[0], None)
    assert names == {mine}
    for now, then in zip(after, before, strict=True):
        np.testing.assert_array_equal(now, then)
