import zipfile
from pathlib import Path

import pytest

from build_traces import telling_paths, traces_in
from project_file import ROOT

HOME = "/home/somebody/image-seeker"


def test_the_checkout_tells_of_this_computer() -> None:
    assert str(ROOT) in telling_paths()
    assert not {"/usr", "/root", "/home/runner"} & set(telling_paths())


def test_a_path_is_found_wherever_it_is(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "direct_url.json").write_text(f'{{"url": "file://{HOME}"}}')
    (tmp_path / "wide.dll").write_bytes(b"MZ" + HOME.encode("utf-16-le"))
    with zipfile.ZipFile(tmp_path / "base_library.zip", "w") as archive:
        archive.writestr("module.pyc", HOME.encode())
        archive.writestr("other.pyc", b"nothing")
    (tmp_path / "innocent").write_bytes(b"/home/somebody/else")
    (tmp_path / "empty").touch()
    (tmp_path / "link").symlink_to("wide.dll")

    found = traces_in(tmp_path, [HOME], [("program: desktop_app.main", HOME.encode())])

    assert [sentence.split(" names ")[0] for sentence in found] == [
        "base_library.zip/module.pyc",
        "deep/direct_url.json",
        "program: desktop_app.main",
        "wide.dll",
    ]


@pytest.mark.parametrize("text", [r"C:\\work\\seeker", "C:/work/seeker", r"C:\work\seeker"])
def test_windows_paths_are_found_in_all_spellings(tmp_path: Path, text: str) -> None:
    (tmp_path / "file").write_text(text)

    assert len(traces_in(tmp_path, [r"C:\work\seeker"], [])) == 1
