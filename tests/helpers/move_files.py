"""Moves the pictures of a library about until it is killed: ``DATA PLACE...``.

From each place to the next, and then to the trash and back, over and over. Says ``ready`` first.
"""

import sys
from itertools import cycle
from pathlib import Path

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import FileSummary
from tests.helpers.fake_encoder import FakeEncoder
from tests.helpers.one_model import OneModel


def main() -> None:
    data, *places = sys.argv[1:]
    library = Library.open(DataPaths.below(Path(data)), OneModel(FakeEncoder()))
    library.files.recover()
    ids = library.picture_ids().tolist()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for place in cycle(places):
        if place == "trash":
            *_, done = library.files.trash(ids, CancelToken())
        else:
            *_, done = library.files.move(ids, place, CancelToken())
        assert isinstance(done, FileSummary)
        if done.left:
            list(library.files.undo(done, CancelToken()))


if __name__ == "__main__":
    main()
