from dataclasses import replace
from pathlib import Path

import pytest

import make_app
from project_file import Project, read_project

PROJECT = Project("toy", "1.2.3", "A toy", {"models/starter/config.json": "x/config.json"})


def test_nothing_is_in_the_way_in_this_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: "1.2.3")

    assert make_app.find_obstacle(read_project()) is None


def test_a_program_that_is_not_installed_has_no_version_to_show() -> None:
    sentence = make_app.find_obstacle(replace(PROJECT, name="no-such-distribution"))

    assert sentence is not None
    assert sentence.startswith("no-such-distribution is not installed: run pip install -e")


def test_a_missing_model_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: "1.2.3")

    sentence = make_app.find_obstacle(PROJECT, tmp_path)

    assert sentence == "The program cannot be built without models/starter/config.json."


def test_without_pyinstaller_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    assert make_app.main([]) == 1
    assert 'pip install -e ".[dev]"' in capsys.readouterr().err
