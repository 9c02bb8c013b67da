"""What is known of a picture, as lines of a name and a text."""

from collections.abc import Sequence
from pathlib import PurePath

from desktop_app.engine.records import PhotoFacts, Picture, PictureLabels
from desktop_app.ui.words import date_wording, part_wording, photo_wording, wording
from desktop_app.ui.words.language import tr
from desktop_app.ui.words.number_wording import decimal

Line = tuple[str, str]
_MEGAPIXEL = 1_000_000
_MOST_KEYWORDS = 12


def picture_lines(picture: Picture) -> Sequence[Line]:
    """What the catalog knows of a picture; what it does not know is left out."""
    pixels = f"{picture.width_px} × {picture.height_px}"
    if picture.width_px * picture.height_px >= _MEGAPIXEL:
        megapixels = decimal(picture.width_px * picture.height_px / _MEGAPIXEL, 1)
        pixels = tr("Viewer", "{pixels} ({megapixels} megapixels)").format(
            pixels=pixels, megapixels=megapixels
        )
    size = wording.file_size(picture.stamp.size_bytes)
    lines = (
        (tr("Viewer", "Name"), wording.file_name(picture.path)),
        (tr("Viewer", "Folder"), str(PurePath(picture.path).parent)),
        (tr("Viewer", "Date"), date_wording.moment(picture)),
        (tr("Viewer", "Pixels"), pixels),
        (tr("Viewer", "File"), " · ".join(part for part in (picture.format, size) if part)),
        (tr("Viewer", "Camera"), picture.camera or ""),
    )
    return [line for line in lines if line[1]]


def label_lines(labels: PictureLabels) -> Sequence[Line]:
    """What the user has said of a picture, as far as anything."""
    lines = (
        (tr("Viewer", "Rating"), part_wording.stars(labels.rating) if labels.rating else ""),
        (tr("Viewer", "Tags"), ", ".join(labels.tags)),
    )
    return [line for line in lines if line[1]]


def photo_lines(facts: PhotoFacts) -> Sequence[Line]:
    """What the file says of how it was taken; what it does not say is left out."""
    lines = (
        (tr("Viewer", "Exposure"), photo_wording.exposure(facts)),
        (tr("Viewer", "Lens"), facts.lens or ""),
        (tr("Viewer", "Place"), photo_wording.place(facts)),
        (tr("Viewer", "Colours"), facts.colour_profile or ""),
        (tr("Viewer", "Keywords"), ", ".join(facts.keywords[:_MOST_KEYWORDS])),
    )
    return [line for line in lines if line[1]]
