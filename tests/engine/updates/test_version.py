import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.version import Version as Pep440

from desktop_app.engine.updates.version import read_version

numbers = st.lists(st.integers(0, 300), min_size=1, max_size=4)
stages = st.one_of(
    st.just(""), st.builds("{}{}".format, st.sampled_from(["a", "b", "rc"]), st.integers(0, 30))
)
versions = st.builds(lambda n, s: ".".join(map(str, n)) + s, numbers, stages)


@given(versions, versions)
@settings(max_examples=50)
def test_versions_are_ordered_as_python_does(one: str, other: str) -> None:
    mine, others = read_version(one), read_version(other)

    assert mine is not None
    assert others is not None
    assert (mine < others) == (Pep440(one) < Pep440(other))
    assert (mine == others) == (Pep440(one) == Pep440(other))
    assert mine.is_final == (not Pep440(one).is_prerelease)


@given(st.text(max_size=30))
@settings(max_examples=50)
def test_any_text_is_a_version_or_none(text: str) -> None:
    version = read_version(text)

    assert version is None or version.numbers


@pytest.mark.parametrize(
    "text", ["", "v", "latest", "1.", "1.2-3", "1.2.dev1", "1.2+x", "v1.2 beta", "1" * 40]
)
def test_other_texts_are_none(text: str) -> None:
    assert read_version(text) is None


def test_a_v_and_space_do_not_count() -> None:
    assert read_version(" v1.10 ") == read_version("1.10.0")
