"""The texts made from names, captions and WordNet."""

import random
from typing import TYPE_CHECKING

from models.phrases import build_corpus, combinations, fragments, label_classes, wordnet_phrases
from models.training_data import read_records
from models.wordnet import WordNet, read_wordnet

if TYPE_CHECKING:
    from tests.models.conftest import TinyData


def test_classes_speak_plainly_in_templates_and_with_wordnets_words(tiny_data: "TinyData") -> None:
    records = read_records(tiny_data.root / "train")

    classes = label_classes(records, read_wordnet(tiny_data.wordnet))

    assert [label.name for label in classes] == ["african elephant", "ice climbing", "judo"]
    assert "a photo of ice climbing" in classes[1].phrases
    assert "a photo of Loxodonta africana" in classes[0].phrases
    assert "African elephant, a kind of animal" in classes[0].phrases


def test_the_same_seed_gives_the_same_corpus(tiny_data: "TinyData") -> None:
    records = read_records(tiny_data.root / "train")
    wordnet = read_wordnet(tiny_data.wordnet)

    corpus = build_corpus(records, wordnet, seed=3, scale=0.001)

    assert corpus == build_corpus(records, wordnet, seed=3, scale=0.001)
    assert corpus != build_corpus(records, wordnet, seed=4, scale=0.001)


def test_every_row_of_the_corpus_is_in_one_group(tiny_data: "TinyData") -> None:
    records = read_records(tiny_data.root / "train")

    corpus = build_corpus(records, read_wordnet(tiny_data.wordnet), seed=0, scale=0.001)

    assert len(set(corpus.texts)) == len(corpus.texts)
    paired = {row for rows in [*corpus.sentences.values(), *corpus.classes] for row in rows}
    assert paired.isdisjoint(corpus.loose)
    assert paired | set(corpus.loose) == set(range(len(corpus.texts)))
    assert corpus.texts[corpus.sentences[0][0]] == records[0].captions[0]


def test_fragments_are_runs_of_words_of_a_caption() -> None:
    caption = "A black dog is running after a white dog ."

    for fragment in fragments([caption], 20, random.Random(0)):
        assert fragment in caption
        assert 2 <= len(fragment.split()) <= 7


def test_without_wordnet_there_are_no_nouns() -> None:
    assert list(wordnet_phrases(WordNet({}), 10, random.Random(0))) == []


def test_few_nouns_come_again_until_there_are_enough(tiny_data: "TinyData") -> None:
    wordnet = read_wordnet(tiny_data.wordnet)

    phrases = list(wordnet_phrases(wordnet, 200, random.Random(0)))

    assert len(phrases) == 200
    assert 10 < len(set(phrases)) < 200


def test_combinations_speak_of_the_given_names() -> None:
    phrases = list(combinations(["teapot"], 10, random.Random(0)))

    assert len(phrases) == 10
    assert all("teapot" in phrase for phrase in phrases)
