"""Opens an index, takes its files away as a drive that is pulled out does, and searches.

Arguments: the catalog's file, the index folder, whether the files are copied (0 or 1), and where
the interpreter writes how it died. Prints the ids found before and after, as JSON.
"""

import faulthandler
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from desktop_app.engine.records import ModelInfo
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.index_opening import open_index
from desktop_app.engine.store.segment_groups import IndexLimits
from tests.engine.store.conftest import DIM

LIMITS = IndexLimits(exact_up_to=0, held_in_memory=10, linked_from=30, segment_rows=35)


def search_without_disk(catalog_path: Path, folder: Path, trace: Path, *, is_copied: bool) -> None:
    model = ModelInfo("a" * 64, "Model A", DIM, is_builtin=True)
    catalog = Catalog.open(catalog_path)
    index = open_index(folder, catalog, model, replace(LIMITS, is_copied=is_copied))
    query = next(catalog.vectors_of(model.key, catalog.vector_ids(model.key), 1))[1][0]
    for limit in (40, None):
        before = index.search(query.astype("f4"), limit)[0].tolist()
        for file in folder.iterdir():
            os.truncate(file, 0)  # the pages are gone, as those of a file on no disk
        print(json.dumps(before))  # noqa: T201
    print(json.dumps(index.search(query.astype("f4"), None)[0].tolist()))  # noqa: T201


if __name__ == "__main__":
    with Path(sys.argv[4]).open("w") as trace:
        faulthandler.enable(trace)
        search_without_disk(
            Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[4]), is_copied=sys.argv[3] == "1"
        )
