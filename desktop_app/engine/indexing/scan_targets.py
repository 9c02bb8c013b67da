"""From what a user gave to what a scan looks through."""

import os
from collections.abc import Iterable, Iterator, Sequence

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.patience import NoAnswerError, Patience, Whereabouts
from desktop_app.engine.files.reach import NO_ANSWER, has_entries
from desktop_app.engine.files.scanner import is_apart
from desktop_app.engine.indexing.scan_run import ScanTarget
from desktop_app.engine.paths import is_below
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import ChangedPlace, RootKind, SkipKind, SkippedFile
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.roots import StoredRoot


def refusals(
    given: Sequence[str], patience: Patience, cancel: CancelToken
) -> dict[str, SkippedFile]:
    """Why paths that the user gave cannot even be looked at; those that can are left out.

    Raises:
        CancelledError: If it was cancelled.
    """
    paths = dict.fromkeys(given)
    answers = dict(patience.each(paths, str, lambda path, _at: refusal(path), cancel))
    silent = SkipKind.UNREADABLE
    refused = {path: SkippedFile(path, NO_ANSWER, silent) for path in paths if path not in answers}
    return refused | {path: skip for path, skip in answers.items() if skip is not None}


def refusal(path: str) -> SkippedFile | None:
    """Why a path that the user gave cannot even be looked at; None if it can."""
    try:
        path.encode()
    except UnicodeEncodeError:
        printable = os.fsencode(path).decode("utf-8", "backslashreplace")
        return SkippedFile(
            printable, phrase("Engine: Files", "This name is not valid text."), SkipKind.BAD_NAME
        )
    if not os.path.lexists(path):
        return SkippedFile(
            path,
            phrase("Engine: Files", "There is no folder or picture here."),
            SkipKind.UNREADABLE,
        )
    return None


def scan_targets(
    catalog: Catalog, given: Sequence[str], patience: Patience, cancel: CancelToken
) -> list[ScanTarget]:
    """Make roots of what is given, unless a root holds it already; nothing given: all roots.

    Args:
        catalog: Where the roots are.
        given: Absolute paths; there may be thousands of single pictures. Those that do not answer
            are passed over.
        patience: Waits for the disk; knows which roots are not to be asked for.
        cancel: Ends the wait.

    Raises:
        CancelledError: If it was cancelled.
    """
    if not given:
        return [ScanTarget(root.id, root.path, root.kind) for root in catalog.roots()]
    places = _ensure_roots(catalog, dict.fromkeys(given), patience, cancel)
    roots = {root.path: root for root in catalog.roots()}
    targets = []
    for path, kind in places.items():
        # Only what is hidden or a cache lies in two roots, and belongs to the inner one.
        held_by = next(each for each in (path, *_above(path)) if each in roots)
        root = roots[held_by]
        targets.append(ScanTarget(root.id, path, kind, root.path))
    return _outermost(targets)


def changed_targets(
    catalog: Catalog, places: Sequence[ChangedPlace], patience: Patience, cancel: CancelToken
) -> list[ScanTarget]:
    """What to scan because something happened there; makes no roots.

    What is not there, and was not seen going, is left alone: its drive may have been unplugged.
    So is what does not answer, and so are new folders with nothing in them.

    Raises:
        CancelledError: If it was cancelled.
    """
    roots = catalog.roots()
    held = []
    for place in places:
        path = place.path
        holders = [root for root in roots if is_below(path, root.path)]
        if holders:  # else forgotten since
            held.append((place, sorted(holders, key=lambda root: -len(root.path))))
    answers = patience.each(held, lambda one: one[0].path, _changed_target, cancel)
    # One root may come for each of its files.
    return _outermost(list(dict.fromkeys(target for _, target in answers if target is not None)))


def _changed_target(
    changed: tuple[ChangedPlace, Sequence[StoredRoot]], at: Whereabouts
) -> ScanTarget | None:
    """What to scan because of one place in a root, the innermost that does not pass over it."""
    place, holders = changed
    path = place.path
    at.go_to(path, holders[-1].path)
    root = next((each for each in holders if not is_apart(path, each.path)), None)
    if root is None:
        return None
    if path == root.path:
        return ScanTarget(root.id, path, root.kind, root.path)
    if place.saw_removal and not has_entries(root.path):
        # All of it is gone, or its drive: only a look at the whole tells, and asks the user.
        return ScanTarget(root.id, root.path, root.kind, root.path)
    if place.saw_removal:
        kind = RootKind.FOLDER if os.path.isdir(path) else RootKind.FILE
        return ScanTarget(root.id, path, kind, root.path, saw_removal=True)
    if os.path.isdir(path):
        if has_entries(path):
            return ScanTarget(root.id, path, RootKind.FOLDER, root.path)
    elif os.path.lexists(path):
        return ScanTarget(root.id, path, RootKind.FILE, root.path)
    return None


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
    catalog: Catalog, given: Iterable[str], patience: Patience, cancel: CancelToken
) -> dict[str, RootKind]:
    """See to it that roots hold some paths.

    Returns:
        What is at each path; a folder that is a root under another name, by a link or by the case
        of letters, is called as the root is.
    """

    def apart(path: str, root: str) -> bool:
        try:
            return patience.ask(lambda: is_apart(path, root), path, cancel)
        except NoAnswerError:
            return False

    roots = {root.path: root for root in catalog.roots()}
    own = [root.path for root in roots.values() if root.kind is RootKind.FOLDER]
    identities = patience.each(own, str, lambda path, _at: _identity(path), cancel)
    folders = {identity: path for path, identity in identities if identity is not None}
    new: dict[str, RootKind] = {}
    places: dict[str, RootKind] = {}
    answers = patience.each(given, str, lambda path, _at: _folder_at(path), cancel)
    for path, (is_folder, identity) in answers:
        kind = RootKind.FOLDER if is_folder else RootKind.FILE
        place = path if path in roots or identity is None else folders.get(identity, path)
        places[place] = kind
        holders = (each for each in (place, *_above(place)) if each in roots or each in new)
        if not any(each == place or not apart(place, each) for each in holders):
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
                if other != path and is_below(other, path) and not apart(other, path)
            ]
            if inside:
                catalog.merge_roots(ids[path], inside)
    return places


def _folder_at(path: str) -> tuple[bool, tuple[int, int] | None]:
    """Whether a folder is at a path, and what makes it the same one under all its names."""
    is_folder = os.path.isdir(path)
    return is_folder, _identity(path) if is_folder else None


def _identity(folder: str) -> tuple[int, int] | None:
    """What makes a folder the same one under all its names; None where nobody can say."""
    try:
        status = os.stat(folder)
    except OSError:  # a root that is not connected
        return None
    # Some network drives number nothing.
    return (status.st_dev, status.st_ino) if status.st_ino else None
