"""How a change of the catalog is noticed."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.records import FileStamp, ModelInfo, NewPicture, RootKind
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.connection import Connections

MODEL = ModelInfo("test", "Test", 2, is_builtin=False)


def add(catalog: Catalog, name: str) -> int:
    root_id = catalog.add_root("/pictures", RootKind.FOLDER)
    picture = NewPicture(
        path=f"/pictures/{name}",
        stamp=FileStamp(1, 1),
        width_px=1,
        height_px=1,
        format="PNG",
        taken_at_s=None,
        fingerprint=name.encode(),
        vector=np.array([1, 0], dtype=np.float32),
    )
    return catalog.write_pictures(root_id, MODEL, [picture])[0]


def test_a_change_is_noticed_by_who_writes_and_by_who_reads(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    with closing(Catalog.open(path)) as writer:
        add(writer, "a.png")
        with closing(Catalog.open(path, writable=False)) as reader:
            before = writer.change_mark(), reader.change_mark()
            assert (writer.change_mark(), reader.change_mark()) == before
            writer.picture_ids_newest_first()
            assert writer.change_mark() == before[0]
            add(writer, "b.png")
            assert writer.change_mark() != before[0]
            assert reader.change_mark() != before[1]


def test_no_two_writers_count_at_once(catalog_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that comes a second time would stand for two states of the catalog."""

    class Watched(int):
        def __add__(self, other: int) -> int:
            seen.append(connections._lock.locked())
            return int(self) + other

    seen: list[bool] = []
    connections = Connections(catalog_path, writable=True)
    monkeypatch.setattr(connections, "_commits", Watched(5))
    with connections.writing():
        pass
    assert (seen, connections.change_mark()) == ([True], (0, 6))
    connections.close()
