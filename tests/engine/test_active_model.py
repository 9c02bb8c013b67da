"""What one model remembers of its own."""

from pathlib import Path

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import Query
from desktop_app.engine.search.relevance import EVERYDAY
from tests.helpers.counting_encoder import CountingEncoder
from tests.helpers.one_model import OneModel


def test_everyday_words_are_encoded_once_whatever_is_typed_and_changed(
    paths: DataPaths, pictures: Path
) -> None:
    encoder = CountingEncoder()
    library = Library.open(paths, OneModel(encoder))
    try:
        for _ in library.index([pictures], CancelToken()):
            pass
        for number in range(600):  # more than the encoder's memory holds
            library.search(Query.of_words(f"red {number}"), 1)
        (pictures / "red.png").rename(pictures / "moved.png")
        (pictures / "blue.png").unlink()
        for _ in library.index([pictures], CancelToken(), confirm_removals=True):
            pass
        library.search(Query.of_words("green"), 1)
    finally:
        library.close()
    assert sorted(one for one in encoder.texts if one in EVERYDAY) == sorted(EVERYDAY)
    assert encoder.texts[-1] == "green"
