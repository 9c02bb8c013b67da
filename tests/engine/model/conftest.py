"""A tiny model folder for every test of this room."""

from pathlib import Path

import pytest

from tests.helpers.tiny_model import write_tiny_model


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A complete model folder; a test may damage it."""
    return write_tiny_model(tmp_path / "tiny")
