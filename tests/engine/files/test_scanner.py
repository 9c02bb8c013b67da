import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.files import scanner
from desktop_app.engine.files.attributes import is_hidden_by_system
from desktop_app.engine.files.exclusions import Exclusions
from desktop_app.engine.files.scanner import Recognise, is_hidden, scan
from desktop_app.engine.records import FileStamp, FoundFile, SkipKind, SkippedFile
from tests.helpers import pictures

posix = pytest.mark.skipif(sys.platform == "win32", reason="not possible on Windows")
refusable = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything"
)

JPEG = pictures.encode(pictures.quadrants(), "JPEG")
SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55\n"


def nothing_known(_path: str, _size_bytes: int, _mtime_ns: int) -> bool:
    return False


def look(
    *roots: Path | str, recognise: Recognise = nothing_known
) -> tuple[list[str], dict[str, SkippedFile]]:
    """Scan; the paths found, and what was passed over by its path. No path is told twice."""
    found: list[str] = []
    skipped: dict[str, SkippedFile] = {}
    for item in scan([str(root) for root in roots], recognise, CancelToken()):
        if item is None:
            continue
        assert item.path not in found
        assert item.path not in skipped
        if isinstance(item, FoundFile):
            found.append(item.path)
        else:
            skipped[item.path] = item
    return sorted(found), skipped


def test_finds_pictures_by_name_in_any_case_at_any_depth(tmp_path: Path) -> None:
    names = ["a.jpg", "B.JPEG", "c.PnG", os.path.join("deep", "deeper", "d.tiff")]
    paths = [pictures.write(tmp_path / name, JPEG) for name in names]
    assert look(tmp_path) == (sorted(map(str, paths)), {})


def test_tells_size_and_time(tmp_path: Path) -> None:
    path = pictures.write(tmp_path / "a.jpg", JPEG)
    os.utime(path, ns=(1, 1_700_000_000_123_456_700))
    (item,) = scan([str(tmp_path)], nothing_known, CancelToken())
    assert isinstance(item, FoundFile)
    assert item.stamp == FileStamp(len(JPEG), path.stat().st_mtime_ns)


def test_finds_pictures_by_content(tmp_path: Path) -> None:
    without = pictures.write(tmp_path / "scan0001", JPEG)
    misleading = pictures.write(tmp_path / "picture.txt", JPEG)
    text = pictures.write(tmp_path / "notes.txt", b"milk and bread")
    empty = pictures.write(tmp_path / "nothing", b"")
    found, skipped = look(tmp_path)
    assert found == sorted([str(without), str(misleading)])
    for path in (text, empty):
        stamp = FileStamp(path.stat().st_size, path.stat().st_mtime_ns)
        assert skipped.pop(str(path)) == SkippedFile(
            str(path), "Not a picture.", SkipKind.NOT_A_PICTURE, stamp
        )
    assert not skipped


def test_a_picture_name_is_enough_even_for_an_empty_file(tmp_path: Path) -> None:
    path = pictures.write(tmp_path / "empty.png", b"")
    assert look(tmp_path) == ([str(path)], {})


def test_pictures_of_unsupported_kinds_are_named_so(tmp_path: Path) -> None:
    raw = pictures.write(tmp_path / "IMG_1.NEF", pictures.encode(pictures.quadrants(), "TIFF"))
    found, skipped = look(tmp_path)
    assert found == []
    assert skipped[str(raw)].reason == scanner.UNSUPPORTED
    assert skipped[str(raw)].kind.is_failure  # a picture that somebody will miss


def test_a_known_file_is_neither_opened_nor_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pictures.write(tmp_path / "notes.txt", b"milk and bread")
    asked: list[tuple[str, int, int]] = []

    def recognise(path: str, size_bytes: int, mtime_ns: int) -> bool:
        asked.append((path, size_bytes, mtime_ns))
        return True

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr("builtins.open", refuse)
    assert look(tmp_path, recognise=recognise) == ([], {})
    assert asked == [(str(path), 14, path.stat().st_mtime_ns)]


def test_label_files_beside_pictures_are_passed_over(tmp_path: Path) -> None:
    found = pictures.write(tmp_path / "a.jpg", JPEG)
    for name in ("a.jpg.xmp", "b.XMP", "xmp"):
        pictures.write(tmp_path / name, b"<x/>")
    files, skipped = look(tmp_path)
    assert (files, list(skipped)) == ([str(found)], [str(tmp_path / "xmp")])
    assert is_hidden(str(tmp_path / "a.jpg.xmp"), str(tmp_path))
    assert not is_hidden(str(tmp_path / "a.jpg"), str(tmp_path))


