"""The real window on a real library, put into a state and photographed."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.main import make_models
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.order import Order
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.sidebar.sidebar_items import FOLDERS
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from many_pictures import ManyPictures

TIMEOUT_S = 60.0
PATIENCE_S = 30.0
_LOOK_MS = 20


class Stage:
    """A window with everything behind it, driven by keys and commands as a person would.

    Args:
        app: The application.
        theme: What it looks like.
        data_dir: Where the library lies.
        size_px: Width and height of the window.
        is_new: Whether nobody has used the program before.
        count: How many pictures there seem to be; 0 for those that are there.

    Attributes:
        window: The window, shown.
    """

    def __init__(
        self,
        app: QApplication,
        theme: Theme,
        data_dir: Path,
        size_px: tuple[int, int],
        *,
        is_new: bool = False,
        count: int = 0,
    ) -> None:
        self._app = app
        self._taken: list[tuple[Path, Path]] = []
        paths = DataPaths.below(data_dir)
        if not is_new:
            memory = WindowMemory(data_dir)
            memory.set_welcomed()
            memory.set_searched()  # or searches to try would appear when they are found

        def open_library() -> Library:
            library = Library.open(paths, make_models(paths))
            if count:
                ManyPictures(library, count)
            return library

        self.window = MainWindow(Session(open_library, data_dir), theme)
        self.window.resize(*size_px)
        self.window.show()
        self.window.activateWindow()
        self.until(lambda: self.window.results.shown is not None)

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window run until something is so.

        Raises:
            TimeoutError: If it is not after a minute.
        """
        loop, look, limit = QEventLoop(), QTimer(interval=_LOOK_MS), QTimer(singleShot=True)
        look.timeout.connect(lambda: loop.quit() if is_so() else None)
        limit.timeout.connect(lambda: loop.exit(1))
        look.start()
        limit.start(round(TIMEOUT_S * 1000))
        if loop.exec():
            raise TimeoutError("The window did not come to what was waited for.")

    def rest(self) -> None:
        """Let the window run until all that is visible has been painted."""
        window, grid = self.window, self.window.grid

        def is_painted() -> bool:
            ids = window.pictures.ids
            seen = [int(ids[row]) for row in grid.visible_rows()] if grid.isVisible() else []
            return all(window.thumbnails.image(each) is not None for each in seen)

        self.until(is_painted)
        self.wait_ms(250)  # captions, reasons and what moves

    def wait_ms(self, time_ms: int) -> None:
        """Let the window run for a time."""
        loop = QEventLoop()
        QTimer.singleShot(time_ms, loop.quit)
        loop.exec()

    def index(self, folder: Path) -> None:
        """Drop a folder on the window, and wait until it is indexed."""
        self.window.indexing.add([str(folder)])
        self.until(lambda: not self.window.indexing.is_idle)
        self.until(lambda: self.window.indexing.is_idle)
        self.until(lambda: self.window.pictures.rowCount() > 0)

    def search(self, words: str) -> None:
        """Type a search, and wait for its answer."""
        window = self.window
        line = window.header.search_box.line
        before = window.results.shown
        line.setFocus()
        QTest.keyClicks(line, words)
        self.until(lambda: window.results.shown is not before and not window.results.is_running)
        window.results.renew()  # the first answer loads the model, and tells the time of that
        self.until(lambda: not window.results.is_running)
        window.grid.setFocus()  # closes the suggestions
        self.wait_ms(400)

    def show_sidebar(self) -> None:
        """Show the sidebar with all folders open."""
        window = self.window
        window.book.run("view.sidebar")
        self.until(lambda: window.sidebar.view.model().rowCount() > 0)
        self.wait_ms(400)
        window.sidebar.view.expandAll()
        self.wait_ms(400)

    def label(self) -> None:
        """Rate and tag some pictures, and leave one selected."""
        window = self.window
        for row, stars, tags in ((0, 5, ["favourite"]), (3, 4, []), (8, 5, ["sea", "favourite"])):
            window.grid.go_to(row)
            window.labels_desk.rate(stars)
            if tags:
                window.labels_desk.tag(tags)
            self.wait_ms(200)
        window.notices.dismiss()
        self.wait_ms(300)

    def hold(self) -> None:
        """Pause, and have all folders looked through once more: the job is there and waits."""
        window = self.window
        window.session.pace.pause()
        window.indexing.rescan()
        self.until(lambda: bool(window.jobs.running))

    def take_drive(self) -> None:
        """Take the folders of the library away, until the window closes; the sidebar tells it."""
        library = self.window.session.library
        for root in library.roots() if library is not None else ():
            path, away = Path(root.path), Path(f"{root.path} away")
            path.rename(away)
            self._taken.append((away, path))
        content = self.window.sidebar.content

        def is_told() -> bool:
            signs = [each for key in content.children(FOLDERS) for each in content.item(key).signs]
            return any(each.icon == "unplug" for each in signs)

        self.window.indexing.rescan()
        self.until(is_told)

    def order(self, order: Order) -> None:
        """Show the pictures in another order, or in groups."""
        before = self.window.results.shown
        self.window.header.order.set_order(order)
        self.until(lambda: self.window.results.shown is not before)

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(self._app.focusWidget() or self.window, text)
        self.wait_ms(200)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the keyboard is."""
        target: QWidget = self._app.focusWidget() or self.window
        QTest.keyClick(target, key, modifiers or Qt.KeyboardModifier.NoModifier)

    def picture(self, is_done: Callable[[QImage], bool] = lambda _picture: True) -> QImage:
        """What the window looks like, when all has come that is to come.

        Args:
            is_done: Tells that of a picture. What is there after `PATIENCE_S` is taken as it is.
        """
        self.rest()
        end_s = time.monotonic() + PATIENCE_S
        while not is_done(picture := self.window.grab().toImage()) and time.monotonic() < end_s:
            self.wait_ms(100)
        return picture

    def close(self) -> None:
        """Close the window and let it go."""
        self.window.close()
        self.window.deleteLater()
        self.wait_ms(1)
        for away, path in self._taken:
            away.rename(path)
