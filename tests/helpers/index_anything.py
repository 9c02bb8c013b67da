"""The program's commands, with an encoder that knows colours instead of a model.

Arguments: those of ``image-seeker``; ``--data-dir`` comes first.
"""

import sys
from pathlib import Path

from desktop_app import commands, main
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from tests.helpers.fake_encoder import FakeEncoder
from tests.helpers.one_model import OneModel


def run(arguments: list[str]) -> int:
    """Carry out a command."""
    options = main.build_parser().parse_args(arguments)
    paths = DataPaths.below(Path(options.data_dir))

    def open_library(*, writable: bool = True) -> Library:
        return Library.open(paths, OneModel(FakeEncoder()), writable=writable)

    return commands.run(options, open_library)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
