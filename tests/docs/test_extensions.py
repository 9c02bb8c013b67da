"""What the pages are built with."""

import re
import tomllib
import zlib
from pathlib import Path

import pytest
from engine_rooms import keep_colons, modules_of
from root_files import turned

from keep_inventories import reduced, words_of_the_engine
from tests.conftest import PROJECT
from tests.docs.pages import DOCS

ENGINE = PROJECT / "desktop_app" / "engine"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("in [speed](docs/speed.md#typing)", "in [speed](speed.md#typing)"),
        ("into [CHANGELOG.md](CHANGELOG.md).", "into [CHANGELOG.md](changelog.md)."),
        ("the [licence](LICENSE)", "the licence"),
        ("[gone](NO_SUCH_FILE.md)", "[gone](NO_SUCH_FILE.md)"),
        (
            "[there](https://example.org/docs/speed.md)",
            "[there](https://example.org/docs/speed.md)",
        ),
        ("![seen](docs/images/search.png)", "![seen](docs/images/search.png)"),
    ],
)
def test_links_of_the_root_lead_to_pages(written: str, shown: str) -> None:
    assert turned(written) == shown


def test_every_module_of_the_engine_is_documented_once() -> None:
    told: list[str] = []
    for page in (DOCS / "api").glob("*.md"):
        text = page.read_text("utf-8")
        told += re.findall(r"^\.\. automodule:: (\S+)", text, re.MULTILINE)
        for package, without in re.findall(
            r"^```\{room\} (\S+)\n(?::without: (.+)\n)?", text, re.MULTILINE
        ):
            told += modules_of(package, without.split())
    there = {
        ".".join(path.relative_to(PROJECT).with_suffix("").parts)
        for path in ENGINE.rglob("*.py")
        if path.name != "__init__.py"
    }
    assert sorted(told) == sorted(there)


def test_whoever_changes_the_program_can_build_the_pages() -> None:
    extras = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"][
        "optional-dependencies"
    ]
    assert extras["docs"]
    (own,) = [each for each in extras["dev"] if each.startswith("image-seeker[")]
    assert "docs" in own.partition("[")[2].strip("]").split(",")


def test_a_sentence_with_a_colon_is_no_type() -> None:
    lines = ["Ids of pictures: of very many as an array."]
    keep_colons(None, "data", "", None, None, lines)  # type: ignore[arg-type]
    assert lines == ["..", "", "Ids of pictures: of very many as an array."]
    keep_colons(None, "function", "", None, None, lines)  # type: ignore[arg-type]
    assert len(lines) == 3


def test_an_inventory_is_reduced_to_what_is_named() -> None:
    head = b"# Sphinx inventory version 2\n# Project: Python\n# Version: 3\n# The rest is zlib.\n"
    lines = (
        "pathlib.Path py:class 1 library/pathlib.html#$ -\n"
        "turtle.Turtle py:class 1 library/turtle.html#$ -\n"
        "Path std:label 1 library/pathlib.html#$ A title\n"
    )
    small = reduced(head + zlib.compress(lines.encode()), {"Path"})
    assert small.startswith(head)
    kept = zlib.decompress(small.removeprefix(head)).decode()
    assert kept == lines.splitlines(keepends=True)[0]


@pytest.mark.parametrize("content", [b"", b"<html>\n\n\n\n\n", b"# Sphinx inventory version 2"])
def test_what_is_no_inventory_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="no inventory"):
        reduced(content, {"Path"})


def test_inventories_are_small() -> None:
    kept = list((DOCS / "inventories").glob("*.inv"))
    assert {path.stem for path in kept} == {"python", "pillow"}
    assert sum(path.stat().st_size for path in kept) < 30_000
    assert {"Path", "Iterator", "Image"} <= words_of_the_engine()


def test_what_is_configured_is_there() -> None:
    conf = (DOCS / "conf.py").read_text("utf-8")
    assert '"../desktop_app/resources/icons/image-seeker.svg"' in conf
    assert Path(DOCS / "../desktop_app/resources/icons/image-seeker.svg").is_file()
    assert (DOCS / "static" / "pages.css").is_file()
