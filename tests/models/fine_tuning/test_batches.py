"""Batches in which pictures of one class share their positives."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from models.fine_tuning.batches import BatchSampler, phrase_table  # noqa: E402
from models.fine_tuning.picture_set import PictureSet  # noqa: E402

CLASSES = PictureSet(
    tuple(Path(f"{number}") for number in range(9)), (0, 0, 0, 1, 1, 1, 2, 2, 2),
    (("judo",), ("golf",), ("polo",)), labelled=True,
)  # fmt: skip


def test_a_picture_belongs_to_the_text_of_its_class_alone() -> None:
    phrases = phrase_table(CLASSES, ("{}", "a photo of {}"))
    sampler = BatchSampler(CLASSES, phrases, 4, 8, 0)

    for step in range(6):
        batch = sampler.draw(step)
        assert batch.positives.sum(1).tolist() == [1] * 4
        assert len(batch.texts) == 3  # those of the batch, and the others besides
        for row, picture in enumerate(batch.pictures.tolist()):
            text = phrases.texts[batch.texts[batch.positives[row]].item()]
            assert text.endswith(CLASSES.names[CLASSES.owners[picture]])


def test_every_picture_is_seen_once_an_epoch_and_a_step_is_always_the_same() -> None:
    phrases = phrase_table(CLASSES, ("{}",))
    sampler = BatchSampler(CLASSES, phrases, 3, 8, 5)
    assert sampler.steps_each_epoch == 3

    seen = torch.cat([sampler.draw(step).pictures for step in range(3)])

    assert sorted(seen.tolist()) == list(range(9))
    again = BatchSampler(CLASSES, phrases, 3, 8, 5).draw(4)
    assert torch.equal(again.pictures, sampler.draw(4).pictures)
    assert torch.equal(again.texts, sampler.draw(4).texts)


def test_pictures_with_the_same_sentence_share_it() -> None:
    said = PictureSet(
        tuple(Path(f"{number}") for number in range(3)), (0, 1, 2),
        (("a dog",), ("a dog",), ("a cat",)), labelled=False,
    )  # fmt: skip
    phrases = phrase_table(said, ("never {}",))

    batch = BatchSampler(said, phrases, 3, 1, 0).draw(0)

    assert phrases.texts == ("a dog", "a cat")
    assert sorted(batch.positives.sum(0).tolist()) == [1, 2]
