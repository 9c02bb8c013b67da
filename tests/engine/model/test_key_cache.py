import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.engine.model.key_cache import KeyCache

any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["m", "key", "files"]), inner),
    max_leaves=8,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "weights"
    file.write_bytes(b"1")
    return file


def key_of(cache: KeyCache, file: Path, answer: str) -> str:
    return cache.key_of("m", [file], lambda: (answer, [file]))


def test_remembers_over_a_restart(tmp_path: Path, file: Path) -> None:
    assert key_of(KeyCache(tmp_path / "deep" / "keys.json"), file, "first") == "first"

    assert key_of(KeyCache(tmp_path / "deep" / "keys.json"), file, "second") == "first"


def test_another_label_is_another_key(tmp_path: Path, file: Path) -> None:
    cache = KeyCache(tmp_path / "keys.json")
    key_of(cache, file, "first")

    assert cache.key_of("other", [file], lambda: ("second", [file])) == "second"


def test_a_changed_file_counts(tmp_path: Path, file: Path) -> None:
    cache = KeyCache(tmp_path / "keys.json")
    key_of(cache, file, "first")
    file.write_bytes(b"12")

    assert key_of(cache, file, "second") == "second"
    file.unlink()
    assert key_of(cache, file, "third") == "third"


def test_a_file_that_was_not_there_before_counts(tmp_path: Path, file: Path) -> None:
    cache = KeyCache(tmp_path / "keys.json")
    key_of(cache, file, "first")
    (tmp_path / "more").write_bytes(b"")

    assert cache.key_of("m", [file, tmp_path / "more"], lambda: ("second", [])) == "second"


def test_does_without_a_place_to_write(file: Path) -> None:
    cache = KeyCache(file / "below a file" / "keys.json")

    assert key_of(cache, file, "first") == "first"
    assert key_of(cache, file, "second") == "first", "remembered until the program ends"


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_json.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=50))
def test_any_content_is_survived(tmp_path: Path, file: Path, content: bytes) -> None:
    (tmp_path / "keys.json").write_bytes(content)

    assert key_of(KeyCache(tmp_path / "keys.json"), file, "right") == "right"
