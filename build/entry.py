"""Where the built program starts."""

import multiprocessing
import os
import sys

if __name__ == "__main__":
    # A decoder worker is this same program started again: it must turn off here, before the
    # window's modules are imported.
    multiprocessing.freeze_support()

    if sys.platform.startswith("linux"):
        # What the program starts, such as another viewer, is to find the system's own libraries.
        # The loader of this process looked at the variable before it began, and will not again.
        before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
        os.environ.pop("LD_LIBRARY_PATH", None)
        if before is not None:
            os.environ["LD_LIBRARY_PATH"] = before
        # PyInstaller's starter sets it anew for the workers, and takes this away from them.
        os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"

    from desktop_app.main import main

    sys.exit(main())
