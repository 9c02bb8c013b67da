"""What a file says of how, where and in which colours a photo was taken."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """Read from the header of a file; None and empty where it says nothing, or nonsense.

    Attributes:
        exposure_s: How long light came in, in seconds; over 0.
        f_number: Focal length by the opening's diameter, such as 2.8; over 0.
        iso: Sensitivity, such as 400; over 0.
        focal_length_mm: Of the lens, in millimetres, without regard to the sensor; over 0.
        lens: What it is called.
        latitude_deg: -90 to 90, north is positive. Given where the longitude is.
        longitude_deg: -180 to 180, east is positive.
        altitude_m: Above the sea, in metres; negative below.
        colour_profile: The name of the ICC profile in the file.
        keywords: From XMP and IPTC, each once.
    """

    exposure_s: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_length_mm: float | None = None
    lens: str | None = None
    latitude_deg: float | None = None
    longitude_deg: float | None = None
    altitude_m: float | None = None
    colour_profile: str | None = None
    keywords: tuple[str, ...] = ()
