import contextlib
import os
import shutil
import stat
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, ModelError, PassingModelError
from desktop_app.engine.model import archive as archive_module
from desktop_app.engine.model.intake import copy_model
from desktop_app.engine.records import ModelProgress, ModelStep

NAMES = (
    "config.json",
    "preprocessor_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "onnx/text_model_quantized.onnx",
    "onnx/vision_model_quantized.onnx",
)


def copy(source: Path, target: Path, cancel: CancelToken | None = None) -> list[ModelProgress]:
    target.mkdir(exist_ok=True)
    return list(copy_model(source, target, cancel or CancelToken()))


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def pack(folder: Path, file: Path, prefix: str = "", kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(file, "w", kind) as archive:
        for name in files(folder):
            archive.write(folder / name, prefix + name)
    return file


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "target"


def declare_64(packed: Path, directory_bytes: int | None = None) -> None:
    """Add the records of large archives; zipfile believes them and not the end record."""
    content = packed.read_bytes()
    end = content[-22:]
    size, start = int.from_bytes(end[12:16], "little"), int.from_bytes(end[16:20], "little")
    entries = int.from_bytes(end[10:12], "little")
    size = size if directory_bytes is None else directory_bytes
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, size, start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(content) - 22, 1)
    packed.write_bytes(content[:-22] + record + locator + end)


class TestFolder:
    def test_is_copied_without_what_is_not_used(self, folder: Path, target: Path) -> None:
        (folder / "pytorch_model.bin").write_bytes(b"large")
        (folder / "README.md").write_text("# Card")

        steps = copy(folder, target)

        assert files(target) == sorted([*NAMES, "README.md"])
        for name in NAMES:
            assert (target / name).read_bytes() == (folder / name).read_bytes()
        assert {step.step for step in steps} == {ModelStep.COPYING}
        assert steps[-1].done_bytes == steps[-1].total_bytes

    def test_is_found_one_folder_down(self, folder: Path, tmp_path: Path, target: Path) -> None:
        (tmp_path / "download").mkdir()
        folder.rename(tmp_path / "download" / "model")

        copy(tmp_path / "download", target)

        assert files(target) == sorted(NAMES)

    @pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
    @pytest.mark.parametrize("name", ["tokenizer.json", "onnx"])
    def test_with_a_link_out_of_it_is_refused(
        self, folder: Path, tmp_path: Path, target: Path, name: str
    ) -> None:
        (folder / name).rename(tmp_path / "outside")
        (folder / name).symlink_to(tmp_path / "outside")

        with pytest.raises(ModelError, match="is a link to another place"):
            copy(folder, target)

    def test_says_what_is_no_model(self, tmp_path: Path, target: Path) -> None:
        (tmp_path / "empty").mkdir()
        with pytest.raises(ModelError, match=r"^There is no model in empty\. .*config\.json"):
            copy(tmp_path / "empty", target)
        with pytest.raises(ModelError, match=r"^There is no model .*nowhere"):
            copy(tmp_path / "nowhere", target)

    @pytest.mark.parametrize("name", ["clip.tar.gz", "model.onnx", "clip"])
    def test_in_a_file_of_another_kind_is_told_what_is_taken(
        self, tmp_path: Path, target: Path, name: str
    ) -> None:
        (tmp_path / name).write_bytes(b"\x1f\x8b" + bytes(500))

        with pytest.raises(ModelError) as caught:
            copy(tmp_path / name, target)

        assert caught.value.text == f"The file {name} is not a .zip file."
        assert "from its folder or from a .zip of it" in caught.value.hint

    def test_of_several_models_is_refused(self, folder: Path, tmp_path: Path, target: Path) -> None:
        for name in ("one", "two"):
            for file in files(folder):
                (tmp_path / "both" / name / file).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / "both" / name / file).write_bytes((folder / file).read_bytes())

        with pytest.raises(ModelError, match=r"^both holds several models\."):
            copy(tmp_path / "both", target)

    def test_that_needs_more_room_than_there_is_is_refused(
        self, folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Usage(NamedTuple):
            free: int

        monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1_500_000))

        with pytest.raises(PassingModelError, match=r"takes 4 kB, and only 1\.5 MB are free"):
            copy(folder, target)
        assert files(target) == []

    def test_is_not_copied_on_after_cancelling(self, folder: Path, target: Path) -> None:
        cancel = CancelToken()
        target.mkdir()
        steps = copy_model(folder, target, cancel)
        next(steps)
        cancel.cancel()

        with pytest.raises(CancelledError):
            list(steps)

    @pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes")
    def test_says_that_the_disk_is_full(
        self, folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import resource
        import signal

        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, before[1]))
        try:
            with pytest.raises(PassingModelError, match=r"tiny cannot be copied \(File too l"):
                copy(folder, target)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, old)


