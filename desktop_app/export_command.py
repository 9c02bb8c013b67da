"""The terminal's side of taking the library's contents elsewhere."""

import argparse
import os
import sys
import time
from pathlib import Path

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.records import ExportFormat
from desktop_app.terminal import (
    OpenLibrary,
    cancelled_by_interrupt,
    progress_line,
    say,
    write_json,
)


def run(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    """Carry out ``export``.

    Args:
        options: Parsed arguments.
        open_library: Opens the library.

    Returns:
        Exit code.

    Raises:
        UserFacingError: If a file is there already or cannot be written, or the library cannot
            be read.
    """
    out = Path(os.path.abspath(os.path.expanduser(options.out)))
    named = ExportFormat.PARQUET if out.suffix.lower() == ".parquet" else ExportFormat.CSV
    form = named if options.format is None else ExportFormat(options.format)
    library = open_library(writable=False)
    cancel = CancelToken()
    started_s = time.monotonic()
    rows = 0
    files: tuple[str, ...] = ()
    try:
        with cancelled_by_interrupt(cancel), progress_line() as line:
            for report in library.export(
                out, cancel, form=form, vectors=options.vectors, overwrite=options.force
            ):
                rows, files = report.done, report.files
                line.show(f"Exporting {report.done} / {report.total}")
    except CancelledError:
        say("Stopped. Nothing was written.")
        return 1
    finally:
        library.close()
    if options.json:
        write_json(
            {
                "files": list(files),
                "format": str(form),
                "rows": rows,
                "seconds": round(time.monotonic() - started_s, 3),
            }
        )
    else:
        sys.stdout.write(f"{out}: {rows} rows\n")
    return 0
