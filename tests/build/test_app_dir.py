import subprocess
import sys
from pathlib import Path

import pytest

from app_dir import APP_RUN, make_app_dir
from project_file import read_project

DATE = 1_700_000_000

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="lays out a Linux system")


@pytest.fixture
def app_dir(tmp_path: Path) -> Path:
    built = tmp_path / "ImageSeeker"
    built.mkdir()
    (built / "image-seeker").write_text('#!/bin/sh\nprintf "%s|" "$@"\n')
    (built / "image-seeker").chmod(0o755)
    (built / "ImageSeeker").symlink_to("image-seeker")
    return make_app_dir(built, tmp_path, read_project(), DATE)


def test_it_has_at_its_top_what_appimagetool_looks_for(app_dir: Path) -> None:
    assert (app_dir / "AppRun").stat().st_mode & 0o111 == 0o111
    assert (app_dir / "image-seeker.desktop").read_text("utf-8").startswith("[Desktop Entry]\n")
    for icon in (".DirIcon", "image-seeker.png"):
        assert (app_dir / icon).read_bytes().startswith(b"\x89PNG")
    assert (app_dir / "usr" / "share" / "metainfo" / "image-seeker.appdata.xml").is_file()
    links = [path.readlink() for path in app_dir.rglob("*") if path.is_symlink()]
    assert not any(link.is_absolute() for link in links)


def test_it_runs_from_anywhere_and_hands_on_every_word(app_dir: Path, tmp_path: Path) -> None:
    link = tmp_path / "é à"
    link.symlink_to(app_dir / "AppRun")

    result = subprocess.run(
        [link, "search", "two dogs", "-x", ""], cwd="/", capture_output=True, text=True, check=True
    )

    assert result.stdout == "search|two dogs|-x||"


def test_one_of_an_earlier_run_is_replaced(app_dir: Path, tmp_path: Path) -> None:
    (app_dir / "old").touch()

    make_app_dir(tmp_path / "ImageSeeker", tmp_path, read_project(), DATE)

    assert not (app_dir / "old").exists()
    assert (app_dir / "AppRun").read_bytes() == APP_RUN.read_bytes()
