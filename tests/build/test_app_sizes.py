from pathlib import Path

import pytest

import app_sizes
from app_sizes import library_sizes, main, size_table

FILES = {
    "image-seeker": 3_000_000,
    "_internal/PySide6/Qt/lib/libQt6Gui.so.6": 2_000_000,
    "_internal/numpy.libs/libopenblas.so": 1_500_000,
    "_internal/numpy/core.so": 100_000,
    "_internal/pillow.libs/libavif.so": 200_000,
    "_internal/libdbus-1.so.3": 40_000,
    "_internal/libpython3.11.so.1.0": 60_000,
    "_internal/tqdm-4.70.1.dist-info/METADATA": 7,
}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "ImageSeeker"
    for name, size in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(bytes(size))
    return folder


def test_files_are_counted_to_their_library(built: Path) -> None:
    sizes = library_sizes(built)

    assert sum(sizes.values()) == sum(FILES.values())
    assert sizes["Qt"] == 2_000_000
    assert sizes["NumPy"] == 1_600_000
    assert sizes["Python"] == 60_000
    assert sizes["tqdm"] == 7
    assert sizes[app_sizes.SYSTEM] == 40_000


def test_the_table_has_the_large_ones_first_and_adds_up() -> None:
    table = size_table({"a": 1_500_000, "b": 2_540_000, "c": 400_000})

    assert table.splitlines()[2:] == [
        "| b | 2.5 |",
        "| a | 1.5 |",
        "| all else | 0.4 |",
        "| **together** | 4.4 |",
    ]


def test_it_is_written_into_the_document_and_nothing_else_is(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "packaging.md"
    document.write_text("Before\n<!-- sizes -->\nold\n<!-- /sizes -->\nAfter\n")
    monkeypatch.setattr(app_sizes, "DOCUMENT", document)

    assert main([str(built), "--write"]) == 0

    table = capsys.readouterr().out
    assert document.read_text() == f"Before\n<!-- sizes -->\n{table}<!-- /sizes -->\nAfter\n"


def test_without_a_program_it_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none")]) == 1
    assert "python build/make_app.py" in capsys.readouterr().err
