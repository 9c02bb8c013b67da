from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from desktop_app.engine.records import (
    DeviceChoice,
    InstalledModel,
    ModelInfo,
    ModelProgress,
    ModelRole,
    ModelStep,
    QualityFigure,
)
from desktop_app.ui.models import model_wording
from tests.helpers.french import in_french
from tests.ui.fake_library import entry, offer

NEXT, KEPT, UNUSED = ModelRole.NEXT, ModelRole.KEPT, ModelRole.UNUSED


def test_facts_leave_out_what_is_not_known() -> None:
    assert model_wording.facts(entry("clip").model) == "158 MB · MIT · English"
    builtin = entry("starter", is_builtin=True).model
    assert model_wording.facts(builtin) == "158 MB · MIT · English · comes with the program"
    assert model_wording.facts(InstalledModel("bare", "Bare", "k", 8, 2_800_000)) == "2.8 MB"
    assert model_wording.facts(InstalledModel("gone", "Gone", "", 0, 0)) == ""
    assert model_wording.offer_facts(offer()) == "158 MB · MIT · English"


@pytest.mark.parametrize(
    ("identifier", "text"),
    [
        ("mit", "MIT"),
        ("apache-2.0", "Apache 2.0"),
        ("Apache-2.0", "Apache 2.0"),
        ("cc-by-nc-4.0", "CC BY-NC 4.0"),
        ("openrail", "openrail"),
        ("bsd-3-clause", "bsd-3-clause"),
        ("unknown", "licence unknown"),
        ("other", "a licence of its own"),
        ("", ""),
    ],
)
def test_licences_are_written_as_people_write_them(identifier: str, text: str) -> None:
    assert model_wording.licence(identifier) == text


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ((), ""),
        (("en",), "English"),
        (("de", "zh-Hant"), "German, Chinese"),
        (("en", "de", "fr", "it"), "English, German, French, Italian"),
        (("en", "de", "fr", "it", "es"), "English, German, French and 2 more"),
        (("en", "multilingual"), "many languages"),
        (("xx", ""), "xx, "),
    ],
)
def test_languages(codes: tuple[str, ...], text: str) -> None:
    assert model_wording.languages(codes) == text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (
            QualityFigure("100 Sports test", "zero-shot top-1", 0.65),
            "Names what a picture shows at the first guess for 65 of 100 (100 Sports test).",
        ),
        (
            QualityFigure("ImageNet", "top-5", 0.047),
            "Names what a picture shows within 5 guesses for 5 of 100 (ImageNet).",
        ),
        (
            QualityFigure("", "accuracy", 0.9),
            "Names what a picture shows at the first guess for 90 of 100.",
        ),
        (
            QualityFigure("Flickr8k", "sentence to picture, recall@10", 0.345),
            "The right picture comes among the first 10 for 34 of 100 searches (Flickr8k).",
        ),
        (
            QualityFigure("Flickr8k", "picture to sentence recall@1", 0.1),
            "The right sentence comes first for 10 of 100 searches (Flickr8k).",
        ),
        (
            QualityFigure("Sports", "mean precision@5", 0.568),
            "Of the first 5 pictures found, 57 of 100 are right (Sports).",
        ),
        (QualityFigure("Set", "mAP", 0.5), "MAP: 50 of 100 (Set)."),
    ],
)
def test_quality_is_told_in_pictures(figure: QualityFigure, text: str) -> None:
    assert model_wording.quality([figure]) == text


def test_only_the_first_figures_are_told() -> None:
    figures = [QualityFigure("Set", "top-1", 0.5)] * 9
    assert len(model_wording.quality(figures).splitlines()) == 3
    assert model_wording.quality([]) == ""


@given(st.text(max_size=40), st.text(max_size=40), st.floats(0, 1))
def test_any_figure_makes_a_sentence(dataset: str, metric: str, value: float) -> None:
    assert model_wording.quality([QualityFigure(dataset, metric, value)]).endswith(".")


def test_roles() -> None:
    assert model_wording.role(entry("a")) == "In use"
    assert model_wording.role(entry("a", NEXT, vectors=3)) == "Being prepared"
    assert model_wording.role(entry("a", NEXT, vectors=3), is_paused=True) == "Paused"
    assert model_wording.role(entry("a", NEXT, vectors=3), is_waiting=True) == "Waiting"
    assert model_wording.role(entry("a", KEPT)) == "Ready"
    assert model_wording.role(entry("a", KEPT, vectors=48)) == "Ready"
    assert model_wording.role(entry("a", KEPT, vectors=47)) == ""
    assert model_wording.role(entry("a", UNUSED, vectors=0)) == ""
    assert model_wording.role(entry("a", UNUSED, problem="It is cut short.")) == "Cannot be used"