def test_hidden_files_and_folders_are_passed_over_unless_given(tmp_path: Path) -> None:
    pictures.write(tmp_path / ".hidden.jpg", JPEG)
    inside = pictures.write(tmp_path / ".thumbnails" / "a.jpg", JPEG)
    pictures.write(tmp_path / "@eaDir" / "a.jpg", JPEG)
    pictures.write(tmp_path / "$RECYCLE.BIN" / "a.jpg", JPEG)
    assert look(tmp_path) == ([], {})
    assert look(inside.parent) == ([str(inside)], {})


def tagged(folder: Path, tag: bytes = SIGNATURE) -> Path:
    pictures.write(folder / "CACHEDIR.TAG", tag)
    return folder


def test_what_says_that_it_is_a_cache_is_passed_over_unless_given(tmp_path: Path) -> None:
    cache = tagged(tmp_path / "cache")
    above = pictures.write(cache / "a.jpg", JPEG)
    below = pictures.write(cache / "normal" / "b.jpg", JPEG)
    tag = str(cache / "CACHEDIR.TAG")
    assert look(tmp_path) == ([], {})
    found = sorted(map(str, (above, below)))
    for roots in ((cache,), (tmp_path, cache), (cache, tmp_path)):
        assert look(*roots)[0] == found
        assert set(look(*roots)[1]) == {tag}
    assert look(tmp_path, above) == ([str(above)], {})


@posix
def test_a_link_to_a_cache_does_not_lead_into_it(tmp_path: Path) -> None:
    cache = tagged(tmp_path / "elsewhere" / "cache")
    pictures.write(cache / "a.jpg", JPEG)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(cache)
    assert look(tmp_path) == ([], {})
    assert look(tmp_path / "in") == ([], {})


def test_a_tag_without_the_signature_says_nothing(tmp_path: Path) -> None:
    folders = [tagged(tmp_path / "empty", b""), tagged(tmp_path / "other", SIGNATURE[1:])]
    found = sorted(str(pictures.write(folder / "a.jpg", JPEG)) for folder in folders)
    assert look(tmp_path)[0] == found


def test_the_tag_of_a_cache_of_many_files_is_found_wherever_it_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner, "READ_AHEAD", 3)
    cache = tmp_path / "cache"
    for number in range(20):
        pictures.write(cache / f"{number}.jpg", JPEG)
    assert len(look(tmp_path)[0]) == 20
    tagged(cache)
    assert look(tmp_path) == ([], {})


def test_single_files_as_roots(tmp_path: Path) -> None:
    picture = pictures.write(tmp_path / "a.jpg", JPEG)
    text = pictures.write(tmp_path / "b.txt", b"text")
    found, skipped = look(picture, text, picture)
    assert found == [str(picture)]
    assert skipped[str(text)].kind is SkipKind.NOT_A_PICTURE


def test_overlapping_roots_tell_each_file_once(tmp_path: Path) -> None:
    outer = pictures.write(tmp_path / "a.jpg", JPEG)
    inner = pictures.write(tmp_path / "in" / "b.jpg", JPEG)
    hidden = pictures.write(tmp_path / "in" / ".c.jpg", JPEG)
    everything = sorted(map(str, (outer, inner, hidden)))
    for roots in ((tmp_path, tmp_path / "in"), (tmp_path / "in", tmp_path)):
        assert look(*roots, inner, hidden, f"{tmp_path}{os.sep}") == (everything, {})


def test_relative_roots_give_absolute_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pictures.write(tmp_path / "in" / "a.jpg", JPEG)
    monkeypatch.chdir(tmp_path)
    assert look("in") == ([str(path)], {})


def test_a_missing_root_is_told(tmp_path: Path) -> None:
    missing = str(tmp_path / "unplugged")
    found, skipped = look(missing)
    assert found == []
    assert skipped == {missing: SkippedFile(missing, scanner.MISSING, SkipKind.UNREADABLE)}


@posix
def test_links_to_files_are_followed(tmp_path: Path) -> None:
    target = pictures.write(tmp_path / "elsewhere" / "a.jpg", JPEG)
    root = tmp_path / "root"
    root.mkdir()
    (root / "link.jpg").symlink_to(target)
    assert look(root) == ([str(root / "link.jpg")], {})


@posix
def test_links_that_lead_nowhere_or_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "missing")
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    found, skipped = look(tmp_path)
    assert found == []
    assert {Path(path).name: skip.reason for path, skip in skipped.items()} == {
        "gone.jpg": scanner.BROKEN_LINK,
        "one": scanner.LINK_CIRCLE,
        "two": scanner.LINK_CIRCLE,
    }
    assert {skip.kind for skip in skipped.values()} == {SkipKind.LINK}


