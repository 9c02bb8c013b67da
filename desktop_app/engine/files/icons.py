"""Looks into a Windows icon without decoding it."""

import struct
from typing import BinaryIO

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_FRAME_HEAD_BYTES = 24


def largest_frame(file: BinaryIO) -> tuple[int, int]:
    """Width and height of the frame of an icon that has the most pixels.

    The directory of an icon cannot say more than 256 pixels, so the frames themselves are asked.

    Args:
        file: An ICO file; its position afterwards is anywhere.

    Raises:
        struct.error: If it is cut short.
        OSError: If it cannot be read.
    """
    file.seek(4)
    (count,) = struct.unpack("<H", file.read(2))
    entries = [struct.unpack("<8xII", file.read(16)) for _ in range(count)]
    sizes = [_frame_size(file, offset) for _, offset in entries]
    return max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))


def _frame_size(file: BinaryIO, offset: int) -> tuple[int, int]:
    file.seek(offset)
    head = file.read(_FRAME_HEAD_BYTES)
    if head.startswith(_PNG_SIGNATURE):
        width, height = struct.unpack_from(">II", head, 16)
    else:  # a BMP without its file header, twice as high for the mask below the colours
        width, height = struct.unpack_from("<ii", head, 4)
        height //= 2
    return abs(int(width)), abs(int(height))
