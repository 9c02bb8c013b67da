from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.model.model_card import ModelCard, parse_card, read_card
from desktop_app.engine.records import QualityFigure

CARD = """---
license: apache-2.0
language: [en, zh, no]
base_model: somebody/some-clip
model-index:
- name: Some CLIP
  results:
  - task: {type: zero-shot-image-classification}
    dataset: {name: 100 Sports, type: sports}
    metrics:
    - {type: accuracy, name: top-1, value: 0.75}
    - {type: accuracy, value: 75.4}
    - {type: loss, value: 3.5}
---
```
# no heading
```
# Some CLIP, base #

Text.
"""
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["name", "results", "metrics", "value", "type", "dataset"]), inner
        )
    ),
    max_leaves=20,
)


def test_reads_what_the_hub_writes() -> None:
    assert parse_card(CARD) == ModelCard(
        title="Some CLIP, base",
        licence="apache-2.0",
        languages=("en", "zh", "no"),
        quality=(
            QualityFigure("100 Sports", "top-1", 0.75),
            QualityFigure("100 Sports", "accuracy", 0.754),
        ),
    )


def test_nearness_to_what_it_was_exported_from_is_no_quality_of_search() -> None:
    exported = CARD.replace("{type: loss, value: 3.5}", "{type: fidelity, name: int8, value: 0.99}")
    assert "fidelity" in exported

    assert parse_card(exported).quality == parse_card(CARD).quality


def test_a_card_without_front_matter_has_a_title() -> None:
    assert parse_card("# Our model\n\nlicense: mit\n") == ModelCard(title="Our model")


def test_the_index_names_a_card_without_heading() -> None:
    assert parse_card("---\nmodel-index: [{name: Some CLIP}]\n---\n").title == "Some CLIP"


def test_an_unlisted_licence_has_a_name() -> None:
    card = parse_card("---\nlicense: other\nlicense_name: my-terms\nlanguage: fr\n---\n")

    assert card.licence == "my-terms"
    assert card.languages == ("fr",)


@pytest.mark.parametrize(
    "front_matter",
    [
        "license: [mit",
        "- a\n- b",
        "license: {a: 1}\nlanguage: 5\nmodel-index: x",
        "a: &a [*a]\nlanguage: *a",
        "license: !!python/object/apply:os.system [id]",
        "license: no",
        "created: 2024-99-99",
        "[" * 2000,
        "a: " + "x" * 100_000,
        "license: \u202emit\nmodel-index: {results: {metrics: {value: .nan, type: acc}}}",
        "model-index: [{results: [{dataset: {name: d}, metrics: [{type: acc, value: "
        + "9" * 400
        + "}]}]}]",
    ],
)
def test_a_broken_card_says_less(front_matter: str) -> None:
    assert parse_card(f"---\n{front_matter}\n---\n# Title\n") == ModelCard(title="Title")


def test_front_matter_without_an_end_is_none() -> None:
    assert parse_card("---\nlicense: mit\n").licence == ""


def test_prefers_our_card_and_does_without(tmp_path: Path) -> None:
    assert read_card(tmp_path) == ModelCard()
    (tmp_path / "README.md").write_text("# Theirs")
    assert read_card(tmp_path).title == "Theirs"
    (tmp_path / "MODEL_CARD.md").write_text("# Ours")
    assert read_card(tmp_path).title == "Ours"
    (tmp_path / "MODEL_CARD.md").write_bytes(b"\xff\xfe\x00")
    assert read_card(tmp_path) == ModelCard()


def test_lists_that_name_each_other_a_thousandfold_are_cut_short() -> None:
    wrong, many = "{type: acc, value: x}", ", *{}" * 1000
    bomb = (
        f"a: &a {wrong}\nb: &b {{metrics: [*a{many.format(*'a' * 1000)}]}}\n"
        f"c: &c {{results: [*b{many.format(*'b' * 1000)}]}}\n"
        f"model-index: [*c{many.format(*'c' * 1000)}]"
    )

    assert parse_card(f"---\n{bomb}\n---\n# Title") == ModelCard(title="Title")


@settings(deadline=None)
@given(st.text() | st.text().map(lambda text: f"---\n{text}\n---\n# T"))
def test_any_text_is_a_card(text: str) -> None:
    assert isinstance(parse_card(text), ModelCard)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["license", "license_name", "language", "model-index"]), json_like
    )
)
def test_any_front_matter_gives_fields_of_the_right_kind(fields: dict[str, object]) -> None:
    card = parse_card(f"---\n{yaml.safe_dump(fields)}\n---\n")

    assert card.licence.isprintable()
    assert all(language and language.isprintable() for language in card.languages)
    assert all(0 <= figure.value <= 1 for figure in card.quality)
