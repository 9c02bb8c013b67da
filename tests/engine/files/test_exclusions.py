import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.files.exclusions import Exclusions


def at(*parts: str) -> str:
    return os.sep + os.sep.join(parts)


ROOT = at("photos")


@pytest.mark.parametrize(
    ("pattern", "path", "is_excluded"),
    [
        ("*.psd", at("photos", "a.psd"), True),
        ("*.psd", at("photos", "deep", "B.PSD"), True),
        ("*.psd", at("photos", "a.psd.jpg"), False),
        ("drafts", at("photos", "Drafts", "a.jpg"), True),
        ("drafts", at("photos", "work", "drafts", "x", "a.jpg"), True),
        ("drafts", at("photos", "drafts.jpg"), False),
        ("work/drafts", at("photos", "work", "drafts", "a.jpg"), True),
        ("Work\\drafts\\", at("photos", "work", "drafts", "a.jpg"), True),
        ("work/drafts", at("photos", "old", "work", "drafts", "a.jpg"), False),
        ("work/*/raw", at("photos", "work", "2020", "raw", "a.jpg"), True),
        ("photos", at("photos", "a.jpg"), False),  # what was added is not excluded by its own name
        ("  ", at("photos", "a.jpg"), False),
    ],
)
def test_patterns(pattern: str, path: str, is_excluded: bool) -> None:
    assert Exclusions(patterns=[pattern]).exclude(path, ROOT) is is_excluded


def test_without_patterns_nobody_is_asked() -> None:
    assert Exclusions().patterns_exclude is None
    assert not Exclusions().exclude(at("photos", "a.jpg"), ROOT)


@given(st.lists(st.text()), st.text(min_size=1))
def test_no_pattern_breaks_a_scan(patterns: list[str], name: str) -> None:
    Exclusions(patterns=patterns).exclude(at("photos", name), ROOT)
