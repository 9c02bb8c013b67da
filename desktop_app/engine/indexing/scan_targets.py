"""From what a user gave to what a scan looks through."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence

from desktop_app.engine.files.reach import has_entries
from desktop_app.engine.files.scanner import is_hidden
from desktop_app.engine.indexing.scan_run import ScanTarget
from desktop_app.engine.paths import is_below
from desktop_app.engine.records import ChangedPlace, RootKind, SkipKind, SkippedFile
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.roots import PlaceKey


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


def scan_targets(
    catalog: Catalog, given: Sequence[str], silent: Collection[PlaceKey] = ()
) -> list[ScanTarget]:
    """Make roots of what is given, unless a root holds it already; nothing given: all roots.

    Args:
        catalog: Where the roots are.
        given: Absolute paths; there may be thousands of single pictures.
        silent: Roots that do not answer, which are not asked for.
    """
    if not given:
        return [ScanTarget(root.id, root.path, root.kind) for root in catalog.roots()]
    places = _ensure_roots(catalog, dict.fromkeys(given), silent)
    roots = {root.path: root for root in catalog.roots()}
    targets = []
    for path, kind in places.items():
        # Only something hidden lies in two roots, and belongs to the inner one.
        held_by = next(each for each in (path, *_above(path)) if each in roots)
        root = roots[held_by]
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
        elif place.saw_removal and has_entries(root.path):
            kind = RootKind.FOLDER if os.path.isdir(path) else RootKind.FILE
            targets.append(ScanTarget(root.id, path, kind, root.path, saw_removal=True))
        elif os.path.isdir(path):
            if has_entries(path):
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


def _ensure_roots(
    catalog: Catalog, given: Iterable[str], silent: Collection[PlaceKey]
) -> dict[str, RootKind]:
    """See to it that roots hold some paths.

    Returns:
        What is at each path; a folder that is a root under another name, by a link or by the case
        of letters, is called as the root is.
    """
    roots = {root.path: root for root in catalog.roots()}
    folders = {
        identity: root.path
        for root in roots.values()
        if root.kind is RootKind.FOLDER
        and root.id not in silent
        and (identity := _identity(root.path)) is not None
    }
    new: dict[str, RootKind] = {}
    places: dict[str, RootKind] = {}
    for path in given:
        is_folder = os.path.isdir(path)
        kind = RootKind.FOLDER if is_folder else RootKind.FILE
        identity = _identity(path) if is_folder else None
        place = path if path in roots or identity is None else folders.get(identity, path)
        places[place] = kind
        holders = (each for each in (place, *_above(place)) if each in roots or each in new)
        if not any(each == place or not is_hidden(place, each) for each in holders):
            new[place] = kind
            if identity is not None:
                folders[identity] = place
    ids = catalog.add_roots(new)
    for path, kind in new.items():
        if kind is RootKind.FOLDER:
            known = [(root.path, root.id) for root in roots.values()] + list(ids.items())
            inside = [
                root_id
                for other, root_id in known
                if other != path and is_below(other, path) and not is_hidden(other, path)
            ]
            if inside:
                catalog.merge_roots(ids[path], inside)
    return places


def _identity(folder: str) -> tuple[int, int] | None:
    """What makes a folder the same one under all its names; None where nobody can say."""
    try:
        status = os.stat(folder)
    except OSError:  # a root that is not connected
        return None
    # Some network drives number nothing.
    return (status.st_dev, status.st_ino) if status.st_ino else None
