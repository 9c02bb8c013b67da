"""Draws what the built-in model gets wrong, as its card shows it.

``python docs/scripts/draw_failures.py docs/images/starter-failures.png``

For each query two pictures are drawn, one that answers it and one that does not. The model is
asked which of the two it prefers; where it takes the wrong one or can hardly tell them apart, the
pair goes on the sheet.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import read_model_folder
from desktop_app.engine.paths import builtin_model_folder
from draw_pictures import SIZE, Canvas, boat, hills, sea, sky

Draw = Callable[[Canvas], None]

CELL_PX = (240, 180)
BLOCKS_A_ROW = 2
MARGIN_PX, GAP_PX = 24, 8
CAPTION_PX = 52
INK, PAPER, RIGHT, WRONG = "#1d1d1f", "#ffffff", "#1e7b34", "#b3261e"

TELLS_APART = 0.003
"""How much more the answer must score: with less than that, another processor's rounding of int8
decides which of the two comes first."""


@dataclass(frozen=True)
class Pair:
    """A query and two pictures.

    Attributes:
        query: What is asked for.
        answer: Draws a picture that shows it.
        other: Draws one that does not.
        lesson: What the model is missing where it does not clearly prefer the answer.
    """

    query: str
    answer: Draw
    other: Draw
    lesson: str


def _balloons(count: int) -> Draw:
    paints = [(225, 50, 60), (250, 190, 40), (60, 130, 220), (70, 175, 90), (170, 80, 200)]

    def draw(canvas: Canvas) -> None:
        image, pen, _ = canvas
        image.paste(sky((100, 180, 250), (235, 245, 255)))
        for number in range(count):
            x, y = 140 + number % 4 * 220, 170 + number // 4 * 290
            pen.line((x, y + 80, x + 12, y + 190), fill=(90, 90, 90), width=3)
            pen.ellipse((x - 72, y - 84, x + 72, y + 84), fill=paints[number % 5])

    return draw


def _balls(left: str, right: str) -> Draw:
    def draw(canvas: Canvas) -> None:
        image, pen, _ = canvas
        image.paste(sky((205, 225, 240), (240, 245, 250)))
        pen.rectangle((0, 460, *SIZE), fill=(95, 160, 75))
        pen.ellipse((130, 300, 390, 560), fill=left)
        pen.ellipse((570, 300, 830, 560), fill=right)

    return draw


def _sign(text: str) -> Draw:
    def draw(canvas: Canvas) -> None:
        image, pen, _ = canvas
        image.paste(sky((150, 190, 230), (225, 235, 245)))
        hills(canvas, 600, 20, (120, 150, 90))
        pen.rectangle((460, 420, 500, 720), fill=(110, 110, 115))
        pen.rounded_rectangle(
            (190, 130, 770, 430), 30, fill=(20, 110, 60), outline="white", width=8
        )
        pen.text((480, 280), text, "white", ImageFont.load_default(170), anchor="mm")

    return draw


def _person(*, has_hat: bool) -> Draw:
    def draw(canvas: Canvas) -> None:
        image, pen, _ = canvas
        image.paste(sky((160, 200, 235), (235, 240, 245)))
        hills(canvas, 600, 25, (90, 150, 70))
        pen.rounded_rectangle((350, 470, 610, 760), 90, fill=(45, 90, 160))
        pen.rectangle((450, 420, 510, 490), fill=(205, 150, 115))
        pen.ellipse((380, 220, 580, 460), fill=(225, 175, 140))
        for x in (440, 520):
            pen.ellipse((x - 9, 316, x + 9, 334), fill=(40, 30, 30))
        pen.arc((430, 340, 530, 410), 20, 160, fill=(120, 50, 50), width=6)
        if has_hat:
            pen.ellipse((310, 230, 650, 290), fill=(120, 75, 35))
            pen.rounded_rectangle((395, 120, 565, 265), 30, fill=(120, 75, 35))
        else:
            pen.pieslice((372, 205, 588, 400), 180, 360, fill=(80, 50, 30))

    return draw


def _clock(hour: int) -> Draw:
    def draw(canvas: Canvas) -> None:
        image, pen, _ = canvas
        image.paste((232, 224, 210), (0, 0, *SIZE))
        pen.ellipse((230, 110, 730, 610), fill="white", outline=(40, 40, 45), width=16)
        for mark in range(12):
            angle = np.pi * mark / 6
            x, y = np.sin(angle), -np.cos(angle)
            pen.line((480 + 205 * x, 360 + 205 * y, 480 + 230 * x, 360 + 230 * y), (40, 40, 45), 8)
        pen.line((480, 360, 480, 180), fill=(40, 40, 45), width=10)
        angle = np.pi * hour / 6
        pen.line((480, 360, 480 + 130 * np.sin(angle), 360 - 130 * np.cos(angle)), (40, 40, 45), 18)

    return draw


def _far_boat(canvas: Canvas) -> None:
    """A sailing boat, small on the horizon of a large sea."""
    image, pen, _ = canvas
    image.paste(sky((90, 170, 235), (225, 240, 250)))
    sea(canvas, 400, (30, 105, 170), (130, 190, 230))
    pen.polygon([(700, 372), (700, 398), (688, 398)], fill=(250, 250, 250))
    pen.polygon([(684, 399), (712, 399), (707, 406), (689, 406)], fill=(110, 60, 35))


def _open_sea(canvas: Canvas) -> None:
    """The same sea without a boat, with a fishing hut."""
    image, pen, _ = canvas
    image.paste(sky((90, 170, 235), (225, 240, 250)))
    sea(canvas, 400, (30, 105, 170), (130, 190, 230))
    pen.rectangle((690, 385, 705, 400), fill=(200, 60, 50))
    pen.polygon([(687, 386), (708, 386), (697, 376)], fill=(90, 60, 50))


PAIRS = (
    Pair("three balloons", _balloons(3), _balloons(8), "counts"),
    Pair("eight balloons", _balloons(8), _balloons(3), "counts"),
    Pair("a red ball left of a blue ball", _balls("#d32f2f", "#1e5bc6"),
         _balls("#1e5bc6", "#d32f2f"), "left and right"),
    Pair("a blue ball left of a red ball", _balls("#1e5bc6", "#d32f2f"),
         _balls("#d32f2f", "#1e5bc6"), "left and right"),
    Pair("a sign that says EXIT", _sign("EXIT"), _sign("CAFE"), "writing"),
    Pair("a sign that says CAFE", _sign("CAFE"), _sign("EXIT"), "writing"),
    Pair("a man without a hat", _person(has_hat=False), _person(has_hat=True), "not and without"),
    Pair("a clock at three", _clock(3), _clock(9), "clocks"),
    Pair("a clock at nine", _clock(9), _clock(3), "clocks"),
    Pair("a sailing boat", _far_boat, _open_sea, "small things"),
    Pair("a sailing boat on the sea", boat, _open_sea, "even large things"),
)  # fmt: skip


def render(draw: Draw) -> Image.Image:
    """Draw a picture, its edges a little soft as a lens makes them."""
    image = Image.new("RGB", SIZE)
    draw((image, ImageDraw.Draw(image), np.random.default_rng(4)))
    return image.filter(ImageFilter.GaussianBlur(1.2))


@dataclass(frozen=True)
class Failure:
    """A pair of which the model does not clearly prefer the right picture.

    Attributes:
        pair: The pair.
        scores: Cosines of the query with the answer and with the other picture.
    """

    pair: Pair
    scores: tuple[float, float]

    @property
    def verdict(self) -> str:
        """What became of the other picture."""
        answer, other = self.scores
        return "preferred" if other - answer >= TELLS_APART else "about as good"


def find_failures(encoder: OnnxEncoder) -> list[Failure]:
    """Ask a model about all pairs; of two queries about one pair of pictures one is enough."""
    failures: dict[str, Failure] = {}
    for pair in PAIRS:
        pixels = np.stack([encoder.resizer(render(draw)) for draw in (pair.answer, pair.other)])
        answer, other = encoder.encode_pictures(pixels) @ encoder.encode_texts([pair.query])[0]
        if answer - other < TELLS_APART:
            failures.setdefault(pair.lesson, Failure(pair, (float(answer), float(other))))
    return list(failures.values())


def draw_sheet(failures: list[Failure]) -> Image.Image:
    """Put the failures beside and under one another: the query, the answer, the other picture."""
    width, height = CELL_PX
    block_px = (2 * width + GAP_PX + MARGIN_PX, CAPTION_PX + height + MARGIN_PX)
    rows = -(-len(failures) // BLOCKS_A_ROW)
    size = (MARGIN_PX + BLOCKS_A_ROW * block_px[0], MARGIN_PX // 2 + rows * block_px[1])
    sheet = Image.new("RGB", size, PAPER)
    for number, failure in enumerate(failures):
        row, column = divmod(number, BLOCKS_A_ROW)
        place = (MARGIN_PX + column * block_px[0], MARGIN_PX // 2 + row * block_px[1])
        _draw_block(sheet, place, failure)
    return sheet


def _draw_block(sheet: Image.Image, place: tuple[int, int], failure: Failure) -> None:
    pen = ImageDraw.Draw(sheet)
    left, top = place
    pen.text((left, top + 2), f"“{failure.pair.query}”", INK, ImageFont.load_default(19))
    sides = (
        (failure.pair.answer, "asked for", RIGHT, failure.scores[0]),
        (failure.pair.other, failure.verdict, WRONG, failure.scores[1]),
    )
    for column, (draw, said, colour, score) in enumerate(sides):
        x = left + column * (CELL_PX[0] + GAP_PX)
        pen.text((x, top + 30), f"{said}, score {score:.3f}", colour, ImageFont.load_default(14))
        sheet.paste(render(draw).resize(CELL_PX, Image.Resampling.LANCZOS), (x, top + CAPTION_PX))


def main() -> int:
    """Write the sheet to the file given, and say what is on it."""
    failures = find_failures(OnnxEncoder(read_model_folder(builtin_model_folder())))
    draw_sheet(failures).save(sys.argv[1], optimize=True)
    for failure in failures:
        right, wrong = failure.scores
        pair = failure.pair
        print(f"{pair.lesson}: {pair.query}; {right:.3f}, {failure.verdict} {wrong:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
