"""The panel that says what the program is."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_app import __version__
from desktop_app.engine.paths import notices_file
from desktop_app.ui.kit.card import ButtonRow, Card
from desktop_app.ui.kit.side_panel import SidePanel
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, TITLE_PX, Theme
from desktop_app.ui.words.language import tr

WIDTH_PX = 400


class AboutPanel(SidePanel):
    """Name, version, licence, where the library is, and what leaves this computer: nothing.

    Args:
        theme: For the colours.
        name: What the program is called.
        folder: Where the library lies.
        parent: Where it belongs.
    """

    unopened = Signal(str)
    """The notices could not be opened; says what to do."""

    def __init__(
        self, theme: Theme, name: str, folder: Path, parent: QWidget | None = None
    ) -> None:
        title = tr("About", "About {program}").format(program=name)
        super().__init__(theme, title, None, parent)
        card = Card(theme)
        card.column.setSpacing(8)
        version = tr("About", "Version {version}").format(version=__version__)
        lines = (
            (name, TITLE_PX, Tint.TEXT, True),
            (version, SMALL_PX, Tint.SECONDARY, False),
            (
                tr("About", "Finds pictures on your own computer by what they show."),
                BODY_PX, Tint.TEXT, False,
            ),
            (tr("About", "Nothing leaves this computer."), BODY_PX, Tint.TEXT, True),
            (
                tr("About", "Free software under the MIT licence. Built with Qt (LGPL), ONNX "
                   "Runtime (MIT), SQLite (public domain) and USearch (Apache 2.0); icons by "
                   "Lucide (ISC). Models have licences of their own, which their panel shows."),
                SMALL_PX, Tint.SECONDARY, False,
            ),
            (
                tr("About", "Your library is in {folder}.").format(folder=folder),
                SMALL_PX, Tint.SECONDARY, False,
            ),
        )  # fmt: skip
        for text, size_px, tint, is_bold in lines:
            label = TextLabel(theme, card, size_px, tint, bold=is_bold)
            label.say(text)
            card.column.addWidget(label)
        self._notices = notices_file()
        if self._notices is not None:  # else pip brought the libraries, each with its own licence
            row = ButtonRow(card)
            self.licences = row.add(tr("About", "Licences of all parts"), self._open_notices)
            card.column.addWidget(row)
        card.describe(title, [text for text, *_ in lines])
        self.cards.addWidget(card)
        self.cards.addStretch(1)

    def _open_notices(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._notices))):
            text = tr("About", "No program for texts was found. They are in {file}.")
            self.unopened.emit(text.format(file=self._notices))
