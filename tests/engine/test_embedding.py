"""Making the vectors of the next model."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import ModelError, UserFacingError
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import (
    EmbedProgress,
    EmbedSummary,
    IndexSummary,
    ModelRole,
    Query,
)
from tests.helpers.fake_encoder import COLOURS
from tests.helpers.one_model import OneModel
from tests.helpers.several_models import (
    RIGHT,
    answers,
    by_name,
    embed,
    roles,
    save_colour,
    three_models,
)

Index = Callable[..., IndexSummary]


@pytest.fixture
def models() -> OneModel:
    return three_models()


class TestEmbedding:
    def test_and_indexing_keep_each_other_out(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        embedding = library.embed_next(CancelToken())
        next(embedding)
        for attempt in (
            lambda: index(library),
            lambda: embed(library),
            lambda: library.remove_model("third"),
            lambda: list(library.forget_root(1, CancelToken())),
        ):
            with pytest.raises(UserFacingError, match=r"Another model is getting to know"):
                attempt()
        embedding.close()  # type: ignore[attr-defined]  # a generator
        indexing = library.index([], CancelToken())
        next(indexing)
        with pytest.raises(UserFacingError, match="being indexed"):
            embed(library)
        list(indexing)
        assert embed(library).switched

    def test_cancelled_keeps_what_was_reported(
        self, library: Library, paths: DataPaths, models: OneModel, pictures: Path, index: Index
    ) -> None:
        library.close()
        paths.settings.write_text('{"batch_size": 1}')
        library = Library.open(paths, models)
        index(library, pictures)
        library.use_model("second")
        cancel = CancelToken()
        reported = 0
        for report in library.embed_next(cancel):
            if isinstance(report, EmbedProgress):
                reported = report.done
                if reported == 3:
                    cancel.cancel()
        assert isinstance(report, EmbedSummary)
        assert (report.cancelled, report.switched) == (True, False)
        assert reported <= report.made < len(COLOURS)
        progress = library.status().next_model
        assert progress is not None
        assert (progress.done, progress.total) == (report.made, len(COLOURS))
        assert answers(library) == RIGHT
        assert embed(library).made == len(COLOURS) - report.made
        library.close()

    def test_whose_plan_changes_at_the_last_moment_does_not_switch(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        cancel = CancelToken()
        for report in library.embed_next(cancel):
            if isinstance(report, EmbedProgress) and report.done == report.total:
                library.use_model("third")
        assert isinstance(report, EmbedSummary)
        assert not report.switched
        assert roles(library)["first"] is ModelRole.IN_USE
        assert roles(library)["third"] is ModelRole.NEXT

    def test_cancelled_when_all_is_made_leaves_the_switch_to_the_next_run(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        cancel = CancelToken()
        for report in library.embed_next(cancel):
            if isinstance(report, EmbedProgress) and report.done == report.total:
                cancel.cancel()
        assert isinstance(report, EmbedSummary)
        assert (report.made, report.switched) == (len(COLOURS), False)
        assert answers(library) == RIGHT
        summary = embed(library)
        assert (summary.made, summary.switched) == (0, True)

    def test_takes_thumbnails_where_files_are_out_of_reach(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        pictures.rename(pictures.with_name("unplugged"))
        library.use_model("second")
        summary = embed(library)
        assert (summary.made, summary.failed, summary.switched) == (len(COLOURS), (), True)
        assert answers(library) == RIGHT

    def test_takes_the_thumbnail_of_a_file_that_has_changed(
        self, library: Library, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        save_colour(pictures / "red.png", "blue", 1)
        library.use_model("second")
        embed(library)
        assert answers(library) == RIGHT
        index(library)
        hits = library.search(Query.of_words("blue"), 2)
        found = {Path(one.path).stem for one in library.pictures(hits.ids.tolist()).values()}
        assert found == {"red", "blue"}

    def test_is_not_held_up_by_pictures_without_file_and_thumbnail(
        self, library: Library, paths: DataPaths, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        shutil.rmtree(paths.thumbnails)
        (pictures / "red.png").rename(pictures.parent / "red.png")
        save_colour(pictures / "blue.png", "white", 1)
        (pictures / "green.png").write_bytes(b"\x89PNG\r\n\x1a\n damaged")
        library.use_model("second")
        summary = embed(library)
        assert summary.switched
        assert summary.made == len(COLOURS) - 3
        reasons = {Path(skip.path).stem: skip.reason for skip in summary.failed}
        assert reasons.keys() == {"red", "blue", "green"}
        assert "no longer there" in reasons["red"]
        assert "has changed" in reasons["blue"]
        assert "damaged" in reasons["green"]
        assert len(library.search(Query.of_words("red")).ids) == len(COLOURS) - 3

        # Later scans make up for it, once the files are there again.
        (pictures.parent / "red.png").rename(pictures / "red.png")
        save_colour(pictures / "blue.png", "blue", 2)
        save_colour(pictures / "green.png", "green", 2)
        assert index(library).updated == 3
        assert answers(library) == RIGHT

    def test_tries_failed_pictures_once_a_run(
        self, library: Library, paths: DataPaths, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        embed(library)
        shutil.rmtree(paths.thumbnails)
        pictures.rename(pictures.with_name("unplugged"))
        library.use_model("third")
        summary = embed(library)
        assert (summary.made, len(summary.failed), summary.switched) == (0, len(COLOURS), True)
        assert list(library.embed_next(CancelToken())) == [EmbedSummary(title="")]
        assert library.use_model("first") is ModelRole.IN_USE

    def test_computes_one_vector_for_exact_copies(
        self, library: Library, models: OneModel, pictures: Path, index: Index, tmp_path: Path
    ) -> None:
        index(library, pictures)
        shutil.copytree(pictures, tmp_path / "backup")
        index(library, tmp_path / "backup")
        library.use_model("second")
        encoder = models.encoders["second"]
        encoded: list[int] = []
        real = encoder.encode_pictures

        def encode(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
            encoded.append(len(pixels))
            return real(pixels)

        encoder.encode_pictures = encode  # type: ignore[method-assign]
        summary = embed(library)
        assert (summary.made, summary.failed, summary.switched) == (2 * len(COLOURS), (), True)
        assert sum(encoded) == len(COLOURS)
        hits = library.search(Query.of_words("red"), 2)
        found = {Path(one.path).stem for one in library.pictures(hits.ids.tolist()).values()}
        assert found == {"red"}

    def test_embeds_a_copy_whose_original_cannot_be_read(
        self, library: Library, paths: DataPaths, pictures: Path, index: Index, tmp_path: Path
    ) -> None:
        index(library, pictures)
        shutil.copytree(pictures, tmp_path / "backup")
        index(library, tmp_path / "backup")
        shutil.rmtree(paths.thumbnails)
        (pictures / "red.png").unlink()
        library.use_model("second")
        summary = embed(library)
        assert summary.made == 2 * len(COLOURS) - 1
        assert [skip.path for skip in summary.failed] == [str(pictures / "red.png")]

    def test_saves_the_index_before_the_switch(
        self, library: Library, paths: DataPaths, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        before = set(paths.vector_indexes.iterdir())
        library.use_model("second")
        embed(library)
        assert len(set(paths.vector_indexes.iterdir()) - before) == 3
        assert by_name(library)["second"].disk_bytes > 0

    def test_of_a_model_that_breaks_drops_the_plan(
        self, library: Library, models: OneModel, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        models.problems["second"] = "Its image tower is damaged."
        with pytest.raises(ModelError, match="damaged"):
            embed(library)
        assert list(library.embed_next(CancelToken())) == [EmbedSummary(title="")]
        assert answers(library) == RIGHT

    def test_of_a_model_that_is_gone_waits_for_it(
        self, library: Library, models: OneModel, pictures: Path, index: Index
    ) -> None:
        index(library, pictures)
        library.use_model("second")
        encoder = models.encoders.pop("second")
        assert library.status().next_model is None
        assert list(library.embed_next(CancelToken())) == [EmbedSummary(title="")]
        models.encoders["second"] = encoder
        assert embed(library).switched
