"""Lets Python's lock pass to the window's thread soon."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

SWITCH_S = 0.0005
"""After how long a thread at work hands the lock to one that waits. With Python's own 5 ms, a frame
that needs the lock a few times waits for longer than it is shown: while pictures were indexed, the
window waited for over 16 ms a fifth more often, and half as often again apart from waiting for a
processor."""


@contextmanager
def lock_passed_on() -> Iterator[None]:
    """Have every thread pass Python's lock on after `SWITCH_S`, as long as it lasts."""
    before_s = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before_s)
