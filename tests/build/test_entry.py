import os
import runpy

import pytest

from project_file import ROOT


def start(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("desktop_app.main.main", lambda: 7)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("PYINSTALLER_RESET_ENVIRONMENT", raising=False)
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(ROOT / "build" / "entry.py"), run_name="__main__")
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.mark.parametrize("before", [None, "", "/opt/mine"])
def test_what_the_program_starts_finds_the_systems_libraries(
    monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/image-seeker/_internal")
    if before is None:
        monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    else:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)

    assert start(monkeypatch) == 7

    assert os.environ.get("LD_LIBRARY_PATH") == before
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ
    assert os.environ.pop("PYINSTALLER_RESET_ENVIRONMENT") == "1"  # for the workers
