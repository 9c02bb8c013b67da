"""Makes everything ready that the training stages share, keeping what takes long in files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.corpus_vectors import corpus_vectors
from models.image_stage import TrainingPictures
from models.phrases import build_corpus
from models.recipe import Recipe
from models.training_data import load_pictures, read_records
from models.validation import Validator, read_validation_set
from models.vocabulary import load_tokenizer, token_texts
from models.wordnet import DEBIAN_FOLDER, read_wordnet

Embed = Callable[[Sequence[str], Path], NDArray[np.float16]]
"""The teacher: texts and a cache file to unit vectors, shape ``(n, 384)``."""


@dataclass(frozen=True)
class Preparation:
    """What all stages work on.

    Attributes:
        pictures: training pictures with their texts.
        validator: watches the quality.
        tokenizer: splits texts for the text tower.
        token_vectors: the teacher's embeddings of the tokens' own texts.
    """

    pictures: TrainingPictures
    validator: Validator
    tokenizer: Tokenizer
    token_vectors: NDArray[np.float16]


def prepare(
    data: Path,
    work: Path,
    recipe: Recipe,
    seed: int,
    embed: Embed,
    wordnet: Path = DEBIAN_FOLDER,
    tokenizer: Tokenizer | None = None,
) -> Preparation:
    """Read the data and embed all texts.

    Args:
        data: the data folder, which holds ``train`` and ``sports-100``.
        work: where caches are kept.
        recipe: sizes.
        seed: of the texts that are made up.
        embed: the teacher.
        wordnet: the folder of WordNet's files.
        tokenizer: of a text tower that is there already; by default one is trained.

    Raises:
        TrainingDataError: the training data are not complete.
        EvaluationDataError: the validation pictures are absent.
    """
    work.mkdir(parents=True, exist_ok=True)
    # What is trained on comes first, so that it is one piece of the mapped file.
    records = sorted(read_records(data / "train"), key=lambda record: record.split != "train")
    pixels = load_pictures(data / "train", records, recipe.stored_side_px, work / "pictures.npy")
    count = sum(record.split == "train" for record in records)
    kept, dev = tuple(records[:count]), records[count:]
    corpus = build_corpus(kept, read_wordnet(wordnet), seed, recipe.loose_texts)
    tokenizer = tokenizer or load_tokenizer(
        corpus.texts, recipe.vocabulary, work / "tokenizer.json"
    )
    teacher = embed(corpus.texts, work / "teacher.npz")
    vectors = corpus_vectors(corpus, teacher, tokenizer, recipe.trained_tokens)
    validation = read_validation_set(data, dev, pixels[count:], recipe.stored_side_px)
    prompts = embed(validation.texts, work / "teacher_validation.npz")
    return Preparation(
        TrainingPictures(kept, torch.from_numpy(pixels[:count]), corpus, vectors),
        Validator(validation, tokenizer, recipe.images.final_side_px, prompts),
        tokenizer,
        embed(token_texts(tokenizer), work / "teacher_tokens.npz"),
    )
