"""The version is the same everywhere, and the changelog knows it."""

import re
import tomllib
from itertools import pairwise

from tests.conftest import PROJECT

VERSION = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
HEADINGS = re.findall(
    r"^## \[(.+?)\](?: - (\S+))?$", (PROJECT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
)


def test_what_is_not_released_stands_first() -> None:
    assert HEADINGS[0] == ("Unreleased", "")
    assert "Unreleased" not in [name for name, _ in HEADINGS[1:]]


def test_the_newest_release_is_the_version_of_the_project() -> None:
    """Until there is a first one, the version is that which is being worked on."""
    released = [name for name, _ in HEADINGS[1:]]
    assert (released[0] if released else "0.1.0") == VERSION


def test_releases_fall_and_have_a_day() -> None:
    numbers = [tuple(map(int, name.split("."))) for name, _ in HEADINGS[1:]]
    assert all(newer > older for newer, older in pairwise(numbers))
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for _, day in HEADINGS[1:])
