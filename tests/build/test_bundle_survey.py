"""What a program is made of, from real wheels and files of this environment."""

import sys
import sysconfig
from pathlib import Path

import filelock
import numpy
import pytest
import tokenizers

import bundle_survey
from app_parts import Part
from bundle_survey import BundleSurvey, UnknownPartsError
from component import Component
from file_owners import OURS, PYTHON, FileOwners
from project_file import ROOT, read_project


@pytest.fixture(scope="module")
def owners() -> FileOwners:
    return FileOwners()


@pytest.fixture(scope="module")
def survey(owners: FileOwners) -> BundleSurvey:
    return BundleSurvey(read_project(), owners)


def source(module: object) -> str:
    return str(getattr(module, "__file__", ""))


OWN: list[Part] = [
    ("desktop_app/resources/example_words.txt", str(ROOT / "LICENSE"), "DATA"),
    ("image-seeker", "anywhere", "EXECUTABLE"),
]


def by_name(components: list[Component]) -> dict[str, Component]:
    return {component.name: component for component in components}


def test_files_are_sorted_by_who_made_them(survey: BundleSurvey) -> None:
    compiled = source(tokenizers.tokenizers)
    parts: list[Part] = [
        *OWN,
        ("tokenizers/tokenizers.abi3.so", compiled, "EXTENSION"),
        ("tokenizers.so", "tokenizers/tokenizers.abi3.so", "SYMLINK"),
        ("base_library.zip", str(ROOT / "build" / "out" / "base_library.zip"), "DATA"),
        ("icons/x.svg", str(ROOT / "desktop_app" / "resources" / "icons" / "x.svg"), "DATA"),
        ("starter/config.json", str(ROOT / "models" / "starter" / "config.json"), "DATA"),
    ]
    modules: list[Part] = [
        ("filelock", source(filelock), "PYMODULE"),
        ("desktop_app.main", str(ROOT / "desktop_app" / "main.py"), "PYMODULE"),
        ("json", sysconfig.get_path("stdlib") + "/json/__init__.py", "PYMODULE"),
        ("namespace", "-", "PYMODULE"),
    ]

    components = survey.components(parts, modules)

    named = by_name(components)
    assert components[0].name == "Image Seeker"
    assert components[0].files == ("desktop_app/resources/example_words.txt",)
    assert named["tokenizers"].files == ("tokenizers.so", "tokenizers/tokenizers.abi3.so")
    assert named["pyinstaller"].files == ("image-seeker",)
    assert named["Python"].files == ("base_library.zip",)
    assert named["Python"].modules == 1
    assert named["Lucide icons"].licence == "ISC"
    assert named["Image Seeker starter model"].files == ("starter/config.json",)
    assert named["filelock"].modules == 1
    assert named["filelock"].texts
    assert "namespace" not in named


def test_links_within_a_framework_of_macos_belong_to_it(survey: BundleSurvey) -> None:
    """They lead on from where they are, through each other and to folders."""
    framework = "PySide6/Qt/lib/QtCore.framework"
    compiled = source(tokenizers.tokenizers)  # stands for any file of a wheel
    files: list[Part] = [
        (f"{framework}/Versions/A/QtCore", compiled, "BINARY"),
        (f"{framework}/Versions/A/Resources/Info.plist", compiled, "DATA"),
    ]
    links: list[Part] = [
        ("QtCore", f"{framework}/Versions/A/QtCore", "SYMLINK"),
        (f"{framework}/QtCore", "Versions/Current/QtCore", "SYMLINK"),
        (f"{framework}/Resources", "Versions/Current/Resources", "SYMLINK"),
        (f"{framework}/Versions/Current", "A", "SYMLINK"),
        ("nowhere", "Versions/Current/QtCore", "SYMLINK"),
        ("around", "around", "SYMLINK"),
    ]

    found = by_name(survey.components([*OWN, *links, *files], []))["tokenizers"].files

    assert found == tuple(sorted(target for target, _, _ in (*files, *links[:4])))


