import os
import sys
from pathlib import Path

import pytest

from desktop_app.engine.files.cache_tags import TAG_NAME, CacheFolders, is_cache, write_tag
from tests.helpers.disks import no_file_beyond

# As https://bford.info/cachedir/ spells it.
SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55"


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        (SIGNATURE, True),
        (SIGNATURE + b"\n# whatever follows", True),
        (SIGNATURE[:-1], False),
        (b" " + SIGNATURE, False),
        (SIGNATURE.upper(), False),
        (b"", False),
    ],
)
def test_the_signature_decides(tmp_path: Path, content: bytes, is_one: bool) -> None:
    (tmp_path / "CACHEDIR.TAG").write_bytes(content)
    assert is_cache(str(tmp_path)) is is_one


def test_without_a_tag_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file", tmp_path / "none"):
        assert not is_cache(str(path))


@pytest.mark.skipif(sys.platform == "win32", reason="not possible on Windows")
def test_what_is_no_plain_file_is_no_tag_and_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(SIGNATURE)
    (tmp_path / TAG_NAME).symlink_to(tmp_path / "real")
    assert not is_cache(str(tmp_path))
    (tmp_path / "in").mkdir()
    os.mkfifo(tmp_path / "in" / TAG_NAME)
    assert not is_cache(str(tmp_path / "in"))


def test_our_own_tag_is_one_and_is_written_once(tmp_path: Path) -> None:
    write_tag(str(tmp_path))
    assert is_cache(str(tmp_path))
    before = (tmp_path / TAG_NAME).stat()
    write_tag(str(tmp_path))
    assert (tmp_path / TAG_NAME).stat().st_mtime_ns == before.st_mtime_ns


def test_a_disk_that_refuses_leaves_no_half_tag(tmp_path: Path) -> None:
    with no_file_beyond(10):
        write_tag(str(tmp_path))
    assert list(tmp_path.iterdir()) == []
    write_tag(str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_what_lies_below_a_cache_is_in_it_and_the_root_is_not_asked(tmp_path: Path) -> None:
    root = tmp_path / "root"
    cache = root / "a" / "cache"
    (cache / "deep").mkdir(parents=True)
    write_tag(str(cache))
    write_tag(str(root))
    folders = CacheFolders()
    for inside in (cache, cache / "deep", cache / "deep" / "x.jpg"):
        assert folders.hold(str(inside), str(root))
    for outside in (root, root / "a", root / "a" / "x.jpg"):
        assert not folders.hold(str(outside), str(root))
    assert not folders.hold(str(cache), str(cache))
