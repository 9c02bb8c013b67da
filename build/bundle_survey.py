"""Finds out what the built program consists of, from what PyInstaller collected for it."""

import os
import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from app_parts import Part
from component import Component
from component_facts import (
    compiled_in,
    library_component,
    own_component,
    python_itself,
    read_own_parts,
    the_program,
)
from file_owners import OURS, PYTHON, FileOwners, Owner
from licence_terms import LicenceError, allowed_terms, chosen_terms
from native_libraries import find_library, read_native_libraries
from project_file import ROOT, Project
from python_components import python_component, read_statements

Group = tuple[str, Owner | None]
"""Files that belong together: the library they are (empty for none), and whose they are."""


class UnknownPartsError(Exception):
    """Something goes into the program that nobody knows, or may not; a sentence for each."""

    def __init__(self, complaints: Sequence[str]) -> None:
        super().__init__("\n".join(complaints))
        self.complaints = list(complaints)


class BundleSurvey:
    """Sorts what was collected by who made it.

    Args:
        project: What pyproject.toml says.
        owners: Knows whose a file is.
    """

    def __init__(self, project: Project, owners: FileOwners) -> None:
        self._project = project
        self._owners = owners
        self._libraries = {each.name: each for each in read_native_libraries()}
        self._statements = read_statements()
        self._own_parts = {each.name: each for each in read_own_parts()}

    def components(self, parts: Iterable[Part], modules: Iterable[Part]) -> list[Component]:
        """Everything inside, with the program itself first.

        Args:
            parts: Files and links, as PyInstaller lists what it collects.
            modules: Python modules packed into the executables: name, source file, kind.

        Raises:
            UnknownPartsError: If a file belongs to nobody known, or a licence is not allowed.
        """
        files, complaints = self._sort_files(list(parts))
        counts, more = self._count_modules(modules)
        complaints += more
        found = []
        for group in sorted({*files, *counts}, key=_order):
            try:
                component = self._describe(group, files.get(group, []))
            except LicenceError as error:
                complaints.append(f"{error}.")
                continue
            complaints += _refusals(component)
            found.append(replace(component, modules=counts[group]))
        if complaints:
            raise UnknownPartsError(sorted(set(complaints)))
        return found

    def _sort_files(self, parts: Sequence[Part]) -> tuple[dict[Group, list[str]], list[str]]:
        """All files and links by where they belong, and complaints about those of nobody."""
        complaints = []
        groups: dict[str, Group] = {}
        for target, source, kind in parts:
            if kind == "SYMLINK":
                continue
            path = target.replace("\\", "/")
            group = self._group_of(path, source)
            if group is None:
                complaints.append(
                    f"{path} (from {source}) belongs to nobody known: name it in "
                    "build/licences/native.toml, or leave it out."
                )
            else:
                groups[path] = group
        links = {
            target.replace("\\", "/"): source.replace("\\", "/")
            for target, source, kind in parts
            if kind == "SYMLINK"
        }
        folders = {
            folder.as_posix(): group
            for path, group in groups.items()
            for folder in PurePosixPath(path).parents
        }
        for link in links:
            leads_to = _end_of(link, links)
            group = groups.get(leads_to) or folders.get(leads_to)
            if group is not None:
                groups[link] = group
        files: dict[Group, list[str]] = defaultdict(list)
        for path in sorted(groups):
            files[groups[path]].append(path)
        return files, complaints

    def _count_modules(self, modules: Iterable[Part]) -> tuple[Counter[Group], list[str]]:
        """How many packed modules belong where, and complaints about those of nobody."""
        counts: Counter[Group] = Counter()
        complaints = []
        for name, source, _ in modules:
            if not source or not os.path.isabs(source):
                continue  # a package without code
            owner = self._owner_of(source)
            if owner is None or owner.kind == "system":
                complaints.append(f"The module {name} (from {source}) belongs to nobody known.")
            else:
                counts["", owner] += 1
        return counts, complaints

    def _owner_of(self, source: str) -> Owner | None:
        owner = self._owners.owner_of(source)
        if owner and owner.kind == "wheel" and owner.name == self._project.name:
            return OURS
        return owner

    def _group_of(self, path: str, source: str) -> Group | None:
        """Where a file belongs, or None."""
        name = path.rpartition("/")[2]
        if name == "base_library.zip":
            return "", PYTHON
        if name.removesuffix(".exe") in ("ImageSeeker", "image-seeker"):
            return "", self._owners.owner_of(_bootloader_file())
        owner = self._owner_of(source)
        library = find_library(path, self._libraries.values())
        if library is not None:
            return library.name, owner
        if owner is None or owner.kind == "system":
            return None
        if owner == OURS:
            inside = Path(os.path.relpath(source, ROOT)).as_posix()
            for part in self._own_parts.values():
                if any(fnmatchcase(inside, pattern) for pattern in part.files):
                    return part.name, OURS
        return "", owner

    def _describe(self, group: Group, files: Sequence[str]) -> Component:
        name, owner = group
        if name in self._libraries:
            component = library_component(self._libraries[name], owner, self._owners)
        elif name:
            component = own_component(self._own_parts[name])
        elif owner is None or owner == OURS:
            component = the_program(self._project)
        elif owner == PYTHON:
            component = python_itself()
        else:
            distribution = self._owners.distributions[owner.name.lower()]
            component = python_component(distribution, self._statements)
        inside = [
            compiled_in(library, component)
            for library in self._libraries.values()
            if any(library.is_within(path) for path in files)
        ]
        return replace(component, files=tuple(files), parts=(*component.parts, *inside))


def _end_of(link: str, links: Mapping[str, str]) -> str:
    """Where a link leads in the end. On the way there are others, in the frameworks of macOS."""
    place = link
    for _ in range(len(links)):
        parts = PurePosixPath(place).parts
        heads = ["/".join(parts[: count + 1]) for count in range(len(parts))]
        through = next((head for head in heads if head in links), None)
        if through is None:
            break
        target = posixpath.join(posixpath.dirname(through), links[through])
        place = posixpath.normpath(target + place.removeprefix(through))
    return place


def _order(group: Group) -> tuple[bool, str, str]:
    name, owner = group
    shown = name or (owner.name if owner else "")
    return (group != ("", OURS), shown.lower(), owner.words if owner else "")


def _refusals(component: Component) -> list[str]:
    refusals = []
    for each in (component, *component.parts):
        try:
            chosen_terms(each.licence, allowed_terms())
        except LicenceError as error:
            refusals.append(
                f"{each.full_name} ({each.origin}) has the licence {each.licence!r}: {error}. "
                "build/licences/allowed.toml lists those that may be inside."
            )
    return refusals


def _bootloader_file() -> str:
    """A file of PyInstaller, whose bootloader the executables begin with."""
    import PyInstaller

    return str(PyInstaller.__file__)
