"""A program that downloads the model described on stdin, to be killed in the middle.

Prints a line for every report about the file named by the second argument.
"""

import sys
from pathlib import Path

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.model.downloads import Downloads
from desktop_app.engine.model.offers import OfferedFile, OfferedModel
from desktop_app.engine.records import ModelProgress


def main() -> None:
    """Download until somebody kills it."""
    names = {"OfferedFile": OfferedFile, "OfferedModel": OfferedModel}
    model = eval(sys.stdin.read(), names)  # its own repr, from the test
    for report in Downloads(Path(sys.argv[1]), [model]).fetch(model.name, CancelToken()):
        if isinstance(report, ModelProgress) and report.file == sys.argv[2]:
            sys.stdout.write("\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
