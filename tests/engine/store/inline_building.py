"""Builds graphs at once and here: for tests that make many of them, or watch a single step."""

from pathlib import Path

import numpy as np

from desktop_app.engine.store import hnsw, index_files
from desktop_app.engine.store.graph_building import synced
from desktop_app.engine.store.index_files import SegmentRecord, WrittenFile


class InlineBuilding:
    """In place of `GraphBuilding`."""

    def __init__(self, folder: Path, model_key: str, source: SegmentRecord, dim: int) -> None:
        self.source = source
        self.is_finished = False
        self.done = source.count
        path = folder / index_files.new_name(model_key, "graph")
        rows = np.fromfile(folder / source.rows.name, dtype=np.float16).reshape(-1, dim)
        list(hnsw.build(rows, path))
        self.graph: WrittenFile | None = synced(path)
        self.file_names = (*source.file_names, path.name)

    def look(self) -> None:
        self.is_finished = True

    def stop(self) -> None:
        assert self.graph is not None
        self.is_finished = True
