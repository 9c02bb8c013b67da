"""Says in a sentence what the operating system refused."""

import errno

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def is_full(error: OSError) -> bool:
    """Tell whether there was no room left to write."""
    return error.errno in _FULL


def say_os_error(error: OSError, where: object) -> str:
    """Say what could not be read or written, and why.

    Args:
        error: what was raised; one without a number was raised by ourselves and is a sentence.
        where: what was being worked on, for errors that name no file.
    """
    if error.errno is None:
        return str(error)
    what = "the disk is full" if is_full(error) else error.strerror or type(error).__name__
    return f"{error.filename or where} cannot be read or written ({what})."
