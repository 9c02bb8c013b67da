"""The runs of a library that take long: indexing, looking again, and getting to know a model."""

import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.drive_watch import Drives
from desktop_app.engine.embedding import Embedder
from desktop_app.engine.errors import CancelledError, UserFacingError
from desktop_app.engine.files.patience import Patience
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.files.reach import NO_ANSWER
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.indexing.colours import ColourCompleter
from desktop_app.engine.indexing.indexer import Indexer
from desktop_app.engine.indexing.removals import RecentRemovals, remove_missing
from desktop_app.engine.indexing.scan_run import ScanTarget
from desktop_app.engine.indexing.scan_targets import changed_targets, refusals, scan_targets
from desktop_app.engine.model_switch import ModelSwitch
from desktop_app.engine.pace import WorkPace
from desktop_app.engine.phrases import phrase
from desktop_app.engine.pipeline import PipelineSize
from desktop_app.engine.preferences import Preferences
from desktop_app.engine.records import (
    ChangedPlace,
    EmbedProgress,
    EmbedSummary,
    FoundFile,
    IndexProgress,
    IndexSummary,
    SkipKind,
    SkippedFile,
    WatchState,
)
from desktop_app.engine.root_presence import RootPresence
from desktop_app.engine.sidecars import Sidecars
from desktop_app.engine.sole_use import EMBEDDING, INDEXING, SoleUse
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.roots import PlaceKey
from desktop_app.engine.upkeep import Upkeep
from desktop_app.engine.watching import Watch
from desktop_app.engine.work_order import Priority


