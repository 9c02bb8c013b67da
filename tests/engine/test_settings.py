"""Settings keep their defaults whatever the file says."""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.settings import Settings

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=8,
)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert Settings.load(tmp_path / "settings.json") == Settings()


def test_what_the_file_says_holds(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"batch_size": 3, "thumbnail_cache_mib": 10}))
    settings = Settings.load(file)
    assert (settings.batch_size, settings.thumbnail_cache_mib) == (3, 10)
    assert settings.decode_timeout_s == Settings().decode_timeout_s


@pytest.mark.parametrize("value", [0, -1, "many", 1.5, True, None, [1]])
def test_nonsense_keeps_the_default(tmp_path: Path, value: object) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"batch_size": value}))
    assert Settings.load(file) == Settings()


@given(st.one_of(anything.map(json.dumps), st.text(), st.binary()))
def test_no_file_keeps_the_program_from_starting(content: str | bytes) -> None:
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "settings.json"
        file.write_bytes(data)
        settings = asdict(Settings.load(file))
        assert all(isinstance(pattern, str) for pattern in settings.pop("exclude"))
        assert all(complaint.endswith(".") for complaint in settings.pop("complaints"))
        assert all(value > 0 for value in settings.values())


@pytest.mark.parametrize("value", ["*.psd", [1], {"a": "b"}, 3])
def test_patterns_that_are_no_list_of_texts_exclude_nothing(tmp_path: Path, value: object) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"exclude": value, "batch_size": 3}))
    assert Settings.load(file) == Settings(batch_size=3)


def test_patterns_are_read(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"exclude": ["*.psd", "Work/drafts"]}))
    assert Settings.load(file).exclude == ("*.psd", "Work/drafts")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('{"exclud": ["*.psd"]}', "There is no setting 'exclud'"),
        ('{"exclude": "*.psd"}', "exclude must be a list"),
        ('{"batch_size": 0}', "batch_size must be a whole number"),
        ('{"batch_size"', "cannot be read"),
        ("[]", "not a JSON object"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, content: str, complaint: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(content)
    [said] = Settings.load(file).complaints
    assert complaint in said


def test_nothing_is_wrong_with_a_good_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"exclude": ["*.psd"], "batch_size": 4}')
    assert Settings.load(file).complaints == ()
