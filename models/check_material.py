"""Real pictures and sentences, and many odd ones made from them, for checking an export."""

import csv
import io
import random
import tarfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from desktop_app.engine.files.pixel_modes import to_rgb

_PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
_ORIENTATION = 0x0112
CALIBRATION_PICTURES = 256
"""About so many training pictures are taken; the ranges of static int8 need no more."""

SENTENCES = (
    "a photo of a dog",
    "two children playing on the beach",
    "a red car in front of a building",
    "mountains",
    "a photo of rock climbing",
    "a man in a blue shirt riding a bicycle down the street .",
)
"""Where no captions are at hand."""

_ODD = (
    "\xe9\xe8\xea\xdf\u0130\u0131\u1e9e\u017f",
    "e\u0301a\u0308o\u0302\u0327",
    "\u4e2d\u6587\u306e\u732b\ud55c\uad6d",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u05e9\u05dc\u05d5\u05dd",
    "\u0e44\u0e17\u0e22 \u0939\u093f\u0928\u094d\u0926\u0940",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\U0001f3fd\u2764\ufe0f\U0001f1e9\U0001f1ea",
    "\xa0\u2003\u3000\u200b\ufeff\xad",
    "\t\n\r\x0b\x0c\x1c\x85\u2028",
    "\x00\x07\x1b\x7f",
    "\uff26\uff35\uff2c\uff2c\uff11\uff12 \U0001d4d0\U0001d7d8 \u2460\xbd\xb2\ufb01",
    "\u2018\u2019\u201c\u201d\u2026\u2014\u2013`\xb4",
    "<|endoftext|>",
    "[SEP] <pad> </s> <end>",
    "don't I'll they've he'd it's we're I'm",
    "3.14 1,000 2nd 50% $5 #1",
    "\ue000\ufffd\uffff",
    "\U00020000\U0001f9ff\u0378",
    "_^~|\\/@&*()[]{}<>=+",
)


class CheckDataError(Exception):
    """There are no pictures to check an export with; the text says which option names them."""


@dataclass(frozen=True)
class CheckMaterial:
    """What exports are checked with.

    Attributes:
        pictures: encoded picture files.
        sentences: what people write of pictures.
        calibration: training pictures, for the ranges of static int8; may be empty.
    """

    pictures: tuple[bytes, ...] = field(repr=False)
    sentences: tuple[str, ...] = field(repr=False)
    calibration: tuple[bytes, ...] = field(default=(), repr=False)


def _read_sentences(data: Path) -> tuple[str, ...]:
    for folder in (data / "flickr8k-test", data):
        path = folder / "captions.csv"
        if not path.is_file():
            continue
        with path.open(encoding="utf-8", newline="") as lines:
            captions = [row.get("caption") for row in csv.DictReader(lines)]
        if found := tuple(dict.fromkeys(caption for caption in captions if caption)):
            return found
    return SENTENCES


