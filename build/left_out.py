"""What the built program leaves out of its libraries, with the reason for each."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from project_file import ROOT


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Things that are left out together.

    Attributes:
        reason: Why the program can do without, as docs/packaging.md says it.
        names: Full names of Python modules, or patterns of paths in the built folder, with
            slashes.
    """

    reason: str
    names: tuple[str, ...]


MODULES = (
    LeftOut(
        "the workshop that makes models, and what its packages bring along",
        (
            "torch", "transformers", "onnx", "onnxscript", "onnx_ir", "sklearn", "scipy", "sympy",
            "matplotlib", "pandas", "numba", "sentence_transformers", "safetensors", "models",
        ),
    ),
    LeftOut(
        "tools of the checkout, and code that tests",
        (
            "hypothesis", "pytest", "_pytest", "mypy", "pip", "setuptools", "distutils", "doctest",
            "lib2to3", "IPython", "tests", "numpy.testing", "numpy.f2py", "unittest",
        ),
    ),
    LeftOut(
        "130 MB for one format of `export`; whoever needs it installs the program with pip",
        ("pyarrow",),
    ),
    LeftOut(
        "corners of the libraries that the program has no use for: uploads, servers, converters",
        (
            "hf_xet", "fsspec", "pydantic", "pydantic_core", "fastapi", "huggingface_hub.cli",
            "huggingface_hub.inference", "huggingface_hub.serialization", "usearch.client",
            "usearch.server", "usearch.eval", "usearch.numba", "tokenizers.tools",
            "onnxruntime.backend", "onnxruntime.datasets", "onnxruntime.quantization",
            "onnxruntime.tools", "onnxruntime.transformers",
        ),
    ),
    LeftOut(
        "command lines of the libraries, and what these print with",
        ("httpx2._main", "click", "rich", "pygments", "markdown_it", "mdurl"),
    ),
    LeftOut(
        "what libraries take where it happens to be installed, and else do without",
        (
            "requests", "urllib3", "certifi", "charset_normalizer", "jinja2", "markupsafe", "attr",
            "attrs", "defusedxml", "trio", "olefile", "tqdm.contrib", "tqdm.rich",
        ),
    ),
    LeftOut("other ways to draw a window", ("tkinter", "_tkinter", "turtle")),
    LeftOut(
        "Pillow draws no text here and shows nothing: fonts and windows are Qt's",
        ("PIL.ImageTk", "PIL.ImageQt", "PIL._imagingft"),
    ),
    LeftOut(
        "modules of Qt that no window of this program uses",
        (
            "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL",
            "PySide6.QtPrintSupport", "PySide6.QtSql", "PySide6.QtTest",
        ),
    ),
)  # fmt: skip
"""Modules that PyInstaller would follow imports into and shall not."""

FILES = (
    LeftOut(
        "Qt's own texts in languages that the program does not speak",
        ("*PySide6/*translations/*",),
    ),
    LeftOut("files for QML, which no window of this program is written in", ("*PySide6/*qml/*",)),
    LeftOut(
        "part of the C library, and of no use beside another version of it",
        ("libmvec.so.*",),
    ),
    LeftOut(
        "notes of the installer: paths of the building machine, and sums of files as they were",
        tuple(
            f"*.dist-info/{name}"
            for name in ("direct_url.json", "INSTALLER", "RECORD", "REQUESTED", "WHEEL")
        ),
    ),
)
"""Files that PyInstaller collects and shall not."""

QT_PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qgif", "qico", "qjpeg", "qsvg", "qtiff", "qwebp"},
    "platforminputcontexts": {
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    },
    "platforms": {"qcocoa", "qoffscreen", "qwayland", "qwindows", "qxcb"},
    # Not qgtk3: it would bring GTK along. Qt takes the portal's dialogs in a Flatpak or Snap, or
    # where QT_QPA_PLATFORMTHEME=xdgdesktopportal asks for them, and else has its own.
    "platformthemes": {"qxdgdesktopportal"},
    "styles": {"qmacstyle", "qmodernwindowsstyle"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-shell-integration": {"qt-shell", "xdg-shell"},
    # Nothing for OpenGL: the windows are painted without, and no driver is loaded.
}
"""Qt's plugins that are taken along, by folder, without the platform's ``lib`` and ending."""


def excluded_modules() -> list[str]:
    """All of `MODULES`, in order."""
    return [name for each in MODULES for name in each.names]


def is_left_out(target: str) -> bool:
    """Whether a file is of no use to the program, going by its place alone.

    Args:
        target: Its path in the built folder, with slashes.
    """
    folder, _, name = target.rpartition("/")
    if f"{folder.rpartition('/')[2]}/{name}" in _spoken():
        return False
    if any(fnmatchcase(target, pattern) for each in FILES for pattern in each.names):
        return True
    if "PySide6" in target.split("/") and "plugins" in target.split("/"):
        plugin = name.removeprefix("lib").split(".")[0]
        return plugin not in QT_PLUGINS.get(folder.rpartition("/")[2], set())
    return False


def _spoken() -> set[str]:
    """Qt's own texts in the languages that the program speaks, such as the menu of a field."""
    ours = (ROOT / "desktop_app" / "resources" / "languages").glob("*.ts")
    return {f"translations/qtbase_{file.stem}.qm" for file in ours}
