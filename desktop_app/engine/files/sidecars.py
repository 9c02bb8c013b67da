"""Files beside pictures that hold their labels: which there are, and how they are changed.

darktable and digiKam write ``IMG_1.JPG.xmp``, Lightroom and Bridge ``IMG_1.xmp``. The first is what
is made here, since two pictures may differ by their endings alone. The second is changed where it
is there, unless it says that it belongs to a file of another ending, or does not say to which of
several.

https://docs.darktable.org/usermanual/4.8/en/overview/sidecar-files/sidecar/
"""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress

from desktop_app.engine.files.xmp import MOST_BYTES, Xmp, XmpError
from desktop_app.engine.phrases import phrase

_ENDINGS = (".xmp", ".XMP")


class SidecarError(Exception):
    """A sidecar that cannot be read or written.

    Attributes:
        reason: A sentence for the user.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_sidecar(path: str) -> Xmp | None:
    """What lies beside a picture.

    Args:
        path: The picture's path.

    Returns:
        None where nothing does.

    Raises:
        SidecarError: If it cannot be read.
    """
    try:
        found = _find(path)
    except OSError as error:
        raise SidecarError(_said(error)) from error
    return None if found is None else found[1]


def change_sidecar(path: str, change: Callable[[Xmp], None]) -> None:
    """Change what lies beside a picture, or begin it; all of it is written, or nothing.

    Args:
        path: The picture's path.
        change: Changes it; where nothing comes of it, nothing is written.

    Raises:
        SidecarError: If it cannot be read or written, or the picture is not there.
    """
    try:
        os.stat(path)
        found = _find(path)
        if found is None or _may_be_anothers(path, *found):
            place, xmp = path + _ENDINGS[0], Xmp()
        else:
            place, xmp = found
        before = xmp.to_bytes()
        change(xmp)
        after = xmp.to_bytes()
        if after != before:
            _replace(os.path.realpath(place), after)
    except OSError as error:
        raise SidecarError(_said(error)) from error


def _find(path: str) -> tuple[str, Xmp] | None:
    stem, extension = os.path.splitext(path)
    for ending in _ENDINGS:
        if (xmp := _read(path + ending)) is not None:
            return path + ending, xmp
    for ending in _ENDINGS:
        xmp = _read(stem + ending) if extension else None
        if xmp is not None and xmp.extension in (None, "", extension[1:].upper()):
            return stem + ending, xmp
    return None


def has_siblings(path: str) -> bool:
    """Whether another file, such as a camera's raw one, could own ``IMG_1.xmp`` as well; blocks."""
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0]
    try:
        names = os.listdir(folder)
    except OSError:
        return False
    for other in names:
        start, ending = os.path.splitext(other)
        if start == stem and other != name and ending.lower() not in _ENDINGS:
            return True
    return False


def _may_be_anothers(path: str, place: str, xmp: Xmp) -> bool:
    is_named_after_all = not place.startswith(path)
    return is_named_after_all and not xmp.extension and has_siblings(path)


def _read(place: str) -> Xmp | None:
    try:
        with open(place, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    try:
        return Xmp(data)
    except XmpError as error:
        name = os.path.basename(place)
        raise SidecarError(f"“{name}” cannot be understood and was left as it is.") from error


def _replace(place: str, data: bytes) -> None:
    """Write a file beside the place, and put it there once it is whole.

    Its name begins with a dot: whoever follows the folder need not see it.
    """
    folder, name = os.path.split(place)
    temporary = os.path.join(folder, f".{name}.{secrets.token_hex(4)}.tmp")
    try:
        with open(temporary, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(OSError):  # a new one has no rights yet, and some drives know none
            os.chmod(temporary, os.stat(place).st_mode & 0o777)
        os.replace(temporary, place)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _said(error: OSError) -> str:
    """Say for the user why the system refuses."""
    if isinstance(error, PermissionError):
        return phrase("Engine: Files", "You may not write in this folder.")
    if isinstance(error, FileNotFoundError):
        return phrase("Engine: Files", "The picture is not there.")
    return phrase("Engine: Files", "The file beside it cannot be written ({reason}).").format(
        reason=error.strerror or error
    )
