"""The built-in model and a second real ONNX model in one library."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.model.downloads import Downloads
from desktop_app.engine.model.shelf import ModelShelf
from desktop_app.engine.paths import DataPaths, builtin_model_folder
from desktop_app.engine.records import EmbedSummary, IndexSummary, InstalledModel, ModelRole, Query
from tests.helpers.fake_encoder import COLOURS
from tests.helpers.tiny_model import write_tiny_model

pytestmark = pytest.mark.model


def test_switching_between_them(
    tmp_path: Path, paths: DataPaths, pictures: Path, index: Callable[..., IndexSummary]
) -> None:
    models = ModelShelf(paths.models, builtin_model_folder(), Downloads(tmp_path / "partial"))
    library = Library.open(paths, models)
    index(library, pictures)
    before = library.search(Query.of_words("a red ball"))

    *_, installed = library.add_model(write_tiny_model(tmp_path / "tiny"), CancelToken())
    assert isinstance(installed, InstalledModel)
    assert library.use_model(installed.name) is ModelRole.NEXT
    *_, summary = library.embed_next(CancelToken())
    assert isinstance(summary, EmbedSummary)
    assert (summary.made, summary.failed, summary.switched) == (len(COLOURS), (), True)
    hits = library.search(Query.of_words("blue"), 1)
    (picture,) = library.pictures(hits.ids.tolist()).values()
    assert Path(picture.path).stem == "blue"

    assert library.use_model("starter") is ModelRole.IN_USE
    after = library.search(Query.of_words("a red ball"))
    assert after.ids.tolist() == before.ids.tolist()
    assert after.scores.tolist() == before.scores.tolist()
    library.remove_model(installed.name)
    assert [one.model.name for one in library.models()] == ["starter"]
    library.close()
