"""Turns class names, captions and WordNet into the texts that both towers are trained on."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.training_data import LABEL, PictureRecord
from models.wordnet import Synset, WordNet

TEMPLATES = (
    "a photo of {}",
    "a photo of a {}",
    "a photo of the {}",
    "a picture of {}",
    "a picture of a {}",
    "an image of {}",
    "an image of a {}",
    "{}",
    "{} photo",
    "a {}",
    "the {}",
    "some {}",
    "a close-up photo of a {}",
    "a photo of one {}",
    "a photo of many {}",
    "a photo of a large {}",
    "a photo of a small {}",
    "a blurry photo of a {}",
    "a bright photo of {}",
    "a dark photo of {}",
    "a black and white photo of {}",
    "a cropped photo of {}",
    "a good photo of {}",
    "a snapshot of {}",
    "this is {}",
    "this is a {}",
    "there is a {}",
    "there is {} in the picture",
    "a scene with {}",
    "a {} seen from the side",
    "a {} outdoors",
    "a {} indoors",
)
"""Sentences around a name; which of them suits a name is left to the crowd of them."""

ACTIVITY_TEMPLATES = (
    "a photo of {}",
    "a photo of people doing {}",
    "a photo of a person doing {}",
    "a photo of someone at {}",
    "a picture of {}",
    "an image of {}",
    "{}",
    "{} photo",
    "people doing {}",
    "the sport of {}",
    "a photo of the sport {}",
    "a {} competition",
    "a {} match",
    "a photo of a {} athlete",
    "a man doing {}",
    "a woman doing {}",
    "this is {}",
    "an action shot of {}",
)

CLEARER_NAMES: dict[str, tuple[str, ...]] = {
    "ampute football": ("amputee football", "football on crutches"),
    "barell racing": ("barrel racing", "a horse racing around barrels"),
    "bmx": ("bmx bike riding",),
    "bike polo": ("polo on bicycles",),
    "billiards": ("pool table game",),
    "canoe slamon": ("canoe slalom", "white water canoeing"),
    "chuckwagon racing": ("horses pulling a wagon in a race",),
    "figure skating men": ("a man figure skating",),
    "figure skating pairs": ("a couple figure skating",),
    "figure skating women": ("a woman figure skating",),
    "fly fishing": ("a man fishing in a river",),
    "football": ("american football",),
    "formula 1 racing": ("a formula one race car",),
    "gaga": ("gaga ball",),
    "giant slalom": ("downhill skiing between gates",),
    "hang gliding": ("a hang glider in the sky",),
    "harness racing": ("a horse pulling a cart in a race",),
    "hockey": ("ice hockey",),
    "horse jumping": ("a horse jumping over a fence", "show jumping"),
    "ice yachting": ("a sail boat on ice",),
    "jousting": ("knights on horses with lances",),
    "luge": ("a luge sled on an ice track",),
    "motorcycle racing": ("a motorbike race",),
    "mushing": ("dog sledding", "dogs pulling a sled"),
    "nascar racing": ("a stock car race",),
    "parallel bar": ("a gymnast on the parallel bars",),
    "pole vault": ("an athlete jumping over a bar with a pole",),
    "polo": ("polo on horses",),
    "pommel horse": ("a gymnast on the pommel horse",),
    "rings": ("a gymnast on the rings",),
    "rollerblade racing": ("inline speed skating",),
    "shot put": ("throwing a heavy metal ball",),
    "skydiving": ("people with parachutes in the sky",),
    "snow boarding": ("snowboarding", "a snowboarder on a snowy slope"),
    "surfing": ("a surfer riding a wave",),
    "track bicycle": ("track cycling", "a bicycle race in a velodrome"),
    "ultimate": ("ultimate frisbee",),
    "uneven bars": ("a gymnast on the uneven bars",),
    "water cycling": ("riding a bicycle on the water",),
    "buildings": ("a building", "houses in a city"),
    "forest": ("trees in the woods",),
    "glacier": ("ice and snow in the mountains",),
    "mountains": ("a mountain landscape",),
    "sea": ("the ocean", "waves on the water"),
    "street": ("a city street with cars",),
}
"""Everyday words for names that are misspelt, shortened or known to few."""

_COLOURS = ("black", "white", "red", "blue", "green", "yellow", "brown", "orange", "pink", "grey")
_PLACES = (
    "on the grass", "in the water", "on a table", "in the snow", "on the beach", "in the street",
    "in a field", "in front of a building", "at night", "in the forest", "on a road", "in a room",
)  # fmt: skip
_PLAIN_WORDS = re.compile(r"^[A-Za-z][A-Za-z' -]{2,28}$")
_LONGEST_GLOSS = 90
_BROADER_LEVELS = 3


@dataclass(frozen=True)
class LabelClass:
    """A class of labelled pictures and every phrase that may stand for it.

    Attributes:
        name: its name in lower case, which also tells classes of different sources apart or not.
        phrases: names and synonyms in templates; the plain name is in the first ones.
    """

    name: str
    phrases: tuple[str, ...]


def class_name(record: PictureRecord) -> str:
    """Return the key under which a labelled picture's class is known."""
    return record.captions[0].lower()


def _synonyms(record: PictureRecord, wordnet: WordNet) -> tuple[list[str], list[str]]:
    """Return other names and broader names of a Tiny ImageNet picture's class."""
    wnid = record.file.rsplit("/", 1)[-1].partition("_")[0]
    synset = wordnet.find(wnid) if wnid.startswith("n") and wnid[1:].isdigit() else None
    if synset is None:
        return [], []
    broader = [meaning.lemmas[0] for meaning in wordnet.broader(synset, _BROADER_LEVELS)]
    return list(synset.lemmas), broader


