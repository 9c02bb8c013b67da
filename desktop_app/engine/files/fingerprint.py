"""Digests of a picture file, to know it again after it was moved, renamed or copied."""

import hashlib
import os
import re
from collections.abc import Callable
from typing import BinaryIO

import xxhash

DIGEST_BYTES = 17
_EDGE_BYTES = 64 * 1024
_CHUNK_BYTES = 1024 * 1024

_VERSION = b"\x02"
"""What fingerprints begin with; those of the first catalogs had 16 bytes and no version."""

_BARE = re.compile(rb"BM|P[1-6]\s|II[\x2a\x2b]\x00|MM\x00[\x2a\x2b]")
"""How files begin whose pixels may be uncompressed: BMP, PPM and its kin, TIFF."""


def fingerprint(path: str, like: bytes | None = None) -> bytes | None:
    """Digest of a file.

    Args:
        path: The file.
        like: A fingerprint to compare with, which may be one of the first catalogs.

    Returns:
        What `fingerprint_of` says; None if the file cannot be read.
    """
    is_new = like is None or len(like) == DIGEST_BYTES
    return _of(path, fingerprint_of if is_new else _first_fingerprint_of)


def content_hash(path: str) -> bytes | None:
    """Digest of a whole file.

    Returns:
        What `content_hash_of` says; None if the file cannot be read.
    """
    return _of(path, content_hash_of)


def fingerprint_of(file: BinaryIO) -> bytes:
    """Digest of the length and of what tells two pictures apart, of an open file.

    For compressed formats these are 64 KiB each at the head, in the middle and at the tail:
    pictures that differ anywhere differ in the compressed data from there on. Where pixels may lie
    bare in the file (BMP, PPM, TIFF), two pages with equal margins agree there, so all of it
    counts. XXH3 (https://github.com/Cyan4973/xxHash) is no defence against people who make files
    on purpose, and need not be.

    Args:
        file: Can be sought in; its position afterwards is anywhere.

    Returns:
        `DIGEST_BYTES` bytes.

    Raises:
        OSError: If it cannot be read.
    """
    size = file.seek(0, os.SEEK_END)
    digest = xxhash.xxh3_128(size.to_bytes(8, "little"))
    file.seek(0)
    head = file.read(_EDGE_BYTES)
    digest.update(head)
    if _BARE.match(head) or size <= 3 * _EDGE_BYTES:
        _update(digest.update, file)
    else:
        for start in ((size - _EDGE_BYTES) // 2, size - _EDGE_BYTES):
            file.seek(start)
            digest.update(file.read(_EDGE_BYTES))
    return _VERSION + digest.digest()


def content_hash_of(file: BinaryIO) -> bytes:
    """Digest of all bytes of an open file; files that agree in it are exact copies.

    Args:
        file: Can be sought in; its position afterwards is at its end.

    Returns:
        16 bytes.

    Raises:
        OSError: If it cannot be read.
    """
    digest = xxhash.xxh3_128()
    file.seek(0)
    _update(digest.update, file)
    return digest.digest()


def _first_fingerprint_of(file: BinaryIO) -> bytes:
    """The digest that catalogs up to version 2 keep: length and both ends, 16 bytes."""
    size = file.seek(0, os.SEEK_END)
    digest = hashlib.blake2b(size.to_bytes(8, "little"), digest_size=16)
    file.seek(0)
    head = file.read(_EDGE_BYTES)
    digest.update(head)
    if _BARE.match(head):
        _update(digest.update, file)
    else:
        # Where both ends overlap, the bytes between are hashed once.
        file.seek(max(_EDGE_BYTES, size - _EDGE_BYTES))
        digest.update(file.read(_EDGE_BYTES))
    return digest.digest()


def _update(update: Callable[[bytes], object], file: BinaryIO) -> None:
    """Add the rest of a file."""
    while chunk := file.read(_CHUNK_BYTES):
        update(chunk)


def _of(path: str, digest: Callable[[BinaryIO], bytes]) -> bytes | None:
    try:
        with open(path, "rb", buffering=0) as file:
            return digest(file)
    except OSError:
        return None
