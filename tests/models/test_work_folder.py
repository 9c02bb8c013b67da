"""Whose a work folder is."""

from pathlib import Path

import pytest

from models.training_data import TrainingDataError
from models.work_folder import claim_work_folder


def test_it_belongs_to_the_training_that_came_first(tmp_path: Path) -> None:
    work = tmp_path / "deep" / "work"

    claim_work_folder(work, ["a", 1, {"rate": 0.1}])
    claim_work_folder(work, ["a", 1, {"rate": 0.1}])

    with pytest.raises(TrainingDataError, match=r"work holds .*another --work-dir"):
        claim_work_folder(work, ["a", 1, {"rate": 0.2}])
    claim_work_folder(work, ["a", 1, {"rate": 0.1}])


def test_a_file_in_its_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "work").write_text("a letter", encoding="utf-8")

    with pytest.raises(TrainingDataError, match=r"work is a file; name a folder with --work-dir\."):
        claim_work_folder(tmp_path / "work", ["a"])

    assert (tmp_path / "work").read_text(encoding="utf-8") == "a letter"
