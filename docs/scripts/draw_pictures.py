"""Draws the pictures that the screenshots in ``docs/images`` show, so that they are our own.

python docs/scripts/draw_pictures.py FOLDER
"""

import argparse
import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageDraw, ImageFilter

SIZE = (960, 720)
Colour = tuple[int, int, int]
Canvas = tuple[Image.Image, ImageDraw.ImageDraw, np.random.Generator]


def sky(top: Colour, bottom: Colour) -> Image.Image:
    """A sky that changes colour towards the horizon, with a little grain."""
    width, height = SIZE
    blend = np.linspace(0, 1, height)[:, None, None]
    rows = np.array(top) * (1 - blend) + np.array(bottom) * blend
    grain = np.random.default_rng(0).normal(0, 3, (height, width, 1))
    return Image.fromarray(np.clip(rows + grain, 0, 255).astype(np.uint8))


def ridge(chance: np.random.Generator, base: float, rough: float) -> NDArray[np.float64]:
    """Heights of a range of hills, pixels from the top, one a column."""
    x = np.linspace(0, 1, SIZE[0])
    waves = sum(
        rough / n * np.sin(2 * np.pi * n * x * 1.3 + chance.uniform(0, 6.3)) for n in range(1, 9)
    )
    return base + np.asarray(waves)


def hills(canvas: Canvas, base: float, rough: float, colour: Colour) -> None:
    """Fill everything below a ridge."""
    _, draw, chance = canvas
    line = list(enumerate(ridge(chance, base, rough).tolist()))
    draw.polygon([(0, SIZE[1]), *line, (SIZE[0], SIZE[1])], fill=colour)


def sea(canvas: Canvas, horizon: int, colour: Colour, glint: Colour) -> None:
    """Water with waves that catch the light."""
    _, draw, chance = canvas
    draw.rectangle((0, horizon, *SIZE), fill=colour)
    for _ in range(420):
        y = horizon + (SIZE[1] - horizon) * chance.random() ** 1.6
        x, length = chance.uniform(0, SIZE[0]), 8 + (y - horizon) * 0.25
        draw.line((x, y, x + length, y), fill=glint, width=1 + int((y - horizon) / 120))


def sunset(canvas: Canvas) -> None:
    """The sun over the sea."""
    image, draw, chance = canvas
    image.paste(sky((60, 40, 110), (255, 150, 60)))
    x = int(chance.integers(200, 760))
    draw.ellipse((x - 70, 330, x + 70, 470), fill=(255, 225, 120))
    sea(canvas, 430, (120, 60, 70), (255, 180, 90))


def mountains(canvas: Canvas) -> None:
    """Snow on high mountains."""
    image, _, _ = canvas
    image.paste(sky((70, 130, 210), (215, 230, 245)))
    hills(canvas, 330, 150, (150, 165, 190))
    hills(canvas, 450, 110, (235, 240, 248))
    hills(canvas, 610, 40, (250, 252, 255))


def meadow(canvas: Canvas) -> None:
    """Green hills full of flowers."""
    image, draw, chance = canvas
    image.paste(sky((90, 170, 240), (220, 240, 250)))
    hills(canvas, 400, 60, (90, 150, 70))
    hills(canvas, 520, 40, (70, 165, 60))
    petals = [(240, 220, 60), (230, 70, 90), (250, 250, 250), (200, 90, 210)]
    for _ in range(260):
        x, y = chance.uniform(0, SIZE[0]), chance.uniform(560, SIZE[1])
        r = 2 + (y - 540) / 22
        draw.ellipse((x - r, y - r, x + r, y + r), fill=petals[int(chance.integers(4))])


