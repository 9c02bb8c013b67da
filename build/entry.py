"""Where the built program starts."""

import multiprocessing
import sys

if __name__ == "__main__":
    # A decoder worker is this same program started again: it must turn off here, before the
    # window's modules are imported.
    multiprocessing.freeze_support()

    from desktop_app.main import main

    sys.exit(main())
