"""The façade: all that the window and the commands hold of the engine."""

import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import filelock
import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import LibraryInUseError, QueryError, StoreError, UserFacingError
from desktop_app.engine.files.picture_reader import (
    DecodeLimits,
    UndecodableError,
    make_preview,
    make_thumbnail,
    open_picture,
)
from desktop_app.engine.files.scanner import is_hidden
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.indexing import Indexer, PipelineSize, ScanTarget
from desktop_app.engine.paths import DataPaths, is_below
from desktop_app.engine.protocols import Encoder
from desktop_app.engine.records import (
    Hits,
    IndexProgress,
    IndexSummary,
    LibraryStatus,
    ModelInfo,
    Picture,
    Query,
    Root,
    RootKind,
    SkipKind,
    SkippedFile,
)
from desktop_app.engine.search.searcher import Searcher
from desktop_app.engine.settings import Settings
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.vector_index import UsearchIndex, open_index, save_index

logger = logging.getLogger(__name__)

SAMPLE_SIZE = 2_000
"""Vectors against which scores are judged: enough for a steady median, 2 ms to compare with."""


class Library:
    """Pictures of a few folders, searchable by what they show.

    Every method may be called from any thread. One process at a time may hold a library that is
    writable; others may read it meanwhile.

    Args:
        paths: Where the library lies.
        load_encoder: Makes the encoder when it is first needed.
        catalog: The open catalog.
        settings: Limits.
        lock: What keeps other writers out; None where the library is only read.
    """

    def __init__(
        self,
        paths: DataPaths,
        load_encoder: Callable[[], Encoder],
        catalog: Catalog,
        settings: Settings,
        lock: filelock.BaseFileLock | None,
    ) -> None:
        self._paths = paths
        self._load_encoder = load_encoder
        self._catalog = catalog
        self._settings = settings
        self._lock = lock
        self._thumbnails = ThumbnailCache(
            paths.thumbnails, settings.thumbnail_cache_mib * 1024 * 1024
        )
        self._limits = DecodeLimits(
            pixels=settings.pixel_limit_megapixels * 1_000_000,
            timeout_s=settings.decode_timeout_s,
            memory_bytes=settings.decoder_memory_mib * 1024 * 1024,
        )
        self._loading = threading.RLock()
        self._indexing = threading.Lock()
        self._encoder: Encoder | None = None
        self._index: UsearchIndex | None = None
        self._sample: NDArray[np.float32] | None = None

    @classmethod
    def open(
        cls, paths: DataPaths, load_encoder: Callable[[], Encoder], *, writable: bool = True
    ) -> "Library":
        """Open a library, making it where there is none. Quick: loads neither model nor index.

        Args:
            paths: Where it lies.
            load_encoder: Makes the encoder when it is first needed; may raise `ModelError`.
            writable: Whether to index into it. A library that is only read is never created.

        Raises:
            LibraryInUseError: If another process is writing it.
            StoreError: If it cannot be read or written, or was written by a newer version.
        """
        lock = None
        if writable:
            paths.create()
            lock = _acquire(paths.lock)
        try:
            catalog = Catalog.open(paths.catalog, writable=writable)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        return cls(paths, load_encoder, catalog, Settings.load(paths.settings), lock)

    def close(self) -> None:
        """Close the catalog and let other programs write. A second call does nothing."""
        with self._loading:
            self._index = None
            self._encoder = None
        self._thumbnails.close()
        self._catalog.close()
        if self._lock is not None:
            self._lock.release()

    # What is in it

    def picture_ids(self) -> NDArray[np.int64]:
        """The whole library, newest first, int64, shape ``(n,)``."""
        return self._catalog.picture_ids_newest_first()

    def pictures(self, ids: Sequence[int]) -> dict[int, Picture]:
        """Describe pictures; ids that are no longer there are missing from the answer."""
        return {picture.id: picture for picture in self._catalog.pictures(ids)}

    def thumbnail(self, picture_id: int) -> bytes | None:
        """An encoded JPEG for the grid, made anew where the cache has lost it.

        Returns:
            The JPEG, short side at most 320 px; None if it can neither be found nor made.
        """
        picture = self.pictures([picture_id]).get(picture_id)
        if picture is None:
            return None
        key = picture.fingerprint.hex()
        data = self._thumbnails.get(key)
        if data is not None:
            return data
        try:
            data = make_thumbnail(picture.path, self._limits)
        except UndecodableError as error:
            logger.info("No thumbnail of picture %d: %s", picture_id, error.reason)
            return None
        self._thumbnails.put(key, data)
        return data

    def preview(self, picture_id: int, max_side_px: int) -> bytes | None:
        """An encoded JPEG of the upright picture to look at closely.

        Args:
            picture_id: Which one.
            max_side_px: Longest side wanted; smaller pictures are not enlarged.

        Returns:
            The JPEG; None if the file cannot be read now.
        """
        picture = self.pictures([picture_id]).get(picture_id)
        if picture is None:
            return None
        try:
            return make_preview(picture.path, max_side_px, self._limits)
        except UndecodableError as error:
            logger.info("No preview of picture %d: %s", picture_id, error.reason)
            return None

    def roots(self) -> list[Root]:
        """What the user added, in the order it was added."""
        return [
            Root(
                id=root.id,
                path=root.path,
                kind=root.kind,
                scanned_at_s=root.scanned_at_s,
                picture_count=root.picture_count,
                is_connected=os.path.lexists(root.path),
            )
            for root in self._catalog.roots()
        ]

    def skipped(self) -> list[SkippedFile]:
        """All that is not in the library, with reasons; failures first."""
        return self._catalog.skipped()

    def status(self) -> LibraryStatus:
        """The library at a glance. Loads no model into memory."""
        skipped = self.skipped()
        failures = tuple(skip for skip in skipped if skip.kind.is_failure)
        try:
            model = self._require_encoder().info
        except UserFacingError as error:
            logger.warning("No model: %s", error)
            model = None
        return LibraryStatus(
            roots=tuple(self.roots()),
            pictures=self._catalog.picture_count(),
            failures=failures,
            skipped=len(skipped) - len(failures),
            model=model,
            catalog_bytes=_size_of(self._paths.catalog),
            index_bytes=sum(map(_size_of, self._paths.vector_indexes.glob("*"))),
            thumbnail_bytes=self._thumbnails.size_bytes,
            data_dir=str(self._paths.data),
        )

    def remove_root(self, root_id: int) -> None:
        """Take a folder and its pictures out of the library. The files stay where they are.

        Raises:
            UserFacingError: If pictures are being indexed, or the library cannot be written.
        """
        if not self._indexing.acquire(blocking=False):
            raise UserFacingError("Pictures are being indexed.", "Wait until that is done.")
        try:
            self._catalog.remove_root(root_id)
            with self._loading:
                self._index = None
                self._sample = None
        finally:
            self._indexing.release()

    # Indexing

    def index(
        self, paths: Sequence[str | Path], cancel: CancelToken, *, retry_failed: bool = False
    ) -> Iterator[IndexProgress | IndexSummary]:
        """Add folders or single pictures, or look again for what changed in them.

        Args:
            paths: What to index; empty looks again at all that was added before.
            cancel: Stops the run; what was reported as indexed stays.
            retry_failed: Whether to try files again that failed before.

        Yields:
            Progress, and as the last item an `IndexSummary`.

        Raises:
            UserFacingError: If nothing given exists, the model cannot be loaded, the library
                cannot be written, or an indexing run is under way.
        """
        given = [os.path.abspath(os.path.expanduser(path)) for path in paths]
        refused = {path: skip for path in given if (skip := _refusal(path)) is not None}
        if given and len(refused) == len(set(given)):
            places = ", ".join(skip.path for skip in refused.values())
            raise UserFacingError(f"There is no folder or picture at {places}.", "Check the name.")
        if not self._indexing.acquire(blocking=False):
            raise UserFacingError("Pictures are being indexed already.", "Wait until that is done.")
        try:
            targets = self._targets([path for path in given if path not in refused])
            indexer = Indexer(
                self._catalog,
                self._require_encoder(),
                self._require_index,
                self._thumbnails,
                self._limits,
                PipelineSize(
                    self._settings.decoder_processes,
                    self._settings.encoder_threads,
                    self._settings.batch_size,
                ),
                own_folders=(str(self._paths.data), str(self._paths.cache), str(self._paths.logs)),
            )
            reports = indexer.run(
                targets, cancel, retry_failed=retry_failed, refused=list(refused.values())
            )
            for report in reports:
                if isinstance(report, IndexSummary):
                    self._finish_run()
                yield report
        finally:
            self._indexing.release()

    def _targets(self, given: Sequence[str]) -> list[ScanTarget]:
        """Make roots of what is given, unless a root holds it already; nothing given: all roots."""
        places = [self._ensure_root(path) for path in dict.fromkeys(given)]
        roots = self._catalog.roots()
        if not given:
            return [ScanTarget(root.id, root.path, root.kind) for root in roots]
        targets = []
        for path in places:
            # Only something hidden lies in two roots, and belongs to the inner one.
            root = max(
                (root for root in roots if is_below(path, root.path)),
                key=lambda root: len(root.path),
            )
            kind = RootKind.FOLDER if os.path.isdir(path) else RootKind.FILE
            targets.append(ScanTarget(root.id, path, kind))
        return [
            target
            for target in targets
            if not any(
                is_below(target.path, other.path)
                for other in targets
                if other.root_id == target.root_id and other.path != target.path
            )
        ]

    def _ensure_root(self, path: str) -> str:
        """See to it that a root holds a path.

        Returns:
            The path, as the root that is the same folder is called where there is one.
        """
        roots = self._catalog.roots()
        same = next((root for root in roots if _is_same_place(root.path, path)), None)
        if same is not None:
            return same.path
        if any(is_below(path, root.path) and not is_hidden(path, root.path) for root in roots):
            return path
        kind = RootKind.FOLDER if os.path.isdir(path) else RootKind.FILE
        root_id = self._catalog.add_root(path, kind)
        inside = [
            root.id
            for root in roots
            if is_below(root.path, path) and not is_hidden(root.path, path)
        ]
        if inside:
            self._catalog.merge_roots(root_id, inside)
        return path

    def _finish_run(self) -> None:
        """Save what the run made, so that the next start need not make it again."""
        with self._loading:
            self._sample, index = None, self._index
        if index is not None:  # outside the lock: searches go on meanwhile
            save_index(index, self._paths.vector_indexes, self._catalog)

    # Searching

    def search(self, query: Query, limit: int | None = None) -> Hits:
        """Find pictures.

        Args:
            query: What to look for.
            limit: How many at most; None ranks the whole library.

        Returns:
            Hits, best first.

        Raises:
            QueryError: If the query is empty or its picture cannot be read.
            ModelError: If the model cannot be loaded.
        """
        with self._loading:
            encoder, index = self._require_encoder(), self._require_index()
            sample = self._require_sample(len(index))
        searcher = Searcher(encoder, index, self._encode_picture, self._stored_vector, sample)
        return searcher.search(query, limit)

    def warm_up(self) -> ModelInfo:
        """Load model and index, so that the first query is answered as quickly as any other.

        Raises:
            ModelError: If the model cannot be loaded.
        """
        with self._loading:
            encoder = self._require_encoder()
            self._require_index()
        encoder.encode_texts(["a photo"])
        return encoder.info

    def _encode_picture(self, data: bytes) -> NDArray[np.float32]:
        encoder = self._require_encoder()
        try:
            image = open_picture(data, encoder.input_side_px, self._limits)
        except UndecodableError as error:
            raise QueryError(
                f"The picture to search with cannot be used. {error.reason}", "Try another one."
            ) from error
        with image:
            pixels = encoder.resizer(image)
        vector: NDArray[np.float32] = encoder.encode_pictures(pixels[np.newaxis])[0]
        return vector

    def _stored_vector(self, picture_id: int) -> NDArray[np.float32] | None:
        return self._catalog.vector(picture_id, self._require_encoder().info.key)

    # What is loaded when first needed

    def _require_encoder(self) -> Encoder:
        with self._loading:
            if self._encoder is None:
                self._encoder = self._load_encoder()
            return self._encoder

    def _require_index(self) -> UsearchIndex:
        with self._loading:
            if self._index is None:
                model = self._require_encoder().info
                self._index = open_index(self._paths.vector_indexes, self._catalog, model)
            return self._index

    def _require_sample(self, indexed: int) -> NDArray[np.float32]:
        """Vectors of pictures spread over the library, taken anew when it has grown a lot."""
        if self._sample is None or 2 * len(self._sample) < min(indexed, SAMPLE_SIZE):
            info = self._require_encoder().info
            ids = self._catalog.vector_ids(info.key)
            spread = np.linspace(0, len(ids) - 1, min(len(ids), SAMPLE_SIZE)).astype(np.int64)
            found = (self._catalog.vector(id_, info.key) for id_ in ids[spread].tolist())
            vectors = [vector for vector in found if vector is not None]
            self._sample = np.array(vectors, dtype=np.float32).reshape(-1, info.dim)
        return self._sample


def _acquire(path: Path) -> filelock.BaseFileLock:
    lock = filelock.FileLock(path, blocking=False, thread_local=False)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise LibraryInUseError(
            "Image Seeker is already open with this library.", "Use the window that is open."
        ) from error
    except OSError as error:
        raise StoreError(
            f"The library folder {path.parent} cannot be written ({error.strerror}).",
            "Choose another place with --data-dir.",
        ) from error
    return lock


def _refusal(path: str) -> SkippedFile | None:
    """Why a path that the user gave cannot even be looked at; None if it can."""
    try:
        path.encode()
    except UnicodeEncodeError:
        printable = os.fsencode(path).decode("utf-8", "backslashreplace")
        return SkippedFile(printable, "This name is not valid text.", SkipKind.BAD_NAME)
    if not os.path.lexists(path):
        return SkippedFile(path, "There is no folder or picture here.", SkipKind.UNREADABLE)
    return None


def _is_same_place(root: str, path: str) -> bool:
    """Whether two paths are one folder, by a link or by the case of letters."""
    if root == path:
        return True
    try:
        return os.path.isdir(path) and os.path.samefile(root, path)
    except OSError:  # a root that is not connected
        return False


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
