from pathlib import Path

import pytest

from desktop_app.engine.files.fingerprint import (
    DIGEST_BYTES,
    content_hash,
    fingerprint,
)

EDGE = 64 * 1024


def digest(folder: Path, name: str, data: bytes) -> bytes:
    path = folder / name
    path.write_bytes(data)
    result = fingerprint(str(path))
    assert result is not None
    assert len(result) == DIGEST_BYTES
    return result


def test_a_copy_has_the_same_fingerprint(tmp_path: Path) -> None:
    data = bytes(range(256)) * 1000
    assert digest(tmp_path, "a.jpg", data) == digest(tmp_path, "b.png", data)


def test_head_middle_and_tail_and_the_length_count(tmp_path: Path) -> None:
    data = bytes(10 * EDGE)
    changed_start = b"x" + data[1:]
    changed_middle = data[: 5 * EDGE] + b"x" + data[5 * EDGE + 1 :]
    changed_end = data[:-1] + b"x"
    digests = {
        digest(tmp_path, "a", data),
        digest(tmp_path, "b", changed_start),
        digest(tmp_path, "m", changed_middle),
        digest(tmp_path, "c", changed_end),
        digest(tmp_path, "d", data + b"\0"),
        digest(tmp_path, "e", b""),
    }
    assert len(digests) == 6


@pytest.mark.parametrize("length", [1, EDGE - 1, EDGE, EDGE + 1, 2 * EDGE, 3 * EDGE])
def test_every_byte_of_a_short_file_counts(tmp_path: Path, length: int) -> None:
    whole = digest(tmp_path, "whole", bytes(length))
    for at in {0, length // 2, length - 1}:
        spoilt = bytearray(length)
        spoilt[at] = 1
        assert digest(tmp_path, "spoilt", bytes(spoilt)) != whole


def test_what_cannot_be_read_has_none(tmp_path: Path) -> None:
    assert fingerprint(str(tmp_path / "missing.jpg")) is None
    assert fingerprint(str(tmp_path)) is None
    assert content_hash(str(tmp_path / "missing.jpg")) is None


def test_catalogs_of_the_first_versions_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(bytes(range(256)) * 1000)
    of_version_2 = bytes.fromhex("0d9be85e19c625ff1a37da5eac5d3edd")
    assert fingerprint(str(path), like=of_version_2) == of_version_2
    assert fingerprint(str(path), like=b"\x02" + bytes(16)) == fingerprint(str(path))


def test_every_byte_counts_in_the_digest_of_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    data = bytearray(10 * EDGE)
    path.write_bytes(data)
    whole, parts = content_hash(str(path)), fingerprint(str(path))
    assert whole is not None
    assert len(whole) == 16
    data[2 * EDGE] = 1  # neither head, middle nor tail
    path.write_bytes(data)
    assert fingerprint(str(path)) == parts
    assert content_hash(str(path)) != whole
