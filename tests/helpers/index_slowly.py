"""A program that indexes like ``image-seeker index`` and says aloud how far it is.

Prints a line when it begins to scan, to decode, when all is saved and when it is backed up; and
after every report of newly indexed pictures their ids, as a JSON list: a test that reads the line
knows that they must survive whatever it does next to this process. It backs up at every run.

Arguments: data folder, picture folder.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app import commands, main
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import IndexProgress, IndexSummary
from desktop_app.engine.store import backups
from tests.helpers.fake_encoder import FakeEncoder
from tests.helpers.one_model import OneModel


class TalkingLibrary(Library):
    """Says what it has reported."""

    def index(
        self,
        paths: Sequence[str | Path],
        cancel: CancelToken,
        *,
        retry_failed: bool = False,
        confirm_removals: bool = False,
    ) -> Iterator[IndexProgress | IndexSummary]:
        """Index as ever, and print what is reported."""
        _say("scanning")
        reports = super().index(
            paths, cancel, retry_failed=retry_failed, confirm_removals=confirm_removals
        )
        for report in reports:
            if isinstance(report, IndexSummary):
                _say("saved")
            elif report.added_ids:
                _say(json.dumps(report.added_ids))
            elif report.total and not report.done:
                _say("decoding")
            yield report

    def back_up(self, cancel: CancelToken) -> None:
        """Back up as ever, and say so."""
        super().back_up(cancel)
        _say("backed up")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(data_dir: str, folder: str) -> int:
    """Index a folder."""
    arguments = ["--data-dir", data_dir, "index", "--json", folder]
    options = main.build_parser().parse_args(arguments)
    paths = DataPaths.below(Path(data_dir))
    backups.INTERVAL_S = 0.0

    def open_library(*, writable: bool = True) -> Library:
        return TalkingLibrary.open(paths, OneModel(FakeEncoder()), writable=writable)

    try:
        return commands.run(options, open_library)
    except UserFacingError as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