def _read_training_pictures(data: Path) -> Iterator[bytes]:
    """Yield training pictures from ``train/*.tar``, evenly out of each archive."""
    paths = sorted((data / "train").glob("*.tar"))
    for path in paths:
        with tarfile.open(path) as archive:
            members = [member for member in archive if member.isfile()]
            step = max(1, len(members) * len(paths) // CALIBRATION_PICTURES)
            for member in members[::step]:
                file = archive.extractfile(member)
                if file is not None:
                    yield file.read()


def read_material(
    data: Path, pictures: int, calibrates: bool = False, option: str = "--data"
) -> CheckMaterial:
    """Read pictures and sentences.

    Args:
        data: a folder with ``imagenet-sample/images`` and ``flickr8k-test/captions.csv``; else its
            pictures are taken wherever they lie in it, and ``captions.csv`` where it has one.
        pictures: how many are wanted.
        calibrates: whether training pictures are wanted too, from ``train/*.tar`` in it.
        option: what names the folder, for the error.

    Raises:
        CheckDataError: there are fewer pictures.
    """
    folder = data / "imagenet-sample" / "images"
    folder = folder if folder.is_dir() else data
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _PICTURE_ENDINGS)
    if len(paths) < pictures:
        raise CheckDataError(
            f"An export is checked on {pictures} pictures, and {data} has {len(paths)}: name a"
            f" folder that has enough with {option}."
        )
    chosen = [paths[number * len(paths) // pictures] for number in range(pictures)]
    return CheckMaterial(
        tuple(path.read_bytes() for path in chosen),
        _read_sentences(data),
        tuple(_read_training_pictures(data)) if calibrates else (),
    )


def encode_pixels(pixels: NDArray[np.uint8]) -> tuple[bytes, ...]:
    """Turn pictures that a checkpoint of our own carries, ``(n, side, side, 3)``, into files."""
    return tuple(_encode(Image.fromarray(picture), "PNG") for picture in pixels)


def _encode(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _with_alpha(image: Image.Image, mode: str) -> Image.Image:
    ramp = np.linspace(0, 255, image.width, dtype=np.uint8)
    alpha = Image.fromarray(np.tile(ramp, (image.height, 1)))
    opaque = image.convert(mode)
    opaque.putalpha(alpha)
    return opaque


def _wide_grey(image: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257)


def _transparent_palette(image: Image.Image) -> bytes:
    return _encode(image.quantize(64), "PNG", transparency=0)


def _turned(image: Image.Image, orientation: int) -> bytes:
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    return _encode(image, "JPEG", exif=exif, quality=95)


_VARIANTS: Sequence[Callable[[Image.Image, int], bytes]] = (
    lambda image, number: _encode(image, "PNG"),
    lambda image, number: _encode(image.convert("L"), "PNG"),
    lambda image, number: _encode(_with_alpha(image, "L"), "PNG"),
    lambda image, number: _encode(_with_alpha(image, "RGB"), "PNG"),
    lambda image, number: _encode(image.quantize(64), "PNG"),
    lambda image, number: _transparent_palette(image),
    lambda image, number: _encode(image.convert("CMYK"), "JPEG", quality=95),
    lambda image, number: _encode(_wide_grey(image), "PNG"),
    lambda image, number: _encode(image.convert("1"), "PNG"),
    lambda image, number: _encode(image.resize((5 + number % 12, 4 + number % 9)), "PNG"),
    lambda image, number: _encode(image.resize((480 + number % 97, 6 + number % 20)), "PNG"),
    lambda image, number: _encode(image.resize((6 + number % 20, 480 + number % 97)), "PNG"),
    lambda image, number: _encode(image.resize((200 + number % 211, 150 + number % 173)), "WEBP"),
    lambda image, number: _turned(image, 2 + number % 7),
)


def picture_variants(pictures: Sequence[bytes]) -> Iterator[bytes]:
    """Yield each picture once, in turn as it is and in every mode and shape that files have."""
    for number, content in enumerate(pictures):
        if number % 4 == 0:
            yield content
            continue
        with Image.open(io.BytesIO(content)) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
        kind = (number - number // 4 - 1) % len(_VARIANTS)
        yield _VARIANTS[kind](upright, number)


def open_as_others_do(content: bytes) -> Image.Image:
    """Open a picture upright, in the mode it has, for an image processor that converts it itself.

    Where that conversion is known to lose something (transparent parts show what lies below, wide
    grey levels are cut off), the picture comes as the program converts it.
    """
    image = Image.open(io.BytesIO(content))
    upright = ImageOps.exif_transpose(image)
    if upright.has_transparency_data or upright.mode.startswith("I"):
        return to_rgb(upright)
    return upright


def _mutate(text: str, chance: random.Random) -> str:
    kind = chance.randrange(9)
    cut = chance.randrange(len(text) + 1)
    if kind == 0:
        return text.upper()
    if kind == 1:
        return text.title().replace(" ", "  ")
    if kind == 2:
        return unicodedata.normalize("NFD", text[:cut] + chance.choice(_ODD))
    if kind == 3:
        return " ".join([text] * chance.randrange(2, 12))
    if kind == 4:
        points = (chance.randrange(0x2FFFF) for _ in range(chance.randrange(1, 8)))
        return text[:cut] + "".join(map(chr, points)) + text[cut:]
    if kind == 5:
        return "".join(chance.sample(text, len(text)))
    odd = chance.choice(_ODD)
    return chance.choice((odd + text, text + odd, text[:cut] + odd + text[cut:], odd))


def odd_strings(sentences: Sequence[str], count: int) -> list[str]:
    """Return strings of all kinds, the same at every call: sentences, and what becomes of them.

    Every other one is mutated. Lone surrogates, which no valid text holds, are left out.
    """
    chance = random.Random(0)
    strings = ["", " ", "\n", *_ODD][:count]
    while len(strings) < count:
        sentence = sentences[len(strings) // 2 % len(sentences)]
        text = _mutate(sentence, chance) if len(strings) % 2 else sentence
        strings.append(text.encode("utf-8", "ignore").decode("utf-8"))
    return strings
