"""Paths of this system and of others."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.path_style import moved, parts_below_drive, separator_of

_NAMES = st.text(st.characters(exclude_characters="/\\:\0", exclude_categories=["Cs"]), min_size=1)
_PARTS = st.lists(_NAMES.filter(lambda name: name not in (".", "..")), max_size=4)


@pytest.mark.parametrize(
    ("path", "separator", "parts"),
    [
        ("/", "/", []),
        ("/media/ann/usb", "/", ["media", "ann", "usb"]),
        ("/odd\\name/x", "/", ["odd\\name", "x"]),
        ("C:\\", "\\", []),
        ("e:", "\\", []),
        ("E:\\Photos\\2020", "\\", ["Photos", "2020"]),
        ("E:/Photos/2020", "\\", ["Photos", "2020"]),
        ("\\\\server\\share\\x", "\\", ["server", "share", "x"]),
    ],
)
def test_takes_paths_apart(path: str, separator: str, parts: list[str]) -> None:
    assert separator_of(path) == separator
    assert parts_below_drive(path) == parts


@given(_PARTS, st.sampled_from(["C:\\", "D:\\Photos", "\\\\server\\share", "/", "/a/b"]))
def test_moves_whatever_lies_below(parts: list[str], old: str) -> None:
    separator = separator_of(old)
    path = separator.join([old.rstrip(separator) if parts else old, *parts])
    new = os.path.join(os.sep, "new", "place")
    assert moved(path, old, new) == os.path.join(new, *parts)
    assert moved(path, old, os.sep) == os.path.join(os.sep, *parts)
