"""What a model is called on disk."""

import unicodedata

_MAX_NAME = 60
_ARCHIVE_SUFFIXES = (".zip", ".tar")
# Windows takes these for devices, whatever follows a dot.
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)


def without_archive_suffixes(name: str) -> str:
    """What a file is called apart from its being an archive: ``clip`` for ``clip.tar.zip``."""
    while name.lower().endswith(_ARCHIVE_SUFFIXES):
        name = name[: name.rindex(".")]
    return name


def clean_name(name: str) -> str:
    """A name that every file system takes and that a shell needs no quotes for."""
    composed = unicodedata.normalize("NFC", name)
    kept = "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in composed)
    cleaned = kept.strip("._-")[:_MAX_NAME].rstrip("._-")
    if not cleaned or cleaned.split(".", 1)[0].casefold() in _RESERVED:
        cleaned = f"model-{cleaned}".rstrip("-")
    return cleaned
