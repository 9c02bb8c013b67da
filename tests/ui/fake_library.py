"""A library that holds nothing: any number of pictures at once, and answers on command."""

import io
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import QueryError
from desktop_app.engine.files.screen_pixels import screen_pixels
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.files.volumes import Volumes, mounted_volumes
from desktop_app.engine.library import Library
from desktop_app.engine.looking import Looking
from desktop_app.engine.pace import Battery, WorkPace
from desktop_app.engine.preferences import Preferences
from desktop_app.engine.records import (
    AnimationFrame,
    Arrangement,
    ChangedPlace,
    CloseLook,
    DeviceChoice,
    EmbedProgress,
    EmbedSummary,
    FileStamp,
    ForgetProgress,
    Group,
    GroupBy,
    HeatMap,
    Hits,
    IndexPreparation,
    IndexProgress,
    IndexSummary,
    InstalledModel,
    LibraryModel,
    LibraryStatus,
    ModelInfo,
    ModelOffer,
    ModelProgress,
    ModelRole,
    MovedRoot,
    PhotoFacts,
    Picture,
    Query,
    Reason,
    Root,
    RootKind,
    SkippedFile,
    SortBy,
    Unseen,
    Vocabulary,
    WatchMode,
    WatchState,
)
from desktop_app.engine.saved_search import SavedSearch
from desktop_app.engine.settings import Settings
from desktop_app.engine.watching import Watch
from tests.ui.fake_files import FakeFiles
from tests.ui.fake_labels import FakeLabels, FakeTree
from tests.ui.fake_sidecars import FakeSidecars

WIDTH_PX, HEIGHT_PX = 480, 320
COLOUR = 0x336699
ROOT_ID = 1
"""The root that all pictures of a `FakeLibrary` belong to."""


