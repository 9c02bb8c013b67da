"""A digest of a picture file, to know it again after it was moved or renamed."""

import hashlib
import os
from typing import BinaryIO

DIGEST_BYTES = 16
_EDGE_BYTES = 64 * 1024


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
    """Digest of the length and of the first and last 64 KiB of an open file.

    That is enough to tell pictures apart: all formats that are read are compressed or begin with
    a header, the first 64 KiB of a camera's JPEG hold its date, its settings and its preview, and
    the length joins in. Two different pictures that agree in all of it would have to differ only
    in the middle and still be equally long, which editing or shooting does not produce. Reading
    128 KiB instead of all keeps a moved folder of raw-sized TIFFs from being read in full.

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
    digest.update(file.read(_EDGE_BYTES))
    # Where both ends overlap, the bytes between are hashed once.
    file.seek(max(_EDGE_BYTES, size - _EDGE_BYTES))
    digest.update(file.read(_EDGE_BYTES))
    return digest.digest()
