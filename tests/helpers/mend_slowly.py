"""A program that migrates an old catalog, or restores a damaged one, and says when it begins.

Arguments: ``migrate`` or ``restore``, data folder.
"""

import sys
from pathlib import Path

from desktop_app.engine import mending
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.store.catalog import Catalog


def run(what: str, data_dir: str) -> None:
    """Do it."""
    paths = DataPaths.below(Path(data_dir))
    sys.stdout.write("begin\n")
    sys.stdout.flush()
    if what == "migrate":
        Catalog.open(paths.catalog).close()
    else:
        mending.restore(paths, mending.newest_backup(paths))


if __name__ == "__main__":
    run(*sys.argv[1:])
