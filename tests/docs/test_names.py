"""What the pages name is there: functions, classes, files, models."""

import importlib
import re
from pathlib import Path

import pytest
from program_names import names_of_the_window, short_name

from desktop_app.engine.model.offers import CURATED
from tests.conftest import PROJECT
from tests.docs.pages import DOCS, PAGES, code, name_of, roles, text_of

_PATH = re.compile(r"(?:desktop_app|models|build|tests|docs|benchmarks|\.ci)/[\w./-]*")
_MADE = ("build/out",)


def has_attribute(dotted: str) -> bool:
    """Whether a name of the engine is a module, or something in one."""
    parts = f"desktop_app.engine.{dotted}".split(".")
    for count in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:count]))
        except ModuleNotFoundError:
            continue
        for name in parts[count:]:
            if not hasattr(found, name):
                return False
            found = getattr(found, name)
        return True
    return False


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_name_of_the_engine_is_there(page: Path) -> None:
    assert [name for name in roles(page, "engine") if not has_attribute(name)] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_name_of_the_window_is_there(page: Path) -> None:
    known = names_of_the_window()
    assert [name for name in roles(page, "window") if name not in known] == []


@pytest.mark.parametrize("page", ["picture.md", "query.md"])
def test_a_journey_names_its_functions(page: str) -> None:
    assert len(roles(DOCS / page, "engine")) > 15
    assert len(roles(DOCS / page, "window")) > 4


def test_a_name_that_is_gone_is_noticed() -> None:
    assert has_attribute("files.scanner.scan")
    assert has_attribute("library.Library.search")
    assert not has_attribute("files.scanner.no_such_function")
    assert not has_attribute("no_such_module.scan")
    assert "SearchDesk.search_by" in names_of_the_window()
    assert "SearchDesk.no_such_method" not in names_of_the_window()


def test_a_name_is_shown_short() -> None:
    assert short_name("files.scanner.scan") == "scan"
    assert short_name("library.Library") == "Library"
    assert short_name("library.Library.search") == "Library.search"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_named_is_there(page: Path) -> None:
    named = [
        path
        for said in code(page)
        for path in _PATH.findall(said)
        if not path.startswith(_MADE) and "CODE" not in path
    ]
    assert [path for path in named if not (PROJECT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_models_to_get_are_offered(page: Path) -> None:
    got = re.findall(r"image-seeker models get ([\w.-]+)", text_of(page))
    assert set(got) <= {model.name for model in CURATED}


def test_every_document_that_the_source_names_is_there() -> None:
    for path in (PROJECT / "desktop_app").rglob("*.py"):
        for named in re.findall(r"docs/[\w/-]+\.\w+", path.read_text("utf-8")):
            assert (
                (PROJECT / named).exists()
                or f"https://{named}" in named
                or _is_address(path, named)
            ), (path, named)


def _is_address(path: Path, named: str) -> bool:
    """Whether what looks like a document here is a part of an address."""
    return re.search(rf"https?://\S*{re.escape(named)}", path.read_text("utf-8")) is not None
