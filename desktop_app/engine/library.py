"""The façade: all that the window and the commands hold of the engine."""

import logging
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import filelock
import numpy as np
from numpy.typing import NDArray

from desktop_app.engine import write_access
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.drive_watch import Drives
from desktop_app.engine.errors import (
    CatalogDamagedError,
    FullDiskError,
    LibraryInUseError,
    QueryError,
    StoreError,
    UnwritableError,
    UserFacingError,
)
from desktop_app.engine.example_words import ExampleWords
from desktop_app.engine.export import Export
from desktop_app.engine.export_pictures import PictureExport
from desktop_app.engine.file_actions import FileActions
from desktop_app.engine.files.picture_reader import (
    DecodeLimits,
    UndecodableError,
    make_preview,
    make_thumbnail,
    read_facts,
)
from desktop_app.engine.files.reach import is_out_of_reach
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.files.volumes import Volumes, mounted_volumes
from desktop_app.engine.folder_tree import FolderTree
from desktop_app.engine.forgetting import forget
from desktop_app.engine.labels import Labels
from desktop_app.engine.looking import Looking
from desktop_app.engine.model_switch import ModelSwitch
from desktop_app.engine.pace import WorkPace
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.phrases import phrase
from desktop_app.engine.preferences import Preferences
from desktop_app.engine.protocols import Models
from desktop_app.engine.records import (
    Arrangement,
    ChangedPlace,
    DeviceChoice,
    EmbedProgress,
    EmbedSummary,
    ExportFormat,
    ExportProgress,
    ForgetProgress,
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
    SkippedFile,
    SortBy,
    Vocabulary,
    WatchState,
)
from desktop_app.engine.relocation import Relocation
from desktop_app.engine.root_presence import RootPresence
from desktop_app.engine.runs import Runs
from desktop_app.engine.saved_search import SavedSearch
from desktop_app.engine.search.explaining import EXPLAINED_SIDE_PX
from desktop_app.engine.settings import Settings
from desktop_app.engine.sidecars import Sidecars
from desktop_app.engine.sole_use import SEEKING, SoleUse
from desktop_app.engine.store import restoration
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.upkeep import Upkeep
from desktop_app.engine.watching import Watch

logger = logging.getLogger(__name__)


