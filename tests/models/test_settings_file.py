"""Settings from TOML files."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.settings_file import SettingsError, read_settings


@dataclass(frozen=True)
class _Inner:
    rate: float = 0.5
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.rate < 0:
            raise ValueError("rate must not be below 0.")


@dataclass(frozen=True)
class _Outer:
    seed: int = 0
    quick: bool = False
    weights: dict[str, float] = field(default_factory=dict)
    inner: _Inner = field(default_factory=_Inner)


def _read(folder: Path, text: str) -> _Outer:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path, _Outer)


def test_tables_become_dataclasses(tmp_path: Path) -> None:
    text = 'seed = 3\nweights = {a = 1}\n[inner]\nrate = 2\nnames = ["x", "y"]\n'

    read = _read(tmp_path, text)

    assert read == _Outer(3, False, {"a": 1.0}, _Inner(2.0, ("x", "y")))
    assert isinstance(read.inner.rate, float)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sed = 1", "no setting sed; there are inner, quick, seed, weights"),
        ("[inner]\nrat = 1", r"no setting inner\.rat"),
        ("seed = true", "seed must be a int"),
        ("seed = 1.5", "seed must be a int"),
        ("inner = 1", "inner must be a table"),
        ("[inner]\nnames = 'x'", r"inner\.names must be a tuple"),
        ("[inner]\nnames = [1]", r"inner\.names must be a str"),
        ("[inner]\nrate = -1", "rate must not be below 0"),
        ("seed = ", "is not TOML"),
    ],
)
def test_what_is_wrong_is_said_with_the_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        _read(tmp_path, text)
    assert str(caught.value).startswith(str(tmp_path / "settings.toml"))


def test_an_absent_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings(tmp_path / "none.toml", _Outer)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_any_file_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    refusal = str(path)
    try:
        read = read_settings(path, _Outer)
    except SettingsError as error:
        read, refusal = _Outer(), str(error)
    assert isinstance(read, _Outer)
    assert str(path) in refusal
