"""Adds and downloads models as the user asks, and tells how far that is."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.records import InstalledModel, ModelProgress
from desktop_app.ui.messages.notices import Notices, explain
from desktop_app.ui.models.model_installs import Install, ModelInstalls
from desktop_app.ui.models.models_panel import ModelsPanel
from desktop_app.ui.words.language import tr


class InstallDesk(QObject):
    """Stands between the installations and what the window shows of them."""

    changed = Signal()
    """There is another model."""
    use_asked = Signal(str)
    """The user wants to use what has just been installed."""
    panel_asked = Signal()
    """The user wants to see the panel."""

    def __init__(
        self, installs: ModelInstalls, panel: ModelsPanel, notices: Notices, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._parent = parent
        self._panel = panel
        self._notices = notices
        self._installs = installs
        self._begun: set[Install] = set()
        panel.folder_asked.connect(self.choose_folder)
        panel.archive_asked.connect(self.choose_archive)
        panel.lists.install_asked.connect(self._installs.start)
        panel.lists.install_cancelled.connect(self._installs.cancel)
        self._installs.waiting.connect(self._install_waits)
        self._installs.progressed.connect(self._install_progressed)
        self._installs.installed.connect(self._installed)
        self._installs.failed.connect(self._install_failed)
        self._installs.stopped.connect(self._install_stopped)

    def catch_up(self) -> None:
        """Show what other windows have begun, where its cards are there by now."""
        for install in self._installs.under_way:
            if install not in self._begun:
                self._begin(install)

    def _begin(self, install: Install) -> None:
        self._panel.lists.begin(install)
        if self._panel.lists.view(install) is not None:
            self._begun.add(install)

    def choose_folder(self) -> None:
        """Let the user pick a model's folder, and add it."""
        dialog = QFileDialog(self._parent, tr("Models", "Add a model from a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._add_chosen(dialog)

    def choose_archive(self) -> None:
        """Let the user pick a .zip of a model, and add it."""
        dialog = QFileDialog(self._parent, tr("Models", "Add a model from a .zip file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        models = tr("Models", "Models")
        dialog.setNameFilter(f"{models} (*.zip)")
        self._add_chosen(dialog)

    def _add_chosen(self, dialog: QFileDialog) -> None:
        dialog.setDirectory(str(Path.home()))
        dialog.filesSelected.connect(self._add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _add(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._installs.start(Install(path, is_download=False))

    def _install_waits(self, install: Install) -> None:
        self._begin(install)
        self._panel.reveal(install)

    def _install_progressed(self, install: Install, progress: ModelProgress) -> None:
        view = self._panel.lists.view(install)
        if view is not None:
            view.show_progress(progress)

    def _installed(self, install: Install, model: InstalledModel) -> None:
        self._begun.discard(install)
        self._panel.lists.end(install)
        self._notices.info(
            tr("Models", "{model} is installed.").format(model=model.title),
            tr("Models", "Use it"),
            lambda: self.use_asked.emit(model.name),
        )
        self.changed.emit()

    def _install_failed(self, install: Install, error: Exception) -> None:
        self._begun.discard(install)
        explained, is_seen = explain(error), self._panel.sees(install)
        # Whether it may be tried again is known by what the engine itself said.
        self._panel.lists.fail(install, error if isinstance(error, UserFacingError) else explained)
        if not is_seen:
            text = str(explained)
            show = tr("Models", "Models")
            self._notices.error(text, show, lambda: self._show_failed(install))

    def _show_failed(self, install: Install) -> None:
        self.panel_asked.emit()
        self._panel.reveal(install)

    def _install_stopped(self, install: Install) -> None:
        self._begun.discard(install)
        view = self._panel.lists.view(install)
        if view is not None:
            view.show_stopped()
