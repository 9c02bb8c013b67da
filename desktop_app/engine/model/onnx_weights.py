"""Finds out where an ONNX file keeps its weights, without onnxruntime and without loading them.

Reads the protobuf wire format (https://protobuf.dev/programming-guides/encoding/) just far enough:
a tensor of an ONNX graph may name another file as its ``location``, and a hostile one may name any.
"""

import mmap
from collections.abc import Iterator
from pathlib import Path

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MAX_VARINT_BYTES = 10
_MAX_DEPTH = 12
# A graph of 10,000 nodes has some 300,000. Python passes about a million a second.
_MAX_FIELDS = 3_000_000
# Numbers of the fields that lead to a tensor, by message (onnx.proto3).
_PATHS: dict[str, dict[int, str]] = {
    "model": {7: "graph", 25: "function", 20: "training"},
    "training": {1: "graph", 2: "graph"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "function": {7: "node", 11: "attribute"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 10: "tensor", 6: "graph", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {13: "entry"},
}
_KEY, _VALUE = 1, 2
# Of a name or a number; what is longer is not even read into memory.
_MAX_TEXT_BYTES = 4096

_Span = tuple[int, int]


class NotOnnxError(ValueError):
    """A file is no ONNX model: its bytes are no protobuf message."""


def weight_locations(path: Path) -> set[str]:
    """The other files that an ONNX file takes its weights from, as it writes them.

    Raises:
        NotOnnxError: If it is not an ONNX file, or one of absurdly many parts.
        OSError: If it cannot be read.
    """
    if path.stat().st_size == 0:
        raise NotOnnxError("an empty file")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return set(_Walk(data).locations((0, len(data)), "model", 0))


class _Walk:
    """One pass over a file."""

    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        self._fields_left = _MAX_FIELDS

    def locations(self, span: _Span, message: str, depth: int) -> Iterator[str]:
        if depth > _MAX_DEPTH:
            raise NotOnnxError("nested too deeply")
        below = _PATHS[message]
        for number, inner in self._fields(span):
            kind = below.get(number)
            if kind == "entry":
                yield from self._location(inner)
            elif kind is not None:
                yield from self.locations(inner, kind, depth + 1)

    def _location(self, span: _Span) -> Iterator[str]:
        """The value of a key-value pair whose key is ``location``."""
        pair = {}
        for number, (start, end) in self._fields(span):
            if end - start > _MAX_TEXT_BYTES:
                raise NotOnnxError("an absurdly long text")
            pair[number] = self._data[start:end]
        if pair.get(_KEY) == b"location":
            yield pair.get(_VALUE, b"").decode("utf-8", "replace")

    def _fields(self, span: _Span) -> Iterator[tuple[int, _Span]]:
        """Number and place of the fields of a message that have a length; passes the others by."""
        at, end = span
        while at < end:
            self._fields_left -= 1
            if self._fields_left < 0:
                raise NotOnnxError("too many parts")
            tag, at = _varint(self._data, at, end)
            kind = tag & 7
            if kind == _BYTES:
                length, at = _varint(self._data, at, end)
                if length > end - at:
                    raise NotOnnxError("cut off")
                yield tag >> 3, (at, at + length)
                at += length
            elif kind == _VARINT:
                _, at = _varint(self._data, at, end)
            elif kind in (_FIXED64, _FIXED32):
                at += 8 if kind == _FIXED64 else 4
            else:
                raise NotOnnxError("no protobuf message")
        if at != end:
            raise NotOnnxError("cut off")


def _varint(data: mmap.mmap, at: int, end: int) -> tuple[int, int]:
    """A number of 7 bits a byte, and where it ends."""
    value = 0
    for place in range(_MAX_VARINT_BYTES):
        if at >= end:
            raise NotOnnxError("cut off")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, at
    raise NotOnnxError("no protobuf message")
