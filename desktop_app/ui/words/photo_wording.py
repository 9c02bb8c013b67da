"""How and where a photo was taken, as cameras and maps write it."""

from desktop_app.engine.records import PhotoFacts
from desktop_app.ui.words.language import tr
from desktop_app.ui.words.number_wording import decimal

_SHORT_S = 0.3
"""Shorter exposures are written as a fraction, as cameras do it."""


def exposure(facts: PhotoFacts) -> str:
    """``1/250 s · f/4 · 35 mm · ISO 100``, as far as it is known."""
    parts = []
    if facts.exposure_s is not None:
        text = tr("Photo", "{n} s", "Seconds a photo was exposed")
        parts.append(text.format(n=_seconds(facts.exposure_s)))
    if facts.f_number is not None:
        parts.append(f"f/{_tenths(facts.f_number)}")
    if facts.focal_length_mm is not None:
        parts.append(tr("Photo", "{n} mm").format(n=f"{facts.focal_length_mm:.0f}"))
    if facts.iso is not None:
        parts.append(f"ISO {facts.iso}")
    return " · ".join(parts)


def place(facts: PhotoFacts) -> str:
    """``47.0502 N 8.3093 E, 436 m``; empty where nobody knows.

    The same in every language: it is copied into maps, which do not read a decimal comma.
    """
    if facts.latitude_deg is None or facts.longitude_deg is None:
        return ""
    north = f"{abs(facts.latitude_deg):.4f} {'N' if facts.latitude_deg >= 0 else 'S'}"
    east = f"{abs(facts.longitude_deg):.4f} {'E' if facts.longitude_deg >= 0 else 'W'}"
    high = "" if facts.altitude_m is None else f", {facts.altitude_m:.0f} m"
    return f"{north} {east}{high}".replace("-", "\u2212")


def _seconds(exposure_s: float) -> str:
    """``1/250``, ``0.5``, ``30``."""
    if exposure_s < _SHORT_S:
        return f"1/{1 / exposure_s:.0f}"
    return _tenths(exposure_s)


def _tenths(value: float) -> str:
    """With one digit behind the point, and none where it is 0."""
    return decimal(value, 0 if f"{value:.1f}".endswith(".0") else 1)
