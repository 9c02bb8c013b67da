"""The panels beside the pictures: which there are, and what opens and closes them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_app.engine.records import EmbedSummary
from desktop_app.ui.folders import folders_panel
from desktop_app.ui.folders.folders_panel import FoldersPanel
from desktop_app.ui.kit import keyboard_mark
from desktop_app.ui.kit.side_panel import SidePanel
from desktop_app.ui.kit.theme import Theme, scaled_px
from desktop_app.ui.messages import problems_panel
from desktop_app.ui.messages.problems_panel import ProblemsPanel
from desktop_app.ui.models import models_panel
from desktop_app.ui.models.models_panel import ModelsPanel
from desktop_app.ui.window.body import Body
from desktop_app.ui.words.language import tr

if TYPE_CHECKING:
    from desktop_app.ui.window.main_window import MainWindow


class WindowPanels(QObject):
    """Makes them, closed; one is open at a time.

    Args:
        window: What they belong to.
        middle: What they stand beside.
        theme: For the colours.

    Attributes:
        body: The middle with the panel beside it.
        problems: Lists the files that were not indexed.
        unprepared: Lists the pictures that a model could not get to know.
        unwritten: Lists the pictures beside which labels could not be written.
        models: The models.
        folders: The folders.
    """

    def __init__(self, window: "MainWindow", middle: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self.body = Body(middle)
        self.problems = ProblemsPanel(theme, parent=self.body)
        self.unprepared = ProblemsPanel(
            theme,
            tr("Problems", "Not prepared"),
            tr("Problems", "Pictures that are not prepared"),
            self.body,
        )
        self.unwritten = ProblemsPanel(
            theme,
            tr("Labels", "Labels not written"),
            tr("Labels", "Pictures without a label file"),
            self.body,
        )
        self.models = ModelsPanel(theme, self.body)
        self.folders = FoldersPanel(theme, self.body)
        for panel in (self.problems, self.unprepared, self.unwritten):
            self.add(panel, problems_panel.WIDTH_PX)
        self.add(self.models, models_panel.WIDTH_PX)
        self.add(self.folders, folders_panel.WIDTH_PX)

    def add(self, panel: SidePanel | ProblemsPanel, width_px: int) -> None:
        """Take one more panel, closed; with larger text it is so much wider."""
        self.body.add_panel(panel, scaled_px(width_px))
        panel.closed.connect(self.body.close_panel)

    def toggle(self, panel: QWidget) -> None:
        """Open or close a panel, and show where the keyboard is in it."""
        keyboard_mark.mark(self._window)
        self._toggle(panel)

    def _toggle(self, panel: QWidget) -> None:
        """Open or close a panel; one that the viewer covers is seen again."""
        if self._leave_viewer() and self.body.panel is panel:
            panel.hide()  # it takes the keyboard when it appears
            self.body.open_panel(panel)
        else:
            self.body.toggle_panel(panel)

    def _leave_viewer(self) -> bool:
        """Go back to the pictures, because something beside them is to be seen."""
        viewer = self._window.viewer
        was_open = viewer.isVisible()
        if was_open:
            viewer.close_viewer()
        return was_open

    def open_models(self) -> None:
        """Show the models."""
        self.body.open_panel(self.models)

    def open_problems(self) -> None:
        """Show what was not indexed."""
        self.body.open_panel(self.problems)

    def serve(self) -> None:
        """Open and close with what the parts of the window ask for, once these are all there."""
        window, body = self._window, self.body
        body.opening.connect(self._leave_viewer)
        window.status.problems_asked.connect(lambda: self._toggle(self.problems))
        window.status.models_asked.connect(lambda: self._toggle(self.models))
        window.status.folders_asked.connect(lambda: self._toggle(self.folders))
        for panel in (self.problems, self.unprepared):
            panel.retry_asked.connect(window.indexing.retry)
        self.folders.add_asked.connect(window.choose_folder)
        self.folders.failures_asked.connect(self.open_problems)
        window.folders_desk.panel_asked.connect(self._open_folders)
        window.models_desk.panel_asked.connect(self.open_models)
        window.models_desk.failures_asked.connect(self._show_unprepared)
        window.labels_desk.unwritten_asked.connect(lambda: body.open_panel(self.unwritten))
        for one, width_px in window.files.panels.items():
            self.add(one, width_px)
        window.files.panel_asked.connect(body.open_panel)

    def _open_folders(self) -> None:
        if self.folders.isVisible():
            self.folders.take_keyboard()
        self.body.open_panel(self.folders)

    def _show_unprepared(self, summary: EmbedSummary) -> None:
        self.unprepared.show_files(summary.failed)
        self.body.open_panel(self.unprepared)
