"""Values of files in the forms that SQLite can hold."""

_LARGEST = 2**63 - 1


def as_text(path: str) -> str:
    r"""A path as it is kept and looked up.

    Bytes of a name that are not UTF-8 arrive as surrogates, which SQLite refuses; they are
    written as ``\udcff``. The scanner already reports such names instead of indexing them.
    """
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def as_integer(value: int) -> int:
    """A number as near as 64 bits allow; ext4 knows times beyond the year 2262."""
    return max(-_LARGEST, min(_LARGEST, value))
