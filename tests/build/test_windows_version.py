from pathlib import Path
from typing import Any

import pytest

from project_file import Project
from windows_version import version_numbers, write_version_file

PROJECT = Project("toy", "1.2.3rc1", "Finds a user's pictures", {})


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("0.1.0", (0, 1, 0, 0)),
        ("2", (2, 0, 0, 0)),
        ("1.2.3.4", (1, 2, 3, 4)),
        ("1.2.3.4.5", (1, 2, 3, 4)),
        ("1.2rc1", (1, 2, 0, 0)),
        ("1.2.dev7", (1, 2, 0, 0)),
    ],
)
def test_version_numbers(version: str, numbers: tuple[int, int, int, int]) -> None:
    assert version_numbers(version) == numbers


def test_a_version_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="does not begin with a number"):
        version_numbers("dev")


def test_the_file_is_an_expression_over_the_structures_of_windows(tmp_path: Path) -> None:
    structures = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )

    def structure(name: str) -> Any:
        return lambda *args, **fields: (name, *args, fields)

    text = write_version_file(tmp_path / "new" / "version.txt", PROJECT).read_text("utf-8")
    name, fields = eval(text, {name: structure(name) for name in structures})

    assert name == "VSVersionInfo"
    assert fields["ffi"] == (
        "FixedFileInfo",
        {"filevers": (1, 2, 3, 0), "prodvers": (1, 2, 3, 0)},
    )
    (_, [(_, code_page, strings, _)], _), (_, [translation], _) = fields["kids"]
    assert code_page == "040904B0"
    assert ("StringStruct", "ProductVersion", "1.2.3rc1", {}) in strings
    assert ("StringStruct", "Comments", "Finds a user's pictures", {}) in strings
    assert translation == ("VarStruct", "Translation", [0x0409, 0x04B0], {})
