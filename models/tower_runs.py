"""Runs ONNX towers and compares what they give."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

Feed = Mapping[str, NDArray[np.float32] | NDArray[np.int64]]
"""The inputs of one run of a tower, by name; the first axis of each is the batch."""

_EMBEDDINGS = ("image_embeds", "text_embeds", "pooler_output")
_TIMED_RUNS = 7


def _open(path: Path, threads: int = 0) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _embedding_of(session: onnxruntime.InferenceSession) -> str:
    """The output with the vectors: published towers also put out their hidden states."""
    names: list[str] = [port.name for port in session.get_outputs()]
    return next((name for name in _EMBEDDINGS if name in names), names[0])


def run_model(path: Path, inputs: Sequence[Feed]) -> NDArray[np.float32]:
    """Run an ONNX file over several inputs and join the rows of its embeddings.

    Returns:
        Shape ``(rows of all inputs, dim)``.
    """
    session = _open(path)
    output = [_embedding_of(session)]
    rows: NDArray[np.float32] = np.concatenate([session.run(output, feed)[0] for feed in inputs])
    return rows


def run_outputs(path: Path, feed: Feed, names: Sequence[str]) -> list[NDArray[np.float32]]:
    """Run an ONNX file once and return these of its outputs."""
    values: list[NDArray[np.float32]] = _open(path).run(list(names), feed)
    return values


def milliseconds_per_row(path: Path, feed: Feed) -> float:
    """Return the CPU time of one row on one thread: the median, so that others disturb little."""
    session = _open(path, threads=1)
    row = {name: values[:1] for name, values in feed.items()}
    session.run(None, row)
    times = []
    for _ in range(_TIMED_RUNS):
        start = time.process_time()
        session.run(None, row)
        times.append(time.process_time() - start)
    return float(np.median(times) * 1000)


def first_rows(feeds: Sequence[Feed], count: int) -> list[Feed]:
    """Return the first inputs, cut so that they have at most so many rows together."""
    cut: list[Feed] = []
    for feed in feeds:
        if count <= 0:
            break
        part = {name: values[:count] for name, values in feed.items()}
        cut.append(part)
        count -= len(next(iter(part.values())))
    return cut


def mean_cosine(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """Return the mean cosine between rows of two arrays of the same shape; NaN for zeros."""
    lengths = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(((first * second).sum(axis=1) / lengths).mean())


def neighbour_overlap(
    first: NDArray[np.float32], second: NDArray[np.float32], neighbours: int
) -> float:
    """Return the mean part of each row's nearest neighbours that two sets of vectors share.

    Neighbours are looked for among the other rows of the same set, by cosine: what a search among
    these pictures would bring up. With few rows, at most a quarter of them are compared, since
    two lists of nearly all rows always agree.

    Args:
        first: shape ``(n, dim)``.
        second: the same rows, made in another way.
        neighbours: how many of each are compared.
    """
    compared = max(1, min(neighbours, len(first) // 4))
    if len(first) <= 2:
        return 1.0
    near, also_near = _nearest(first, compared), _nearest(second, compared)
    shared = [len(set(a) & set(b)) for a, b in zip(near.tolist(), also_near.tolist(), strict=True)]
    return float(np.mean(shared) / compared)


def _nearest(vectors: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    scores = units @ units.T
    np.fill_diagonal(scores, -np.inf)
    nearest: NDArray[np.int64] = np.argsort(-scores, axis=1, kind="stable")[:, :count]
    return nearest
