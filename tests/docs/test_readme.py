"""The README leads on, and does not say more than is so."""

import re
from pathlib import Path

import pytest

from desktop_app import REPORTS
from desktop_app.engine.updates.release import ReleaseSource
from tests.conftest import PROJECT
from tests.docs.pages import DOCS, links, name_of, shell_lines, text_of

README = PROJECT / "README.md"


def test_the_two_commands_are_there() -> None:
    assert "pip install . && image-seeker" in shell_lines(README)
    assert 'pip install -e ".[dev]" && pytest' in shell_lines(README)


def test_it_says_what_it_is_in_two_lines_and_a_picture() -> None:
    title, _, *said = text_of(README).splitlines()
    assert title == "# Image Seeker"
    assert said[0].startswith("Find pictures on your own computer by what they show.")
    assert said[2] == ""
    assert re.fullmatch(r"!\[.+\]\(docs/images/[\w-]+\.png\)", said[3])


def test_it_is_short() -> None:
    assert len(text_of(README).splitlines()) < 120


def test_it_leads_to_every_page_that_explains() -> None:
    elsewhere = {"index.md", "install.md", "changelog.md", "contributing.md"}
    reached = {link.file.removeprefix("docs/") for link in links(README)}
    assert {path.name for path in DOCS.glob("*.md")} - elsewhere <= reached | {"install.md"}


@pytest.mark.parametrize("page", [README, DOCS / "install.md"], ids=name_of)
def test_what_is_offered_lies_among_the_releases(page: Path) -> None:
    workflow = text_of(PROJECT / ".github" / "workflows" / "packages.yml")
    released = set(re.findall(r"^ +build/out/packages/\*(\.[a-z.]+)$", workflow, re.M))
    offered = set(re.findall(r"`(?:…[a-z-]*)?(\.[A-Za-z.]+)`", text_of(page)))
    assert {".exe", ".dmg", ".deb"} <= offered <= released
    assert f"[among the releases]({ReleaseSource().pages})" in text_of(page)


def test_reports_are_led_to_where_the_program_says() -> None:
    assert f"[to the developers]({REPORTS})" in text_of(DOCS / "troubleshooting.md")


def test_figures_told_again_are_those_that_were_measured() -> None:
    speed = text_of(DOCS / "speed.md")
    row = re.search(r"^\| sentence to 10 hits, p50 / p95, ms \|(.+)\|$", speed, re.M)
    assert row is not None
    at_a_million = row[1].split("|")[3].split("/")[0].strip()
    typing = re.search(r"p50 (\d+) ms, p95", speed)
    assert typing is not None
    assert f"Ten hits among them take {at_a_million} ms" in text_of(README)
    assert f"Ten hits among them take {at_a_million} ms" in text_of(DOCS / "faq.md")
    assert f"p50 {typing[1]} ms on 100,000 pictures" in text_of(DOCS / "query.md")
