"""What the operating system refused, in a sentence."""

import errno

import pytest

from models.os_errors import is_full, say_os_error


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            PermissionError(errno.EACCES, "Permission denied", "a.csv"),
            "a.csv cannot be read or written (Permission denied).",
        ),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "work cannot be read or written (the disk is full).",
        ),
        (OSError("work has 3 MB left; 9 MB are needed."), "work has 3 MB left; 9 MB are needed."),
    ],
)
def test_it_says_what_and_why(error: OSError, sentence: str) -> None:
    assert say_os_error(error, "work") == sentence
    assert is_full(error) == ("full" in sentence)
