"""Tell two builds apart: ``python build/compare_builds.py A B``.

A and B are built folders or packages (.tar.xz, .zip, .deb). Two builds of the same commit with the
same libraries have the same files, with the same contents, permissions and dates.
"""

import argparse
import hashlib
import io
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, folder or link of a build.

    Attributes:
        kind: ``file``, ``folder`` or ``link``.
        mode: Permissions; of a link 0, it has none that count.
        date: In seconds since 1970; of a link 0.
        contents: SHA-256 of a file, where a link leads, nothing of a folder.
    """

    kind: str
    mode: int
    date: int
    contents: str


_AR_MAGIC = b"!<arch>\n"
_AR_HEADER = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare two builds.

    Args:
        arguments: The command line without the script's name; None takes the process's own.

    Returns:
        Exit code: 0 where they are alike, 1 where they differ, 2 where one cannot be read.
    """
    parser = argparse.ArgumentParser("compare_builds.py", description=main.__doc__)
    parser.add_argument("a", type=Path, metavar="A")
    parser.add_argument("b", type=Path, metavar="B")
    options = parser.parse_args(arguments)
    try:
        one, other = read_build(options.a), read_build(options.b)
    except (OSError, ValueError, tarfile.TarError, zipfile.BadZipFile) as error:
        print(f"This cannot be compared: {error}", file=sys.stderr)
        return 2
    found = differences(one, other)
    for line in found:
        print(line)
    print(f"{len(one)} and {len(other)} entries, {len(found)} differences")
    return 1 if found else 0


def differences(one: Mapping[str, Entry], other: Mapping[str, Entry]) -> list[str]:
    """What is not the same in two builds, a line for each entry.

    Args:
        one: What the first has, by path.
        other: What the second has.
    """
    lines = []
    for path in sorted(one.keys() | other.keys()):
        if path not in other:
            lines.append(f"{path}: only in the first")
        elif path not in one:
            lines.append(f"{path}: only in the second")
        elif one[path] != other[path]:
            names = [n for n in Entry.__slots__ if getattr(one[path], n) != getattr(other[path], n)]
            lines.append(f"{path}: another {', '.join(names)}")
    return lines


def read_build(path: Path) -> dict[str, Entry]:
    """Look at all that is in a build.

    Args:
        path: A folder or a package.

    Returns:
        The entries by their path; a package of Debian has its members above these.

    Raises:
        OSError: It cannot be read.
        ValueError: It is neither a folder nor a known kind of package.
    """
    if path.is_dir():
        return dict(_in_folder(path))
    if path.suffix == ".zip":
        return dict(_in_zip(path))
    if path.suffix == ".deb":
        return dict(_in_deb(path))
    if path.suffix == ".xz":
        with tarfile.open(path) as file:
            return dict(_in_tar(file))
    raise ValueError(f"{path} is no folder, .tar.xz, .zip or .deb.")


def _in_folder(folder: Path) -> Iterator[tuple[str, Entry]]:
    for path in folder.rglob("*"):
        name, status = path.relative_to(folder).as_posix(), path.lstat()
        if path.is_symlink():
            yield name, Entry("link", 0, 0, path.readlink().as_posix())
        elif path.is_dir():
            yield name, Entry("folder", status.st_mode & 0o777, int(status.st_mtime), "")
        else:
            sha256 = _sha256(path.read_bytes())
            yield name, Entry("file", status.st_mode & 0o777, int(status.st_mtime), sha256)


def _in_tar(file: tarfile.TarFile) -> Iterator[tuple[str, Entry]]:
    for member in file:
        if member.issym():
            yield member.name, Entry("link", 0, 0, member.linkname)
        elif member.isdir():
            yield member.name, Entry("folder", member.mode, int(member.mtime), "")
        else:
            stream = file.extractfile(member)
            contents = _sha256(stream.read()) if stream else ""
            yield member.name, Entry("file", member.mode, int(member.mtime), contents)


def _in_zip(path: Path) -> Iterator[tuple[str, Entry]]:
    with zipfile.ZipFile(path) as file:
        for info in file.infolist():
            date = int(datetime(*info.date_time, tzinfo=UTC).timestamp())
            mode = info.external_attr >> 16 & 0o777
            yield info.filename, Entry("file", mode, date, _sha256(file.read(info)))


def _in_deb(path: Path) -> Iterator[tuple[str, Entry]]:
    """What is in a package of Debian: a few members in the plain form of ar(5), two of them tar."""
    data = path.read_bytes()
    if not data.startswith(_AR_MAGIC):
        raise ValueError(f"{path} is no package of Debian.")
    place = len(_AR_MAGIC)
    while place < len(data):
        header = data[place : place + _AR_HEADER].decode("ascii")
        name, date, size = header[:16].strip(" /"), int(header[16:28]), int(header[48:58])
        contents = data[place + _AR_HEADER : place + _AR_HEADER + size]
        place += _AR_HEADER + size + size % 2
        yield name, Entry("file", int(header[40:48], 8) & 0o777, date, _sha256(contents))
        if name.split(".")[1:2] == ["tar"]:
            with tarfile.open(fileobj=io.BytesIO(contents)) as file:
                for below, entry in _in_tar(file):
                    yield f"{name}/{below.removeprefix('./')}", entry


def _sha256(contents: bytes) -> str:
    return hashlib.sha256(contents).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
