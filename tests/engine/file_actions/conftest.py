"""A library with pictures of known colours, and a trash of its own."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.records import FileSummary

Done = Callable[..., FileSummary]


@pytest.fixture(autouse=True)
def _own_trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package finds its trash once, when it is imported: here that is once a test."""
    (tmp_path / "home").mkdir(exist_ok=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home" / "xdg_data_home"))
    for name in [name for name in sys.modules if name.startswith("send2trash")]:
        monkeypatch.delitem(sys.modules, name)


@pytest.fixture
def filled(library: Library, pictures: Path, index: Callable[..., object]) -> Library:
    """With the pictures indexed."""
    index(library, pictures)
    return library


def last(reports: object) -> FileSummary:
    """How a run ended."""
    *_, summary = list(reports)  # type: ignore[call-overload]
    assert isinstance(summary, FileSummary)
    return summary


def ids_by_name(library: Library) -> dict[str, int]:
    """The pictures' ids by the names of their files."""
    found = library.pictures(library.picture_ids().tolist())
    return {Path(one.path).name: one.id for one in found.values()}


def path_of(library: Library, picture_id: int) -> Path:
    """Where a picture is."""
    return Path(library.pictures([picture_id])[picture_id].path)


def undo(library: Library, done: FileSummary) -> FileSummary:
    """Take something back."""
    return last(library.files.undo(done, CancelToken()))
