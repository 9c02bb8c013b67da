import tomllib
from pathlib import Path

import pytest

from project_file import ROOT, read_project, size_mb


def test_reads_what_the_wheel_says() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        tables = tomllib.load(file)

    project = read_project()

    assert project.name == tables["project"]["name"]
    assert project.version == tables["project"]["version"]
    wheel = tables["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert project.shipped_files == wheel["force-include"]


def test_shipped_files_exist_and_keep_their_names_inside_the_package() -> None:
    project = read_project()

    assert project.missing_files(ROOT) == []
    for source, target in project.shipped_files.items():
        assert Path(target).name == Path(source).name
        assert target == source.replace("models/", "desktop_app/resources/models/", 1)


def test_both_towers_and_the_licence_are_shipped() -> None:
    names = {Path(source).name for source in read_project().shipped_files}

    assert {"text_model_quantized.onnx", "vision_model_quantized.onnx", "LICENSE"} <= names


def test_missing_files_are_named(tmp_path: Path) -> None:
    project = read_project()
    first, *rest = project.shipped_files
    (tmp_path / first).parent.mkdir(parents=True)
    (tmp_path / first).touch()

    assert project.missing_files(tmp_path) == rest


def test_a_pyproject_without_the_tables_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text('[project]\nname = "other"\n')

    with pytest.raises(KeyError):
        read_project(path)


def test_size_counts_each_file_once_and_no_links(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "file").write_bytes(bytes(2_000_000))
    (tmp_path / "top").write_bytes(bytes(500_000))
    (tmp_path / "link").symlink_to(tmp_path / "below" / "file")

    assert size_mb(tmp_path) == pytest.approx(2.5)
    assert size_mb(tmp_path / "top") == pytest.approx(0.5)