class Runs:
    """Makes them, one at a time, and keeps what one run leaves for the next.

    What they do is told where `Library` offers them.

    Args:
        catalog: What is filled.
        switch: Knows the model in use and the next one.
        thumbnails: Keeps those of the pictures.
        limits: Of decoding.
        preferences: What the user adjusts meanwhile.
        presence: Tells what does not answer.
        use: Keeps others out.
        pace: Pauses runs, and makes them gentle.
        upkeep: Takes note of what was changed.
        sidecars: Reads what lies beside new pictures.
    """

    def __init__(
        self,
        catalog: Catalog,
        switch: ModelSwitch,
        thumbnails: ThumbnailCache,
        limits: DecodeLimits,
        preferences: Preferences,
        presence: RootPresence,
        use: SoleUse,
        pace: WorkPace,
        upkeep: Upkeep,
        sidecars: Sidecars,
    ) -> None:
        self._catalog = catalog
        self._switch = switch
        self._thumbnails = thumbnails
        self._limits = limits
        self._preferences = preferences
        self._presence = presence
        self._use = use
        self._pace = pace
        self._upkeep = upkeep
        self._sidecars = sidecars
        self._priority = Priority()
        self._removals = RecentRemovals()
        self._unread: set[FoundFile] = set()
        self._colours = ColourCompleter(catalog, thumbnails, pace)
        self._patience = Patience()
        self._watch: Watch | None = None

    def close(self) -> None:
        """Follow the folders no longer."""
        if self._watch is not None:
            self._watch.close()

    def index(
        self,
        paths: Sequence[str | Path],
        cancel: CancelToken,
        *,
        retry_failed: bool,
        confirm_removals: bool,
    ) -> Iterator[IndexProgress | IndexSummary]:
        """See `Library.index`."""
        given = [os.path.abspath(os.path.expanduser(path)) for path in paths]
        silent = self._presence.silent()
        avoided = self._paths(silent)
        try:
            refused = _refused(given, avoided, cancel)
            with (
                self._use.alone(INDEXING),
                self._pace.run(),
                self._patience.avoiding(avoided),
            ):
                wanted = [path for path in given if path not in refused]
                targets = scan_targets(self._catalog, wanted, self._patience, cancel)
                mute = [target for target in targets if target.root_id in silent]
                yield from self._run(
                    [target for target in targets if target.root_id not in silent],
                    cancel,
                    retry_failed=retry_failed,
                    confirm_removals=confirm_removals,
                    refused=[*refused.values(), *map(_silent_skip, mute)],
                )
        except CancelledError:  # before there was a run
            yield IndexSummary(cancelled=True)

    def look_again(
        self, places: Sequence[ChangedPlace], cancel: CancelToken
    ) -> Iterator[IndexProgress | IndexSummary]:
        """See `Library.look_again`."""
        with (
            self._use.alone(INDEXING, waits=cancel),
            self._pace.run(),
        ):
            started_s = time.monotonic()
            targets = changed_targets(self._catalog, places, self._patience, cancel)
            if targets:
                yield from self._run(targets, cancel)
            else:
                yield IndexSummary()
            if self._watch is not None:
                self._watch.looked(places, time.monotonic() - started_s)

    def watch(
        self,
        on_changes: Callable[[Sequence[ChangedPlace]], None],
        on_state: Callable[[WatchState], None],
        drives: Drives,
    ) -> Watch:
        """Follow the folders, instead of a watch that does it already; see `Library.watch`."""
        self.close()
        self._watch = Watch(
            self._catalog, self._preferences.exclusions, on_changes, on_state, drives=drives
        )
        return self._watch

    def confirm_removals(self, root_ids: Sequence[int]) -> int:
        """See `Library.confirm_removals`."""
        with self._use.alone(phrase("Engine: Library", "Pictures are being removed.")):
            removed, unneeded = remove_missing(
                self._catalog, root_ids, self._patience, CancelToken()
            )
            for digest in unneeded:
                self._thumbnails.remove(digest.hex())
            self._give_back_labels()
            self._upkeep.note_change()
            self._switch.forget(removed)
            self._switch.save()
            return len(removed)

    def prefer(self, path: str) -> None:
        """See `Library.prefer`."""
        self._priority.prefer(path)

    def embed_next(self, cancel: CancelToken) -> Iterator[EmbedProgress | EmbedSummary]:
        """See `Library.embed_next`."""
        avoided = self._paths(self._presence.silent())
        with self._use.alone(EMBEDDING), self._pace.run():
            chosen = self._switch.next_installed()
            if chosen is None:
                yield EmbedSummary(title="")
                return
            model = self._switch.load_next(chosen.name)
            self._switch.note_folder(model)
            is_answering = self._switch.is_answering(model)
            embedder = Embedder(
                self._catalog,
                model.encoder,
                self._thumbnails,
                self._limits,
                self._pipeline_size(),
                is_wanted=lambda: self._switch.wants(model),
                finish=lambda token: self._switch.finish(model, token),
                pace=self._pace,
                patience=self._patience,
                made=lambda ids: self._switch.made(model, ids),
                is_answering=is_answering,
            )
            with self._patience.avoiding(avoided):
                for report in embedder.run(cancel):
                    if isinstance(report, EmbedSummary):
                        if report.switched:
                            self._switch.free_replaced()
                        if report.switched or (is_answering and report.made):
                            self._upkeep.note_change()
                    yield report

    def _run(
        self,
        targets: Sequence[ScanTarget],
        cancel: CancelToken,
        *,
        retry_failed: bool = False,
        confirm_removals: bool = False,
        refused: Sequence[SkippedFile] = (),
    ) -> Iterator[IndexProgress | IndexSummary]:
        """Index targets; called while alone."""
        model = self._switch.active()
        self._switch.note_folder(model)
        indexer = Indexer(
            self._catalog,
            model.encoder,
            model.index,
            self._thumbnails,
            self._limits,
            self._pipeline_size(),
            self._preferences.exclusions,
            pace=self._pace,
            priority=self._priority,
            removals=self._removals,
            patience=self._patience,
            unread=self._unread,
            colours=self._colours,
        )
        reports = indexer.run(
            targets,
            cancel,
            retry_failed=retry_failed,
            confirm_removals=confirm_removals,
            refused=refused,
        )
        for report in reports:
            if isinstance(report, IndexProgress):
                self._sidecars.take_in(report.added_ids)
            if isinstance(report, IndexSummary):
                report = replace(report, labels_back=len(self._give_back_labels()))
                self._upkeep.note_run(report)
                # Saved, so that the next start need not make it again.
                model.save()
                if not report.cancelled:
                    self._switch.free_replaced()
            yield report

    def _give_back_labels(self) -> list[int]:
        return self._catalog.give_back_labels(self._presence.reach())

    def _paths(self, keys: Collection[PlaceKey]) -> list[str]:
        """Where some roots and drives are."""
        places = self._catalog.root_places()
        return [places[key].path for key in keys if key in places]

    def _pipeline_size(self) -> PipelineSize:
        settings = self._preferences.settings
        return PipelineSize(
            settings.decoder_processes, settings.encoder_threads, settings.batch_size
        )


def _refused(
    given: Sequence[str], avoided: Collection[str], cancel: CancelToken
) -> dict[str, SkippedFile]:
    """What of the given paths cannot be looked at, and why.

    Args:
        given: Absolute paths.
        avoided: Places that do not answer.
        cancel: Ends the wait.

    Raises:
        UserFacingError: If that is all of them.
        CancelledError: If it was cancelled.
    """
    patience = Patience()
    with patience.avoiding(avoided):
        refused = refusals(given, patience, cancel)
    if not given or len(refused) < len(set(given)):
        return refused
    mute = [skip.path for skip in refused.values() if skip.reason == NO_ANSWER]
    if mute:
        raise UserFacingError(
            phrase("Engine: Library", "There is no answer from {places}.").format(
                places=", ".join(mute)
            ),
            phrase("Engine: Library", "Connect the drive and try again."),
        )
    places = ", ".join(skip.path for skip in refused.values())
    raise UserFacingError(
        phrase("Engine: Library", "There is no folder or picture at {places}.").format(
            places=places
        ),
        phrase("Engine: Library", "Check the name."),
    )


def _silent_skip(target: ScanTarget) -> SkippedFile:
    """How a root is told that whoever asks for it would wait for ever."""
    return SkippedFile(target.root_path, NO_ANSWER, SkipKind.OFFLINE)
