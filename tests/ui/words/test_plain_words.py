"""Words as they are compared."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.words.plain_words import words_of


def test_words_are_what_stands_between_marks() -> None:
    assert words_of("Größe: Ctrl+M, _x_") == ("grosse", "ctrl", "m", "x")


@given(st.text())
def test_words_once_found_are_found_again(text: str) -> None:
    words = words_of(text)
    assert words_of(" ".join(words)) == words
