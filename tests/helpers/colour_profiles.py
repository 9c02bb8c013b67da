"""Small ICC profiles, written by hand after ICC.1:2001-04, as files of other programs carry them.

Pillow itself can only make those of sRGB, Lab and XYZ.
"""

import struct

import numpy as np

Matrix = tuple[tuple[float, float, float], ...]

P3: Matrix = (
    (0.51512, 0.29198, 0.15710),
    (0.24120, 0.69225, 0.06657),
    (-0.00105, 0.04189, 0.78407),
)
"""From Display P3 to XYZ under D50; the columns are red, green and blue."""
_D50 = (0.9642, 1.0, 0.8249)


def rgb_profile(matrix: Matrix = P3, gamma: float = 2.2) -> bytes:
    """A profile of a screen or a camera."""
    columns = zip(*matrix, strict=True)
    tags = {b"wtpt": _xyz(_D50)}
    for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, strict=True):
        tags[name] = _xyz(column)
    for name in (b"rTRC", b"gTRC", b"bTRC"):
        tags[name] = _curve(gamma)
    return _profile(b"mntr", b"RGB ", b"XYZ ", tags)


def grey_profile(gamma: float) -> bytes:
    """A profile of pictures without colours."""
    return _profile(b"mntr", b"GRAY", b"XYZ ", {b"wtpt": _xyz(_D50), b"kTRC": _curve(gamma)})


def cmyk_profile() -> bytes:
    """A press with inks of its own: cyan prints pure green, everything else nothing but grey."""
    grid = np.zeros((2, 2, 2, 2, 3), dtype=np.uint8)
    for c, m, y, k in np.ndindex(2, 2, 2, 2):
        light = 255 - 60 * (m + y) if not k else 0
        grid[c, m, y, k] = (light, 128, 128) if not c else (min(light, 180), 48, 200)
    even = bytes(range(256))
    table = struct.pack(">4sI4B", b"mft1", 0, 4, 3, 2, 0)
    identity = (1, 0, 0, 0, 1, 0, 0, 0, 1)
    table += struct.pack(">9i", *(each * 65536 for each in identity))
    table += even * 4 + grid.tobytes() + even * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"wtpt": _xyz(_D50), b"A2B0": table})


def _xyz(values: tuple[float, ...]) -> bytes:
    return struct.pack(">4sI3i", b"XYZ ", 0, *(round(each * 65536) for each in values))


def _curve(gamma: float) -> bytes:
    return struct.pack(">4sIIH", b"curv", 0, 1, round(gamma * 256))


def _profile(kind: bytes, space: bytes, between: bytes, tags: dict[bytes, bytes]) -> bytes:
    tags = {b"desc": _description(), b"cprt": struct.pack(">4sI4s", b"text", 0, b"no\0\0"), **tags}
    offset = 128 + 4 + 12 * len(tags)
    table, content = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        padded = data + b"\0" * (-len(data) % 4)
        table += struct.pack(">4sII", name, offset + len(content), len(data))
        content += padded
    white = struct.pack(">3i", *(round(each * 65536) for each in _D50))
    header = struct.pack(
        ">I4sI4s4s4s12s4s4sIIIQI", 0, b"none", 0x02400000, kind, space, between,
        bytes(12), b"acsp", b"none", 0, 0, 0, 0, 0,
    )  # fmt: skip
    header = (header + white).ljust(128, b"\0")
    whole = header + table + content
    return struct.pack(">I", len(whole)) + whole[4:]


def _description() -> bytes:
    text = b"made for a test\0"
    return struct.pack(">4sII", b"desc", 0, len(text)) + text + bytes(8 + 3 + 67)
