"""`export` in the terminal."""

import json
from pathlib import Path

import pytest

from desktop_app.main import main
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel


@pytest.fixture
def data_dir(tmp_path: Path, pictures: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of a library with pictures in it."""
    models = OneModel(FakeEncoder())
    monkeypatch.setattr("desktop_app.main.make_models", lambda _paths, _folder=None: models)
    data_dir = str(tmp_path / "data")
    assert main(["index", str(pictures), "--data-dir", data_dir]) == 0
    return data_dir


def test_export(data_dir: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pictures.csv"
    capsys.readouterr()
    assert main(["export", str(out), "--vectors", "--data-dir", data_dir]) == 0
    assert capsys.readouterr().out == f"{out}: {len(COLOURS)} rows\n"
    assert len(out.read_text(encoding="utf-8").splitlines()) == len(COLOURS) + 1
    assert out.with_suffix(".npy").exists()
    assert main(["export", str(out), "--data-dir", data_dir]) == 1
    assert "is there already. Choose another name, or add --force." in capsys.readouterr().err
    assert main(["export", str(out), "--force", "--data-dir", data_dir]) == 0


@pytest.mark.parametrize("with_vectors", [False, True])
def test_export_json(
    data_dir: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], with_vectors: bool
) -> None:
    out = tmp_path / "pictures.csv"
    options = ["--vectors"] if with_vectors else []
    capsys.readouterr()
    assert main(["export", str(out), "--json", *options, "--data-dir", data_dir]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said.pop("seconds") >= 0
    files = [out, out.with_suffix(".npy")] if with_vectors else [out]
    assert said == {"files": list(map(str, files)), "format": "csv", "rows": len(COLOURS)}
    assert all(file.is_file() for file in files)


@pytest.mark.parametrize(
    ("name", "options", "is_parquet"),
    [
        ("x.parquet", [], True),
        ("x.dat", ["--format", "parquet"], True),
        ("x.parquet", ["--format", "csv"], False),
        ("x", [], False),
    ],
)
def test_the_format_follows_the_name_unless_told(
    data_dir: str, tmp_path: Path, name: str, options: list[str], is_parquet: bool
) -> None:
    pytest.importorskip("pyarrow")
    out = tmp_path / name
    assert main(["export", str(out), *options, "--data-dir", data_dir]) == 0
    assert (out.read_bytes()[:4] == b"PAR1") == is_parquet


def test_a_library_that_is_not_there_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = OneModel(FakeEncoder())
    monkeypatch.setattr("desktop_app.main.make_models", lambda _paths, _folder=None: models)
    out = tmp_path / "x.csv"
    assert main(["export", str(out), "--data-dir", str(tmp_path / "none")]) == 0
    assert not (tmp_path / "none").exists()
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1
