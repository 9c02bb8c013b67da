import plistlib
import re

from mac_bundle import BUNDLE_ID, info_plist
from picture_types import uniform_types
from project_file import ROOT, read_project

PROJECT = read_project()


def test_it_is_a_property_list_that_opens_folders_and_pictures() -> None:
    keys = plistlib.loads(plistlib.dumps(info_plist(PROJECT)))

    folders, pictures = keys["CFBundleDocumentTypes"]
    assert folders["LSItemContentTypes"] == ["public.folder"]
    assert pictures["LSItemContentTypes"] == uniform_types()
    assert {each["LSHandlerRank"] for each in (folders, pictures)} == {"Alternate"}
    assert keys["NSHighResolutionCapable"] is True
    assert keys["CFBundleVersion"] == PROJECT.version
    assert re.fullmatch(r"\d+\.\d+", keys["LSMinimumSystemVersion"])
    assert re.fullmatch(r"[A-Za-z0-9.]+", BUNDLE_ID)


def test_it_is_in_the_dock_although_a_program_for_terminals_is_packed_beside_it() -> None:
    assert info_plist(PROJECT)["LSBackgroundOnly"] is False


def test_it_says_all_languages_of_the_window() -> None:
    folder = ROOT / "desktop_app" / "resources" / "languages"
    ours = {"en", *(file.stem for file in folder.glob("*.ts"))}

    assert set(info_plist(PROJECT)["CFBundleLocalizations"]) == ours  # type: ignore[arg-type]


def test_it_asks_for_folders_alone() -> None:
    asking = [key for key in info_plist(PROJECT) if key.endswith("UsageDescription")]

    assert sorted(asking) == [
        "NSDesktopFolderUsageDescription",
        "NSDocumentsFolderUsageDescription",
        "NSDownloadsFolderUsageDescription",
        "NSNetworkVolumesUsageDescription",
        "NSRemovableVolumesUsageDescription",
    ]
