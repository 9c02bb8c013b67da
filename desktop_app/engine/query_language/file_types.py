"""The types of picture files: what people call them, and what the catalog calls them."""

from desktop_app.engine.phrases import phrase
from desktop_app.engine.query_language.wrong_value import WrongValueError

_NAMES = {
    "JPEG": ("jpg", "jpeg", "jpe", "jfif", "mpo"),
    "PNG": ("png", "apng"),
    "WEBP": ("webp",),
    "GIF": ("gif",),
    "BMP": ("bmp",),
    "TIFF": ("tif", "tiff"),
    "AVIF": ("avif", "avifs"),
    "JPEG2000": ("jp2", "j2k", "j2c", "jpc", "jpf", "jpx", "jpeg2000"),
    "ICO": ("ico",),
    "PPM": ("ppm", "pgm", "pbm", "pnm"),
}
"""Below Pillow's name the endings, the one that is written first."""

_FORMATS = {name: format for format, names in _NAMES.items() for name in names}

# fmt: off
_NOT_READ = frozenset([
    "heic", "heif", "jxl", "svg", "psd", "pdf",
    "raw", "arw", "cr2", "cr3", "dng", "nef", "nrw", "orf", "pef", "raf", "rw2", "srw",
])
# fmt: on

READ_FORMATS = tuple(_NAMES)
"""Pillow's names of all formats that a search line can ask for."""


def read_type(text: str) -> str:
    """Pillow's name of a format, by an ending of its files, with or without a dot.

    Raises:
        WrongValueError: There is no such type, or files of it are not read.
    """
    name = text.strip().removeprefix(".").lower()
    if name in _FORMATS:
        return _FORMATS[name]
    if name in _NOT_READ:
        raise WrongValueError(
            phrase(
                "Engine: Search", "pictures of this type cannot be read yet, so none can be found"
            )
        )
    known = ", ".join(names[0] for names in _NAMES.values())
    raise WrongValueError(
        phrase("Engine: Search", "there is no such type; known are {known}").format(known=known),
        is_unfinished=any(good.startswith(name) for good in _FORMATS),
    )


def type_text(format: str) -> str:
    """How a format is written: ``jpg`` for ``JPEG``."""
    return _NAMES[format][0] if format in _NAMES else format.lower()


def catalog_formats(format: str) -> tuple[str, ...]:
    """The names under which pictures of a format are in the catalog.

    Pillow calls a JPEG that holds further pictures, as many phones take them, ``MPO``.
    """
    return (format, "MPO") if format == "JPEG" else (format,)
