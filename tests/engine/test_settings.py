"""Settings keep their defaults whatever the file says."""

import json
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.errors import StoreError
from desktop_app.engine.settings import Settings, SettingValue, change_settings

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
        assert settings.pop("write_sidecars") in (False, True)
        assert all(value > 0 for value in settings.values())


@pytest.mark.parametrize("value", ["*.psd", [1], {"a": "b"}, 3])
def test_patterns_that_are_no_list_of_texts_exclude_nothing(tmp_path: Path, value: object) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"exclude": value, "batch_size": 3}))
    assert Settings.load(file) == Settings(batch_size=3)


@pytest.mark.parametrize("value", [1, "yes", None])
def test_what_is_no_switch_is_off(tmp_path: Path, value: object) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"write_sidecars": value}))
    settings = Settings.load(file)
    assert not settings.write_sidecars
    assert settings.complaints == ("The setting write_sidecars must be true or false.",)


def test_one_is_changed_and_the_others_stay(tmp_path: Path) -> None:
    file = tmp_path / "data" / "settings.json"
    change_settings(file, {"write_sidecars": True})
    assert Settings.load(file) == Settings(write_sidecars=True)
    file.write_text('{"exclude": ["ü"], "odd": 1}')
    change_settings(file, {"write_sidecars": True, "batch_size": 4})
    assert json.loads(file.read_text()) == {
        "exclude": ["ü"], "odd": 1, "write_sidecars": True, "batch_size": 4,
    }  # fmt: skip
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


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
        ('{"batch_size"', "a mistake in line 1, column 14; those of a new library count."),
        ('{"batch_size": 8,\n"exclude" []}', "a mistake in line 2, column 11;"),
        ("[]", "not a JSON object"),
        ("[]", "those of a new library count."),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, content: str, complaint: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(content)
    [said] = Settings.load(file).complaints
    assert complaint in said


def test_a_file_that_is_no_text_is_told_without_the_words_of_the_codec(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(b"\xff\xfe{")
    assert Settings.load(file).complaints == (
        f"The settings in {file} are no text; those of a new library count.",
    )


def test_a_file_that_cannot_be_opened_is_named_once(tmp_path: Path) -> None:
    [said] = Settings.load(tmp_path).complaints
    assert said.startswith(f"The settings in {tmp_path} cannot be read (")
    assert said.count(str(tmp_path)) == 1
    assert "Errno" not in said


def test_nothing_is_wrong_with_a_good_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"exclude": ["*.psd"], "batch_size": 4}')
    assert Settings.load(file).complaints == ()


# Changing them


def test_a_change_makes_the_file(tmp_path: Path) -> None:
    file = tmp_path / "data" / "settings.json"
    settings = change_settings(file, {"batch_size": 3, "exclude": ["*.psd"]})
    assert (settings.batch_size, settings.exclude) == (3, ("*.psd",))
    assert Settings.load(file) == settings


def test_going_back_to_the_default_takes_the_key_out(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    change_settings(file, {"batch_size": 3})
    assert change_settings(file, {"batch_size": None}) == Settings()
    assert json.loads(file.read_text()) == {}


@settings(max_examples=20, deadline=None)  # each forces the disk
@given(
    kept=st.dictionaries(st.text().filter(lambda key: key != "batch_size"), anything),
    size=st.integers(1, 10**6),
)
def test_whatever_else_is_in_the_file_stays(kept: dict[str, object], size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "settings.json"
        file.write_text(json.dumps(kept), encoding="utf-8")
        change_settings(file, {"batch_size": size})
        now = json.loads(file.read_text(encoding="utf-8"))
        assert now.pop("batch_size") == size
        assert json.dumps(now) == json.dumps(kept)  # values and their order; nan is not itself
        assert os.listdir(folder) == ["settings.json"]


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff\xfe", b""])
def test_a_file_that_cannot_be_read_is_set_aside(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    (tmp_path / "settings-1.json").write_text("an older one")
    file.write_bytes(content)
    settings = change_settings(file, {"batch_size": 3})
    assert settings.batch_size == 3
    assert (tmp_path / "settings-2.json").read_bytes() == content
    assert "settings-2.json" in settings.complaints[-1]
    assert (tmp_path / "settings-1.json").read_text() == "an older one"


@pytest.mark.parametrize(
    "changes",
    [
        {"nonsense": 1}, {"complaints": ["x"]}, {"batch_size": 0}, {"batch_size": True},
        {"batch_size": ["1"]}, {"exclude": 1}, {"exclude": "text"}, {"exclude": [1]},
        {"write_sidecars": 1}, {"batch_size": False},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_not_written(
    tmp_path: Path, changes: dict[str, SettingValue]
) -> None:
    file = tmp_path / "settings.json"
    with pytest.raises(ValueError, match="setting"):
        change_settings(file, changes)
    assert not file.exists()


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_link_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles.json", tmp_path / "settings.json"
    real.write_text('{"batch_size": 2}')
    link.symlink_to(real)
    change_settings(link, {"batch_size": 3})
    assert link.is_symlink()
    assert json.loads(real.read_text()) == {"batch_size": 3}


def test_a_disk_that_refuses_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.mkdir()
    with pytest.raises(StoreError, match="cannot be changed"):
        change_settings(file, {"batch_size": 3})
    assert file.is_dir()


def test_changes_from_several_threads_are_all_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    names = ("batch_size", "decode_timeout_s", "thumbnail_cache_mib", "encoder_threads")

    def change(name: str) -> None:
        for number in range(1, 31):
            change_settings(file, {name: number})

    with ThreadPoolExecutor(len(names)) as threads:
        list(threads.map(change, names))
    assert json.loads(file.read_text()) == dict.fromkeys(names, 30)
    assert os.listdir(tmp_path) == ["settings.json"]
