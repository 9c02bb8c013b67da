"""From what a user gave to what is looked through."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.engine import root_presence
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.patience import Patience
from desktop_app.engine.indexing.scan_targets import scan_targets
from desktop_app.engine.library import Library
from desktop_app.engine.records import IndexSummary, RootKind
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.roots import RootPlace
from tests.helpers.fake_encoder import COLOURS


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog.open(tmp_path / "catalog.sqlite3")
    yield opened
    opened.close()


def test_many_single_pictures_are_added_at_once(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = []
    for number in range(300):
        path = tmp_path / f"{number}.jpg"
        path.touch()
        paths.append(str(path))
    asked = 0
    real = catalog.roots

    def roots() -> object:
        nonlocal asked
        asked += 1
        return real()

    monkeypatch.setattr(catalog, "roots", roots)
    targets = scan_targets(catalog, paths, Patience(), CancelToken())
    assert [target.path for target in targets] == paths
    assert {target.kind for target in targets} == {RootKind.FILE}
    assert asked <= 2


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_folder_and_one_inside_are_one_root(
    catalog: Catalog, tmp_path: Path, order: tuple[int, int]
) -> None:
    inner = tmp_path / "outer" / "inner"
    inner.mkdir(parents=True)
    given = [str(inner.parent), str(inner)]
    targets = scan_targets(catalog, [given[place] for place in order], Patience(), CancelToken())
    assert [target.path for target in targets] == [str(inner.parent)]
    assert [root.path for root in catalog.roots()] == [str(inner.parent)]


def test_two_names_of_one_new_folder_are_one_root(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    targets = scan_targets(
        catalog, [str(tmp_path / "folder"), str(tmp_path / "link")], Patience(), CancelToken()
    )
    assert [target.path for target in targets] == [str(tmp_path / "folder")]


def test_a_root_that_does_not_answer_holds_up_no_other(
    library: Library, pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "a.jpg").write_bytes((pictures / "red.png").read_bytes())
    list(library.index([share, pictures], CancelToken()))
    answers = threading.Event()
    real = root_presence.why_away

    def hangs(place: RootPlace) -> str | None:
        if place.path != str(share):
            return real(place)
        answers.wait(20)
        return None

    monkeypatch.setattr(library._presence, "_why_away", hangs)
    monkeypatch.setattr(root_presence, "HANG_S", 0.2)
    monkeypatch.setattr(root_presence, "PATIENCE_S", 0.05)
    lexists = os.path.lexists

    def never_asked(path: str) -> bool:
        assert path != str(share)
        return lexists(path)

    monkeypatch.setattr(os.path, "lexists", never_asked)
    *_, summary = library.index([], CancelToken())
    assert isinstance(summary, IndexSummary)
    assert [skip.path for skip in summary.failed] == [str(share)]
    assert "does not answer" in summary.failed[0].reason
    assert (summary.unchanged, summary.removed) == (len(COLOURS), 0)
    assert len(library.picture_ids()) == len(COLOURS) + 1
    answers.set()