def jpeg(color: str = "teal", width: int = WIDTH_PX, height: int = HEIGHT_PX) -> bytes:
    """An encoded picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), color).save(buffer, "JPEG")
    return buffer.getvalue()


class FakeLooking(Looking):
    """Looks at what `FakeLibrary.preview` gives, and at `FakeLibrary.moving` pictures."""

    def __init__(self, library: "FakeLibrary") -> None:
        self._library = library

    def fitted(self, picture_id: int, width_px: int, height_px: int) -> CloseLook | Unseen:
        encoded = self._library.preview(picture_id, max(width_px, height_px))
        if encoded is None:
            return Unseen("The file cannot be opened now.")
        with Image.open(io.BytesIO(encoded)) as image:
            size = image.size
            plays = 0 if picture_id in self._library.moving else None
            return CloseLook((screen_pixels(image.convert("RGB")),), *size, plays)

    def whole(self, picture_id: int) -> CloseLook | Unseen:
        self._library.wholes.append(picture_id)
        return self.fitted(picture_id, 10_000, 10_000)

    def frames(self, picture_id: int, width_px: int, height_px: int) -> Iterator[AnimationFrame]:
        for color in self._library.moving.get(picture_id, ()):
            self._library.frames_read += 1
            pixels = screen_pixels(Image.new("RGB", (WIDTH_PX, HEIGHT_PX), color))
            yield AnimationFrame(pixels, self._library.frame_ms)


class FakeExampleWords:
    """Words that a test gives.

    Attributes:
        words: What there is to try.
        asked: How often it was asked for.
    """

    def __init__(self) -> None:
        self.words: tuple[str, ...] = ()
        self.asked = 0

    def find(self, count: int, cancel: CancelToken) -> tuple[str, ...]:
        self.asked += 1
        return self.words[:count]


class FakeLibrary(Library):
    """Pictures with the ids from `count` down to 1; a search gives them in rising order.

    Attributes:
        searches: The queries that were asked, in order.
        gate: Searches wait for it while it is not set.
        error: Raised by searches while it is set.
        check_error: Raised by `check` while it is set.
        why_unwritable: What `unwritable` says.
        room: What `has_room` says.
        is_awaiting_room: What `awaits_room` says.
        runs: What `index` yields, one run after another; each run gives reports.
        asked: Paths of each run.
        entries: What `models` gives.
        offers: What `model_offers` gives.
        embeddings: What `embed_next` yields, one run after another; it waits for `embed_gate`
            before each report.
        embedded: How many runs of `embed_next` were started.
        installs: What `add_model` and `get_model` yield or raise, one run after another; they
            wait for `install_gate` before each report.
        installed: What these were asked for.
        model_error: Raised by `use_model`, `remove_model` and `models` while it is set.
        load_error: Raised by `warm_up` and `device` while it is set.
        chosen_device: What `device` answers with as it is asked; it waits for `device_gate`.
        devices_asked: How often it was asked.
        used: What `use_model` was asked for; `use_role` is its answer.
        removed: What `remove_model` was asked for.
        answering: What `warm_up` says.
        notice: What `status` says of the model.
        offline: Ids of roots that are not connected.
        missing: Ids of pictures whose file is gone.
        forgotten: What `forget_root` has forgotten; it waits for `forget_gate` on its way.
        confirmed: What `confirm_removals` was asked for; it says that `missing` were removed.
        located: What `locate_root` was asked for.
        folder_error: Raised by these three while it is set.
        pace: How fast it works.
        preferred: What `prefer` was asked for.
        preparations: What `prepare_search` yields or raises; it waits for `prepare_gate` before
            each.
        looked: Places of each run of `look_again`, which yields from `runs` too.
        watching: What `watch` made last.
        strong: How many hits of a search are strong.
        saved: The searches that are kept.
        arranged: What `arrange` was asked for: pictures, or None for all, and what to sort by. It
            gives the pictures by rising id, in groups of two.
        words: What `vocabulary` gives.
        explained: What `explain` was asked for.
        labels: Ratings and tags.
        facts: What the files of some pictures say, by id.
        moving: The colours of the frames of each picture that moves, by its id.
        frame_ms: How long each frame is shown.
        frames_read: How many frames were decoded.
        wholes: Pictures of which all pixels were asked for.
        example_words: Gives words to try.
        preferences: Its settings, in a file that is not there; a test may give another.
        sidecars: The files beside the pictures.
        files: What files were moved.
    """

    example_words: "FakeExampleWords"  # type: ignore[assignment]
    sidecars: FakeSidecars
    _tree: FakeTree
    files: FakeFiles

    def __init__(self, count: int = 0) -> None:
        self.ids: NDArray[np.int64] = np.arange(count, 0, -1, dtype=np.int64)
        self.files = FakeFiles(self._take_out, self._bring_back)
        self.searches: list[Query] = []
        self.gate = threading.Event()
        self.gate.set()
        self.error: Exception | None = None
        self.check_error: Exception | None = None
        self.runs: list[Iterable[IndexProgress | IndexSummary]] = []
        self.asked: list[tuple[list[str], bool]] = []
        self.index_gate = threading.Event()
        self.index_gate.set()
        self.skips: list[SkippedFile] = []
        self.added: list[Root] = []
        self.gone: set[int] = set()
        self.thumbnails_read: list[int] = []
        self.is_closed = False
        self.is_left = False
        self.why_unwritable: str | None = None
        self.room = True
        self.is_awaiting_room = False
        self.entries: list[LibraryModel] = [entry("starter", is_builtin=True)]
        self.offers: list[ModelOffer] = []
        self.embeddings: list[Sequence[EmbedProgress | EmbedSummary | Exception]] = []
        self.embed_gate = threading.Event()
        self.embed_gate.set()
        self.embedded = 0
        self.installs: list[Sequence[ModelProgress | InstalledModel | Exception]] = []
        self.install_gate = threading.Event()
        self.install_gate.set()
        self.installed: list[str] = []
        self.model_error: Exception | None = None
        self.load_error: Exception | None = None
        self.chosen_device = DeviceChoice("CPUExecutionProvider", "There is no graphics card.")
        self.device_gate = threading.Event()
        self.device_gate.set()
        self.devices_asked = 0
        self.used: list[str] = []
        self.use_role = ModelRole.IN_USE
        self.removed: list[str] = []
        self.answering = ModelInfo("fake", "a model", 16, is_builtin=True)
        self.notice: str | None = None
        self.offline: frozenset[int] = frozenset()
        self.missing: set[int] = set()
        self.backups = 0
        self.backup_gate = threading.Event()
        self.backup_gate.set()
        self.forgotten: list[int] = []
        self.forget_gate = threading.Event()
        self.forget_gate.set()
        self.confirmed: list[tuple[int, ...]] = []
        self.located: list[tuple[int, str]] = []
        self.folder_error: Exception | None = None
        self.preferred: list[str] = []
        self.preparations: list[IndexPreparation | Exception] = []
        self.prepare_gate = threading.Event()
        self.prepare_gate.set()
        self.battery: Battery | None = None
        self.now_s = 0.0
        self.pace = WorkPace(lambda: self.battery, lambda: self.now_s)
        self.looked: list[list[ChangedPlace]] = []
        self.watching: FakeWatch | None = None
        self.strong = 0
        self.saved: dict[int, SavedSearch] = {}
        self.arranged: list[tuple[list[int] | None, SortBy]] = []
        self.words = Vocabulary()
        self.explained: list[tuple[int, str]] = []
        self.labels = FakeLabels()
        self._tree = FakeTree()
        self.facts: dict[int, PhotoFacts] = {}
        self.looking = FakeLooking(self)
        self.moving: dict[int, Sequence[str]] = {}
        self.frame_ms = 20
        self.frames_read = 0
        self.wholes: list[int] = []
        self.example_words = FakeExampleWords()
        nowhere = Path("/nowhere")
        thumbnails = ThumbnailCache(nowhere / "thumbnails", 1)
        self.preferences = Preferences(nowhere / "settings.json", Settings(), thumbnails)
        self.sidecars = FakeSidecars()

    @property
    def tree(self) -> FakeTree:
        return self._tree

    def close(self) -> None:
        self.is_closed = True

    def leave(self) -> None:
        self.is_left = True

    @property
    def complaints(self) -> tuple[str, ...]:
        return ()

    @property
    def unwritable(self) -> str | None:
        return self.why_unwritable

    @property
    def awaits_room(self) -> bool:
        return self.is_awaiting_room

    def has_room(self) -> bool:
        return self.room

    def discharge(self, percent: float) -> None:
        """Run on a battery, as a run notices it."""
        self.battery = Battery(percent, is_charging=False)
        self.now_s += 3600
        self.pace.look()

    def check(self, cancel: CancelToken) -> None:
        if self.check_error is not None:
            raise self.check_error

    def back_up(self, cancel: CancelToken) -> None:
        self.backups += 1
        self.backup_gate.wait()

    def _bring_back(self, ids: Sequence[int]) -> None:
        self.ids = np.union1d(self.ids, np.asarray(ids, dtype=np.int64))[::-1]

    def _take_out(self, ids: Sequence[int]) -> None:
        self.ids = self.ids[~np.isin(self.ids, ids)]

    def picture_ids(self) -> NDArray[np.int64]:
        return self.ids.copy()

    def pictures(self, ids: Sequence[int]) -> dict[int, Picture]:
        return {
            each: replace(
                picture(each),
                is_offline=ROOT_ID in self.offline,
                missing_since_s=1.7e9 if each in self.missing else None,
            )
            for each in ids
            if each not in self.gone
        }

    def average_colours(self, ids: Sequence[int]) -> dict[int, int]:
        return {each: COLOUR for each in ids if each not in self.gone}

    def ids_beginning(self, typed: str) -> NDArray[np.int64]:
        names = {each: f"picture {each}.jpg" for each in self.ids.tolist()}
        found = [each for each, name in names.items() if name.startswith(typed.lower())]
        return np.array(found, dtype=np.int64)

    def thumbnail(self, picture_id: int) -> bytes | None:
        self.thumbnails_read.append(picture_id)
        return None if picture_id in self.gone else jpeg()

    def preview(self, picture_id: int, max_side_px: int) -> bytes | None:
        return None if picture_id in self.gone or self.offline else jpeg("olive")

    def photo_facts(self, picture_id: int) -> PhotoFacts | None:
        return None if picture_id in self.gone else self.facts.get(picture_id)

    def prepare_search(self, cancel: CancelToken) -> Iterator[IndexPreparation]:
        for report in self.preparations:
            assert self.prepare_gate.wait(10)
            cancel.raise_if_cancelled()
            if isinstance(report, Exception):
                raise report
            yield report

    def search(self, query: Query, limit: int | None = None) -> Hits:
        self.searches.append(query)
        assert self.gate.wait(10)
        if self.error is not None:
            raise self.error
        ids = np.sort(self.ids)
        scores = np.linspace(0.9, 0.1, len(ids), dtype=np.float32)
        return Hits(ids, scores, scores, 0.021, self.strong)

    def picture_count(self) -> int:
        return len(self.ids)

    def arrange(
        self,
        ids: NDArray[np.int64] | None,
        sort_by: SortBy,
        *,
        descending: bool = False,
        group_by: GroupBy = GroupBy.NONE,
    ) -> Arrangement:
        self.arranged.append((None if ids is None else ids.tolist(), sort_by))
        ordered = np.sort(self.ids if ids is None else ids)
        if descending:
            ordered = ordered[::-1]
        groups = [Group(row, f"/pictures/{row}") for row in range(0, len(ordered), 2)]
        return Arrangement(ordered, () if group_by is GroupBy.NONE else tuple(groups))

    def vocabulary(self) -> Vocabulary:
        return self.words

    def saved_searches(self) -> list[SavedSearch]:
        return list(self.saved.values())

    def save_search(self, search: SavedSearch) -> SavedSearch:
        kept = replace(search, id=search.id or max(self.saved, default=0) + 1)
        self.saved[kept.id] = kept
        return kept

    def remove_search(self, search_id: int) -> None:
        self.saved.pop(search_id, None)

    def try_picture(self, data: bytes) -> None:
        if not data:
            raise QueryError("The file is empty.", "Try another one.")

    def reasons(self, query: Query, picture_id: int) -> tuple[Reason, ...]:
        return tuple(Reason(part, 0.3, 1.5) for part in query.words)

    def explain(self, picture_id: int, words: str, cancel: CancelToken) -> Iterator[HeatMap]:
        self.explained.append((picture_id, words))
        yield HeatMap(np.ones((2, 2), dtype=np.float32), 1, 2)
        cancel.raise_if_cancelled()
        yield HeatMap(np.ones((4, 4), dtype=np.float32), 2, 2)

    def index(
        self,
        paths: Sequence[str | Path],
        cancel: CancelToken,
        *,
        retry_failed: bool = False,
        confirm_removals: bool = False,
    ) -> Iterator[IndexProgress | IndexSummary]:
        self.asked.append((list(map(str, paths)), retry_failed))
        yield from self._next_run(cancel)

    def look_again(
        self, places: Sequence[ChangedPlace], cancel: CancelToken
    ) -> Iterator[IndexProgress | IndexSummary]:
        self.looked.append(list(places))
        yield from self._next_run(cancel)

    def watch(
        self,
        on_changes: Callable[[Sequence[ChangedPlace]], None],
        on_state: Callable[[WatchState], None],
        on_moved: Callable[[Sequence[MovedRoot]], None] = lambda _moved: None,
        volumes: Volumes = mounted_volumes,
    ) -> Watch:
        self.watching = FakeWatch(self, on_changes, on_state, on_moved)
        return self.watching

    def _next_run(self, cancel: CancelToken) -> Iterator[IndexProgress | IndexSummary]:
        for report in self.runs.pop(0) if self.runs else [IndexSummary()]:
            assert self.index_gate.wait(10)
            if cancel.is_cancelled:
                yield IndexSummary(cancelled=True)
                return
            yield report

    def warm_up(self) -> ModelInfo:
        if self.load_error is not None:
            raise self.load_error
        return self.answering

    def status(self) -> LibraryStatus:
        failures = tuple(skip for skip in self.skips if skip.kind.is_failure)
        return LibraryStatus(
            tuple(self.roots()),
            len(self.ids),
            failures,
            0,
            self.answering,
            12_000_000,
            3_000_000,
            20_000_000,
            "/data",
            None,
            self.notice,
        )

    def models(self) -> list[LibraryModel]:
        self._fail_if_told()
        return list(self.entries)

    def model_offers(self) -> list[ModelOffer]:
        return list(self.offers)

    def device(self) -> DeviceChoice:
        choice = self.chosen_device
        self.devices_asked += 1
        assert self.device_gate.wait(10)
        if self.load_error is not None:
            raise self.load_error
        return choice

    def use_model(self, name: str) -> ModelRole:
        self.used.append(name)
        self._fail_if_told()
        return self.use_role

    def remove_model(self, name: str) -> None:
        self.removed.append(name)
        self._fail_if_told()
        self.entries = [each for each in self.entries if each.model.name != name]

    def add_model(
        self, source: Path, cancel: CancelToken
    ) -> Iterator[ModelProgress | InstalledModel]:
        return self._install(str(source), cancel)

    def get_model(self, name: str, cancel: CancelToken) -> Iterator[ModelProgress | InstalledModel]:
        return self._install(name, cancel)

    def _install(self, what: str, cancel: CancelToken) -> Iterator[ModelProgress | InstalledModel]:
        self.installed.append(what)
        for report in self.installs.pop(0):
            while not self.install_gate.wait(0.01):
                cancel.raise_if_cancelled()
            cancel.raise_if_cancelled()
            if isinstance(report, Exception):
                raise report
            if isinstance(report, InstalledModel):
                self.entries.append(LibraryModel(report, ModelRole.UNUSED, 0, len(self.ids), 0))
            yield report

    def embed_next(self, cancel: CancelToken) -> Iterator[EmbedProgress | EmbedSummary]:
        if not self.embeddings:
            yield EmbedSummary("")
            return
        self.embedded += 1
        for report in self.embeddings.pop(0):
            while not self.embed_gate.wait(0.01) and not cancel.is_cancelled:
                pass
            if cancel.is_cancelled:
                yield EmbedSummary("Larger", cancelled=True)
                return
            if isinstance(report, Exception):
                raise report
            if isinstance(report, EmbedSummary) and report.switched:
                self.answering = ModelInfo("next", report.title, 512, is_builtin=False)
            yield report

    def _fail_if_told(self) -> None:
        if self.model_error is not None:
            raise self.model_error

    def roots(self) -> list[Root]:
        return [replace(one, is_connected=one.id not in self.offline) for one in self.added]

    def offline_places(self) -> frozenset[int | str]:
        return self.offline

    def forget_root(self, root_id: int, cancel: CancelToken) -> Iterator[ForgetProgress]:
        self._fail_with_folder()
        for done in (0, 4, 10):
            yield ForgetProgress(done, 10)
            while done and not self.forget_gate.wait(0.01):
                cancel.raise_if_cancelled()
        self.forgotten.append(root_id)
        self.added = [one for one in self.added if one.id != root_id]

    def confirm_removals(self, root_ids: Sequence[int]) -> int:
        self._fail_with_folder()
        self.confirmed.append(tuple(root_ids))
        self.added = [
            replace(one, picture_count=one.picture_count - one.missing_count, missing_count=0)
            if one.id in root_ids
            else one
            for one in self.added
        ]
        return len(self.missing)

    def locate_root(
        self, root_id: int, new_path: str | Path, cancel: CancelToken | None = None
    ) -> int:
        self._fail_with_folder()
        self.located.append((root_id, str(new_path)))
        self.offline -= {root_id}
        return len(self.ids)

    def prefer(self, path: str) -> None:
        self.preferred.append(path)

    def _fail_with_folder(self) -> None:
        if self.folder_error is not None:
            raise self.folder_error

    def skipped(self, most_others: int | None = None) -> list[SkippedFile]:
        failures = [skip for skip in self.skips if skip.kind.is_failure]
        others = [skip for skip in self.skips if not skip.kind.is_failure]
        return failures + others[:most_others]

    def skip_counts(self) -> tuple[int, int]:
        failed = sum(skip.kind.is_failure for skip in self.skips)
        return failed, len(self.skips) - failed


def folder(
    name: str = "Photos",
    root_id: int = 1,
    *,
    pictures: int = 50,
    missing: int = 0,
    scanned_at_s: float | None = 1_700_000_000.0,
) -> Root:
    """A folder that the user added."""
    path = f"/pictures/{name}"
    return Root(root_id, path, RootKind.FOLDER, scanned_at_s, pictures, True, missing)


class FakeWatch(Watch):
    """Tells what a test says; every root is live at once.

    Attributes:
        tell: Tells of changes.
        tell_state: Tells how a root is followed.
        tell_moved: Tells of roots whose drive was plugged in elsewhere.
        refreshed: How often it was told that the roots changed.
        is_closed: Whether it was closed.
    """

    def __init__(
        self,
        library: FakeLibrary,
        on_changes: Callable[[Sequence[ChangedPlace]], None],
        on_state: Callable[[WatchState], None],
        on_moved: Callable[[Sequence[MovedRoot]], None],
    ) -> None:
        self._library = library
        self.tell = on_changes
        self.tell_state = on_state
        self.tell_moved = on_moved
        self.refreshed = 0
        self.is_closed = False

    def states(self) -> list[WatchState]:
        return [WatchState(root.id, WatchMode.LIVE) for root in self._library.added]

    def refresh_roots(self) -> None:
        self.refreshed += 1

    def close(self) -> None:
        self.is_closed = True


def entry(
    name: str,
    role: ModelRole = ModelRole.IN_USE,
    *,
    vectors: int = 50,
    pictures: int = 50,
    disk_bytes: int = 25_000_000,
    problem: str | None = None,
    is_builtin: bool = False,
) -> LibraryModel:
    """A model as a library sees it; it is called by its name with a capital."""
    model = InstalledModel(
        name=name,
        title=name.capitalize(),
        key=f"key of {name}",
        dim=512,
        size_bytes=158_000_000,
        licence="mit",
        languages=("en",),
        is_builtin=is_builtin,
        problem=problem,
    )
    return LibraryModel(model, role, vectors, pictures, disk_bytes)


def offer(name: str = "clip", *, is_installed: bool = False) -> ModelOffer:
    """A model that can be downloaded."""
    return ModelOffer(
        name=name,
        title=name.upper(),
        address=f"https://models.example/{name}",
        revision="0123456789abcdef",
        size_bytes=158_000_000,
        licence="mit",
        languages=("en",),
        description="Good at everything.",
        is_installed=is_installed,
    )


def picture(picture_id: int) -> Picture:
    """What a `FakeLibrary` says of a picture."""
    return Picture(
        id=picture_id,
        path=f"/pictures/picture {picture_id}.jpg",
        stamp=FileStamp(2_800_000, 0),
        width_px=WIDTH_PX,
        height_px=HEIGHT_PX,
        format="JPEG",
        date_s=1_700_000_000.0 + picture_id,
        fingerprint=b"",
        root_id=ROOT_ID,
    )
