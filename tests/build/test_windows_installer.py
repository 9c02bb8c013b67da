import re
from pathlib import Path

import pytest

from desktop_app.engine.files.signatures import PICTURE_EXTENSIONS
from project_file import Project
from windows_installer import SCRIPT, compiler_command, find_compiler, installer_name

PROJECT = Project("toy", "1.2rc1", "A toy", {})
TEXT = SCRIPT.read_text("utf-8")


@pytest.fixture(scope="module")
def sections() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in TEXT.splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line):
            name = match[1]
            found[name] = []
        elif line.strip() and not line.lstrip().startswith((";", "#")):
            found[name].append(line)
    return found


def entry(line: str) -> dict[str, str]:
    """Name and value of each part of a line; values in quotes double the quotes inside."""
    parts = re.findall(r'(\w+): ("(?:[^"]|"")*"|[^;]*)(?:; |$)', line)
    return {name: value.strip('"') for name, value in parts}


def test_all_sections_are_known_to_inno_setup(sections: dict[str, list[str]]) -> None:
    assert list(sections) == [
        "Setup", "Languages", "CustomMessages", "Tasks", "InstallDelete", "Files", "Icons",
        "Registry", "Run",
    ]  # fmt: skip
    for name in ("Languages", "Tasks", "InstallDelete", "Files", "Icons", "Registry", "Run"):
        for line in sections[name]:
            rebuilt = "; ".join(f"{key}: " for key in entry(line))
            assert re.sub(r'"(?:[^"]|"")*"|(?<=: )[^";]+', "", line) == rebuilt


def test_what_the_command_line_defines_is_all_that_the_script_asks_for() -> None:
    asked = set(re.findall(r"#ifndef (\w+)", TEXT)) | {"Name", "Program"}
    used = set(re.findall(r"\{#(\w+)\}", TEXT))
    command = compiler_command(Path("ISCC.exe"), Path("F"), Path("I.ico"), Path("T"), PROJECT)

    assert used == asked
    assert [part for part in command if part.startswith("/D")] == [
        "/DVersion=1.2rc1", "/DNumbers=1.2.0.0", "/DFolder=F", "/DIcon=I.ico",
    ]  # fmt: skip
    assert command[-2:] == ["/OT", str(SCRIPT)]


def test_the_installer_is_called_as_the_script_calls_it(sections: dict[str, list[str]]) -> None:
    setup = dict(line.split("=", 1) for line in sections["Setup"])

    name = setup["OutputBaseFilename"].replace("{#Version}", PROJECT.version)
    assert installer_name(PROJECT) == f"{name}.exe"
    assert re.fullmatch(r"\{\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", setup["AppId"])


def test_every_picture_is_offered_and_no_other_file(sections: dict[str, list[str]]) -> None:
    types = [
        each["ValueName"]
        for each in map(entry, sections["Registry"])
        if each["Subkey"].endswith("SupportedTypes")
    ]

    assert set(types) == PICTURE_EXTENSIONS
    assert len(types) == len(PICTURE_EXTENSIONS)


def test_what_is_registered_goes_when_the_program_goes(sections: dict[str, list[str]]) -> None:
    entries = [entry(line) for line in sections["Registry"]]
    removed = [each["Subkey"] for each in entries if each.get("Flags") == "uninsdeletekey"]

    assert all(any(each["Subkey"].startswith(key) for key in removed) for each in entries)
    assert {each["Root"] for each in entries} == {"HKA"}


def test_each_language_has_every_message(sections: dict[str, list[str]]) -> None:
    languages = {entry(line)["Name"] for line in sections["Languages"]}
    messages = [line.split("=")[0].split(".") for line in sections["CustomMessages"]]
    own = set(re.findall(r"\{cm:(\w+)", TEXT)) - {
        "CreateDesktopIcon",
        "LaunchProgram",
    }

    assert {(code, name) for code, name in messages} == {(c, n) for c in languages for n in own}


def test_inno_setup_is_found_where_it_installs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    compiler = tmp_path / "Inno Setup 6" / "ISCC.exe"
    compiler.parent.mkdir()
    compiler.touch()

    assert find_compiler({"ProgramFiles(x86)": str(tmp_path)}) == compiler
    assert find_compiler({"ProgramFiles": str(tmp_path / "other")}) is None
