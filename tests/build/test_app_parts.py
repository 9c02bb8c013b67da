from app_parts import Part, needed_parts

LINKS = {
    "/qt/QtGui.so": ["libQt6Gui.so.6", "libc.so.6"],
    "/qt/libQt6Gui.so.6": ["libQt6Core.so.6"],
    "/qt/libqgtk3.so": ["libgtk-3.so.0", "libQt6Core.so.6"],
    "/usr/libgtk-3.so.0": ["libgdk-3.so.0"],
    "/pillow/_imaging.so": ["libjpeg-1234.so.62"],
}
KEPT: list[Part] = [
    ("PySide6/QtGui.abi3.so", "/qt/QtGui.so", "EXTENSION"),
    ("PySide6/Qt/lib/libQt6Gui.so.6", "/qt/libQt6Gui.so.6", "BINARY"),
    ("PySide6/Qt/lib/libQt6Core.so.6", "/qt/libQt6Core.so.6", "BINARY"),
    ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
    ("libpython3.11.so.1.0", "/usr/libpython3.11.so.1.0", "BINARY"),
    ("onnxruntime/capi/libonnxruntime.so", "/ort/libonnxruntime.so", "BINARY"),
    ("PIL/_imaging.so", "/pillow/_imaging.so", "EXTENSION"),
    ("pillow.libs/libjpeg-1234.so.62", "/pillow/libjpeg-1234.so.62", "BINARY"),
    ("desktop_app/resources/icons/x.svg", "/src/x.svg", "DATA"),
]
DROPPED: list[Part] = [
    ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "/qt/libqgtk3.so", "BINARY"),
    ("libgtk-3.so.0", "/usr/libgtk-3.so.0", "BINARY"),
    ("libgdk-3.so.0", "/usr/libgdk-3.so.0", "BINARY"),
    ("PySide6/Qt/lib/libQt6Qml.so.6", "/qt/libQt6Qml.so.6", "BINARY"),
    ("libQt6Qml.so.6", "PySide6/Qt/lib/libQt6Qml.so.6", "SYMLINK"),
]


def test_libraries_that_only_a_dropped_plugin_needed_go_with_it() -> None:
    parts = [*DROPPED, *KEPT]

    assert needed_parts(parts, lambda file: LINKS.get(file, [])) == KEPT


def test_libraries_of_a_kept_plugin_stay() -> None:
    plugin: Part = ("PySide6/Qt/plugins/platforms/libqxcb.so", "/qt/libqxcb.so", "BINARY")
    library: Part = ("libxcb-cursor.so.0", "/usr/libxcb-cursor.so.0", "BINARY")
    links = {"/qt/libqxcb.so": ["/usr/lib/libxcb-cursor.so.0"]}

    assert needed_parts([library, plugin], lambda file: links.get(file, [])) == [library, plugin]


def test_windows_finds_a_library_whatever_the_case_of_its_name() -> None:
    """Qt's wheel has msvcp140.dll, and all that is linked to it says MSVCP140.dll."""
    extension: Part = ("PySide6\\QtGui.pyd", r"C:\qt\QtGui.pyd", "EXTENSION")
    library: Part = ("PySide6\\msvcp140.dll", r"C:\qt\msvcp140.dll", "BINARY")
    links = {r"C:\qt\QtGui.pyd": ["MSVCP140.dll", "KERNEL32.dll"]}

    assert needed_parts([extension, library], lambda file: links.get(file, [])) == [
        extension,
        library,
    ]


def test_data_files_are_not_asked_what_they_link_to() -> None:
    asked: list[str] = []

    def imports_of(file: str) -> list[str]:
        asked.append(file)
        return []

    needed_parts([*KEPT, *DROPPED], imports_of)

    assert "/src/x.svg" not in asked
