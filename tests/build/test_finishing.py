import sys
from pathlib import Path

import pytest

import finishing
from finishing import finish

DATE = 1_700_000_000


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "ImageSeeker"
    (folder / "_internal").mkdir(parents=True)
    (folder / "image-seeker").write_bytes(b"program")
    (folder / "image-seeker").chmod(0o700)
    (folder / "_internal" / "data").write_bytes(b"data")
    (folder / "_internal" / "data").chmod(0o600)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="links and permissions are Unix's")
def test_on_linux_both_names_start_one_program(built: Path) -> None:
    finish(built, DATE, "linux")

    assert (built / "ImageSeeker").is_symlink()
    assert (built / "ImageSeeker").read_bytes() == b"program"


@pytest.mark.skipif(sys.platform == "win32", reason="links and permissions are Unix's")
def test_dates_and_permissions_are_nobodys(built: Path) -> None:
    finish(built, DATE, "linux")

    everything = [path for path in (built, *built.rglob("*")) if not path.is_symlink()]
    assert len(everything) == 4
    assert {int(path.stat().st_mtime) for path in everything} == {DATE}
    assert (built / "image-seeker").stat().st_mode & 0o777 == 0o755
    assert (built / "_internal" / "data").stat().st_mode & 0o777 == 0o644


def test_elsewhere_nothing_is_stripped(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finishing, "strip_folder", lambda folder: pytest.fail("stripped"))

    finish(built, DATE, "darwin")

    assert not (built / "ImageSeeker").exists()
