"""A catalog, and pictures to put into it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.records import FileStamp, ModelInfo, NewPicture, RootKind
from desktop_app.engine.store.catalog import Catalog

DIM = 8

MakePicture = Callable[..., NewPicture]


@pytest.fixture
def model() -> ModelInfo:
    return ModelInfo(key="a" * 64, name="Model A", dim=DIM, is_builtin=True)


@pytest.fixture
def other_model() -> ModelInfo:
    return ModelInfo(key="b" * 64, name="Model B", dim=DIM, is_builtin=False)


@pytest.fixture
def catalog_path(tmp_path: Path) -> Path:
    return tmp_path / "catalog.sqlite3"


@pytest.fixture
def catalog(catalog_path: Path) -> Iterator[Catalog]:
    opened = Catalog.open(catalog_path)
    yield opened
    opened.close()


@pytest.fixture
def root_id(catalog: Catalog) -> int:
    return catalog.add_root("/photos", RootKind.FOLDER)


@pytest.fixture
def make_picture() -> MakePicture:
    """Makes a picture from its name; the seed decides on its vector."""
    return picture


def picture(name: str, seed: int = 0, *, taken_at_s: float | None = None) -> NewPicture:
    """A picture whose vector is made from the seed."""
    vector = np.random.default_rng(seed).standard_normal(DIM)
    return NewPicture(
        path=f"/photos/{name}",
        stamp=FileStamp(size_bytes=1000 + seed, mtime_ns=1_700_000_000_000_000_000 + seed),
        width_px=640,
        height_px=480,
        format="JPEG",
        taken_at_s=taken_at_s,
        fingerprint=bytes([seed % 256]) * 16,
        vector=(vector / np.linalg.norm(vector)).astype(np.float32),
    )
