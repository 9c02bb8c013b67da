"""A library with an encoder that knows colours."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import IndexSummary
from tests.helpers.fake_encoder import FakeEncoder
from tests.helpers.one_model import OneModel


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths.below(tmp_path / "data")


@pytest.fixture
def models() -> OneModel:
    """Overridden where several are wanted."""
    return OneModel(FakeEncoder())


@pytest.fixture
def library(paths: DataPaths, models: OneModel) -> Iterator[Library]:
    opened = Library.open(paths, models)
    yield opened
    opened.close()


@pytest.fixture
def index() -> Callable[..., IndexSummary]:
    """Index to the end, back up and return the summary."""

    def run(
        library: Library, *given: Path, retry_failed: bool = False, confirm_removals: bool = False
    ) -> IndexSummary:
        reports = list(
            library.index(
                given,
                CancelToken(),
                retry_failed=retry_failed,
                confirm_removals=confirm_removals,
            )
        )
        library.back_up(CancelToken())
        assert isinstance(reports[-1], IndexSummary)
        assert not any(isinstance(report, IndexSummary) for report in reports[:-1])
        return reports[-1]

    return run
