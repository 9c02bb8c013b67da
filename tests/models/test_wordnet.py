"""The reader of WordNet's nouns."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from models.wordnet import parse_synset, read_wordnet

if TYPE_CHECKING:
    from tests.models.conftest import TinyData


def test_a_line_gives_words_without_markers_the_broader_meaning_and_the_definition() -> None:
    synset = parse_synset(
        "00000200 05 n 02 sea_cow 0 tusker(p) 1 002 ~ 00000300 n 0000 @ 00000100 n 0000"
        ' | a large animal; "it grazes"  '
    )

    assert synset.offset == 200
    assert synset.lemmas == ("sea cow", "tusker")
    assert synset.hypernym == 100
    assert synset.gloss == "a large animal"


def test_the_count_of_words_is_hexadecimal() -> None:
    words = " ".join(f"word{index} 0" for index in range(10))

    assert len(parse_synset(f"00000001 03 n 0a {words} 000 | many").lemmas) == 10


def test_ids_of_imagenet_find_their_meaning_and_the_broader_ones(tiny_data: "TinyData") -> None:
    wordnet = read_wordnet(tiny_data.wordnet)

    synset = wordnet.find("n00000300")

    assert synset is not None
    assert [meaning.lemmas[0] for meaning in wordnet.broader(synset, 5)] == ["elephant", "animal"]
    assert wordnet.find("n00000999") is None
    assert len(wordnet) == 3


def test_an_absent_wordnet_is_empty_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert len(read_wordnet(tmp_path)) == 0
    assert "no WordNet" in caplog.text