class TestZip:
    @pytest.mark.parametrize("prefix", ["", "some-clip/"])
    @pytest.mark.parametrize("kind", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    def test_is_unpacked(
        self, folder: Path, tmp_path: Path, target: Path, prefix: str, kind: int
    ) -> None:
        packed = pack(folder, tmp_path / "m.zip", prefix, kind)
        with zipfile.ZipFile(packed, "a") as archive:
            archive.writestr("__MACOSX/._config.json", b"")
            archive.mkdir(f"{prefix}empty")

        copy(packed, target)

        assert files(target) == sorted(NAMES)
        assert (target / NAMES[2]).read_bytes() == (folder / NAMES[2]).read_bytes()

    @pytest.mark.parametrize(
        "name",
        [
            "../evil.txt",
            "onnx/../../evil.txt",
            "/etc/evil.txt",
            "..\\evil.txt",
            "\\\\server\\evil.txt",
            "C:\\evil.txt",
            "C:/evil.txt",
        ],
    )
    def test_that_leads_out_of_itself_is_refused(
        self, folder: Path, tmp_path: Path, target: Path, name: str
    ) -> None:
        packed = pack(folder, tmp_path / "m.zip")
        with zipfile.ZipFile(packed, "a") as archive:
            archive.writestr(zipfile.ZipInfo(name), b"evil")

        with pytest.raises(ModelError, match=r"^The file m\.zip is refused: .*leads out of it"):
            copy(packed, target)
        assert files(target) == []
        assert not list(tmp_path.rglob("evil*"))

    def test_with_a_link_is_refused(self, folder: Path, tmp_path: Path, target: Path) -> None:
        packed = pack(folder, tmp_path / "m.zip")
        link = zipfile.ZipInfo("onnx/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        with zipfile.ZipFile(packed, "a") as archive:
            archive.writestr(link, "/etc/passwd")

        with pytest.raises(ModelError, match=r"onnx/link in it is a link"):
            copy(packed, target)

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    @pytest.mark.parametrize("name", ["config.json", "CONFIG.json"])
    def test_with_a_name_twice_is_refused(
        self, folder: Path, tmp_path: Path, target: Path, name: str
    ) -> None:
        packed = pack(folder, tmp_path / "m.zip")
        with zipfile.ZipFile(packed, "a") as archive:
            archive.writestr(name, b"{}")

        with pytest.raises(ModelError, match=f"it holds {name} twice"):
            copy(packed, target)

    @pytest.mark.parametrize("said_bytes", [None, 1_000_000_000])
    def test_that_grows_a_thousandfold_is_refused_unread(
        self, folder: Path, tmp_path: Path, target: Path, said_bytes: int | None
    ) -> None:
        (folder / NAMES[5]).unlink()
        packed = pack(folder, tmp_path / "m.zip")
        with (
            zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive,
            archive.open(NAMES[5], "w") as bomb,
        ):
            for _ in range(65):
                bomb.write(bytes(1024 * 1024))
        if said_bytes is not None:  # a packed size larger than the whole file
            content = bytearray(packed.read_bytes())
            at = content.rindex(b"PK\x01\x02")
            content[at + 20 : at + 24] = said_bytes.to_bytes(4, "little")
            packed.write_bytes(content)

        with pytest.raises(ModelError, match=r"it would grow to 68\.2 MB, 1?\d\d\d times its size"):
            copy(packed, target)
        assert files(target) == []

    def test_that_is_none_is_said_to_be_none(self, tmp_path: Path, target: Path) -> None:
        notes = tmp_path / "notes.zip"
        notes.write_text("Milk, bread.")
        with pytest.raises(ModelError, match=r"^The file notes\.zip is not a readable \.zip"):
            copy(notes, target)

    def test_with_a_name_that_begins_with_nul_is_refused(
        self, folder: Path, tmp_path: Path, target: Path
    ) -> None:
        packed = pack(folder, tmp_path / "m.zip")
        packed.write_bytes(packed.read_bytes().replace(b"tokenizer.json", b"\0okenizer.json"))
        with pytest.raises(ModelError, match=r"^The file m\.zip is refused: "):
            copy(packed, target)

    def test_that_lies_about_its_size_is_refused(
        self, folder: Path, tmp_path: Path, target: Path
    ) -> None:
        (folder / NAMES[5]).write_bytes(bytes(3_000_000))
        packed = pack(folder, tmp_path / "m.zip")
        # A small size is written into the table of contents, as bombs do.
        content = packed.read_bytes().replace(
            (3_000_000).to_bytes(4, "little"), (300).to_bytes(4, "little")
        )
        packed.write_bytes(content)

        with pytest.raises(ModelError, match=r"m\.zip"):
            copy(packed, target)
        assert sum((target / name).stat().st_size for name in files(target)) < 1_000_000

    def test_of_far_too_many_files_is_refused(
        self, folder: Path, tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        packed = pack(folder, tmp_path / "m.zip")
        monkeypatch.setattr(archive_module, "MAX_ENTRIES", 5)
        with pytest.raises(ModelError, match="far too many files"):
            copy(packed, target)
        monkeypatch.setattr(archive_module, "_MAX_DIRECTORY_BYTES", 100)
        monkeypatch.setattr(zipfile, "ZipFile", lambda _: pytest.fail("was opened"))
        with pytest.raises(ModelError, match="far too many files"):
            copy(packed, target)

    def test_of_the_large_kind_is_unpacked(
        self, folder: Path, tmp_path: Path, target: Path
    ) -> None:
        packed = pack(folder, tmp_path / "m.zip")
        declare_64(packed)

        copy(packed, target)
        assert set(files(target)) == set(NAMES)

    def test_of_the_large_kind_with_far_too_many_files_is_refused_unread(
        self, folder: Path, tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        packed = pack(folder, tmp_path / "m.zip")
        declare_64(packed, directory_bytes=2**40)
        monkeypatch.setattr(zipfile, "ZipFile", lambda _: pytest.fail("was opened"))

        with pytest.raises(ModelError, match="far too many files"):
            copy(packed, target)

    def test_with_a_password_is_refused(self, folder: Path, tmp_path: Path, target: Path) -> None:
        packed = pack(folder, tmp_path / "m.zip")
        content = bytearray(packed.read_bytes())
        at = -1
        while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
            content[at + 8] |= 1  # the flag of encryption, in the table of contents
        packed.write_bytes(content)

        with pytest.raises(ModelError, match="is locked with a password"):
            copy(packed, target)

    @pytest.mark.parametrize("kind", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
    def test_of_another_packing_is_refused(
        self, folder: Path, tmp_path: Path, target: Path, kind: int
    ) -> None:
        with pytest.raises(ModelError, match="packed in a way that is not supported"):
            copy(pack(folder, tmp_path / "m.zip", kind=kind), target)

    @pytest.mark.parametrize(
        "damage",
        [
            lambda content: b"",
            lambda content: b"no zip at all",
            lambda content: content[: len(content) // 2],
            lambda content: content[:60] + b"\xff" * 60 + content[120:],
            lambda content: content[:-30] + b"\xff" * 30,
        ],
    )
    def test_that_is_damaged_is_refused(
        self, folder: Path, tmp_path: Path, target: Path, damage: Callable[[bytes], bytes]
    ) -> None:
        packed = pack(folder, tmp_path / "m.zip")
        packed.write_bytes(damage(packed.read_bytes()))

        with pytest.raises(ModelError, match=r"^The file m\.zip"):
            copy(packed, target)

    @settings(
        deadline=None,
        max_examples=60,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.data())
    def test_damaged_anywhere_it_is_unpacked_or_refused(
        self, folder: Path, tmp_path: Path, data: st.DataObject
    ) -> None:
        packed = pack(folder, tmp_path / "m.zip")
        content = bytearray(packed.read_bytes())
        for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=5)):
            content[place] = data.draw(st.integers(0, 255))
        packed.write_bytes(content)
        number = len(list(tmp_path.iterdir()))
        target = tmp_path / f"target {number}"
        with contextlib.suppress(ModelError):
            copy(packed, target)
        # Where the name of a quantized tower is damaged, the other one beside it is taken.
        others = {name.replace("_quantized", "") for name in NAMES}
        assert set(files(target)) <= {*NAMES, *others}
        assert {p.name.split()[0] for p in tmp_path.iterdir()} <= {
            "m.zip",
            "target",
            "tiny",
            "home",
        }
