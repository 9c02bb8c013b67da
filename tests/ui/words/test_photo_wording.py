import pytest

from desktop_app.engine.records import PhotoFacts
from desktop_app.ui.words.photo_wording import exposure, place
from tests.helpers.french import in_french

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    ("facts", "english", "french"),
    [
        (PhotoFacts(), "", ""),
        (PhotoFacts(exposure_s=0.5, f_number=2.8), "0.5 s · f/2.8", "0,5\u202fs · f/2,8"),
        (PhotoFacts(exposure_s=0.004, f_number=4.0), "1/250 s · f/4", "1/250\u202fs · f/4"),
        (PhotoFacts(exposure_s=30.04), "30 s", "30\u202fs"),
        (PhotoFacts(focal_length_mm=35.2, iso=100), "35 mm · ISO 100", "35\u202fmm · ISO 100"),
    ],
)
def test_exposure(facts: PhotoFacts, english: str, french: str) -> None:
    assert exposure(facts) == english
    with in_french():
        assert exposure(facts) == french


def test_maps_understand_the_place_in_every_language() -> None:
    facts = PhotoFacts(latitude_deg=47.05019, longitude_deg=-8.3, altitude_m=436.0)
    with in_french():
        assert place(facts) == "47.0502 N 8.3000 W, 436 m"
    assert place(PhotoFacts(latitude_deg=47.0)) == ""