def test_what_wheels_say_of_their_inside_is_taken_over(survey: BundleSurvey) -> None:
    parts: list[Part] = [
        *OWN,
        ("tokenizers/tokenizers.abi3.so", source(tokenizers.tokenizers), "EXTENSION"),
    ]

    crates = by_name(survey.components(parts, []))["tokenizers"].parts

    assert len(crates) > 50
    assert {"serde", "onig"} <= {crate.name for crate in crates}
    assert all(crate.purl.startswith("pkg:cargo/") and crate.licence for crate in crates)


def test_a_library_in_a_wheel_is_no_part_of_its_authors(survey: BundleSurvey) -> None:
    folder = Path(source(numpy)).parent.parent / "numpy.libs"
    libraries = sorted(folder.glob("libscipy_openblas*")) if folder.is_dir() else []
    if not libraries:
        pytest.skip("numpy's wheel for this system has no such folder")
    parts: list[Part] = [*OWN, (f"numpy.libs/{libraries[0].name}", str(libraries[0]), "BINARY")]

    found = by_name(survey.components(parts, []))["OpenBLAS"]

    assert found.origin.startswith("the wheel of numpy ")
    assert [part.name for part in found.parts] == ["LAPACK"]


def test_a_file_of_nobody_ends_the_build(survey: BundleSurvey, tmp_path: Path) -> None:
    (tmp_path / "libstrange.so").touch()
    parts: list[Part] = [*OWN, ("libstrange.so", str(tmp_path / "libstrange.so"), "BINARY")]

    with pytest.raises(UnknownPartsError) as refused:
        survey.components(parts, [("strange", str(tmp_path / "strange.py"), "PYMODULE")])

    first, second = refused.value.complaints
    assert first.startswith("The module strange ")
    assert second.startswith("libstrange.so (from ")
    assert "build/licences/native.toml" in second


def test_a_licence_that_is_not_allowed_ends_the_build(
    survey: BundleSurvey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_survey, "allowed_terms", lambda: {})

    with pytest.raises(UnknownPartsError, match="MIT is not among the allowed licences"):
        survey.components(OWN, [])


def test_packages_that_say_no_licence_end_the_build(
    survey: BundleSurvey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("python_components._stated_licence", lambda distribution: "")

    with pytest.raises(UnknownPartsError, match="the metadata of filelock says no licence"):
        survey.components(OWN, [("filelock", source(filelock), "PYMODULE")])


def test_whose_a_file_is(owners: FileOwners, tmp_path: Path) -> None:
    wheel = owners.owner_of(source(filelock))
    assert wheel is not None
    assert (wheel.kind, wheel.name) == ("wheel", "filelock")
    assert owners.owner_of(str(ROOT / "LICENSE")) == OURS
    assert owners.owner_of(sysconfig.get_path("stdlib") + "/json/__init__.py") == PYTHON
    assert owners.owner_of(str(tmp_path / "nobody")) is None
    lost = Path(source(filelock)).parent.parent / "lost_and_found.py"
    assert owners.owner_of(str(lost)) is None


def test_all_of_a_framework_is_pythons(
    owners: FileOwners, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tmp_path / "Python.framework" / "Versions" / "3.13"
    monkeypatch.setattr(sys, "base_prefix", str(base))

    assert owners.owner_of(str(base / "Resources" / "Info.plist")) == PYTHON
    assert owners.owner_of(str(tmp_path / "Resources" / "Info.plist")) is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Debian's packages are asked for files")
def test_a_system_library_belongs_to_its_package(owners: FileOwners) -> None:
    library = next(Path("/usr/lib").glob("*/libz.so.1"), None)
    owner = owners.owner_of(str(library)) if library else None
    if owner is None:
        pytest.skip("no Debian, or no libz")
    assert (owner.kind, owner.name) == ("system", "zlib1g")
    assert owner.version
