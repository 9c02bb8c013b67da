"""The pipeline that joins files, model and store: from folders to searchable pictures.

Files are decoded in processes, encoded in threads and written by the thread that runs the
generator. Between two stages only a bounded number of pictures waits, so memory does not grow
with the library. A picture is reported only after the transaction that holds it was committed.
"""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.files.decoder import Decoder
from desktop_app.engine.files.exclusions import NOTHING_MORE, Exclusions
from desktop_app.engine.files.patience import NoAnswerError, Patience
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.files.reach import NO_ANSWER
from desktop_app.engine.files.stamp import stamp_now
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.indexing.colours import ColourCompleter
from desktop_app.engine.indexing.copies import CopyFinder, Original, split_by_length
from desktop_app.engine.indexing.details import DetailCompleter
from desktop_app.engine.indexing.reconciling import Reconciler
from desktop_app.engine.indexing.removals import RecentRemovals, Remover
from desktop_app.engine.indexing.scan_run import Scanned, ScanRun, ScanTarget
from desktop_app.engine.indexing.tally import Tally
from desktop_app.engine.indexing.unfinished import UnfinishedFiles, being_written
from desktop_app.engine.indexing.work import Reconciled, Work
from desktop_app.engine.indexing.writing import Decoded, Writer
from desktop_app.engine.meter import Meter
from desktop_app.engine.model.tower import CPU
from desktop_app.engine.pace import PaceChange, WorkPace
from desktop_app.engine.pipeline import Failed, PipelineSize, encode_in_batches, held
from desktop_app.engine.protocols import Encoder, VectorIndex
from desktop_app.engine.records import (
    FileStamp,
    FoundFile,
    IndexProgress,
    IndexSummary,
    SkipKind,
    SkippedFile,
)
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.work_order import Priority

