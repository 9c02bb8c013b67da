from dataclasses import replace

import pytest

from desktop_app.engine.records import PhotoFacts
from desktop_app.ui.viewer.picture_facts import photo_lines, picture_lines
from tests.ui.fake_library import picture


def test_what_the_catalog_knows() -> None:
    known = replace(picture(7), camera="Canon EOS R6", width_px=6000, height_px=4000)
    lines = dict(picture_lines(known))
    assert lines["Name"] == "picture 7.jpg"
    assert lines["Folder"].endswith("pictures")
    assert lines["Pixels"] == "6000 × 4000 (24.0 megapixels)"
    assert lines["Camera"] == "Canon EOS R6"


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        (PhotoFacts(), []),
        (
            PhotoFacts(exposure_s=1 / 250, f_number=4.0, focal_length_mm=35.2, iso=100),
            [("Exposure", "1/250 s · f/4 · 35 mm · ISO 100")],
        ),
        (PhotoFacts(exposure_s=0.5, f_number=2.8), [("Exposure", "0.5 s · f/2.8")]),
        (PhotoFacts(exposure_s=30.0, lens="RF 50"), [("Exposure", "30 s"), ("Lens", "RF 50")]),
        (
            PhotoFacts(latitude_deg=-47.05019, longitude_deg=8.3, altitude_m=-12.4),
            [("Place", "47.0502 S 8.3000 E, −12 m")],
        ),
        (
            PhotoFacts(colour_profile="Display P3", keywords=("snow", "dogs")),
            [("Colours", "Display P3"), ("Keywords", "snow, dogs")],
        ),
    ],
)
def test_what_the_file_says(facts: PhotoFacts, lines: list[tuple[str, str]]) -> None:
    assert list(photo_lines(facts)) == lines