def label_classes(records: Sequence[PictureRecord], wordnet: WordNet) -> list[LabelClass]:
    """Gather the classes of the labelled pictures with their phrases, sorted by name."""
    first: dict[str, PictureRecord] = {}
    for record in records:
        if record.kind == LABEL:
            first.setdefault(class_name(record), record)
    classes = []
    for name, record in sorted(first.items()):
        templates = ACTIVITY_TEMPLATES if record.source == "sports-100" else TEMPLATES
        phrases = [template.format(record.captions[0]) for template in templates]
        synonyms, broader = _synonyms(record, wordnet)
        for other in (*CLEARER_NAMES.get(name, ()), *synonyms):
            if other.lower() != name:
                phrases += [other, f"a photo of {other}", f"a picture of a {other}"]
                phrases.append(f"{record.captions[0]}, {other}")
        phrases += [f"{record.captions[0]}, a kind of {word}" for word in broader]
        classes.append(LabelClass(name, tuple(dict.fromkeys(phrases))))
    return classes


def fragments(captions: Sequence[str], count: int, rng: random.Random) -> Iterator[str]:
    """Yield ``count`` runs of two to seven words cut from captions, as people type into a box."""
    for _ in range(count):
        words = rng.choice(captions).strip(" .").split()
        length = min(len(words), rng.randint(2, 7))
        start = rng.randint(0, len(words) - length)
        yield " ".join(words[start : start + length])


def wordnet_phrases(wordnet: WordNet, count: int, rng: random.Random) -> Iterator[str]:
    """Yield ``count`` nouns in templates, with the broader word now and then, and glosses.

    Where there are fewer nouns, each comes several times, mostly in other templates.
    """
    nouns = [
        (lemma, synset)
        for synset in wordnet
        for lemma in synset.lemmas
        if _PLAIN_WORDS.match(lemma)
    ]
    drawn: list[tuple[str, Synset]] = []
    while nouns and len(drawn) < count:
        rng.shuffle(nouns)
        drawn += nouns[: count - len(drawn)]
    for lemma, synset in drawn:
        chance = rng.random()
        broader = wordnet.broader(synset, 1)
        if chance < 0.15 and broader:
            yield f"{lemma}, a kind of {broader[0].lemmas[0]}"
        elif chance < 0.4 and len(synset.gloss) < _LONGEST_GLOSS:
            yield f"{lemma}: {synset.gloss}" if rng.random() < 0.5 else synset.gloss
        else:
            yield rng.choice(TEMPLATES).format(lemma)


def combinations(names: Sequence[str], count: int, rng: random.Random) -> Iterator[str]:
    """Yield ``count`` phrases of names with colours, numbers, places and each other."""
    for _ in range(count):
        first, second = rng.choice(names), rng.choice(names)
        yield rng.choice(
            (
                f"a {rng.choice(_COLOURS)} {first}",
                f"{rng.choice(('two', 'three', 'several', 'many'))} {first}",
                f"{first} {rng.choice(_PLACES)}",
                f"{first} and {second}",
                f"a {first} next to a {second}",
                f"a {rng.choice(_COLOURS)} {first} {rng.choice(_PLACES)}",
            )
        )


def captions_of(records: Sequence[PictureRecord]) -> list[str]:
    """Return all sentences of the records, in their order."""
    return [caption for record in records if record.kind != LABEL for caption in record.captions]


@dataclass(frozen=True)
class TextCorpus:
    """Every text of the training and which of them belong together.

    Attributes:
        texts: all texts, without doubles.
        sentences: for each picture record with sentences, by its index, rows of ``texts``.
        classes: for each label class, rows of ``texts``.
        class_names: the names of ``classes``.
        loose: rows of texts that belong to no picture: fragments, nouns, glosses, combinations.
    """

    texts: tuple[str, ...]
    sentences: dict[int, tuple[int, ...]]
    classes: tuple[tuple[int, ...], ...]
    class_names: tuple[str, ...]
    loose: tuple[int, ...]


def build_corpus(
    records: Sequence[PictureRecord], wordnet: WordNet, seed: int, scale: float = 1.0
) -> TextCorpus:
    """Build the texts for both towers from the training records.

    Args:
        records: the pictures to train on (no validation pictures).
        wordnet: the nouns, or an empty one.
        seed: the same seed gives the same texts.
        scale: how many loose texts, 1 for about 110,000.
    """
    rng = random.Random(seed)
    rows: defaultdict[str, int] = defaultdict()
    rows.default_factory = rows.__len__
    sentences = {
        index: tuple(rows[caption] for caption in record.captions)
        for index, record in enumerate(records)
        if record.kind != LABEL
    }
    classes = label_classes(records, wordnet)
    class_rows = tuple(tuple(rows[phrase] for phrase in label.phrases) for label in classes)
    bound = len(rows)
    names = [label.name for label in classes]
    captions = captions_of(records)
    loose = list(wordnet_phrases(wordnet, int(65_000 * scale), rng))
    loose += fragments(captions, int(35_000 * scale), rng) if captions else []
    loose += combinations(names, int(15_000 * scale), rng) if names else []
    loose_rows = tuple(
        sorted({rows[text] for text in loose if text not in rows or rows[text] >= bound})
    )
    return TextCorpus(tuple(rows), sentences, class_rows, tuple(names), loose_rows)
