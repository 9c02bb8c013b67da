"""Watches the folder named on the command line, at a limit of watches that is set and lifted.

To be run in a user namespace of its own, as ``unshare --user --map-root-user`` makes one: the limit
is that namespace's, and nobody else on the computer notices it. Prints the modes that were told.
"""

import sys
import threading
from pathlib import Path

from desktop_app.engine.files.follower import Rhythm
from desktop_app.engine.files.scanner import is_hidden
from desktop_app.engine.files.watcher import FolderWatcher, FollowedRoot
from desktop_app.engine.records import WatchMode, WatchState

LIMIT = Path("/proc/sys/user/max_inotify_watches")
_BOUND_S = 20.0


def main() -> None:
    told = {mode: threading.Event() for mode in WatchMode}

    def tell(state: WatchState) -> None:
        told[state.mode].set()

    before = LIMIT.read_text("ascii")
    LIMIT.write_text("100", "ascii")
    rhythm = Rhythm(probe_s=0.2, period_s=1.0, hang_s=5.0)
    watcher = FolderWatcher(lambda _places: None, tell, is_hidden, rhythm)
    watcher.set_roots([FollowedRoot(1, sys.argv[1])])
    for mode in (WatchMode.PERIODIC, WatchMode.LIVE):
        if told[mode].wait(_BOUND_S):
            sys.stdout.write(f"{mode.name}\n")
        LIMIT.write_text(before, "ascii")  # it is tried again
    watcher.close()


if __name__ == "__main__":
    main()
