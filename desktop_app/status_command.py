"""The terminal's side of what is in the library."""

import argparse
import sys

from desktop_app.engine.records import (
    DeviceChoice,
    EmbedProgress,
    InstalledModel,
    LibraryStatus,
    ModelRole,
)
from desktop_app.model_tables import display_title
from desktop_app.terminal import OpenLibrary, day_and_time, skip_dicts, write_json


def run(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    """Carry out ``status``.

    Args:
        options: Parsed arguments.
        open_library: Opens the library.

    Returns:
        Exit code.

    Raises:
        UserFacingError: If the library cannot be read.
    """
    library = open_library(writable=False)
    try:
        status = library.status()
        device = library.device() if status.model else None
        coming = None
        if status.next_model is not None:
            nexts = [one.model for one in library.models() if one.role is ModelRole.NEXT]
            coming = nexts[0] if nexts else None
    finally:
        library.close()
    if options.json:
        write_json(_status_dict(status, device))
    else:
        _write_status(status, device)
        if status.next_model is not None and coming is not None:
            _write_next(status.next_model, coming)
        _write_disk(status)
    return 0


def _status_dict(status: LibraryStatus, device: DeviceChoice | None) -> dict[str, object]:
    model, coming, backup = status.model, status.next_model, status.backup
    return {
        "data_dir": status.data_dir,
        "folders": [
            {
                "path": root.path,
                "kind": str(root.kind),
                "pictures": root.picture_count,
                "connected": root.is_connected,
                "missing": root.missing_count,
                "scanned_at": root.scanned_at_s,
            }
            for root in status.roots
        ],
        "pictures": status.pictures,
        "failed": skip_dicts(status.failures),
        "skipped": status.skipped,
        "model": model
        and {
            "name": model.name,
            "key": model.key,
            "dim": model.dim,
            "builtin": model.is_builtin,
        },
        "device": device and {"provider": device.provider, "reason": device.reason},
        "next_model": coming
        and {"title": coming.title, "done": coming.done, "total": coming.total},
        "notice": status.notice,
        "backup": backup
        and {
            "path": backup.path,
            "made_at": backup.made_at_s,
            "pictures": backup.pictures,
        },
        "backup_problem": status.backup_problem,
        "bytes": {
            "catalog": status.catalog_bytes,
            "index": status.index_bytes,
            "thumbnails": status.thumbnail_bytes,
            "total": status.total_bytes,
        },
    }


def _write_status(status: LibraryStatus, device: DeviceChoice | None) -> None:
    write = sys.stdout.write
    write(f"{status.pictures} pictures in {status.data_dir}\n")
    for root in status.roots:
        state = ""
        if not root.is_connected:  # of which everything is gone: there is nothing to confirm
            state = " (offline: not connected, moved, or not to be read)"
        elif root.missing_count:
            state = f" ({root.missing_count} are gone and stay until you confirm it)"
        write(f"  {root.path}: {root.picture_count} pictures{state}\n")
    if status.model is None:
        write("model: none could be loaded\n")
    else:
        title = display_title(status.model.name, is_builtin=status.model.is_builtin)
        write(f"model: {title}\n")
    if status.notice:
        write(f"{status.notice}\n")
    if device is not None:
        write(f"computing: {device.reason.replace(': ', '; ', 1)}\n")


def _write_next(progress: EmbedProgress, model: InstalledModel) -> None:
    title = display_title(model.title, is_builtin=model.is_builtin)
    sys.stdout.write(
        f"next model: {title}, {progress.done} of {progress.total} pictures prepared; "
        f"`image-seeker models use {model.name}` goes on\n"
    )


def _write_disk(status: LibraryStatus) -> None:
    write = sys.stdout.write
    sizes = (
        status.total_bytes,
        status.catalog_bytes,
        status.index_bytes,
        status.thumbnail_bytes,
    )
    total, catalog, index, thumbnails = (f"{size / 1e6:.1f} MB" for size in sizes)
    write(f"on disk: {total} (catalog {catalog}, index {index}, thumbnails {thumbnails})\n")
    if status.backup is not None:
        when = day_and_time(status.backup.made_at_s)
        write(f"backup: of {when}, {status.backup.pictures} pictures\n")
    if status.backup_problem:
        newer = "newer " if status.backup is not None else ""
        write(f"no {newer}backup: {status.backup_problem}\n")
    if status.failures:
        write(f"{len(status.failures)} not indexed:\n")
    for skip in status.failures:
        write(f"  {skip.path}: {skip.reason}\n")
