"""Comparing vectors and linking them into graphs; the only module that knows USearch.

A graph is a hierarchical navigable small world (Malkov and Yashunin,
https://arxiv.org/abs/1603.09320) in the form in which USearch keeps it in a file.
"""

import contextlib
import ctypes
import logging
import mmap
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from usearch.index import Index

_log = logging.getLogger(__name__)

DTYPE = "f16"

ROWS_OFFSET = 8
"""Where in a graph's file the vectors start, as one matrix in the order in which they were added.

Before them lie two numbers of 32 bits, their count and their length in bytes. `build` checks
this of every file it makes, so that another layout of a later USearch is noticed, not believed.
"""

# Recall@10 of 0.960 with 64, 0.980 with 96, 0.990 with 128 at 262,144 vectors of 512 numbers in
# clusters far apart, the hardest kind for a graph; 128 costs a quarter more time than 64.
_CONNECTIVITY = 16
_EXPANSION_ADD = 128
EXPANSION_SEARCH = 128

_BUILT_AT_ONCE = 512
"""Vectors added between two reports: a quarter of a second."""


class UnfitFileError(Exception):
    """USearch has written a file of another layout than the one that is known."""


def description() -> str:
    """USearch's version, and the kind of processor whose instructions it uses here."""
    _share_cpp_runtime()
    import usearch
    from usearch.index import Index

    return f"{usearch.__version__} for {Index(ndim=64, dtype=DTYPE).hardware_acceleration}"


def scores(matrix: NDArray[np.float16], query: NDArray[np.float16]) -> NDArray[np.float32]:
    """Cosine of each row with the query, shape ``(n,)``, in [-1, 1]."""
    _share_cpp_runtime()
    from usearch.compiled import MetricKind
    from usearch.index import search

    if not len(matrix):
        return np.empty(0, dtype=np.float32)
    # USearch computes on float16 directly; numpy takes ten times as long to widen it first. With
    # the parts changed, each row asks for its distance to the only vector searched, so that all
    # distances come in order of rows and nothing is sorted: 6 ms for 100,000 rows of 512 numbers
    # against 21, and `Index.search(exact=True)` is quadratic in the number of hits.
    found = search(query[np.newaxis], matrix, 1, MetricKind.Cos, exact=True, threads=1)
    return np.clip(1.0 - np.ravel(found.distances), -1.0, 1.0)


class Graph:
    """A graph that stays in its file. Any thread may call it.

    Args:
        index: The graph, as USearch sees it.
        mapped: The file; must not be closed before.
    """

    def __init__(self, index: "Index", mapped: mmap.mmap) -> None:
        self._mapped = mapped
        self._index = index

    def nearest(self, query: NDArray[np.float16], count: int) -> NDArray[np.int64]:
        """Rows that are probably the nearest; fewer where the graph finds no more."""
        # One thread: a graph is walked step by step.
        return np.asarray(self._index.search(query, count, threads=1).keys, dtype=np.int64)


def view(mapped: mmap.mmap, count: int, dim: int) -> Graph | None:
    """A graph that stays in its file, and is read page by page as it is walked.

    Args:
        mapped: The file; its content must have been checked, USearch trusts it blindly.
        count: How many vectors it should hold.
        dim: Their length.

    Returns:
        The graph, whose keys are the numbers of its rows; None where the file is another one.
    """
    _share_cpp_runtime()
    from usearch.compiled import ScalarKind
    from usearch.index import Index

    try:
        graph = Index.restore(
            memoryview(mapped),
            view=True,
            connectivity=_CONNECTIVITY,
            expansion_add=_EXPANSION_ADD,
            expansion_search=EXPANSION_SEARCH,
            enable_key_lookups=False,  # a table in memory that is never asked
        )
    except (RuntimeError, ValueError, TypeError) as error:
        # Whole, but from another version of USearch; it raises different types for that.
        _log.warning("The saved vector index cannot be used: %s", error)
        return None
    if graph is None or (graph.ndim, graph.dtype, len(graph)) != (dim, ScalarKind.F16, count):
        _log.warning("The saved vector index is not what its record says")
        return None
    return Graph(graph, mapped)


def build(rows: NDArray[np.float16], path: Path) -> Iterator[int]:
    """Link vectors and write the graph to a file.

    Args:
        rows: The vectors, shape ``(n, dim)``.
        path: Where to write. USearch itself writes the file, and on Windows it can only open names
            of the system's code page: in folders of any name, give a path relative to them.

    Yields:
        How many are linked.

    Raises:
        UnfitFileError: If the file has not the layout that `ROWS_OFFSET` describes.
        RuntimeError: If USearch cannot write it.
    """
    _share_cpp_runtime()
    from usearch.index import Index

    graph = Index(
        ndim=rows.shape[1],
        metric="cos",
        dtype=DTYPE,
        connectivity=_CONNECTIVITY,
        expansion_add=_EXPANSION_ADD,
        expansion_search=EXPANSION_SEARCH,
    )
    for start in range(0, len(rows), _BUILT_AT_ONCE):
        part = rows[start : start + _BUILT_AT_ONCE]
        # One thread, so that the rows lie in the file in the order of their numbers.
        graph.add(np.arange(start, start + len(part)), part, threads=1)
        yield start + len(part)
    graph.save(path)
    if path.stat().st_size != graph.serialized_length:
        raise UnfitFileError("The disk is full, or USearch's files have another layout")
    written = np.memmap(path, dtype=np.float16, mode="r", offset=ROWS_OFFSET, shape=rows.shape)
    for start in range(0, len(rows), _BUILT_AT_ONCE):
        end = start + _BUILT_AT_ONCE
        if not np.array_equal(written[start:end], rows[start:end]):
            raise UnfitFileError("USearch's files have another layout")


@cache
def _share_cpp_runtime() -> None:
    """Load the system's C++ runtime before USearch's own.

    WORKAROUND: USearch's wheel for Linux (2.26) is linked statically with libstdc++ and exports
    its unique symbols. Whichever is loaded first serves both: onnxruntime imported after USearch
    binds to symbols of the wrong version and crashes the process.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # a system without it has nothing that could clash
            ctypes.CDLL("libstdc++.so.6", mode=ctypes.RTLD_GLOBAL)
