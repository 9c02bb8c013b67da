import pytest

from desktop_app.ui.models.language_names import language_name
from tests.helpers.french import in_french

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    ("code", "english", "french"),
    [
        ("en", "English", "anglais"),
        ("zh-Hant", "Chinese", "chinois"),
        ("is", "Icelandic", "Icelandic"),
        ("xx", "xx", "xx"),
        ("", "", ""),
    ],
)
def test_names(code: str, english: str, french: str) -> None:
    assert language_name(code) == english
    with in_french():
        assert language_name(code) == french
