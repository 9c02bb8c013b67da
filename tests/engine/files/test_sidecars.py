import os
import sys
from pathlib import Path

import pytest

from desktop_app.engine.files.sidecars import SidecarError, change_sidecar, read_sidecar
from desktop_app.engine.files.xmp import Xmp


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"a picture")
    return path


def rated(rating: int, extension: str = "") -> bytes:
    xmp = Xmp()
    xmp.set_rating(rating)
    said = f' xmlns:p="http://ns.adobe.com/photoshop/1.0/" p:SidecarForExtension="{extension}"'
    text = xmp.to_bytes()
    return text.replace(b' rdf:about=""', said.encode() + b' rdf:about=""') if extension else text


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_one_has_the_whole_name(picture: Path) -> None:
    assert read_sidecar(str(picture)) is None
    change_sidecar(str(picture), lambda xmp: xmp.set_rating(3))
    assert names(picture.parent) == ["a.jpg", "a.jpg.xmp"]
    found = read_sidecar(str(picture))
    assert found is not None
    assert found.rating == 3
    assert picture.read_bytes() == b"a picture"


@pytest.mark.parametrize(
    ("there", "changed"),
    [
        ({"a.xmp": rated(1)}, "a.xmp"),
        ({"a.XMP": rated(1)}, "a.XMP"),
        ({"a.xmp": rated(1, "JPG")}, "a.xmp"),
        ({"a.xmp": rated(1, "CR2")}, "a.jpg.xmp"),
        ({"a.xmp": rated(1), "a.jpg.xmp": rated(1)}, "a.jpg.xmp"),
    ],
)
def test_one_that_is_there_is_changed(picture: Path, there: dict[str, bytes], changed: str) -> None:
    for name, data in there.items():
        (picture.parent / name).write_bytes(data)
    change_sidecar(str(picture), lambda xmp: xmp.set_rating(5))
    assert names(picture.parent) == sorted({"a.jpg", changed, *there})
    assert Xmp((picture.parent / changed).read_bytes()).rating == 5
    others = {name: data for name, data in there.items() if name != changed}
    assert {name: (picture.parent / name).read_bytes() for name in others} == others


def test_where_nothing_changes_nothing_is_written(picture: Path) -> None:
    change_sidecar(str(picture), lambda xmp: xmp.set_rating(0))
    assert names(picture.parent) == ["a.jpg"]
    beside = picture.parent / "a.xmp"
    beside.write_bytes(b"\n" + rated(2))
    before = beside.read_bytes()
    change_sidecar(str(picture), lambda xmp: xmp.set_rating(2))
    assert beside.read_bytes() == before


def test_what_cannot_be_understood_stays_as_it_is(picture: Path) -> None:
    beside = picture.parent / "a.jpg.xmp"
    beside.write_bytes(b"my notes")
    with pytest.raises(SidecarError, match=r"“a\.jpg\.xmp” cannot be understood"):
        change_sidecar(str(picture), lambda xmp: xmp.set_rating(2))
    with pytest.raises(SidecarError):
        read_sidecar(str(picture))
    assert beside.read_bytes() == b"my notes"


def test_a_picture_that_is_gone_gets_none(tmp_path: Path) -> None:
    with pytest.raises(SidecarError, match="not there"):
        change_sidecar(str(tmp_path / "gone.jpg"), lambda xmp: xmp.set_rating(2))
    assert names(tmp_path) == []


def test_one_that_cannot_be_replaced_stays_whole(
    picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = picture.parent / "a.jpg.xmp"
    beside.write_bytes(rated(1))

    def refuse(*_paths: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(SidecarError, match="You may not write"):
        change_sidecar(str(picture), lambda xmp: xmp.set_rating(2))
    assert beside.read_bytes() == rated(1)
    assert names(picture.parent) == ["a.jpg", "a.jpg.xmp"]


@pytest.mark.skipif(sys.platform == "win32", reason="links and rights of POSIX")
def test_links_and_rights_are_kept(picture: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "real.xmp").write_bytes(rated(1))
    (elsewhere / "real.xmp").chmod(0o640)
    os.symlink(elsewhere / "real.xmp", tmp_path / "a.jpg.xmp")
    change_sidecar(str(picture), lambda xmp: xmp.set_rating(4))
    assert (tmp_path / "a.jpg.xmp").is_symlink()
    assert (elsewhere / "real.xmp").stat().st_mode & 0o777 == 0o640
    assert Xmp((elsewhere / "real.xmp").read_bytes()).rating == 4


@pytest.mark.parametrize("said", ["", "JPG"])
def test_one_that_may_be_another_files_is_not_changed(picture: Path, said: str) -> None:
    shared = rated(2, said)
    (picture.parent / "a.cr2").write_bytes(b"a raw picture")
    (picture.parent / "a.xmp").write_bytes(shared)
    change_sidecar(str(picture), lambda xmp: xmp.set_rating(5))
    is_ours = bool(said)
    assert ((picture.parent / "a.xmp").read_bytes() == shared) is not is_ours
    assert (picture.parent / "a.jpg.xmp").exists() is not is_ours
