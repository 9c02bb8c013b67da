"""What is to be said below a picture that is not shown as it is."""

from desktop_app.engine.records import Picture
from desktop_app.ui.pictures.viewer_images import LargeImage
from desktop_app.ui.words import wording
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr

_MEGAPIXEL = 1_000_000


def sentence(shown: LargeImage | None, picture: Picture | None, zoom: float) -> str:
    """Why a picture cannot be seen, or not with all its pixels; empty where it is.

    Args:
        shown: What there is of it.
        picture: Its record, as far as it is here.
        zoom: Device pixels a pixel of the picture takes.
    """
    if shown is None:
        return ""
    if not shown.reason:
        return _bounded(shown, zoom)
    if picture is not None and wording.presence(picture):
        return wording.presence(picture)
    if shown.thumbnail is None:
        return told(shown.reason)
    return tr("Viewer", "{reason} This is its thumbnail.").format(reason=told(shown.reason))


def _bounded(shown: LargeImage, zoom: float) -> str:
    """That a giant does not get any sharper, once one would expect it to."""
    is_all_there_will_be = bool(shown.levels) and not any(shown.box)
    if shown.is_whole or not is_all_there_will_be or shown.size is None:
        return ""
    image = shown.levels[0]
    if zoom * shown.size.width() <= image.width():
        return ""
    return tr("Viewer", "Shown with {shown} of its {all} megapixels.").format(
        shown=f"{image.width() * image.height() / _MEGAPIXEL:.0f}",
        all=f"{shown.size.width() * shown.size.height() / _MEGAPIXEL:.0f}",
    )
