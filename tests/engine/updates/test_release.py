import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.updates.release import (
    ReleaseError,
    ReleaseSource,
    read_release,
)

SOURCE = ReleaseSource()
VALUES: st.SearchStrategy[object] = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just([{}])
)


def answer(tag: object, page: object = None) -> bytes:
    return json.dumps({"tag_name": tag, "html_url": page}).encode()


def test_a_newer_release_is_told_with_its_page() -> None:
    page = f"{SOURCE.pages}tag/v1.10.0"

    release = read_release(answer("v1.10.0", page), SOURCE, "1.9.3")

    assert (release.version, release.page, release.is_newer) == ("1.10.0", page, True)


@pytest.mark.parametrize("tag", ["v1.9.3", "1.9.3", "1.9", "v1.9.3rc1", "0.1"])
def test_an_older_or_the_same_release_is_no_news(tag: str) -> None:
    assert not read_release(answer(tag), SOURCE, "1.9.3").is_newer


def test_only_who_has_an_unfinished_version_is_told_of_another() -> None:
    assert not read_release(answer("2.0rc1"), SOURCE, "1.9").is_newer
    assert read_release(answer("2.0rc1"), SOURCE, "2.0a3").is_newer
    assert read_release(answer("2.0"), SOURCE, "2.0rc1").is_newer


def test_a_checkout_without_a_version_finds_any_release_newer() -> None:
    assert read_release(answer("0.1"), SOURCE, "0+unknown").is_newer


@pytest.mark.parametrize(
    "page",
    [
        None,
        7,
        "https://example.org/image-seeker.exe",
        "javascript:alert(1)",
        "https://github.com.example.org/x",
        f"{SOURCE.pages}../../../somebody/else",
    ],
)
def test_nobody_is_sent_to_another_page(page: object) -> None:
    assert read_release(answer("99", page), SOURCE, "1").page == SOURCE.pages


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"[]", b"{}", b"\xff\xfe", b'{"tag_name": 3}', b'{"tag_name": "newest"}',
     b"[" * 100_000],
)  # fmt: skip
def test_other_content_is_refused(content: bytes) -> None:
    with pytest.raises(ReleaseError) as refused:
        read_release(content, SOURCE, "1.0")

    assert refused.value.text == "api.github.com answered with something that is no release."
    assert refused.value.hint


@given(VALUES | st.dictionaries(st.sampled_from(["tag_name", "html_url", "x"]), VALUES, max_size=3))
@settings(max_examples=50)
def test_any_json_is_read_or_refused(content: object) -> None:
    try:
        release = read_release(json.dumps(content).encode(), SOURCE, "1.0")
    except ReleaseError:
        return
    assert release.page.startswith(SOURCE.pages)


def test_the_address_is_one_of_github_over_https() -> None:
    assert SOURCE.address.startswith("https://api.github.com/repos/")
    assert SOURCE.pages.startswith("https://github.com/")
    assert SOURCE.host == "api.github.com"
