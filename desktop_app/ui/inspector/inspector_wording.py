"""What the inspector says of pictures, line by line."""

from desktop_app.engine.records import PhotoFacts, Picture, PictureSums
from desktop_app.ui.words import date_wording, photo_wording, wording
from desktop_app.ui.words.language import tr
from desktop_app.ui.words.number_wording import decimal

MEGA = 1_000_000
MOST_KEYWORDS = 12


def facts(picture: Picture) -> list[str]:
    """What the catalog knows of a picture: its dates, its size, its camera."""
    taken = date_wording.moment(picture)
    changed = date_wording.here(picture.stamp.mtime_ns / 1e9, with_time=True)
    lines = []
    if not picture.is_date_from_file:
        lines.append(taken)
    if changed:
        lines.append(tr("Inspector", "File changed {date}").format(date=changed))
    lines.append(size(picture))
    lines.append(picture.camera or "")
    lines.append(wording.presence(picture))
    return [line for line in lines if line]


def size(picture: Picture) -> str:
    """Pixels, length and type: ``4000 × 3000 · 12 MP · 2.8 MB · JPEG``."""
    pixels = picture.width_px * picture.height_px / MEGA
    # The thousands of a picture's sides are not grouped: nobody writes them so.
    sides = f"{picture.width_px} × {picture.height_px}"
    area = tr("Inspector", "{n} MP", "Megapixels").format(
        n=decimal(pixels, 0 if pixels >= 10 else 1)
    )
    length = wording.file_size(picture.stamp.size_bytes)
    return " · ".join([sides, *([area] if pixels >= 0.1 else []), length, picture.format])


def photo(told: PhotoFacts) -> list[str]:
    """How a photo was taken, as far as its file says: exposure, lens, colours, keywords."""
    keywords = ", ".join(told.keywords[:MOST_KEYWORDS])
    lines = [photo_wording.exposure(told), told.lens or "", told.colour_profile or ""]
    if keywords:
        lines.append(tr("Inspector", "Keywords: {keywords}").format(keywords=keywords))
    return [line for line in lines if line]


def several(count: int) -> str:
    """How many pictures are chosen."""
    return tr("Inspector", "{pictures} selected").format(pictures=wording.pictures(count))


def shown(count: int) -> str:
    """How many pictures are shown, where none is chosen."""
    if not count:
        return tr("Inspector", "No picture is shown")
    return tr("Inspector", "{pictures} shown").format(pictures=wording.pictures(count))


def sums(found: PictureSums, count: int) -> list[str]:
    """What several pictures come to.

    Args:
        found: The sums.
        count: How many pictures were asked for; those that are gone are told.
    """
    if not found.count:
        return [tr("Inspector", "They are gone.")] if count else []
    lines = [span(found), wording.file_size(found.size_bytes)]
    if found.folders == 1:
        folder = wording.file_name(found.folder)
        lines.append(tr("Inspector", "All in {folder}").format(folder=folder))
    else:
        number = wording.count(found.folders)
        lines.append(tr("Inspector", "In {number} folders").format(number=number))
    if found.count < count:
        gone = wording.count(count - found.count)
        lines.append(tr("Inspector", "{number} of them are gone").format(number=gone))
    return [line for line in lines if line]


def span(found: PictureSums) -> str:
    """From when to when they were taken: ``12 Feb 2023 – 3 Mar 2024``; one day for one."""
    if found.first is None or found.last is None:
        return ""
    first, last = (
        date_wording.date(day.year, day.month, day.day, short=True)
        for day in (found.first, found.last)
    )
    return first if first == last else f"{first} – {last}"


def why(score: float | None, relevance: float | None, reasons: str) -> list[str]:
    """Why a picture is where it is, a line for each reason."""
    lines = [_capital(wording.match(score, relevance)), *reasons.split(" · ")]
    return [line for line in lines if line]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
