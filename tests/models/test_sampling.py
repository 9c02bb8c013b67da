"""Which pictures are drawn and which texts belong to them."""

from typing import TYPE_CHECKING

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from models.phrases import TextCorpus, build_corpus  # noqa: E402
from models.sampling import AlikeThresholds, PictureBatch, PictureSampler, perhaps_true  # noqa: E402
from models.training_data import PictureRecord, read_records  # noqa: E402
from models.wordnet import WordNet  # noqa: E402

if TYPE_CHECKING:
    from tests.models.conftest import TinyData


def _corpus(tiny_data: "TinyData") -> tuple[list[PictureRecord], TextCorpus]:
    records = read_records(tiny_data.root / "train")
    return records, build_corpus(records, WordNet({}), seed=0, scale=0.001)


def test_positives_are_the_pictures_own_texts(tiny_data: "TinyData") -> None:
    records, corpus = _corpus(tiny_data)

    batch = PictureSampler(records, corpus, seed=0).draw(40, sentences_each=2, other_sentences=5)

    for row, picture in enumerate(batch.pictures.tolist()):
        texts = [corpus.texts[text] for text in batch.texts[batch.positives[row]].tolist()]
        record = records[picture]
        if record.kind == "sentence":
            assert set(texts) <= set(record.captions)
            assert len(texts) >= 2
        else:
            assert len(texts) == 1
            assert record.captions[0].lower() in texts[0].lower() or record.source != "sports-100"
        assert corpus.texts[int(batch.own_texts[row])] in texts


def test_sources_are_drawn_by_their_weights(tiny_data: "TinyData") -> None:
    records, corpus = _corpus(tiny_data)
    sampler = PictureSampler(records, corpus, seed=0, source_weights={"flickr8k": 0.0})

    drawn = {records[row].source for row in sampler.draw_pictures(200).tolist()}

    assert drawn == {"sports-100", "tiny-imagenet"}


def test_the_same_seed_draws_the_same(tiny_data: "TinyData") -> None:
    records, corpus = _corpus(tiny_data)

    first, again = (PictureSampler(records, corpus, seed=2).draw(10, 1, 3) for _ in range(2))

    assert torch.equal(first.pictures, again.pictures)
    assert torch.equal(first.texts, again.texts)


def test_alike_sentences_are_excused_but_class_phrases_never_each_other() -> None:
    batch = PictureBatch(
        pictures=torch.tensor([0, 1]),
        texts=torch.tensor([0, 1, 2]),
        positives=torch.tensor([[True, False, False], [False, False, True]]),
        own_texts=torch.tensor([0, 2]),
        is_sentence=torch.tensor([True, True, False]),
        has_sentence=torch.tensor([True, False]),
    )
    alike = torch.nn.functional.normalize(torch.ones(1, 4), dim=-1).expand(3, 4)

    found = perhaps_true(batch, alike[:2], alike, AlikeThresholds())

    assert found.tolist() == [[True, True, True], [True, True, False]]
