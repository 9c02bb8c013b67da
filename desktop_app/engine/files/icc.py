"""The name of a colour profile.

Read here and not by LittleCMS: a header that anybody may have written needs no library in C to be
understood. ICC.1:2022, 7.2 (header), 7.3 (table of tags), 10.15 (``mluc``); ICC.1:2001-04, 6.5.17
(``desc``).
"""

import struct

_HEADER_BYTES = 128
_MOST_TAGS = 200
_LONGEST_NAME = 100


def profile_name(data: bytes) -> str | None:
    """What an ICC profile calls itself; None where it is none or does not say.

    Args:
        data: The profile.
    """
    try:
        return _name(data)
    except (struct.error, IndexError):  # cut short
        return None


def _name(data: bytes) -> str | None:
    if data[36:40] != b"acsp":
        return None
    (count,) = struct.unpack_from(">I", data, _HEADER_BYTES)
    for place in range(min(count, _MOST_TAGS)):
        signature, start, size = struct.unpack_from(">4sII", data, _HEADER_BYTES + 4 + 12 * place)
        if signature == b"desc":
            return _described(data[start : start + size])
    return None


def _described(tag: bytes) -> str | None:
    text = ""
    if tag[:4] == b"desc":
        (length,) = struct.unpack_from(">I", tag, 8)
        text = tag[12 : 12 + length].decode("ascii", "replace")
    elif tag[:4] == b"mluc":
        # The first language: names of profiles are hardly ever translated.
        length, start = struct.unpack_from(">II", tag, 20)
        text = tag[start : start + length].decode("utf-16-be", "replace")
    elif tag[:4] == b"text":
        text = tag[8:].decode("ascii", "replace")
    seen = "".join(one if one.isprintable() else " " for one in text.partition("\0")[0])
    return " ".join(seen.split())[:_LONGEST_NAME] or None
