"""A program that makes the vectors of the next model, and says aloud how many there are.

Arguments: data folder.
"""

import sys
from pathlib import Path

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import EmbedProgress
from tests.helpers.one_model import OneModel
from tests.helpers.turned_encoder import TurnedEncoder


def two_models() -> OneModel:
    """The models of the test and of this program."""
    return OneModel(TurnedEncoder("first"), TurnedEncoder("second"))


def run(data_dir: str) -> None:
    """Embed to the end."""
    library = Library.open(DataPaths.below(Path(data_dir)), two_models())
    for report in library.embed_next(CancelToken()):
        if isinstance(report, EmbedProgress):
            sys.stdout.write(f"{report.done}\n")
            sys.stdout.flush()
    library.close()


if __name__ == "__main__":
    run(sys.argv[1])
