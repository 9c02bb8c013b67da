"""Runs of the library that are paused, made gentle, or told what comes first."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.indexing import scan_run
from desktop_app.engine.library import Library
from desktop_app.engine.pace import PAUSED
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import EmbedProgress, EmbedSummary, IndexProgress, IndexSummary
from desktop_app.engine.store.catalog import Catalog
from tests.helpers.fake_encoder import COLOURS
from tests.helpers.one_model import OneModel
from tests.helpers.several_models import three_models

Index = Callable[..., IndexSummary]


@pytest.fixture
def models() -> OneModel:
    return three_models()


def test_a_paused_index_run_says_so_and_goes_on(library: Library, pictures: Path) -> None:
    library.pace.pause()
    notes = []
    for report in library.index([pictures], CancelToken()):
        if isinstance(report, IndexProgress) and report.note:
            notes.append(report.note)
            library.pace.resume()
    assert notes == [PAUSED]
    assert isinstance(report, IndexSummary)
    assert report.added == len(COLOURS)


def test_nothing_is_looked_through_during_a_pause(
    library: Library, pictures: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, pictures)

    def scan(*_: object) -> None:
        pytest.fail("looked through")

    monkeypatch.setattr(scan_run, "scan", scan)
    library.pace.pause()
    cancel = CancelToken()
    for report in library.index([], cancel):
        if isinstance(report, IndexProgress) and report.note:
            cancel.cancel()
    assert isinstance(report, IndexSummary)
    assert report.cancelled


def test_copies_wait_for_the_end_of_a_pause(library: Library, pictures: Path, index: Index) -> None:
    index(library, pictures)
    copies = shutil.copytree(pictures, pictures.with_name("copies"))
    notes: list[str] = []
    is_begun = False
    for report in library.index([copies], CancelToken()):
        if isinstance(report, IndexProgress):
            if report.total and not is_begun:
                is_begun = True
                library.pace.pause()
            if report.note:
                notes.append(report.note)
                assert len(library.picture_ids()) == len(COLOURS)
                library.pace.resume()
    assert notes == [PAUSED]
    assert isinstance(report, IndexSummary)
    assert report.added == len(COLOURS)


def test_what_was_decoded_before_a_pause_is_in_the_library(
    library: Library, pictures: Path
) -> None:
    # The default batch holds more than all of them.
    notes = []
    reported: list[int] = []
    began = False
    for report in library.index([pictures], CancelToken()):
        assert isinstance(report, IndexProgress | IndexSummary)
        if isinstance(report, IndexProgress):
            reported += report.added_ids
            if report.total and not began:
                began = True
                library.pace.pause()
            if report.note:
                notes.append(report.note)
                assert sorted(library.picture_ids().tolist()) == sorted(reported)
                library.pace.resume()
    assert notes == [PAUSED]
    assert len(reported) == len(COLOURS)


def test_cancelling_a_paused_run_keeps_what_was_reported(library: Library, pictures: Path) -> None:
    cancel = CancelToken()
    library.pace.pause()
    for report in library.index([pictures], cancel):
        if isinstance(report, IndexProgress) and report.note:
            cancel.cancel()
    assert isinstance(report, IndexSummary)
    assert report.cancelled
    assert report.added == len(library.picture_ids())


def test_embedding_pauses_too(library: Library, pictures: Path, index: Index) -> None:
    index(library, pictures)
    library.use_model("second")
    library.pace.pause()
    notes = []
    for report in library.embed_next(CancelToken()):
        if isinstance(report, EmbedProgress) and report.note:
            notes.append(report.note)
            library.pace.resume()
    assert notes == [PAUSED]
    assert isinstance(report, EmbedSummary)
    assert report.switched


def test_embedding_begins_with_the_newest(
    one_by_one: Library, paths: DataPaths, models: OneModel, pictures: Path, index: Index
) -> None:
    wanted = ["green", "white", "black", "yellow", "red", "orange", "blue", "purple"]
    for age, name in enumerate(reversed(wanted)):
        os.utime(pictures / f"{name}.png", (1_000_000 + age, 1_000_000 + age))
    for name in sorted(wanted):  # in the library in another order
        index(one_by_one, pictures / f"{name}.png")
    one_by_one.use_model("second")
    cancel = CancelToken()
    for report in one_by_one.embed_next(cancel):
        if isinstance(report, EmbedProgress) and report.done == 2:
            cancel.cancel()
    one_by_one.close()
    assert isinstance(report, EmbedSummary)
    assert 2 <= report.made < len(COLOURS)
    catalog = Catalog.open(paths.catalog, writable=False)
    made = catalog.pictures(catalog.vector_ids(models.encoders["second"].info.key).tolist())
    catalog.close()
    assert {Path(one.path).stem for one in made} == set(wanted[: report.made])


def test_gently_everything_is_indexed_as_well(library: Library, pictures: Path) -> None:
    library.pace.set_gentle(True)
    report = list(library.index([pictures], CancelToken()))[-1]
    assert isinstance(report, IndexSummary)
    assert report.added == len(COLOURS)


@pytest.fixture
def one_by_one(paths: DataPaths, models: OneModel, pictures: Path) -> Library:
    """A library that takes the files exactly in order: those as long as another come later."""
    for length, file in enumerate(sorted(pictures.iterdir())):
        file.write_bytes(file.read_bytes().ljust(1_000 + length, b"."))
    paths.create()
    paths.settings.write_text('{"batch_size": 1, "decoder_processes": 1}')
    return Library.open(paths, models)


def indexed_in_order(library: Library, *given: Path) -> list[str]:
    ids: list[int] = []
    for report in library.index(given, CancelToken()):
        if isinstance(report, IndexProgress):
            ids += report.added_ids
    found = library.pictures(ids)
    library.close()
    return [Path(found[id_].path).stem for id_ in ids]


def test_the_newest_come_first(one_by_one: Library, pictures: Path) -> None:
    wanted = ["green", "white", "black", "yellow", "red", "orange", "blue", "purple"]
    for age, name in enumerate(wanted):
        os.utime(pictures / f"{name}.png", (1_000_000 - age, 1_000_000 - age))
    assert indexed_in_order(one_by_one, pictures) == wanted


def test_what_is_preferred_comes_before_them(one_by_one: Library, pictures: Path) -> None:
    (pictures / "sub").mkdir()
    (pictures / "red.png").rename(pictures / "sub" / "red.png")
    os.utime(pictures / "sub" / "red.png", (1, 1))
    one_by_one.prefer(str(pictures / "sub"))
    assert indexed_in_order(one_by_one, pictures)[0] == "red"
