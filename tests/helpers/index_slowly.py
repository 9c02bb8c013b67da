"""A program that indexes like ``image-seeker index`` and says aloud each time something is in.

Prints, after every report of newly indexed pictures, how many are in so far; a test that reads
the line knows that much must survive whatever it does next to this process.

Arguments: data folder, picture folder.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app import commands, main
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import IndexProgress, IndexSummary
from tests.helpers.fake_encoder import FakeEncoder
from tests.helpers.one_model import OneModel


class TalkingLibrary(Library):
    """Says how many pictures it has reported."""

    def index(
        self,
        paths: Sequence[str | Path],
        cancel: CancelToken,
        *,
        retry_failed: bool = False,
        confirm_removals: bool = False,
    ) -> Iterator[IndexProgress | IndexSummary]:
        """Index as ever, and print the running count."""
        reported = 0
        reports = super().index(
            paths, cancel, retry_failed=retry_failed, confirm_removals=confirm_removals
        )
        for report in reports:
            if isinstance(report, IndexProgress) and report.added_ids:
                reported += len(report.added_ids)
                sys.stdout.write(f"{reported}\n")
                sys.stdout.flush()
            yield report


def run(data_dir: str, folder: str) -> int:
    """Index a folder."""
    arguments = ["--data-dir", data_dir, "index", "--json", folder]
    options = main.build_parser().parse_args(arguments)
    paths = DataPaths.below(Path(data_dir))

    def open_library(*, writable: bool = True) -> Library:
        return TalkingLibrary.open(paths, OneModel(FakeEncoder()), writable=writable)

    return commands.run(options, open_library)


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
