"""Writes pictures until it is killed, and says after each step what must be there.

Arguments: the catalog's file, the index folder, a number that makes this run's names its own.
Each line printed is a JSON list of pairs of id and seed, committed when the line is printed.
"""

import itertools
import json
import sys
from pathlib import Path

import numpy as np

from desktop_app.engine.records import FileStamp, ModelInfo, NewPicture, RootKind
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.index_opening import open_index
from desktop_app.engine.store.segment_groups import IndexLimits
from desktop_app.engine.store.vector_index import save_index

MODEL = ModelInfo("key", "Model", 32, is_builtin=False)
BATCH = 20
# Small, so that it is also killed while segments are merged and graphs are built.
LIMITS = IndexLimits(exact_up_to=50, held_in_memory=50, linked_from=60, segment_rows=200)


def picture(path: str, seed: int) -> NewPicture:
    vector = np.random.default_rng(seed).standard_normal(MODEL.dim).astype(np.float32)
    return NewPicture(path, FileStamp(seed, seed), 1, 1, "PNG", None, b"f", vector)


def write_until_killed(catalog_path: Path, folder: Path, run: int) -> None:
    catalog = Catalog.open(catalog_path)
    root_id = catalog.add_root("/photos", RootKind.FOLDER)
    index = open_index(folder, catalog, MODEL, LIMITS)
    for batch in itertools.count():
        seeds = [run * 1_000_000 + batch * BATCH + number for number in range(BATCH)]
        # Even seeds make new pictures; odd ones change those that the batch before made.
        new = [picture(f"/photos/{run}/{seed - seed % 2 * (BATCH + 1)}", seed) for seed in seeds]
        ids = catalog.write_pictures(root_id, MODEL, new)
        print(json.dumps(list(zip(ids, seeds, strict=True))), flush=True)  # noqa: T201
        index.add(np.array(ids), np.stack([one.vector for one in new]))
        if batch % 3 == 2:
            save_index(index, catalog)


if __name__ == "__main__":
    write_until_killed(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
