"""A data folder of a few generated pictures, laid out like the real one."""

import csv
import io
import tarfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

COLOURS = {"red": (220, 30, 30), "green": (30, 200, 40), "blue": (30, 40, 220)}

WORDNET_LINES = (
    "  1 This software and database is being provided to you",
    "00000100 03 n 01 animal 0 000 | a living thing that moves  ",
    "00000200 05 n 02 elephant 0 tusker(p) 1 002 @ 00000100 n 0000 ~ 00000300 n 0000"
    ' | a large animal with a trunk; "an elephant never forgets"  ',
    "00000300 05 n 02 African_elephant 0 Loxodonta_africana 0 001 @ 00000200 n 0000"
    " | an elephant native to Africa  ",
)


@dataclass(frozen=True)
class TinyData:
    """Where the generated data lie."""

    root: Path
    wordnet: Path


def _picture(colour: tuple[int, int, int], size: tuple[int, int], seed: int) -> Image.Image:
    noise = np.random.default_rng(seed).integers(-25, 25, (size[1], size[0], 3))
    return Image.fromarray(np.clip(noise + np.array(colour), 0, 255).astype(np.uint8))


def _add(archive: tarfile.TarFile, name: str, image: Image.Image) -> None:
    encoded = io.BytesIO()
    image.save(encoded, "WEBP", quality=90)
    member = tarfile.TarInfo(name)
    member.size = encoded.tell()
    encoded.seek(0)
    archive.addfile(member, encoded)


@pytest.fixture
def tiny_data(tmp_path: Path) -> TinyData:
    """Sentences, sports and Tiny ImageNet pictures, validation pictures and a bit of WordNet."""
    train = tmp_path / "data" / "train"
    train.mkdir(parents=True)
    rows: list[tuple[str, str, str, str, str]] = []
    with tarfile.open(train / "flickr8k-000.tar", "w") as archive:
        for index in range(8):
            name, colour = f"flickr8k/{index}.webp", list(COLOURS)[index % 3]
            _add(archive, name, _picture(COLOURS[colour], (24, 24), index))
            split = "dev" if index >= 6 else "train"
            for sentence in (f"a {colour} wall number {index} .", f"Something {colour} here"):
                rows.append((name, sentence, "flickr8k", "sentence", split))
    with tarfile.open(train / "sports-100-000.tar", "w") as archive:
        for index in range(6):
            sport = ("ice climbing", "judo")[index % 2]
            name = f"train/{sport.replace(' ', '_')}/{index}.webp"
            _add(archive, name, _picture(list(COLOURS.values())[index % 2], (32, 24), index))
            rows.append((name, sport, "sports-100", "label", "train"))
    with tarfile.open(train / "tiny-imagenet-000.tar", "w") as archive:
        name = "tiny-imagenet/n00000300_7.webp"
        _add(archive, name, _picture((120, 120, 120), (16, 16), 7))
        rows.append((name, "African elephant", "tiny-imagenet", "label", "train"))
    with (train / "captions.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(("file", "caption", "source", "kind", "split"))
        writer.writerows(rows)
    for index, sport in enumerate(("ice_climbing", "judo")):
        folder = tmp_path / "data" / "sports-100" / "valid" / sport
        folder.mkdir(parents=True)
        _picture(list(COLOURS.values())[index], (40, 30), index).save(folder / "1.jpg")
    wordnet = tmp_path / "wordnet"
    wordnet.mkdir()
    (wordnet / "data.noun").write_text("\n".join(WORDNET_LINES) + "\n", encoding="utf-8")
    return TinyData(tmp_path / "data", wordnet)