@posix
def test_a_link_back_is_told_and_not_followed(tmp_path: Path) -> None:
    path = pictures.write(tmp_path / "in" / "a.jpg", JPEG)
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    found, skipped = look(tmp_path)
    assert found == [str(path)]
    assert list(skipped.values()) == [
        SkippedFile(str(tmp_path / "in" / "up"), scanner.LINK_BACK, SkipKind.LINK)
    ]


@posix
def test_linked_folders_are_entered_once_and_after_the_real_ones(tmp_path: Path) -> None:
    root = tmp_path / "root"
    real = pictures.write(root / "z" / "a.jpg", JPEG)
    pictures.write(tmp_path / "outside" / "b.jpg", JPEG)
    (root / "a link to z").symlink_to(root / "z")
    (root / "first").symlink_to(tmp_path / "outside")
    (tmp_path / "outside" / "back").symlink_to(root)
    found, skipped = look(root)
    assert found == sorted([str(real), str(root / "first" / "b.jpg")])
    assert sorted(skipped) == [str(root / "a link to z"), str(root / "first" / "back")]


@posix
def test_a_part_of_a_root_is_looked_through_as_with_the_rest(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    pictures.write(root / "in" / "a.jpg", JPEG)
    for folder in ("beside", ".hidden", "drafts", "in/drafts"):
        pictures.write(root / folder / "b.jpg", JPEG)
    pictures.write(outside / "c.jpg", JPEG)
    for name, target in (
        ("beside", root / "beside"),
        ("up", root),
        ("hidden", root / ".hidden"),
        ("out", outside),
    ):
        (root / "in" / name).symlink_to(target)
    (outside / "back").symlink_to(root / "in")
    exclusions = Exclusions(patterns=["in/drafts"])
    items = list(
        scan([str(root / "in")], nothing_known, CancelToken(), exclusions, within=str(root))
    )
    found = {item.path for item in items if isinstance(item, FoundFile)}
    skipped = {item.path for item in items if isinstance(item, SkippedFile)}
    below = root / "in"
    assert found == {str(below / name) for name in ("a.jpg", "hidden/b.jpg", "out/c.jpg")}
    assert skipped == {str(below / name) for name in ("beside", "up", "out/back")}


@posix
def test_a_root_may_be_a_link(tmp_path: Path) -> None:
    pictures.write(tmp_path / "real" / "a.jpg", JPEG)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert look(tmp_path / "link") == ([str(tmp_path / "link" / "a.jpg")], {})


@posix
def test_special_files_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        short = os.path.relpath(tmp_path / "socket")  # an address may have 107 bytes
        listener.bind(short)
        found, skipped = look(tmp_path)
    assert found == []
    assert sorted(Path(path).name for path in skipped) == ["link.jpg", "pipe", "pipe.jpg", "socket"]
    assert {skip.kind for skip in skipped.values()} == {SkipKind.SPECIAL_FILE}


@pytest.mark.skipif(sys.platform != "linux", reason="the file system insists on Unicode")
def test_names_that_are_no_text_are_told_printably(tmp_path: Path) -> None:
    root = os.fsencode(tmp_path)
    with open(os.path.join(root, b"caf\xe9.jpg"), "wb") as file:
        file.write(JPEG)
    os.mkdir(os.path.join(root, b"\xff"))
    with open(os.path.join(root, b"\xff", b"a.jpg"), "wb") as file:
        file.write(JPEG)
    good = pictures.write(tmp_path / "café ☕.jpg", JPEG)
    found, skipped = look(tmp_path)
    assert found == [str(good)]
    assert skipped == {
        str(tmp_path / "caf\\xe9.jpg"): SkippedFile(
            str(tmp_path / "caf\\xe9.jpg"), scanner.BAD_FILE_NAME, SkipKind.BAD_NAME
        ),
        str(tmp_path / "\\xff"): SkippedFile(
            str(tmp_path / "\\xff"), scanner.BAD_FOLDER_NAME, SkipKind.BAD_NAME
        ),
    }
    found, skipped = look(os.fsdecode(os.path.join(root, b"\xff")))
    assert (found, list(skipped)) == ([], [str(tmp_path / "\\xff")])


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder with a picture in it that nobody may look into."""
    folder = tmp_path / "locked"
    pictures.write(folder / "a.jpg", JPEG)
    folder.chmod(0)
    yield folder
    folder.chmod(0o700)


@refusable
def test_an_unreadable_folder_is_told_and_the_rest_found(tmp_path: Path, locked: Path) -> None:
    path = pictures.write(tmp_path / "b.jpg", JPEG)
    found, skipped = look(tmp_path)
    assert found == [str(path)]
    assert skipped[str(locked)].kind is SkipKind.UNREADABLE


@refusable
def test_an_unreadable_file_without_a_picture_name_is_told(tmp_path: Path) -> None:
    path = pictures.write(tmp_path / "secret", JPEG)
    path.chmod(0)
    assert look(tmp_path)[1][str(path)].kind is SkipKind.UNREADABLE


def test_a_folder_that_fails_is_told_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pictures.write(tmp_path / "good" / "a.jpg", JPEG)
    bad = tmp_path / "bad"
    bad.mkdir()
    real_scandir = os.scandir

    def scandir(folder: str) -> object:
        if folder == str(bad):
            raise OSError(5, "Input/output error", folder)
        return real_scandir(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    found, skipped = look(tmp_path)
    assert found == [str(path)]
    assert skipped == {
        str(bad): SkippedFile(
            str(bad), "It cannot be read (Input/output error).", SkipKind.UNREADABLE
        )
    }


def test_stops_between_two_entries(tmp_path: Path) -> None:
    for number in range(5):
        pictures.write(tmp_path / f"{number}.jpg", JPEG)
    cancel = CancelToken()
    items = scan([str(tmp_path)], nothing_known, cancel)
    next(items)
    cancel.cancel()
    with pytest.raises(CancelledError):
        next(items)


class Attributes:
    """A file's status as systems with attributes give it."""

    def __init__(self, status: os.stat_result, **more: int) -> None:
        self._status = status
        self._more = more

    def __getattr__(self, name: str) -> int:
        value: int = self._more[name] if name in self._more else getattr(self._status, name)
        return value


@pytest.mark.parametrize(
    "attributes",
    [{"st_file_attributes": 0x1000}, {"st_file_attributes": 0x400000}, {"st_flags": 0x40000000}],
    ids=["offline", "recalled on access", "dataless"],
)
def test_placeholders_are_told_and_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attributes: dict[str, int]
) -> None:
    picture = pictures.write(tmp_path / "a.jpg", JPEG)
    other = pictures.write(tmp_path / "report", b"text")
    stat = os.stat

    def with_attributes(path: str) -> object:
        return Attributes(stat(path), **attributes)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr(os, "stat", with_attributes)
    monkeypatch.setattr("builtins.open", refuse)
    _, skipped = look(picture, other)
    assert skipped[str(picture)].kind is SkipKind.CLOUD_ONLY
    assert skipped[str(other)].kind is SkipKind.NOT_A_PICTURE


