"""Every page can be reached, and leads to what is there."""

import re
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.docs.pages import DOCS, PAGES, anchors, blocks, links, name_of

IMAGES = DOCS / "images"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        target = (page.parent / link.file).resolve() if link.file else page
        assert target.exists(), link
        if link.heading:
            assert link.heading in anchors(target), link


def test_there_are_links() -> None:
    assert sum(len(list(links(page))) for page in PAGES) > 80


def test_every_picture_is_shown_or_linked() -> None:
    """What nobody sees is not kept."""
    elsewhere = PROJECT / "models" / "starter" / "MODEL_CARD.md"
    shown = {
        (page.parent / link.file).resolve() for page in [*PAGES, elsewhere] for link in links(page)
    }
    assert {path for path in IMAGES.iterdir() if path.resolve() not in shown} == set()


def test_every_page_is_in_a_table_of_contents() -> None:
    listed = set()
    for page in DOCS.rglob("*.md"):
        for block in blocks(page, "{toctree}"):
            for line in block.splitlines():
                name = re.sub(r".*<(.+)>", r"\1", line.strip())
                if name and not name.startswith(":"):
                    listed.add((page.parent / f"{name}.md").resolve())
    pages = {page.resolve() for page in DOCS.rglob("*.md")} - {DOCS / "index.md"}
    assert listed == pages
