"""Words to begin a search with."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.example_words import ExampleWords, everyday_words, spread
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import IndexSummary, Query
from tests.helpers.fake_encoder import COLOURS, FakeEncoder

Index = Callable[..., IndexSummary]
WORDS = ("green", "red", "blue", "yellow")


def test_there_are_a_few_hundred_different_words() -> None:
    words = everyday_words()
    assert 300 <= len(words) == len(set(words))
    assert all(word == word.strip() and word for word in words)


def test_what_finds_most_comes_first_and_each_finds_something_else() -> None:
    strong = np.zeros((4, 20), dtype=np.bool_)
    strong[0, :4] = True  # dogs
    strong[1, :9] = True  # animals, the dogs among them
    strong[2, 10:15] = True  # cars
    strong[3, :] = True  # everything, which says nothing
    assert spread(strong, 6) == [1, 2]
    assert spread(strong, 1) == [1]


def test_where_nothing_stands_out_there_is_nothing() -> None:
    assert spread(np.zeros((3, 50), dtype=np.bool_), 5) == []
    assert spread(np.zeros((0, 0), dtype=np.bool_), 5) == []


@given(arrays.arrays(np.bool_, st.tuples(st.integers(1, 8), st.integers(1, 30))), st.integers(1, 9))
def test_no_word_is_chosen_twice(strong: NDArray[np.bool_], count: int) -> None:
    chosen = spread(strong, count)
    assert len(chosen) == len(set(chosen)) <= count
    covered = np.zeros(strong.shape[1], dtype=np.bool_)
    for place in chosen:
        assert np.count_nonzero(strong[place] & ~covered) >= 3
        covered |= strong[place]


@pytest.fixture
def library(library: Library, tmp_path: Path, index: Index) -> Library:
    """Much black, and a few of two colours."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    colours = [("red", 3), ("blue", 3), ("black", 60)]
    for colour, count in colours:
        for number in range(count):
            place = pictures / f"{colour}-{number}.png"
            Image.new("RGB", (30 + number, 30), COLOURS.get(colour, (0, 0, 0))).save(place)
    index(library, pictures)
    return library


def test_words_are_found_that_find_something(
    library: Library, paths: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = ExampleWords(library._switch.active, paths.cache, WORDS)
    found = examples.find(6, CancelToken())
    assert found
    for word in found:
        assert (library.search(Query.of_words(word)).strong_count or 0) >= 3
    kept = list((paths.cache / "words").glob("*.npy"))
    assert len(kept) == 1
    monkeypatch.setattr(FakeEncoder, "encode_texts", None)
    assert examples.find(6, CancelToken()) == found  # from the file
    monkeypatch.undo()
    kept[0].write_bytes(b"spoiled")
    assert examples.find(6, CancelToken()) == found


def test_a_stop_is_heard(library: Library, paths: DataPaths) -> None:
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(CancelledError):
        ExampleWords(library._switch.active, paths.cache, ("red",)).find(3, stopped)
    assert not (paths.cache / "words").exists()


def test_where_the_library_is_away_nothing_takes_its_place(
    library: Library, paths: DataPaths
) -> None:
    paths.data.rename(paths.data.with_name("elsewhere"))
    assert ExampleWords(library._switch.active, paths.cache, WORDS).find(3, CancelToken())
    assert not paths.data.exists()
    paths.data.with_name("elsewhere").rename(paths.data)


def test_a_cache_that_cannot_be_written_costs_only_time(library: Library, paths: DataPaths) -> None:
    (paths.cache / "words").write_text("in the way")
    assert ExampleWords(library._switch.active, paths.cache, WORDS).find(3, CancelToken())