class Library:
    """Pictures of a few folders, searchable by what they show.

    Every method may be called from any thread. One process at a time may hold a library that is
    writable; others may read it meanwhile.

    Args:
        paths: Where the library lies.
        models: The models that are installed.
        catalog: The open catalog.
        settings: Limits.
        lock: What keeps other writers out; None where the library is only read.
        unwritable: Why it cannot be written, where somebody wanted to.

    Attributes:
        pace: Pauses indexing and embedding, and makes them gentle.
        looking: Decodes pictures for the screen.
        preferences: What the user adjusts meanwhile.
        example_words: What a search could begin with.
        labels: Ratings and tags.
        sidecars: Writes these into XMP files beside the pictures, where that is switched on.
        files: Renames, moves and throws away files.
        picture_export: Copies pictures into a folder.
    """

    def __init__(
        self,
        paths: DataPaths,
        models: Models,
        catalog: Catalog,
        settings: Settings,
        lock: filelock.BaseFileLock | None,
        unwritable: UnwritableError | None = None,
    ) -> None:
        self._paths = paths
        self._models = models
        self._catalog = catalog
        self._lock = lock
        self._use = SoleUse(unwritable)
        self._thumbnails = ThumbnailCache(
            paths.thumbnails, settings.thumbnail_cache_mib * 1024 * 1024
        )
        self._limits = DecodeLimits(
            pixels=settings.pixel_limit_megapixels * 1_000_000,
            timeout_s=settings.decode_timeout_s,
            memory_bytes=settings.decoder_memory_mib * 1024 * 1024,
        )
        own_folders = (str(paths.data), str(paths.cache), str(paths.logs))
        self.preferences = Preferences(paths.settings, settings, self._thumbnails, own_folders)
        self._upkeep = Upkeep(catalog)
        self._switch = ModelSwitch(models, catalog, paths.vector_indexes, self._limits)
        self._presence = RootPresence(catalog.root_places)
        self._relocation = Relocation(catalog)
        self._tree = FolderTree(catalog, self._presence.reasons)
        self.example_words = ExampleWords(self._switch.active, paths.cache)
        self.sidecars = Sidecars(
            catalog,
            paths.settings,
            is_on=settings.write_sidecars and catalog.is_writable,
            check_writable=self._use.check,
            offline=self.offline_places,
        )
        self.labels = Labels(
            catalog,
            lambda: self.sidecars.is_on,
            self._use.check,
            self._upkeep.note_change,
        )
        self.pace = WorkPace()
        self.looking = Looking(self.pictures, self._limits)
        self._runs = Runs(
            catalog,
            self._switch,
            self._thumbnails,
            self._limits,
            self.preferences,
            self._presence,
            self._use,
            self.pace,
            self._upkeep,
            self.sidecars,
        )
        self.files = FileActions(
            catalog,
            lambda: self.preferences.exclusions,
            self._presence.offline,
            self._use.beside_indexing,
            self._files_moved,
        )
        self.picture_export = PictureExport(catalog, self._limits, self._presence.offline)

    @classmethod
    def open_even_if_unwritable(cls, paths: DataPaths, models: Models) -> "Library":
        """Open a library for writing or, where the disk does not let it be written, for reading.

        What would change one that is only read raises `UnwritableError`; see `unwritable`.

        Args:
            paths: Where it lies.
            models: The models that are installed.

        Raises:
            UnwritableError: If it cannot be written, and there is nothing to read or it needs to be
                written first.
            LibraryInUseError: If another process is writing it.
            CatalogDamagedError: If its file is damaged or gone; see `mending`.
            StoreError: If it cannot be read, or was written by a newer version.
        """
        try:
            return cls.open(paths, models)
        except UnwritableError as error:
            if not _size_of(paths.catalog):
                raise
            try:
                return cls._open_to_read(paths, models, error)
            except (CatalogDamagedError, LibraryInUseError):
                raise
            except StoreError as also:
                raise error from also

    @classmethod
    def open(cls, paths: DataPaths, models: Models, *, writable: bool = True) -> "Library":
        """Open a library, making it where there is none. Quick: loads neither model nor index.

        Args:
            paths: Where it lies.
            models: The models that are installed; asked when one is first needed.
            writable: Whether to index into it. A library that is only read is never created.

        Raises:
            LibraryInUseError: If another process is writing it.
            CatalogDamagedError: If its file is damaged or gone; see `mending`.
            UnwritableError: If the disk does not let it be written.
            StoreError: If it cannot be read or written, or was written by a newer version.
        """
        if not writable:
            return cls._open(paths, models, None)
        paths.create()
        lock = write_access.acquire(paths)
        try:
            write_access.check(paths.catalog)
            restoration.discard_unfinished(paths.catalog)
            return cls._open(paths, models, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open_to_read(cls, paths: DataPaths, models: Models, why: UnwritableError) -> "Library":
        if not isinstance(why, FullDiskError):
            return cls._open(paths, models, None, why)
        # Once there is room again, others could write what is read here as a file that rests.
        lock = write_access.acquire(paths)
        text = phrase(
            "Engine: Library",
            "The disk was full when the library was opened. Free some space and try again.",
        )
        try:
            return cls._open(paths, models, lock, FullDiskError(text))
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open(
        cls,
        paths: DataPaths,
        models: Models,
        lock: filelock.BaseFileLock | None,
        unwritable: UnwritableError | None = None,
    ) -> "Library":
        is_writable = lock is not None and unwritable is None
        catalog = Catalog.open(paths.catalog, writable=is_writable)
        try:
            settings = Settings.load(paths.settings)
            return cls(paths, models, catalog, settings, lock, unwritable)
        except BaseException:
            catalog.close()
            raise

    def close(self) -> None:
        """Close the catalog and let other programs write. A second call does nothing."""
        self._runs.close()
        self._switch.close()
        self._thumbnails.close()
        self._catalog.close()
        if self._lock is not None:
            self._lock.release()

    def leave(self) -> None:
        """Make the end of the process one that needs no look for damage, where `close` cannot be.

        For a library that is still in use by work that does not stop. Takes a second at most.
        """
        self._catalog.empty_log()

    # Damage

    def check(self, cancel: CancelToken) -> None:
        """Look for damage, where the program that had the library last ended uncleanly.

        Raises:
            CatalogDamagedError: If there is some.
            CancelledError: If it was stopped.
        """
        self._upkeep.check(cancel)

    def back_up(self, cancel: CancelToken) -> None:
        """Back up the catalog, if it is time to; to be called after runs.

        10 s at a million pictures, once a day. Runs and searches go on meanwhile.

        Args:
            cancel: Stops it with nothing left behind.

        Raises:
            CatalogDamagedError: If the catalog turns out to be damaged.
        """
        self._upkeep.back_up(cancel)

    # What is in it

    @property
    def complaints(self) -> tuple[str, ...]:
        """What is wrong with the settings file, in sentences for the user."""
        return self.preferences.settings.complaints

    @property
    def unwritable(self) -> str | None:
        """Why nothing can be indexed or changed, in a sentence for the user; None where it can."""
        return None if self._use.unwritable is None else self._use.unwritable.text

    @property
    def awaits_room(self) -> bool:
        """Whether it can only be read because its disk was full: opened anew, it may be written."""
        return isinstance(self._use.unwritable, FullDiskError)

    def has_room(self) -> bool:
        """Whether the disk of the library has room to write. Tries it, so not for every moment."""
        return write_access.has_room(self._paths.data)

    def picture_ids(self) -> NDArray[np.int64]:
        """The whole library, newest first, int64, shape ``(n,)``."""
        return self._catalog.picture_ids_newest_first()

    def picture_count(self) -> int:
        """How many pictures there are."""
        return self._catalog.picture_count()

    @property
    def tree(self) -> FolderTree:
        """The folders as a tree with counts, and what some pictures come to together."""
        return self._tree

    def arrange(
        self,
        ids: NDArray[np.int64] | None,
        sort_by: SortBy,
        *,
        descending: bool = False,
        group_by: GroupBy = GroupBy.NONE,
    ) -> Arrangement:
        """Sort and group pictures; half a second for a million of them.

        Groups come in the order of their first pictures: with `SortBy.RELEVANCE` in that of their
        best hits.

        Args:
            ids: The pictures, int64, shape ``(n,)``, each once, best first; None takes the whole
                library, newest first. Those that are gone are left out.
            sort_by: What to sort by.
            descending: Whether to turn the order round; relevance falls always.
            group_by: What to group by.
        """
        return self._catalog.arranged(ids, sort_by, descending=descending, group_by=group_by)

    def ids_beginning(self, typed: str) -> NDArray[np.int64]:
        """The pictures whose file names begin with a text that is not empty, shape ``(n,)``."""
        return self._catalog.ids_beginning(typed)

    def vocabulary(self) -> Vocabulary:
        """What a search line can name: the thousand most used folders, cameras, formats, tags."""
        return self._catalog.vocabulary()

    def pictures(self, ids: Sequence[int]) -> dict[int, Picture]:
        """Describe pictures; ids that are no longer there are missing from the answer."""
        offline = self.offline_places()
        return {
            one.id: replace(one, is_offline=True)
            if is_out_of_reach(offline, one.root_id, one.path)
            else one
            for one in self._catalog.pictures(ids)
        }

    def average_colours(self, ids: Sequence[int]) -> dict[int, int]:
        """The average colour of pictures, 0xRRGGBB; those of which it is not known are missing."""
        return self._catalog.average_colours(ids)

    def offline_places(self) -> frozenset[int | str]:
        """What cannot be reached, as of the last two seconds. Quick.

        Returns:
            The ids of roots, and the paths of drives that were mounted below roots.
        """
        return self._presence.offline()

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
        if picture.is_offline:
            return None
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
            The JPEG; None if the file cannot be read now, or lies on a drive that is not
            connected.
        """
        picture = self.pictures([picture_id]).get(picture_id)
        if picture is None or picture.is_offline:
            return None
        try:
            return make_preview(picture.path, max_side_px, self._limits)
        except UndecodableError as error:
            logger.info("No preview of picture %d: %s", picture_id, error.reason)
            return None

    def photo_facts(self, picture_id: int) -> PhotoFacts | None:
        """What the picture's file says of how and where it was taken; reads its header.

        Returns:
            None if the file cannot be read now, or lies on a drive that is not connected.
        """
        picture = self.pictures([picture_id]).get(picture_id)
        if picture is None or picture.is_offline:
            return None
        try:
            return read_facts(picture.path, self._limits)
        except UndecodableError as error:
            logger.info("No facts of picture %d: %s", picture_id, error.reason)
            return None

    def roots(self) -> list[Root]:
        """What the user added, in the order it was added."""
        away = self._presence.reasons(now=True)
        return [
            Root(
                id=root.id,
                path=root.path,
                kind=root.kind,
                scanned_at_s=root.scanned_at_s,
                picture_count=root.picture_count,
                is_connected=root.id not in away,
                missing_count=root.missing_count,
                missing_since_s=root.missing_since_s,
                why_offline=away.get(root.id, ""),
            )
            for root in self._catalog.roots()
        ]

    def skipped(self, most_others: int | None = None) -> list[SkippedFile]:
        """What is not in the library, with reasons; failures first.

        Args:
            most_others: How many files at most that are no failures, of which there may be far
                more; None lists all.
        """
        return self._catalog.skipped(most_others)

    def skip_counts(self) -> tuple[int, int]:
        """How many failures `skipped` lists, and how many other files."""
        return self._catalog.skip_counts()

    def status(self) -> LibraryStatus:
        """The library at a glance. Loads no model into memory."""
        try:
            model = self._switch.active().info
        except UserFacingError as error:
            logger.warning("No model: %s", error)
            model = None
        return LibraryStatus(
            roots=tuple(self.roots()),
            pictures=self._catalog.picture_count(),
            failures=tuple(self.skipped(most_others=0)),
            skipped=self.skip_counts()[1],
            model=model,
            catalog_bytes=_size_of(self._paths.catalog),
            index_bytes=sum(map(_size_of, self._paths.vector_indexes.glob("*"))),
            thumbnail_bytes=self._thumbnails.size_bytes,
            data_dir=str(self._paths.data),
            next_model=self._switch.next_progress(),
            notice=self._switch.notice,
            backup=self._upkeep.newest,
            backup_problem=self._upkeep.problem,
        )

    def confirm_removals(self, root_ids: Sequence[int]) -> int:
        """Take out the pictures of some roots whose files are gone and that waited for a yes.

        A file that is there again by now stays. Asks the disk for each of them.

        Returns:
            How many pictures were taken out.

        Raises:
            UserFacingError: If pictures are being indexed, or the library cannot be written.
        """
        return self._runs.confirm_removals(root_ids)

    def forget_root(self, root_id: int, cancel: CancelToken) -> Iterator[ForgetProgress]:
        """Take a folder out of the library, and free what its pictures took on disk.

        Its files stay where they are; its labels wait in case it is added again, or go to copies in
        other folders. In small steps, between which searches are answered. One that is stopped
        leaves a folder with fewer pictures; forgetting it again goes on there, and indexing brings
        them back.

        Args:
            root_id: The folder.
            cancel: Stops it after the step in work.

        Yields:
            How far it is.

        Raises:
            UserFacingError: If pictures are being indexed, or the library cannot be written.
            CancelledError: If it was stopped.
        """
        with self._use.alone(phrase("Engine: Library", "Pictures are being removed.")):
            try:
                yield from forget(
                    self._catalog, self._thumbnails, root_id, cancel, self._switch.forget
                )
            finally:
                self._catalog.give_back_labels(self._presence.reach())  # to copies in other folders
                self._upkeep.note_change()
                self._switch.save()

    def export(
        self,
        out: str | Path,
        cancel: CancelToken,
        *,
        form: ExportFormat = ExportFormat.CSV,
        vectors: bool = False,
        overwrite: bool = False,
    ) -> Iterator[ExportProgress]:
        """Write a table of all pictures and failures; see `desktop_app.engine.export.Export`.

        Args:
            out: The table's file.
            cancel: Stops it with nothing left behind.
            form: CSV or Parquet.
            vectors: Whether to write the vectors of the model in use too.
            overwrite: Whether files may be replaced.

        Yields:
            How far it is.

        Raises:
            UserFacingError: If a file is there already or cannot be written, or the format needs
                what is not installed.
            CancelledError: If it was stopped.
        """
        model = self._switch.active().info if vectors else None
        export = Export(self._catalog, Path(out).absolute(), form, model)
        yield from export.run(cancel, overwrite=overwrite)

    # Folders that lie elsewhere now

    def locate_root(
        self, root_id: int, new_path: str | Path, cancel: CancelToken | None = None
    ) -> int:
        """Tell where a folder is now; nothing of it has to be indexed again.

        For a folder that was moved or renamed, or a library that was copied to another computer,
        also from Windows to another system or back. Seconds for a million pictures; where a copy
        has other times than the original, its files are compared by content.

        Args:
            root_id: The folder.
            new_path: Where it is.
            cancel: Stops it with nothing changed.

        Returns:
            How many pictures it has.

        Raises:
            UserFacingError: If its pictures are not there, the place belongs to another folder or
                does not answer, or pictures are being indexed.
            CancelledError: If it was stopped.
        """
        place = os.path.abspath(os.path.expanduser(new_path))
        with self._use.alone(SEEKING):
            count = self._relocation.locate(root_id, place, cancel or CancelToken())
            self._upkeep.note_change()
            return count

    def follow_moved_roots(
        self,
        volumes: Volumes = mounted_volumes,
        among: Collection[int] | None = None,
        cancel: CancelToken | None = None,
    ) -> list[MovedRoot]:
        """Find folders whose volume is mounted elsewhere now, and note where they are.

        Args:
            volumes: Tells the mount points.
            among: The ids of those to look for, if they are not there; None for any.
            cancel: Stops it with nothing changed. Given where it is no hurry: waits for another
                run to end.

        Returns:
            What was noted.

        Raises:
            UserFacingError: If another run is under way and was not waited for, or the library
                cannot be written.
            CancelledError: If it was stopped.
        """
        cancel, waits = cancel or CancelToken(), cancel
        if among is None:
            silent = self._presence.silent()
            among = [root.id for root in self._catalog.roots() if root.id not in silent]
        # A disk may take long to answer: only the writing keeps others out.
        found = self._relocation.find_moved(volumes, among, cancel)
        if not found:
            return []
        # What has changed again during a long wait is found and mended by the next look.
        with self._use.alone(SEEKING, waits=waits):
            moved = [one for one, times in found if self._relocation.follow(one, times, cancel)]
            if moved:
                self._upkeep.note_change()
        return moved

    # Indexing

    def index(
        self,
        paths: Sequence[str | Path],
        cancel: CancelToken,
        *,
        retry_failed: bool = False,
        confirm_removals: bool = False,
    ) -> Iterator[IndexProgress | IndexSummary]:
        """Add folders or single pictures, or look again for what changed in them.

        Args:
            paths: What to index; empty looks again at all that was added before.
            cancel: Stops the run; what was reported as indexed stays.
            retry_failed: Whether to try files again that failed before.
            confirm_removals: Whether pictures leave whose files are gone, however many of a folder
                they are; see `confirm_removals`.

        Yields:
            Progress, and as the last item an `IndexSummary`. After that it is time for `back_up`.

        Raises:
            CatalogDamagedError: If the catalog turns out to be damaged.
            UserFacingError: If nothing given exists, the model cannot be loaded, the library
                cannot be written, or another run is under way.
        """
        yield from self._runs.index(
            paths, cancel, retry_failed=retry_failed, confirm_removals=confirm_removals
        )

    def look_again(
        self, places: Sequence[ChangedPlace], cancel: CancelToken
    ) -> Iterator[IndexProgress | IndexSummary]:
        """Bring the library in step with places where something happened.

        Waits for another run to end first. Places that are in no root any more are passed over.

        Args:
            places: What the `Watch` told; all of one batch, so that moves are seen as moves.
            cancel: Stops the run; what was reported as indexed stays.

        Yields:
            Progress, and as the last item an `IndexSummary`.

        Raises:
            UserFacingError: If the model cannot be loaded or the library cannot be written.
        """
        yield from self._runs.look_again(places, cancel)

    def watch(
        self,
        on_changes: Callable[[Sequence[ChangedPlace]], None],
        on_state: Callable[[WatchState], None],
        on_moved: Callable[[Sequence[MovedRoot]], None] = lambda _moved: None,
        volumes: Volumes = mounted_volumes,
    ) -> Watch:
        """Follow the folders of the library from now on; there is one watch at a time.

        Args:
            on_changes: Gets what is to be given to `look_again`, on a thread of the watch.
            on_state: Gets how a root is followed when that changes, on threads of the watch.
            on_moved: Gets folders whose drive was plugged in elsewhere, before they are followed
                there, on a thread of the watch.
            volumes: Tells the mount points.

        Returns:
            What follows them; to be closed before the library, or with it.
        """
        drives = Drives(volumes, self._presence.gone, self.follow_moved_roots, on_moved)
        return self._runs.watch(on_changes, on_state, drives)

    def prefer(self, path: str) -> None:
        """Have the pictures of a folder, or one picture, indexed before all others.

        Counts for the run that is under way and for later ones, until another is preferred.
        Takes up to 0.2 s where a million files wait.

        Args:
            path: Absolute path, in the library or to be added.
        """
        self._runs.prefer(path)

    def _files_moved(self, gone: Sequence[int], back: Sequence[int]) -> None:
        """Take down which pictures left with their files, and which are back."""
        self._upkeep.note_change()
        if gone:
            self._switch.forget(gone)
        if back:
            self._switch.bring_back(back)

    # Models

    def models(self) -> list[LibraryModel]:
        """Every installed model, and what this library has of it.

        After them come those that are installed no longer but have vectors here.
        """
        return self._switch.all_of_them()

    def model_offers(self) -> list[ModelOffer]:
        """The models that can be downloaded. Opens no connection."""
        return list(self._models.offers())

    def add_model(
        self, source: Path, cancel: CancelToken
    ) -> Iterator[ModelProgress | InstalledModel]:
        """Install a model from a folder or a .zip; see `protocols.Models.add`."""
        yield from self._models.add(source, cancel)

    def get_model(self, name: str, cancel: CancelToken) -> Iterator[ModelProgress | InstalledModel]:
        """Download and install an offered model; see `protocols.Models.get`."""
        yield from self._models.get(name, cancel)

    def use_model(self, name: str) -> ModelRole:
        """Choose the model that is to answer.

        Returns:
            IN_USE where it answers from now on: every picture has its vector, or all but 5% have,
            and `embed_next` makes the rest. NEXT where `embed_next` has to make vectors first, or
            only to be called, because pictures are being indexed now; until then the former model
            answers.

        Raises:
            ModelError: If there is none of that name, or it cannot be used.
            StoreError: If the library cannot be written.
        """
        # While pictures are indexed, they get the vectors of one model: no switching below it.
        with self._use.if_free() as is_free:
            return self._switch.use(name, lambda: is_free or self._use.is_embedding)

    def embed_next(self, cancel: CancelToken) -> Iterator[EmbedProgress | EmbedSummary]:
        """Make the vectors that the next model lacks, and let it answer, if it does not already.

        A picture whose file cannot be read is embedded from its thumbnail. One that has none
        either does not hold up the switch; scans make up for it when its file is there again.

        Args:
            cancel: Stops the run; what was reported stays, and the next run goes on from there.

        Yields:
            Progress, and as the last item an `EmbedSummary`; at once where there is no next
            model.

        Raises:
            UserFacingError: If the model cannot be loaded, the library cannot be written, or
                another run is under way.
        """
        yield from self._runs.embed_next(cancel)

    def remove_model(self, name: str) -> None:
        """Delete a model's folder, its vectors and its index. Takes a while in large libraries.

        Raises:
            ModelError: If there is none of that name, it is in use, or it is the built-in one.
            UserFacingError: If another run is under way, or the library cannot be written.
        """
        with self._use.alone(phrase("Engine: Library", "A model is being removed.")):
            self._switch.remove(name)

    def device(self) -> DeviceChoice:
        """What computes the vectors of the model in use, and why this. May load the model.

        Raises:
            ModelError: If the model cannot be loaded.
        """
        return self._switch.active().encoder.device

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
        return self._switch.active().search(query, limit)

    def saved_searches(self) -> list[SavedSearch]:
        """The searches that the user keeps, in the order in which they were saved."""
        return self._catalog.saved_searches()

    def save_search(self, search: SavedSearch) -> SavedSearch:
        """Keep a search; one that has an id already becomes this.

        Returns:
            It, with its id.

        Raises:
            StoreError: If the library cannot be written.
        """
        search_id = self._catalog.save_search(search)
        self._upkeep.note_change()
        return replace(search, id=search_id)

    def remove_search(self, search_id: int) -> None:
        """Keep a search no longer.

        Raises:
            StoreError: If the library cannot be written.
        """
        self._catalog.remove_search(search_id)
        self._upkeep.note_change()

    def try_picture(self, data: bytes) -> None:
        """Find out whether a picture from outside the library can be searched by; remembers it.

        Args:
            data: The content of a picture file.

        Raises:
            QueryError: If it cannot.
            ModelError: If the model cannot be loaded.
        """
        self._switch.active().try_picture(data)

    def reasons(self, query: Query, picture_id: int) -> tuple[Reason, ...]:
        """Tell how far each of the words and pictures of a query speaks for a hit.

        Returns:
            In the order of the query; empty for a picture that the model in use has not seen.

        Raises:
            QueryError: If a picture of the query cannot be used.
            ModelError: If the model cannot be loaded.
        """
        return self._switch.active().reasons(query, picture_id)

    def explain(self, picture_id: int, words: str, cancel: CancelToken) -> Iterator[HeatMap]:
        """Show where in a picture it is what words say, by looking at many parts of it.

        A picture whose file cannot be read now is explained by its thumbnail.

        Args:
            picture_id: Which one.
            words: What to look for in it.
            cancel: Stops it between two batches of parts.

        Yields:
            The map, coarse at first, then finer; the last one is complete.

        Raises:
            QueryError: If there are no words, or nothing of the picture is there.
            ModelError: If the model cannot be loaded.
            CancelledError: If it was stopped.
        """
        data = self.preview(picture_id, EXPLAINED_SIDE_PX) or self.thumbnail(picture_id)
        if data is None:
            raise QueryError(
                phrase("Engine: Library", "This picture cannot be looked at now."),
                phrase("Engine: Library", "Connect the drive that it lies on."),
            )
        yield from self._switch.active().explain(data, words, cancel)

    def prepare_search(self, cancel: CancelToken) -> Iterator[IndexPreparation]:
        """Open the vectors and make what quick searching needs; a moment where all is there.

        Searches are answered exactly meanwhile, if slowly while vectors are opened.

        Args:
            cancel: Stops it; what is complete by then stays.

        Yields:
            How far it is, several times a second.

        Raises:
            ModelError: If the model cannot be loaded.
            CancelledError: If it was stopped.
        """
        yield from self._switch.active().prepare(cancel)

    def unprepared(self) -> int:
        """How many pictures the model in use cannot find, because it has not looked at them yet.

        Raises:
            ModelError: If the model cannot be loaded.
        """
        return len(self._catalog.ids_without_vector(self._switch.active().info.key))

    def warm_up(self) -> ModelInfo:
        """Load model and index, so that the first query is answered as quickly as any other.

        Raises:
            ModelError: If the model cannot be loaded.
        """
        return self._switch.active().warm_up()


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
