"""A release is checked, made and tagged in a project of its own."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import release
from project_file import ROOT

PYPROJECT = """\
[project]
name = "image-seeker"
version = "{version}"
description = "Finds pictures"
license = "MIT"
[tool.hatch.build.targets.wheel]
force-include = {{}}
"""
CHANGELOG = """\
# Changelog

## [Unreleased]

## [0.2.0] - 2026-01-31

### Added

- Something new.

## [0.1.0] - 2025-12-24

- It begins.
"""
ALL_READY = ["All is committed, on main", "The version is a new one", "The changelog tells of it"]

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or sys.platform == "win32", reason="needs git and a POSIX shell"
)


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
    return subprocess.run(
        command, cwd=root, check=True, capture_output=True, text=True
    ).stdout.strip()


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Change something")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of which 0.1.0 was released, and 0.2.0 is to be."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")
    root = tmp_path / "project"
    (root / "build").mkdir(parents=True)
    (root / ".ci").mkdir()
    (root / "pyproject.toml").write_text(PYPROJECT.format(version="0.2.0"))
    (root / "CHANGELOG.md").write_text(CHANGELOG)
    (root / ".gitignore").write_text("out/\n")
    (root / ".ci" / "run").write_text("#!/bin/sh\nmkdir -p out; echo checked >> out/log\n")
    (root / ".ci" / "run").chmod(0o755)
    (root / "build" / "make_packages.py").write_text(
        "with open('out/log', 'a') as log: log.write('packed\\n')\n"
    )
    for name in ("check_packages", "check_app"):
        (root / "build" / f"{name}.py").write_text(
            "with open('out/log', 'a') as log: log.write('tried\\n')\n"
        )
    git(root, "init", "-q", "-b", "main")
    commit(root)
    git(root, "tag", "-a", "v0.1.0", "-m", "first")
    (root / "new").touch()
    commit(root)
    return root


def ready(text: str) -> list[str]:
    return re.findall(r"^\[ready\] (.+)$", text, re.MULTILINE)


def test_a_rehearsal_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main([], project) == 0
    said = capsys.readouterr()
    assert ready(said.out) == ALL_READY
    assert "[would run] All checks pass: .ci/run" in said.out
    assert "git tag -a v0.2.0" in said.out
    assert not said.err
    assert git(project, "tag") == "v0.1.0"
    assert not (project / "out").exists()


def test_a_release_ends_with_a_tag(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert release.main(["--go"], project) == 0
    assert (project / "out" / "log").read_text() == "checked\npacked\ntried\n"
    assert git(project, "cat-file", "-t", "v0.2.0") == "tag"
    assert git(project, "rev-parse", "v0.2.0^{commit}") == git(project, "rev-parse", "HEAD")
    assert "git push origin main v0.2.0" in capfd.readouterr().out
    assert release.main(["--go"], project) == 1
    assert "0.2.0 was released already" in capfd.readouterr().err


def test_checks_that_fail_end_it(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (project / ".ci" / "run").write_text("#!/bin/sh\nexit 3\n")
    commit(project)
    assert release.main(["--go"], project) == 1
    assert "[not yet] All checks pass: exit code 3." in capfd.readouterr().err
    assert git(project, "tag") == "v0.1.0"


def test_checks_that_leave_something_end_it(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (project / ".ci" / "run").write_text("#!/bin/sh\nmkdir -p out; touch left-behind\n")
    commit(project)
    assert release.main(["--go"], project) == 1
    assert "1 files are changed or new" in capfd.readouterr().err
    assert git(project, "tag") == "v0.1.0"


def test_what_is_not_committed_is_no_release(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(project, "checkout", "-q", "-b", "idea")
    (project / "new").write_text("changed")
    assert release.main([], project) == 1
    said = capsys.readouterr().err
    assert "The branch is idea" in said
    assert "1 files are changed or new" in said


def test_what_the_server_has_belongs_into_it(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(tmp_path, "clone", "-q", str(project), "copy")
    (project / "other").touch()
    commit(project)
    copy = tmp_path / "copy"
    assert release.main([], copy) == 0
    git(copy, "fetch", "-q")
    assert release.main([], copy) == 1
    assert "1 commits are on the server" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("version", "complaint"),
    [
        ("0.1.0", "was released already"),
        ("0.0.9", "older than v0.1.0"),
        ("0.2", "not of the form"),
        ("0.2.0rc1", "not of the form"),
    ],
)
def test_versions_that_cannot_be(
    project: Path, capsys: pytest.CaptureFixture[str], version: str, complaint: str
) -> None:
    (project / "pyproject.toml").write_text(PYPROJECT.format(version=version))
    commit(project)
    assert release.main([], project) == 1
    assert complaint in capsys.readouterr().err


def test_versions_are_compared_as_numbers(project: Path) -> None:
    git(project, "tag", "v0.10.0")
    complaints = release.version_complaints(release.Checkout(project, "0.9.1", CHANGELOG))
    assert complaints == ["0.9.1 is older than v0.10.0, which was released already."]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("## [Unreleased]\n", "", "does not begin with a section [Unreleased]"),
        ("## [Unreleased]\n", "## [Unreleased]\n\n- More.\n", "still lists changes"),
        ("[0.2.0]", "[0.3.0]", "has no section [0.2.0]"),
        ("- Something new.\n", "", "[0.2.0] lists no change"),
        (" - 2026-01-31", "", "has no day"),
        ("2026-01-31", "2026-02-31", "has no day"),
        ("2026-01-31", "9999-01-31", "still to come"),
    ],
)
def test_changelogs_that_do_not_tell(project: Path, old: str, new: str, complaint: str) -> None:
    text = CHANGELOG.replace(old, new)
    assert text != CHANGELOG
    complaints = release.changelog_complaints(release.Checkout(project, "0.2.0", text))
    assert len(complaints) == 1
    assert complaint in complaints[0]


def test_packages_are_made_of_the_right_tag_alone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release.main(["--tag", "v0.2.0"], project) == 0
    assert release.main(["--tag", "v0.1.0"], project) == 1
    assert "The tag is v0.1.0, but pyproject.toml says 0.2.0." in capsys.readouterr().err


def test_the_notes_are_what_the_changelog_tells(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release.main(["--notes"], project) == 0
    assert capsys.readouterr().out == "### Added\n\n- Something new.\n"
    (project / "pyproject.toml").write_text(PYPROJECT.format(version="0.3.0"))
    assert release.main(["--notes"], project) == 1
    said = capsys.readouterr()
    assert not said.out
    assert "no section [0.3.0]" in said.err


def test_without_git_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT.format(version="0.2.0"))
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    assert release.main([], tmp_path) == 1
    assert "git refused:" in capsys.readouterr().err


def test_packages_that_are_wrong_end_it(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("check_packages", "check_app"):
        (project / "build" / f"{name}.py").write_text("import sys; sys.exit(1)\n")
    commit(project)
    assert release.main(["--go"], project) == 1
    assert "[not yet] The packages pass their checks: exit code 1." in capfd.readouterr().err
    assert git(project, "tag") == "v0.1.0"


def test_the_checklist_has_the_steps_of_the_script() -> None:
    text = (ROOT / "RELEASING.md").read_text("utf-8")
    assert re.findall(r"^\d\. \*\*(.+?)\*\*", text, re.MULTILINE) == [
        step.name for step in release.STEPS
    ]