def test_what_a_model_is_to_the_library() -> None:
    said = model_wording.in_library
    takes = " Takes 25 MB for this library."
    assert said(entry("a")) == "Answers your searches in 50 pictures." + takes
    assert said(entry("a", vectors=49)) == "Answers your searches in 49 of 50 pictures." + takes
    assert (
        said(entry("a", NEXT, vectors=3))
        == "3 of 50 pictures prepared. It answers as soon as all are."
    )
    assert said(entry("a", KEPT)) == "Prepared for 50 pictures: switching to it is instant." + takes
    instant = "Prepared for 48 of 50 pictures: switching to it is instant."
    assert said(entry("a", KEPT, vectors=48)) == instant + takes
    assert said(entry("a", KEPT, vectors=47)) == "47 of 50 pictures prepared." + takes
    unused = entry("a", UNUSED, vectors=0, disk_bytes=0)
    assert said(unused) == "50 pictures to prepare before it can answer."
    empty = entry("a", vectors=0, pictures=0, disk_bytes=0)
    assert said(empty) == "Answers your searches."
    assert said(entry("a", UNUSED, vectors=0, pictures=0, disk_bytes=0)) == ""


def test_the_question_before_removing_says_what_is_freed() -> None:
    assert model_wording.removal(entry("a")) == (
        "Remove A? This frees 158 MB, and 25 MB of what it prepared for searching. "
        "Your pictures stay as they are."
    )
    assert "frees 158 MB. Your" in model_wording.removal(entry("a", disk_bytes=0))


def test_the_question_before_downloading_shows_all() -> None:
    text = model_wording.download(offer())
    for part in ("158 MB", "https://models.example/clip", "0123456789abcdef"):
        assert part in text


@pytest.mark.parametrize(
    ("state", "per_second", "seconds_left", "text"),
    [
        (ModelProgress(ModelStep.CHECKING), 0.0, None, "Checking that it works…"),
        (
            ModelProgress(ModelStep.COPYING, 12_000_000, 158_000_000),
            0.0,
            None,
            "Copying 12 MB of 158 MB",
        ),
        (
            ModelProgress(ModelStep.DOWNLOADING, 12_000_000, 158_000_000),
            3_100_000.4,
            65.0,
            "Downloading 12 MB of 158 MB · 3.1 MB/s · 1 min left",
        ),
    ],
)
def test_installing(
    state: ModelProgress, per_second: float, seconds_left: float | None, text: str
) -> None:
    assert model_wording.installing(state, per_second, seconds_left) == text


def test_what_computes() -> None:
    choice = DeviceChoice("DmlExecutionProvider", "DirectML: 3 times as fast as the CPU.")
    assert model_wording.device(choice) == "Runs on DirectML. 3 times as fast as the CPU."
    choice = DeviceChoice("CPUExecutionProvider", "There is nothing else.")
    assert model_wording.device(choice) == "Runs on the processor (CPU). There is nothing else."


def test_the_built_in_model_has_one_name_and_others_their_folders_where_titles_collide() -> None:
    builtin, clip = entry("starter", is_builtin=True), entry("clip", UNUSED)
    twin = replace(clip, model=replace(clip.model, name="clip-2", key="another"))
    told = [one.model.title for one in model_wording.told_apart([builtin, clip, twin])]
    assert told == ["Built-in model", "Clip (clip)", "Clip (clip-2)"]
    alone = [one.model.title for one in model_wording.told_apart([builtin, clip])]
    assert alone == ["Built-in model", "Clip"]


def test_the_model_that_answers_is_called_as_in_the_list() -> None:
    clip, twin = entry("clip", UNUSED), entry("clip-2")
    twin = replace(twin, model=replace(twin.model, title="Clip"))
    info = ModelInfo(twin.model.key, "Clip", 512, is_builtin=False)
    assert model_wording.as_told_apart(info, [clip, twin]).name == "Clip (clip-2)"
    copy = replace(clip, model=replace(clip.model, key=twin.model.key))
    assert model_wording.as_told_apart(info, [copy, twin]).name == "Clip (clip-2)"
    assert model_wording.as_told_apart(info, []) == info


def test_the_model_that_is_prepared_is_called_so_in_a_sentence() -> None:
    assert model_wording.next_title([entry("clip", NEXT)]) == "Clip"
    assert model_wording.next_title([entry("s", NEXT, is_builtin=True)]) == "the built-in model"
    assert model_wording.next_title([entry("clip")]) == ""
    assert model_wording.next_title([entry("clip", vectors=49)]) == "Clip"
    assert model_wording.next_title([entry("a", vectors=49), entry("clip", NEXT)]) == "Clip"


def test_why_a_model_cannot_be_removed_now() -> None:
    assert "another model" in model_wording.not_removable(entry("clip"))
    assert "cancel" in model_wording.not_removable(entry("clip", NEXT))
    for one in (
        entry("clip", UNUSED),
        entry("clip", NEXT, problem="It is damaged."),
        entry("starter", is_builtin=True),
    ):
        assert model_wording.not_removable(one) == ""


def test_french_says_what_computes(qapp: QApplication) -> None:
    choice = DeviceChoice("DmlExecutionProvider", "DirectML: 3.1 times as fast as the CPU.")
    nothing = DeviceChoice(
        "CPUExecutionProvider", "the processor (CPU): there is no graphics card it could use."
    )
    with in_french():
        assert (
            model_wording.device(choice)
            == "Fonctionne avec DirectML. 3,1 fois plus rapide que le processeur."
        )
        assert (
            model_wording.device(nothing)
            == "Fonctionne avec le processeur (CPU). Il n’y a pas de carte graphique utilisable."
        )
