"""Linking vectors into a graph in a process of its own.

USearch's saving keeps all other threads of a process waiting (60 ms for 50,000 vectors), and
linking takes half a millisecond a vector: a process of low priority disturbs neither the window
nor a search, and can be stopped at any instant.
"""

import contextlib
import logging
import mmap
import os
import sys
import zlib
from multiprocessing import connection, get_context
from pathlib import Path

import numpy as np
import psutil

from desktop_app.engine.child_process import POSIX_NICENESS, child, follow_parent, note_end
from desktop_app.engine.store import hnsw, index_files
from desktop_app.engine.store.index_files import SegmentRecord, WrittenFile

_log = logging.getLogger(__name__)

_READ_AT_ONCE = 1 << 22


class GraphBuilding:
    """Builds the graph of a segment. Not safe for several threads.

    Args:
        folder: Where the segment lies and the graph is written.
        model_key: Whose vectors.
        source: The segment; of no use any more when the graph is there.
        dim: The length of its vectors.

    Raises:
        OSError: If no process can be started.
    """

    def __init__(self, folder: Path, model_key: str, source: SegmentRecord, dim: int) -> None:
        self.source = source
        self.done = 0
        self.is_finished = False
        self.graph: WrittenFile | None = None
        self._folder = folder
        self._graph_name = index_files.new_name(model_key, "graph")
        context = get_context("spawn")
        self._reports, reporting = context.Pipe(duplex=False)
        self._process = context.Process(
            target=child(_build, "graph"),
            args=(
                str(folder / source.rows.name),
                str(folder / self._graph_name),
                (source.count, dim),
                reporting,
            ),
            name="graph building",
            daemon=True,
        )
        try:
            self._process.start()
        except BaseException:
            self._reports.close()
            raise
        finally:
            reporting.close()

    @property
    def file_names(self) -> tuple[str, ...]:
        """What must not be deleted as long as it runs."""
        return (*self.source.file_names, self._graph_name)

    def look(self, wait_s: float = 0.0) -> None:
        """Take note of how far it is.

        Args:
            wait_s: How long to wait for news at most.
        """
        while not self.is_finished and self._reports.poll(wait_s):
            try:
                report = self._reports.recv()
            except (EOFError, OSError):
                _log.warning("The process that links vectors has ended before it was done")
                self._end()
                return
            if isinstance(report, int):
                self.done = report
                wait_s = 0.0
            elif isinstance(report, WrittenFile):
                self.graph = report
                self._end()
            else:
                _log.warning("Vectors could not be linked: %s", report)
                self._end()

    def stop(self) -> None:
        """End it and delete what it has written."""
        if not self.is_finished:
            self._end()
        index_files.delete(self._folder / self._graph_name)

    def _end(self) -> None:
        self.is_finished = True
        if self.graph is None:
            self._process.kill()
        self._process.join()
        note_end("graph", self._process.pid)
        self._process.close()
        self._reports.close()


def _build(
    rows_path: str, graph_path: str, shape: tuple[int, int], reports: connection.Connection
) -> None:
    """What the process does."""
    follow_parent()
    _be_polite()
    path = Path(graph_path)
    try:
        with Path(rows_path).open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        rows = np.frombuffer(mapped, dtype=np.float16).reshape(shape)
        os.chdir(path.parent)
        for done in hnsw.build(rows, Path(path.name)):
            if hasattr(mmap, "MADV_DONTNEED"):
                mapped.madvise(mmap.MADV_DONTNEED)  # the graph has a copy of what it was given
            reports.send(done)
        reports.send(synced(path))
    except (OSError, RuntimeError, hnsw.UnfitFileError) as error:
        reports.send(str(error))


def _be_polite() -> None:
    with contextlib.suppress(psutil.Error, OSError):  # then it is only less polite
        if sys.platform == "win32":
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            os.nice(POSIX_NICENESS)


def synced(path: Path) -> WrittenFile:
    """Have a file survive a power cut, and note what is in it."""
    size_bytes = checksum = 0
    with path.open("r+b") as file:
        os.fsync(file.fileno())
        while block := file.read(_READ_AT_ONCE):
            size_bytes += len(block)
            checksum = zlib.crc32(block, checksum)
    return WrittenFile(path.name, size_bytes, checksum)
