import hashlib
import os
from pathlib import Path

import pytest

import make_packages
from make_packages import main, makers_for, oversized, sums_text
from project_file import Project

PROJECT = Project("toy", "1.2.3", "A toy", {})
DATE = 1_700_000_000


@pytest.mark.parametrize(
    ("platform", "made"),
    [
        ("linux", ["archive", "debian_package", "app_dir"]),
        ("win32", ["archive", "installer"]),
        ("darwin", ["disk_image"]),
    ],
)
def test_each_system_makes_its_own(platform: str, made: list[str]) -> None:
    assert [make.__name__ for make in makers_for(platform, PROJECT, DATE)] == made


def test_tools_that_are_missing_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    for variable in ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)

    assert makers_for("linux", PROJECT, DATE)[1]() is None
    assert makers_for("win32", PROJECT, DATE)[1]() is None
    assert capsys.readouterr().out == (
        "No .deb: dpkg-deb is not installed.\nNo installer: Inno Setup 6 is not installed.\n"
    )


def test_without_a_built_program_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(make_packages, "BUILT_FOLDER", tmp_path / "none")

    assert main(["--no-build"]) == 1
    assert "leave out --no-build" in capsys.readouterr().err


def test_packages_are_listed_with_their_sums_and_too_large_ones_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "packages"

    def make() -> Path:
        (out / "toy.deb").write_bytes(bytes(2_000_000))
        return out / "toy.deb"

    monkeypatch.setattr(make_packages, "BUILT_FOLDER", tmp_path)
    monkeypatch.setattr(make_packages, "PACKAGES", out)
    monkeypatch.setattr(make_packages, "makers_for", lambda *_, fast: [make, lambda: None])

    assert main(["--no-build"]) == 0
    assert capsys.readouterr().out == f"{out / 'toy.deb'}: 2 MB\n"
    digest = hashlib.sha256(bytes(2_000_000)).hexdigest()
    assert (out / "SHA256SUMS").read_text() == f"{digest}  toy.deb\n"

    monkeypatch.setattr(make_packages, "oversized", lambda made: oversized(made, limit_mb=1.9))
    assert main(["--no-build"]) == 1
    assert main(["--no-build", "--fast"]) == 0


def test_packages_are_dated_as_what_is_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit may have come between building and packing."""
    built = tmp_path / "built"
    built.mkdir()
    os.utime(built, (DATE, DATE))
    dates: list[int] = []

    def makers(
        platform: str, project: Project, date: int, *, fast: bool
    ) -> list[make_packages.Maker]:
        dates.append(date)
        return []

    monkeypatch.setattr(make_packages, "BUILT_FOLDER", built)
    monkeypatch.setattr(make_packages, "PACKAGES", tmp_path / "packages")
    monkeypatch.setattr(make_packages, "makers_for", makers)

    assert main(["--no-build"]) == 0
    assert dates == [DATE]


def test_folders_have_no_sum_and_no_limit(tmp_path: Path) -> None:
    assert sums_text([tmp_path]) == ""
    assert oversized([tmp_path], limit_mb=0) == []
