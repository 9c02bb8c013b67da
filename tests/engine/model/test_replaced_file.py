import os
from pathlib import Path

import pytest

from desktop_app.engine.model.replaced_file import replace_file


def test_writes_and_replaces(tmp_path: Path) -> None:
    for content in ("one", "two"):
        replace_file(tmp_path / "deep" / "file", content)
        assert (tmp_path / "deep" / "file").read_text() == content
    assert os.listdir(tmp_path / "deep") == ["file"]


def test_keeps_the_old_one_where_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_file(tmp_path / "file", "old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="No space"):
        replace_file(tmp_path / "file", "new")

    assert (tmp_path / "file").read_text() == "old"
    assert os.listdir(tmp_path) == ["file"]