def forest(canvas: Canvas) -> None:
    """Rows of fir trees."""
    image, draw, chance = canvas
    image.paste(sky((150, 190, 190), (225, 235, 225)))
    for depth in range(4):
        shade = 130 - depth * 28
        for x in np.arange(-20, SIZE[0] + 40, 70 - depth * 6):
            left, foot = x + chance.uniform(-20, 20), 460 + depth * 85
            tall = 240 + depth * 40 + chance.uniform(-40, 40)
            for part in range(4):
                wide, top = 26 + part * 13 + depth * 5, foot - tall + part * tall / 5
                corners = [
                    (left, top),
                    (left - wide, top + tall / 3),
                    (left + wide, top + tall / 3),
                ]
                draw.polygon(corners, fill=(shade // 3, shade, shade // 2))


def night(canvas: Canvas) -> None:
    """The moon and stars over dark hills."""
    image, draw, chance = canvas
    image.paste(sky((8, 12, 40), (50, 60, 110)))
    for x, y in zip(chance.uniform(0, 960, 240), chance.uniform(0, 480, 240), strict=True):
        draw.point((x, y), fill=(255, 255, 235))
    x = int(chance.integers(150, 800))
    draw.ellipse((x, 90, x + 110, 200), fill=(245, 240, 215))
    hills(canvas, 560, 60, (15, 20, 35))


def boat(canvas: Canvas) -> None:
    """A sailing boat on blue water."""
    image, draw, chance = canvas
    image.paste(sky((90, 170, 235), (225, 240, 250)))
    sea(canvas, 400, (30, 105, 170), (130, 190, 230))
    x = int(chance.integers(300, 650))
    draw.polygon([(x, 150), (x, 450), (x - 150, 450)], fill=(250, 250, 250))
    draw.polygon([(x + 12, 190), (x + 12, 450), (x + 120, 450)], fill=(225, 60, 60))
    hull = [(x - 170, 470), (x + 150, 470), (x + 100, 535), (x - 120, 535)]
    draw.polygon(hull, fill=(110, 60, 35))


def balloons(canvas: Canvas) -> None:
    """Balloons in the sky."""
    image, draw, chance = canvas
    image.paste(sky((100, 180, 250), (235, 245, 255)))
    paints = [(225, 50, 60), (250, 190, 40), (60, 130, 220), (70, 175, 90), (170, 80, 200)]
    for number in range(7):
        x, y, r = chance.uniform(80, 880), chance.uniform(80, 480), chance.uniform(40, 85)
        draw.line((x, y + r, x + 10, y + r * 3), fill=(90, 90, 90), width=2)
        draw.ellipse((x - r, y - r * 1.15, x + r, y + r * 1.15), fill=paints[number % 5])


FIRST_TAKEN = dt.datetime(2026, 3, 14, 9, 30, tzinfo=dt.UTC)
PLACES = {
    "sunset": "Sea", "boat": "Sea", "mountains": "Alps/Winter", "meadow": "Alps/Summer",
    "forest": "Alps/Summer", "night": "Home", "balloons": "Home",
}  # fmt: skip

SCENES: dict[str, Callable[[Canvas], None]] = {
    scene.__name__: scene for scene in (sunset, mountains, meadow, forest, night, boat, balloons)
}


def said_by_a_camera(taken: dt.datetime, seed: int) -> Image.Exif:
    """What a camera would write into the file."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Image Seeker"
    exif[ExifTags.Base.Model] = "Pencil"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = taken.strftime("%Y:%m:%d %H:%M:%S")
    details[ExifTags.Base.OffsetTimeOriginal] = "+00:00"
    details[ExifTags.Base.ExposureTime] = 1 / (60 * (1 + seed % 8))
    details[ExifTags.Base.FNumber] = 2.8 + seed % 5
    details[ExifTags.Base.FocalLength] = 35.0
    details[ExifTags.Base.ISOSpeedRatings] = 100
    return exif


def draw_into(folder: Path, of_each: int = 6) -> None:
    """Draw some of every scene into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(of_each):
        for name, scene in SCENES.items():
            image = Image.new("RGB", SIZE)
            seed = number * 100 + list(SCENES).index(name)
            scene((image, ImageDraw.Draw(image), np.random.default_rng(seed)))
            smooth = image.filter(ImageFilter.GaussianBlur(1.2))
            taken = FIRST_TAKEN + seed * dt.timedelta(hours=7)
            path = folder / PLACES[name] / f"{name}-{number + 1}.jpg"
            path.parent.mkdir(parents=True, exist_ok=True)
            smooth.save(path, quality=88, exif=said_by_a_camera(taken, seed))


def main() -> int:
    """Draw six of every scene into the folder given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    draw_into(parser.parse_args().folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
