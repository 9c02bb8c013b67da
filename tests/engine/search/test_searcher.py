"""From a query to hits, over a real index."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop_app.engine.errors import QueryError
from desktop_app.engine.query_language.parts import Filter, Name, OfType, Words
from desktop_app.engine.records import FoundBy, Query
from desktop_app.engine.search.query import query_vector
from desktop_app.engine.search.relevance import Judge
from desktop_app.engine.search.searcher import NAMED_MOST, Searcher
from desktop_app.engine.search.survivors import Survivors
from desktop_app.engine.store.vector_index import UsearchIndex
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.fake_encoding import FakeEncoding
from tests.helpers.known_pictures import KnownPicture, KnownPictures, fulfils

ENCODING = FakeEncoding("blue")
WORDS = list(COLOURS)


def made(
    vectors: NDArray[np.float32], pictures: KnownPictures, folder: Path = Path("nowhere")
) -> Searcher:
    """A searcher over pictures, whose vectors are in the order of their ids."""
    index = UsearchIndex("test", FakeEncoder().info, folder)
    ids = np.array(sorted(one.id for one in pictures.pictures), dtype=np.int64)
    index.add(ids, vectors)
    stored = dict(zip(ids.tolist(), vectors, strict=True))
    everyday = np.stack([ENCODING.text(word) for word in WORDS])
    judge = Judge(vectors, lambda: everyday)
    return Searcher(ENCODING, index, stored.get, pictures, Survivors(pictures), judge)


def coloured(names: dict[str, str]) -> tuple[NDArray[np.float32], KnownPictures]:
    """Pictures of a colour each, by their names; ids from 1, the last is the newest."""
    known = [
        KnownPicture(number, name, "PNG", float(number)) for number, name in enumerate(names, 1)
    ]
    return np.stack([ENCODING.text(colour) for colour in names.values()]), KnownPictures(known)


def each_colour() -> Searcher:
    return made(*coloured({f"picture {word}".replace("e", "3"): word for word in WORDS}))


def test_best_hit_first_with_score_and_relevance() -> None:
    hits = each_colour().search(Query.of_words("green"), 3)
    assert hits.ids[0] == WORDS.index("green") + 1
    assert hits.scores[0] > 0.999
    assert np.all(np.diff(hits.scores) <= 0)
    assert len(hits.ids) == len(hits.scores) == len(hits.relevance) == 3
    assert hits.relevance[0] > 0
    assert hits.seconds >= 0
    assert hits.found_by == ()


def test_without_limit_everything_is_ranked() -> None:
    hits = each_colour().search(Query.of_picture(b"blue"), None)
    assert hits.ids[0] == WORDS.index("blue") + 1
    assert sorted(hits.ids.tolist()) == list(range(1, len(WORDS) + 1))


def test_an_empty_query_is_refused() -> None:
    with pytest.raises(QueryError, match="nothing to search for"):
        each_colour().search(Query(), None)


def test_filters_alone_give_the_newest_first() -> None:
    searcher = made(*coloured({"a dog": "red", "a cat": "blue", "two dogs": "green"}))
    hits = searcher.search(Query((Name("dog"),)), None)
    assert hits.ids.tolist() == [3, 1]
    assert hits.strong_count == 2
    assert hits.scores.tolist() == [0, 0]
    assert searcher.search(Query((Name("dog"),)), 1).ids.tolist() == [3]


def test_names_with_all_words_are_strong_and_told() -> None:
    names = {f"{number} grey": "black" for number in range(40)}
    searcher = made(*coloured(names | {"red car": "blue", "red bus": "blue", "plain": "red"}))
    hits = searcher.search(Query.of_words("red car"), None)
    by_looks, by_name, by_one_word = 43, 41, 42
    assert set(hits.ids[:2].tolist()) == {by_looks, by_name}
    assert hits.strong_count == 2
    told = dict(zip(hits.ids.tolist(), hits.found_by, strict=False))
    assert told[by_looks] is FoundBy.LOOKS
    assert told[by_name] is told[by_one_word] is FoundBy.NAME
    assert hits.ids[2] == by_one_word


def test_names_are_looked_for_among_what_filters_leave() -> None:
    elsewhere = {f"cat and {number}": "black" for number in range(NAMED_MOST + 1)}
    searcher = made(*coloured(elsewhere | {"new cat": "blue", "new one": "green"}))
    hits = searcher.search(Query((Words("cat and dog"), Name("new"))), None)
    assert len(hits.ids) == 2
    assert hits.ids[0] == NAMED_MOST + 2
    assert len(hits.found_by) == 1


def test_all_full_names_are_strong_however_many_they_are() -> None:
    many = NAMED_MOST + 200
    names = {f"holiday {number}": "black" for number in range(many)}
    searcher = made(*coloured(names | {f"{number} other": "blue" for number in range(9)}))
    hits = searcher.search(Query.of_words("holiday"), None)
    assert hits.strong_count >= many
    assert len(hits.by_whole_name) == many
    few = searcher.search(Query.of_words("holiday"), 7)
    assert few.ids.tolist() == hits.ids[:7].tolist()
    assert few.by_whole_name.tolist() == hits.by_whole_name[hits.by_whole_name < 7].tolist()


def test_unwanted_words_are_not_looked_for_in_names() -> None:
    searcher = made(*coloured({"red": "blue", "other": "green"}))
    hits = searcher.search(Query((Words("green"), Words("red", -1.0))), None)
    assert hits.ids.tolist() == [2, 1]
    assert hits.found_by == ()


def test_survivors_are_asked_for_again_only_after_a_change() -> None:
    vectors, pictures = coloured({"a dog": "red", "a cat": "blue"})
    searcher = made(vectors, pictures)
    query = Query((Words("blue"), Name("dog")))
    for _ in range(2):
        assert searcher.search(query, None).ids.tolist() == [1]
    assert pictures.asked == 1
    pictures.pictures[1] = KnownPicture(2, "a dog, too", "PNG", 2.0)
    pictures.mark += 1
    assert searcher.search(query, None).ids.tolist() == [2, 1]
    assert pictures.asked == 2


filters: st.SearchStrategy[Filter] = st.one_of(
    st.builds(Name, st.sampled_from(["dog", "cat", "o"]), st.booleans()),
    st.builds(OfType, st.sampled_from(["PNG", "JPEG", "GIF"]), st.booleans()),
)
libraries = st.lists(
    st.tuples(st.sampled_from(["dog", "dog red", "cat", "red"]), st.sampled_from(["PNG", "JPEG"])),
    min_size=1,
    max_size=40,
)


@settings(max_examples=40)
@given(
    libraries,
    st.lists(filters, max_size=3),
    st.sampled_from(["red", "blue dog", ""]),
    st.one_of(st.none(), st.integers(1, 12)),
    st.integers(0, 1000),
)
def test_filtered_hits_are_those_of_comparing_everything(
    library: list[tuple[str, str]], parts: list[Filter], words: str, limit: int | None, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    vectors = rng.standard_normal((len(library), ENCODING.dim)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    known = [
        KnownPicture(3 * number + 1, name, format_, float(rng.integers(5)))
        for number, (name, format_) in enumerate(library)
    ]
    pictures = KnownPictures(known)
    query = Query((*([Words(words)] if words else []), *parts))
    if query.is_empty:
        return
    searcher = made(vectors, pictures)
    hits = searcher.search(query, limit)
    survivors = [place for place, one in enumerate(known) if fulfils(one, parts)]
    assert len(hits.ids) == min(len(survivors), limit or len(survivors))
    if not words:
        newest = sorted(survivors, key=lambda place: (-known[place].date_s, -known[place].id))
        assert hits.ids.tolist() == [known[place].id for place in newest][:limit]
        return
    vector = query_vector(query, ENCODING, lambda _id: None)
    exact = vectors.astype(np.float16).astype(np.float32) @ vector
    score_of = {known[place].id: exact[place] for place in survivors}
    # Exactly the survivors, each with its own score.
    whole = searcher.search(query, None)
    assert sorted(whole.ids.tolist()) == sorted(score_of)
    np.testing.assert_allclose(whole.scores, [score_of[one] for one in whole.ids], atol=3e-3)
    # Those that no name brought are in the order of their scores, strong ones first.
    by_name = pictures.names_matching(words, 300)
    named = set(by_name.ids.tolist())
    others = [place for place, id_ in enumerate(whole.ids.tolist()) if id_ not in named]
    assert np.all(np.diff(whole.scores[others]) <= 0)
    is_all = np.isin(whole.ids, by_name.ids[by_name.have_all])
    assert np.isin(np.flatnonzero(is_all[: whole.strong_count]), whole.by_whole_name).all()
    assert np.all((whole.relevance[: whole.strong_count] >= 1) | is_all[: whole.strong_count])
    assert not np.any((whole.relevance >= 1)[whole.strong_count :])
    assert not np.any(is_all[whole.strong_count :])
    # And fewer are the first of all.
    assert hits.ids.tolist() == whole.ids[:limit].tolist()
    assert hits.strong_count == min(whole.strong_count, len(hits.ids))
