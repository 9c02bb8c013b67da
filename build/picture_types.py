"""The kinds of pictures that the program reads, as desktops call them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureType:
    """A format of pictures.

    Attributes:
        mime: Its MIME types in the shared database of Linux desktops, the usual one first.
        uniform: What macOS calls it: its uniform type identifiers.
    """

    mime: tuple[str, ...]
    uniform: tuple[str, ...]


PICTURE_TYPES = {
    "JPEG": PictureType(("image/jpeg",), ("public.jpeg",)),
    "PNG": PictureType(("image/png", "image/apng"), ("public.png",)),
    "WEBP": PictureType(("image/webp",), ("org.webmproject.webp",)),
    "GIF": PictureType(("image/gif",), ("com.compuserve.gif",)),
    "BMP": PictureType(("image/bmp",), ("com.microsoft.bmp",)),
    "TIFF": PictureType(("image/tiff",), ("public.tiff",)),
    "AVIF": PictureType(("image/avif",), ("public.avif",)),
    "JPEG2000": PictureType(
        ("image/jp2", "image/jpx", "image/x-jp2-codestream"), ("public.jpeg-2000",)
    ),
    "ICO": PictureType(("image/vnd.microsoft.icon",), ("com.microsoft.ico",)),
    "PPM": PictureType(
        (
            "image/x-portable-pixmap",
            "image/x-portable-graymap",
            "image/x-portable-bitmap",
            "image/x-portable-anymap",
        ),
        ("public.pbm",),
    ),
}  # fmt: skip
"""Below Pillow's name of the format. A test holds it to what the engine reads."""

FOLDER_MIME = "inode/directory"
FOLDER_UNIFORM = "public.folder"


def mime_types() -> list[str]:
    """All that the program opens on Linux: folders first, then pictures."""
    return [FOLDER_MIME, *(name for each in PICTURE_TYPES.values() for name in each.mime)]


def uniform_types() -> list[str]:
    """All kinds of pictures that the program opens on macOS."""
    return [name for each in PICTURE_TYPES.values() for name in each.uniform]
