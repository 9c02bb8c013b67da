"""What macOS is told of the program: the Info.plist of ImageSeeker.app."""

from picture_types import FOLDER_UNIFORM, uniform_types
from project_file import Project

BUNDLE_ID = "org.imageseeker.ImageSeeker"
"""The same as on Linux: neither hyphens nor underscores, of which one or the other is forbidden."""

OLDEST_MACOS = "14.0"
"""What the wheels of onnxruntime ask for."""

_FOLDERS = ("Desktop", "Documents", "Downloads")
_VOLUMES = {"RemovableVolumes": "drives that you plug in", "NetworkVolumes": "network drives"}

Plist = dict[str, "str | bool | list[str] | list[dict[str, str | list[str]]]"]


def info_plist(project: Project) -> Plist:
    """The keys beyond those that PyInstaller writes itself.

    Nothing is in it that asks for the network, the camera or the Photos library. What macOS shows
    before a program reads certain folders says what for.

    Args:
        project: What pyproject.toml says.
    """
    why = "Image Seeker reads the pictures in {place} that you add to it. They stay where they are."
    reasons = {f"NS{name}FolderUsageDescription": f"your {name} folder" for name in _FOLDERS}
    reasons |= {f"NS{name}UsageDescription": place for name, place in _VOLUMES.items()}
    return {
        "CFBundleName": "Image Seeker",
        "CFBundleDisplayName": "Image Seeker",
        "CFBundleVersion": project.version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "fr"],
        "LSApplicationCategoryType": "public.app-category.photography",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        # PyInstaller hides a program from the Dock when the last one it packed is for a terminal.
        "LSBackgroundOnly": False,
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # dark where the system is
        "CFBundleDocumentTypes": [
            _opens("Folder", [FOLDER_UNIFORM]),
            _opens("Picture", uniform_types()),
        ],
        **{key: why.format(place=place) for key, place in reasons.items()},
    }


def _opens(name: str, types: list[str]) -> dict[str, str | list[str]]:
    # "Alternate": offered under Open With and taken when dropped on the icon, never the default.
    return {
        "CFBundleTypeName": name,
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": "Alternate",
        "LSItemContentTypes": types,
    }