_COPIES_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that decodes."""

    decoder: Decoder
    cancel: CancelToken
    meter: Meter
    unfinished: UnfinishedFiles
    writer: Writer


class Indexer:
    """Brings the catalog in step with folders.

    Args:
        catalog: Where pictures and vectors are written.
        encoder: The model.
        open_index: Gives the vector index; called only when there is something to write.
        thumbnails: Where thumbnails are kept.
        limits: What one file may cost.
        size: How much of the machine to take.
        exclusions: What is passed over.
        pace: Says when to wait, and how much of the machine to take.
        priority: Says which files come first.
        removals: What was removed lately.
        patience: Waits for the disk.
        unread: Files of whose details it is known that they cannot be read now; more come in.
        colours: Completes the colours of pictures at the end of a run.
    """

    def __init__(
        self,
        catalog: Catalog,
        encoder: Encoder,
        open_index: Callable[[], VectorIndex],
        thumbnails: ThumbnailCache,
        limits: DecodeLimits,
        size: PipelineSize,
        exclusions: Exclusions = NOTHING_MORE,
        pace: WorkPace | None = None,
        priority: Priority | None = None,
        removals: RecentRemovals | None = None,
        patience: Patience | None = None,
        unread: set[FoundFile] | None = None,
        colours: ColourCompleter | None = None,
    ) -> None:
        self._catalog = catalog
        self._encoder = encoder
        self._open_index = open_index
        self._thumbnails = thumbnails
        self._limits = limits
        self._size = size
        self._exclusions = exclusions
        self._pace = pace or WorkPace()
        self._priority = priority or Priority()
        self._removals = removals or RecentRemovals()
        self._patience = patience or Patience()
        self._unread = set() if unread is None else unread
        self._colours = colours

    def run(
        self,
        targets: Sequence[ScanTarget],
        cancel: CancelToken,
        *,
        retry_failed: bool = False,
        confirm_removals: bool = False,
        refused: Sequence[SkippedFile] = (),
    ) -> Iterator[IndexProgress | IndexSummary]:
        """Scan the targets and index what is new or changed in them.

        Args:
            targets: Where to look.
            cancel: Stops the run after the batch in work; all that was reported stays.
            retry_failed: Whether to try files again that failed before and have not changed.
            confirm_removals: Whether pictures leave however many of a folder are gone.
            refused: What was asked for but cannot be looked through, for the summary.

        Yields:
            Progress, and at the end, cancelled or not, one `IndexSummary`.

        Raises:
            UserFacingError: If the model cannot be loaded or the library cannot be written.
        """
        started = time.monotonic()
        tally = Tally(skipped=list(refused))
        cancelled = False
        try:
            scan = ScanRun(
                self._catalog,
                self._encoder.info.key,
                self._exclusions,
                retry_failed=retry_failed,
                patience=self._patience,
            )
            scans: list[Scanned] = []
            for target in targets:
                yield from self._held(cancel)
                for found in scan.look_through(target, cancel):
                    if isinstance(found, Scanned):
                        scans.append(found)
                    else:
                        yield found
                        yield from self._held(cancel, found)
            reconciled = yield from self._reconcile(
                scans, tally, cancel, is_confirmed=confirm_removals
            )
            done = [scanned.target for scanned in scans if scanned.is_complete]
            roots = {target.root_id: target for target in targets}
            scans.clear()
            yield from self._decode_and_write(reconciled, roots, cancel, tally)
            processes = self._size.decoder_processes
            if retry_failed:
                self._unread.clear()
            completer = DetailCompleter(
                self._catalog, self._limits, processes, self._pace, self._unread
            )
            yield from completer.run(done, cancel)
            if self._colours is not None:
                yield from self._colours.run(cancel)
            for target in done:
                if target.is_root:
                    self._catalog.mark_scanned(target.root_id, time.time())
        except CancelledError:
            cancelled = True
        yield tally.summary(time.monotonic() - started, cancelled=cancelled)

    def _held(
        self, cancel: CancelToken, at: IndexProgress | None = None
    ) -> Iterator[IndexProgress]:
        """Wait as long as the run is paused, and say so; what was reported before stays shown."""
        for change in held(self._pace, cancel):
            yield replace(at or IndexProgress(0, 0, 0), note=change.note, added_ids=())

    def _reconcile(
        self, scans: Sequence[Scanned], tally: Tally, cancel: CancelToken, *, is_confirmed: bool
    ) -> Generator[IndexProgress, None, Reconciled]:
        """Write all that needs no decoding."""
        remover = Remover(
            self._catalog,
            self._exclusions,
            self._removals,
            confirmed=is_confirmed,
            patience=self._patience,
        )
        reconciler = Reconciler(self._catalog, remover, self._patience)
        steps = reconciler.apply(scans, cancel)
        while True:
            try:
                report = next(steps)
            except StopIteration as end:
                outcome: Reconciled = end.value
                break
            yield report
            yield from self._held(cancel, report)
        if outcome.removed:
            self._open_index().remove(np.array(outcome.removed, dtype=np.int64))
        for digest in outcome.unneeded:
            self._thumbnails.remove(digest.hex())
        tally.moved += outcome.moved
        tally.removed += len(outcome.removed)
        tally.held_back += outcome.held_back
        tally.unchanged += outcome.touched
        for scanned in scans:
            tally.unchanged += scanned.unchanged
            tally.skipped += scanned.skipped
        return outcome

    def _decode_and_write(
        self,
        reconciled: Reconciled,
        roots: dict[int, ScanTarget],
        cancel: CancelToken,
        tally: Tally,
    ) -> Iterator[IndexProgress]:
        """Run the files through decoder, encoder and catalog."""
        work = reconciled.work
        if not work:
            return
        self._open_index()  # damaged or missing, it is made anew before there is more to add
        first, later = split_by_length(work, reconciled.known_sizes)
        meter = Meter(len(work))
        writer = Writer(
            self._catalog,
            self._encoder.info,
            self._open_index,
            self._patience,
            cancel,
            tally,
            meter,
            roots,
        )
        yield writer.progress()
        with Decoder(
            self._encoder.resizer,
            self._encoder.input_side_px,
            self._limits,
            self._size.decoder_processes,
            self._pace,
            is_silent=self._patience.is_silent,
        ) as decoder:
            unfinished = UnfinishedFiles(stamp_of=lambda path: self._stamp_of(path, cancel))
            run = _Run(decoder, cancel, meter, unfinished, writer)
            yield from self._decode_in_order(first, run)
            others: list[Work] = []
            again: list[Work] = []
            yield from self._share(later, others, again, run)
            yield from self._decode_in_order(others, run)
            # What is left shares with one of the others, or is decoded: that one may have failed.
            rest: list[Work] = []
            yield from self._share(again, rest, None, run)
            yield from self._decode_in_order(rest, run)
            yield from self._decode(run.unfinished.finished(cancel), run, is_last=True)
            for item, skip in run.unfinished.left():
                yield writer.write_failure(Failed(item, skip))

    def _share(
        self, work: Sequence[Work], others: list[Work], again: list[Work] | None, run: _Run
    ) -> Iterator[IndexProgress]:
        """Let exact copies of pictures share what is known of these.

        Args:
            work: Files that may be copies.
            others: Gets those that are none.
            again: Gets those that may be copies of one in ``others``; None where these go there
                too.
            run: The run.
        """
        finder = CopyFinder(self._catalog, self._encoder.info.key, self._patience, run.cancel)
        seen: set[bytes] = set()
        shared: list[tuple[Work, Original]] = []
        for number, item in enumerate(work):
            run.cancel.raise_if_cancelled()
            yield from self._held(run.cancel, run.writer.progress((), item.file.path))
            original, parts = finder.original_of(item.file)
            if original is not None:
                shared.append((item, original))
            elif again is not None and parts in seen:
                again.append(item)
            else:
                others.append(item)
                if parts is not None:
                    seen.add(parts)
            if len(shared) >= _COPIES_AT_ONCE:
                yield run.writer.write_copies(shared, others)
                shared = []
            elif number % _COPIES_AT_ONCE == 0:
                yield run.writer.progress((), item.file.path)
        if shared:
            yield run.writer.write_copies(shared, others)

    def _decode_in_order(self, work: Sequence[Work], run: _Run) -> Iterator[IndexProgress]:
        """Decode what the user looks at first, then the newest."""
        order = self._priority.order(work, lambda item: item.file)
        try:
            yield from self._decode(order, run)
        finally:
            self._priority.done()

    def _decode(
        self, work: Iterable[Work], run: _Run, *, is_last: bool = False
    ) -> Iterator[IndexProgress]:
        """Decode, encode and write files.

        Args:
            work: The files.
            run: The run.
            is_last: Whether files that are still being written are given up.
        """
        decoded = self._decoded(work, run, is_last=is_last)
        with closing(
            encode_in_batches(
                decoded,
                self._encode,
                self._size,
                run.cancel,
                self._pace,
                lambda: self._encoder.device.provider == CPU,
                self._encoder.prepare_pictures,
            )
        ) as encoded:
            for part in encoded:
                if isinstance(part, PaceChange):
                    yield replace(run.writer.progress(), note=part.note)
                elif isinstance(part, Failed):
                    yield run.writer.write_failure(part)
                else:
                    yield run.writer.write(part)

    def _decoded(
        self, work: Iterable[Work], run: _Run, *, is_last: bool
    ) -> Iterator[Decoded | Failed[Work] | PaceChange]:
        in_work: dict[str, Work] = {}
        lost_roots = run.writer.lost_roots

        def files() -> Iterator[FoundFile]:
            for item in work:
                if item.root_id in lost_roots or self._patience.is_silent(item.file.path):
                    run.meter.count(1)
                else:
                    in_work[item.file.path] = item
                    yield item.file

        for outcome in run.decoder.decode_at_pace(files(), run.cancel):
            if isinstance(outcome, PaceChange):
                yield outcome
                continue
            file, result = outcome
            item = in_work.pop(file.path)
            is_damaged = isinstance(result, SkippedFile) and result.kind is SkipKind.DAMAGED
            # The decoder has looked at it last: asking once more from here is a change of threads
            # for every file, which costs a third of the speed with small pictures.
            stamp = None if isinstance(result, SkippedFile) else result.stamp
            try:
                is_unfinished = run.unfinished.is_unfinished(
                    item, is_damaged=is_damaged and not is_last, stamp=stamp
                )
            except NoAnswerError:  # that it could not be decoded is not its fault
                skip = SkippedFile(file.path, NO_ANSWER, SkipKind.UNREADABLE)
                yield Failed(item, skip)
                continue
            if is_unfinished:
                if is_last:
                    yield Failed(item, being_written(item))
                else:
                    run.unfinished.put(item)
            elif isinstance(result, SkippedFile):
                yield Failed(item, result)
            else:
                yield Decoded(item, result)

    def _stamp_of(self, path: str, cancel: CancelToken) -> FileStamp | None:
        """The stamp of a file now; None where there is none.

        Raises:
            NoAnswerError: If its drive does not answer.
            CancelledError: If it was cancelled.
        """
        return self._patience.ask(lambda: stamp_now(path), path, cancel)

    def _encode(self, batch: Sequence[Decoded]) -> NDArray[np.float32]:
        """Encode a batch and keep its thumbnails, on one of the encoder threads.

        Creating files takes as long as decoding small pictures: the thread that writes the
        catalog and keeps the decoders supplied must not wait for it.
        """
        for each in batch:
            self._thumbnails.put(each.picture.fingerprint.hex(), each.picture.thumbnail)
        return self._encoder.encode_pictures(np.stack([each.picture.pixels for each in batch]))