@pytest.mark.parametrize(
    ("attributes", "is_hidden"),
    [
        ({"st_file_attributes": 0x2}, True),
        ({"st_file_attributes": 0x4}, False),  # a folder with an icon of its own
        ({"st_flags": 0x8000}, True),
        ({}, False),
    ],
)
def test_what_the_system_hides(tmp_path: Path, attributes: dict[str, int], is_hidden: bool) -> None:
    status = Attributes(os.stat(tmp_path), **attributes)
    assert is_hidden_by_system(cast(os.stat_result, status)) is is_hidden


def test_excluded_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    kept = pictures.write(tmp_path / "work" / "a.jpg", JPEG)
    pictures.write(tmp_path / "work" / "a.psd.jpg", JPEG)
    pictures.write(tmp_path / "work" / "drafts" / "b.jpg", JPEG)
    pictures.write(tmp_path / "node_modules" / "logo.png", JPEG)
    exclusions = Exclusions(patterns=["*.psd.*", "work/drafts"])
    items = scan([str(tmp_path)], nothing_known, CancelToken(), exclusions)
    assert [item.path for item in items if item is not None] == [str(kept)]


def test_signs_of_life_come_although_everything_is_known(tmp_path: Path) -> None:
    for number in range(2 * scanner.PULSE_EVERY + 1):
        (tmp_path / f"{number}.jpg").touch()
    items = scan([str(tmp_path)], lambda *_: True, CancelToken())
    assert list(items) == [None, None]


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None,
    reason="only root mounts",
)
def test_other_drives_below_are_told(tmp_path: Path) -> None:
    drive = tmp_path / "deep" / "drive"
    drive.mkdir(parents=True)
    (tmp_path / "plain").mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "none", drive], check=False).returncode:
        pytest.skip("mounting is forbidden here")
    mounts: list[str] = []
    try:
        list(scan([str(tmp_path)], nothing_known, CancelToken(), on_mount=mounts.append))
        list(scan([str(drive)], nothing_known, CancelToken(), on_mount=mounts.append))
    finally:
        subprocess.run(["umount", drive], check=True)
    assert mounts == [str(drive), str(drive)]
