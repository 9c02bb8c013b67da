"""A disk that vanishes under files that are mapped into memory."""

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.engine.records import ModelInfo
from desktop_app.engine.store import segment, vector_index
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.index_opening import open_index
from desktop_app.engine.store.vector_index import save_index
from tests.engine.store import searching_pulled_disk
from tests.engine.store.conftest import MakePicture
from tests.engine.store.inline_building import InlineBuilding

Search = Callable[[bool], subprocess.CompletedProcess[str]]


@pytest.fixture
def search(
    catalog_path: Path,
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Search:
    """Searches forty pictures, with a segment that has a graph and one without, in a process."""
    monkeypatch.setattr(vector_index, "GraphBuilding", InlineBuilding)
    batch = [make_picture(f"{number}.jpg", number) for number in range(40)]
    catalog.write_pictures(root_id, model, batch)
    folder = tmp_path / "indexes"
    index = open_index(folder, catalog, model, searching_pulled_disk.LIMITS)
    save_index(index, catalog)
    list(index.link())
    save_index(index, catalog)
    catalog.close()

    def run(is_copied: bool) -> subprocess.CompletedProcess[str]:
        script, arguments = searching_pulled_disk.__name__, [catalog_path, folder]
        return subprocess.run(
            [
                *(sys.executable, "-m", script, *map(str, arguments)),
                *(str(int(is_copied)), str(tmp_path / "crash.log")),
            ],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.mark.skipif(sys.platform == "win32", reason="Windows truncates no file that is mapped")
class TestPulled:
    def test_what_is_copied_answers_as_before(self, search: Search) -> None:
        ended = search(True)
        assert ended.returncode == 0, ended.stderr
        first, *others = map(json.loads, ended.stdout.splitlines())
        assert sorted(first) == list(range(1, 41))
        assert others == [first, first]

    def test_what_is_not_ends_the_process_and_leaves_a_trace(
        self, search: Search, tmp_path: Path, catalog_path: Path, model: ModelInfo
    ) -> None:
        ended = search(False)
        assert ended.returncode == -signal.SIGBUS
        assert "Bus error" in (tmp_path / "crash.log").read_text()
        # Nothing is lost: the index is made anew from the catalog.
        catalog = Catalog.open(catalog_path)
        index = open_index(tmp_path / "indexes", catalog, model, searching_pulled_disk.LIMITS)
        assert len(index) == len(catalog.picture_ids_newest_first()) == 40
        index.close()
        catalog.close()


def test_where_there_is_no_room_for_a_copy_the_file_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "rows"
    file.write_bytes(b"vectors")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    with file.open("rb") as opened:
        assert segment._map_copy(opened) is None
    monkeypatch.setattr(tempfile, "tempdir", None)
    with file.open("rb") as opened:
        copy = segment._map_copy(opened)
    assert copy is not None
    file.write_bytes(b"")
    assert copy[:] == b"vectors"
