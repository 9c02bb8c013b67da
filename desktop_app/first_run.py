"""How ``index`` begins, whether it goes on with following changes or not."""

import argparse
from collections.abc import Iterator

from desktop_app import locate_command
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.records import IndexProgress, IndexSummary
from desktop_app.terminal import say


def first_run(
    library: Library, options: argparse.Namespace, cancel: CancelToken
) -> Iterator[IndexProgress | IndexSummary]:
    """Do what the options of ``index`` say, and back the library up if it is time to.

    Args:
        library: What to index into.
        options: Parsed arguments.
        cancel: Stops the run.

    Yields:
        Progress, and as the last item the summary.
    """
    for complaint in library.complaints:
        say(complaint)
    library.pace.set_gentle(options.gentle)
    if not options.paths:
        locate_command.follow_moved(library)
    yield from library.index(
        options.paths,
        cancel,
        retry_failed=options.retry_failed,
        confirm_removals=options.confirm_removals,
    )
    library.back_up(cancel)
