"""Takes the pictures of the window that README and docs show, light and dark, in each language.

python docs/scripts/take_pictures.py [OUT] [--only NAME...]
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop_app.engine.paths import DataPaths
from desktop_app.ui.kit.theme import Scheme, Theme
from desktop_app.ui.start.application import create_application
from desktop_app.ui.words.language import install_language
from draw_pictures import draw_into
from scenes import SCENES, Look, Scene
from stage import Stage
from structure import save, structure

IMAGES = Path(__file__).resolve().parent.parent / "images"


def main() -> int:
    """Take all pictures, or some."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "out", nargs="?", type=Path, help="take all pictures, not only those of the docs, into this"
    )
    parser.add_argument(
        "--structures", type=Path, metavar="DIR", help="also keep there what tests compare with"
    )
    parser.add_argument("--only", nargs="*", default=[scene.name for scene in SCENES])
    options = parser.parse_args()
    out = options.out or IMAGES
    out.mkdir(parents=True, exist_ok=True)
    app = create_application()
    theme = Theme(app)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        library = make_library(app, theme, folder)
        for scene in SCENES:
            looks = scene.looks if options.out else scene.shown_in_docs
            for look in looks if scene.name in options.only else ():
                name = f"{scene.name}{look.suffix}.png"
                picture = shoot(app, theme, scene, look, library, folder)
                picture.save(str(out / name))
                if options.structures is not None:
                    save(structure(picture), options.structures / name)
    return 0


def make_library(app: QApplication, theme: Theme, folder: Path) -> Path:
    """Draw pictures and index them.

    Returns:
        The data folder.
    """
    draw_into(folder / "Pictures")
    settings = DataPaths.below(folder / "library").settings
    settings.parent.mkdir(parents=True)
    # One after another: of pictures that are called alike, the one indexed last is shown first.
    settings.write_text('{"decoder_processes": 1}', encoding="utf-8")
    stage = Stage(app, theme, folder / "library", (800, 600))
    stage.index(folder / "Pictures")
    stage.close()
    settings.unlink()
    return folder / "library"


def shoot(
    app: QApplication,
    theme: Theme,
    scene: Scene,
    look: Look,
    library: Path,
    folder: Path,
    is_done: Callable[[QImage], bool] = lambda _picture: True,
) -> QImage:
    """Play a scene on a library of its own, and take its picture when it is done."""
    data_dir = folder / "shown"
    if scene.has_library:
        shutil.copytree(library, data_dir)
    install_language(app, look.language)
    theme.set_scheme(look.scheme)
    stage = Stage(app, theme, data_dir, scene.size_px, is_new=scene.is_new, count=scene.count)
    try:
        scene.play(stage)
        return stage.picture(is_done)
    finally:
        stage.close()
        theme.set_scheme(Scheme.SYSTEM)
        install_language(app, "en")
        shutil.rmtree(data_dir, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
