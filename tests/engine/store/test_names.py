"""Names as they are compared, found and sorted."""

import sqlite3
import unicodedata
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.store.names import (
    folded,
    phrases_of,
    plain,
    sort_key,
    split_path,
    words_apart,
    words_of,
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("IMG_1234.jpg", ["img", "1234", "jpg"]),
        ("DSC01234.JPG", ["dsc", "01234", "jpg"]),
        ("Café-Noël 2.png", ["cafe", "noel", "2", "png"]),
        ("Capture d’écran", ["capture", "d", "ecran"]),
        ("スクリーンショット 2023", ["スクリーンショット", "2023"]),
        ("हिन्दी", ["हिन्दी"]),
        ("_-.", []),
    ],
)
def test_words(name: str, words: list[str]) -> None:
    assert words_of(name) == words


def test_numbers_are_sorted_by_their_value() -> None:
    names = ["a", "a 1", "A 02", "a 2b", "a 10", "Á 11", "ab", "b" + "9" * 60]
    assert sorted([*names[4:], *names[:4]], key=sort_key) == names


@pytest.mark.parametrize(
    ("path", "folder", "name"),
    [
        ("/a/b.jpg", "/a", "b.jpg"),
        ("/b.jpg", "/", "b.jpg"),
        ("/a\\c/b\\.jpg", "/a\\c", "b\\.jpg"),
        ("E:\\b.jpg", "E:\\", "b.jpg"),
        ("E:\\a\\b.jpg", "E:\\a", "b.jpg"),
        ("\\\\server\\share\\b.jpg", "\\\\server\\share", "b.jpg"),
    ],
)
def test_folder_and_name(path: str, folder: str, name: str) -> None:
    assert split_path(path) == (folder, name)


@given(st.text(), st.text())
@settings(deadline=None, max_examples=50)
def test_folded_twice_is_folded_once_and_case_does_not_matter(text: str, other: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))
    assert plain(text.lower()) == plain(plain(text.lower()))
    assert sort_key(text + other) >= sort_key("")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cn", "Cc"]), max_size=12)))
@settings(deadline=None, max_examples=50)
def test_the_index_of_words_splits_as_we_do(names: list[str]) -> None:
    """Else a word that is asked for would not be that of the index."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE names USING fts5 (words,"
            """ tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'")"""
        )
        for number, name in enumerate(names):
            text = words_apart(name) or folded(name)
            connection.execute("INSERT INTO names (rowid, words) VALUES (?, ?)", (number, text))
        for number, name in enumerate(names):
            for word in words_of(name):
                rows = connection.execute(
                    "SELECT rowid FROM names WHERE names MATCH ?", (f'"{word}"',)
                )
                assert (number,) in rows.fetchall(), word


@given(st.text(max_size=20))
@settings(deadline=None, max_examples=80)
def test_phrases_have_the_same_words(text: str) -> None:
    assert " ".join(phrases_of(text)).split() == words_of(text)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("IMG_12a", ["img", "12 a"]),
        ("blorp7 Été2019-x", ["blorp 7", "ete 2019", "x"]),
        ("a-1 b2c3", ["a", "1", "b 2 c 3"]),
        (" ", []),
    ],
)
def test_what_is_written_together_is_one_phrase(text: str, phrases: list[str]) -> None:
    assert phrases_of(text) == phrases
