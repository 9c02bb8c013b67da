"""A digest of a picture file, to know it again after it was moved or renamed."""

import hashlib
import os
import re
from typing import BinaryIO

DIGEST_BYTES = 16
_EDGE_BYTES = 64 * 1024
_CHUNK_BYTES = 1024 * 1024

_BARE = re.compile(rb"BM|P[1-6]\s|II[\x2a\x2b]\x00|MM\x00[\x2a\x2b]")
"""How files begin whose pixels may be uncompressed: BMP, PPM and its kin, TIFF."""


def fingerprint(path: str) -> bytes | None:
    """Digest of a file.

    Returns:
        What `fingerprint_of` says; None if the file cannot be read.
    """
    try:
        with open(path, "rb", buffering=0) as file:
            return fingerprint_of(file)
    except OSError:
        return None


def fingerprint_of(file: BinaryIO) -> bytes:
    """Digest of the length and of what tells two pictures apart, of an open file.

    For compressed formats these are the first and last 64 KiB: pictures that differ anywhere
    differ in the compressed data from there on, up to the end. Where pixels may lie bare in the
    file (BMP, PPM, TIFF), two pages with equal margins agree at both ends, so all of it counts.

    Args:
        file: Can be sought in; its position afterwards is at its end.

    Returns:
        `DIGEST_BYTES` bytes.

    Raises:
        OSError: If it cannot be read.
    """
    size = file.seek(0, os.SEEK_END)
    digest = hashlib.blake2b(size.to_bytes(8, "little"), digest_size=DIGEST_BYTES)
    file.seek(0)
    head = file.read(_EDGE_BYTES)
    digest.update(head)
    if _BARE.match(head):
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
        return digest.digest()
    # Where both ends overlap, the bytes between are hashed once.
    file.seek(max(_EDGE_BYTES, size - _EDGE_BYTES))
    digest.update(file.read(_EDGE_BYTES))
    return digest.digest()
