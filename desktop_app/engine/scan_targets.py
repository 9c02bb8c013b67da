"""From what a user gave to what a scan looks through."""

import os
from collections.abc import Iterator, Sequence

from desktop_app.engine.files.scanner import is_hidden
from desktop_app.engine.paths import is_below
from desktop_app.engine.records import ChangedPlace, RootKind, SkipKind, SkippedFile
from desktop_app.engine.scan_run import ScanTarget
from desktop_app.engine.store.catalog import Catalog


def refusal(path: str) -> SkippedFile | None:
    """Why a path that the user gave cannot even be looked at; None if it can."""
    try:
        path.encode()
    except UnicodeEncodeError:
        printable = os.fsencode(path).decode("utf-8", "backslashreplace")
        return SkippedFile(printable, "This name is not valid text.", SkipKind.BAD_NAME)
    if not os.path.lexists(path):
        return SkippedFile(path, "There is no folder or picture here.", SkipKind.UNREADABLE)
    return None


def scan_targets(catalog: Catalog, given: Sequence[str]) -> list[ScanTarget]:
    """Make roots of what is given, unless a root holds it already; nothing given: all roots."""
    places = [_ensure_root(catalog, path) for path in dict.fromkeys(given)]
    roots = catalog.roots()
    if not given:
        return [ScanTarget(root.id, root.path, root.kind) for root in roots]
    targets = []
    for path in places:
        # Only something hidden lies in two roots, and belongs to the inner one.
        root = max(
            (root for root in roots if is_below(path, root.path)),
            key=lambda root: len(root.path),
        )
        kind = RootKind.FOLDER if os.path.isdir(path) else RootKind.FILE
        targets.append(ScanTarget(root.id, path, kind, root.path))
    return _outermost(targets)


def changed_targets(catalog: Catalog, places: Sequence[ChangedPlace]) -> list[ScanTarget]:
    """What to scan because something happened there; makes no roots.

    What is not there, and was not seen going, is left alone: its drive may have been unplugged.
    So are new folders with nothing in them.
    """
    roots = catalog.roots()
    targets = []
    for place in places:
        path = place.path
        holders = [
            root for root in roots if is_below(path, root.path) and not is_hidden(path, root.path)
        ]
        if not holders:
            continue  # forgotten since
        root = max(holders, key=lambda root: len(root.path))
        if path == root.path:
            targets.append(ScanTarget(root.id, path, root.kind, root.path))
        elif place.saw_removal and _has_entries(root.path):
            kind = RootKind.FOLDER if os.path.isdir(path) else RootKind.FILE
            targets.append(ScanTarget(root.id, path, kind, root.path, saw_removal=True))
        elif os.path.isdir(path):
            if _has_entries(path):
                targets.append(ScanTarget(root.id, path, RootKind.FOLDER, root.path))
        elif os.path.lexists(path):
            targets.append(ScanTarget(root.id, path, RootKind.FILE, root.path))
    return _outermost(targets)


def _outermost(targets: Sequence[ScanTarget]) -> list[ScanTarget]:
    """Leave out targets that lie in others."""
    folders = {(target.root_id, target.path) for target in targets}
    return [
        target
        for target in targets
        if not any((target.root_id, above) in folders for above in _above(target.path))
    ]


def _above(path: str) -> Iterator[str]:
    """All folders that a path lies in, the nearest first."""
    while (parent := os.path.dirname(path)) != path:
        yield parent
        path = parent


def _has_entries(folder: str) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


def _ensure_root(catalog: Catalog, path: str) -> str:
    """See to it that a root holds a path.

    Returns:
        The path, as the root that is the same folder is called where there is one.
    """
    roots = catalog.roots()
    same = next((root for root in roots if _is_same_place(root.path, path)), None)
    if same is not None:
        return same.path
    if any(is_below(path, root.path) and not is_hidden(path, root.path) for root in roots):
        return path
    kind = RootKind.FOLDER if os.path.isdir(path) else RootKind.FILE
    root_id = catalog.add_root(path, kind)
    inside = [
        root.id for root in roots if is_below(root.path, path) and not is_hidden(root.path, path)
    ]
    if inside:
        catalog.merge_roots(root_id, inside)
    return path


def _is_same_place(root: str, path: str) -> bool:
    """Whether two paths are one folder, by a link or by the case of letters."""
    if root == path:
        return True
    try:
        return os.path.isdir(path) and os.path.samefile(root, path)
    except OSError:  # a root that is not connected
        return False
