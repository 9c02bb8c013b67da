"""Programs as a freedesktop system describes them, in folders of the test."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop_app.ui.system.programs import Program, command_line, programs_for, read_entry

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="not used there")


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "share" / "applications"
    folder.mkdir(parents=True)
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "config dirs"))
    (folder / "mimeinfo.cache").write_text(
        "[MIME Cache]\nimage/png=view.desktop;paint.desktop;gone.desktop;hidden.desktop;\n"
    )
    (folder / "view.desktop").write_text("[Desktop Entry]\nName=View\nExec=sh %U\nIcon=eye\n")
    (folder / "paint.desktop").write_text("[Desktop Entry]\nName=Paint\nExec=sh -n %f\n")
    (folder / "gone.desktop").write_text("[Desktop Entry]\nName=Gone\nExec=no-such-program %f\n")
    (folder / "hidden.desktop").write_text("[Desktop Entry]\nName=No\nExec=sh %f\nHidden=true\n")
    return folder


@pytest.fixture
def picture(tmp_path: Path) -> str:
    path = tmp_path / "a.png"
    Image.new("RGB", (4, 4)).save(path)
    return str(path)


def test_those_that_say_so_and_are_there(system: Path, picture: str) -> None:
    assert [one.name for one in programs_for(picture)] == ["View", "Paint"]


def test_the_usual_one_comes_first_and_removed_ones_do_not(
    system: Path, picture: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config"
    config.mkdir()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    (config / "mimeapps.list").write_text("[Default Applications]\nimage/png=paint.desktop\n")
    assert [one.name for one in programs_for(picture)] == ["Paint", "View"]
    (config / "mimeapps.list").write_text("[Removed Associations]\nimage/png=view.desktop;\n")
    assert [one.name for one in programs_for(picture)] == ["Paint"]


def test_broken_entries_are_passed_over(system: Path, picture: str) -> None:
    (system / "view.desktop").write_bytes(b"\xff\xfe no entry")
    (system / "paint.desktop").write_text('[Desktop Entry]\nName=P\nExec=sh "open\n')
    assert programs_for(picture) == []
    assert read_entry("no.desktop") is None


@pytest.mark.parametrize(
    "command",
    ["sh -c 'view %f'", "env A=b bash -lc \"view '%U' &\"", "sh -c %f", "sh -c 'view file=%u'"],
)
def test_a_name_never_becomes_part_of_a_shells_command(
    system: Path, picture: str, command: str
) -> None:
    """A file may be called ``$(rm -r ~).png``."""
    (system / "view.desktop").write_text(f"[Desktop Entry]\nName=View\nExec={command}\n")
    assert [one.name for one in programs_for(picture)] == ["Paint"]


def test_a_shell_may_be_given_names_as_its_arguments(system: Path, picture: str) -> None:
    entry = "[Desktop Entry]\nName=View\nExec=sh -c 'view 100%% \"$@\"' view %F\n"
    (system / "view.desktop").write_text(entry)
    view = next(one for one in programs_for(picture) if one.name == "View")
    line = ["sh", "-c", 'view 100% "$@"', "view", "/$(x).png"]
    assert command_line(view, ["/$(x).png"]) == line


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("view %F", ["view", "/a b", "/c"]),
        ("view %f", ["view", "/a b"]),
        ("view", ["view", "/a b", "/c"]),
        ('"my view" --file=%u %i', ["my view", "--file=/a b", "--icon", "eye"]),
        ("view %c 100%% %m %U", ["view", "View", "100%", "/a b", "/c"]),
        ("view --100%% %k", ["view", "--100%", "/v", "/a b", "/c"]),
    ],
)
def test_files_are_put_where_the_command_wants_them(command: str, arguments: list[str]) -> None:
    assert command_line(Program("View", command, "eye", "/v"), ["/a b", "/c"]) == arguments


@given(st.text(st.characters(exclude_characters="\"'\\\0", exclude_categories=["Cs"]), min_size=1))
def test_any_command_gives_a_line(command: str) -> None:
    line = command_line(Program("View", command, "", ""), ["/a"])
    assert "/a" in line or any("/a" in part for part in line)
