"""The panel at the right: what is known of the chosen picture, or of several together."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.records import CommonLabels
from desktop_app.ui.inspector.crumbs import Crumbs
from desktop_app.ui.inspector.star_row import StarRow
from desktop_app.ui.inspector.tag_editor import TagEditor
from desktop_app.ui.kit.copied_label import CopiedLabel
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme
from desktop_app.ui.words.language import tr

WIDTH_PX = 280
_EDGE_PX = 12
_PICTURE_PX = 192


class Inspector(QWidget):
    """Shows what it is given and says what the user asks for; knows nothing of the library.

    Attributes:
        picture: The chosen picture, large enough to see what it is.
        stars: Its rating.
        tags: Its tags.
        crumbs: Its folder.
    """

    appeared = Signal()
    """It is seen now, and was not before."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(tr("Inspector", "Inspector"))
        self.picture = PictureView(theme)
        self.crumbs = Crumbs(theme)
        self.stars = StarRow(theme)
        self.tags = TagEditor(theme)
        content = _Content()
        self._name = CopiedLabel(theme, content, BODY_PX, bold=True)
        self._facts = Lines(theme, content)
        self._place = CopiedLabel(theme, content, SMALL_PX, Tint.SECONDARY)
        self._copy = QPushButton(tr("Inspector", "Copy"))
        self._copy.setProperty("link", True)
        self._copy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._copy.setAccessibleName(tr("Inspector", "Copy the place"))
        self._copy.clicked.connect(self._copy_place)
        self._place_row = QWidget()
        place = QHBoxLayout(self._place_row)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self._place, 1)
        place.addWidget(self._copy)
        self._why_heading = TextLabel(theme, content, SMALL_PX, bold=True)
        self._why_heading.setContentsMargins(0, 8, 0, 0)
        self._why = Lines(theme, content)
        column = QVBoxLayout(content)
        column.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, _EDGE_PX)
        column.setSpacing(8)
        for widget in (
            self.picture,
            self._name,
            self.crumbs,
            self.stars,
            self.tags,
            self._facts,
            self._place_row,
            self._why_heading,
            self._why,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._scroll)
        theme.changed.connect(self.update)
        self.show_labels(None)
        self.show_place("")
        self.show_image(None, has_picture=False)

    @property
    def name(self) -> str:
        """What it is about."""
        return self._name.said

    @property
    def facts(self) -> list[str]:
        """What is said of it."""
        return self._facts.said

    @property
    def why(self) -> list[str]:
        """Why it is where it is."""
        return self._why.said

    @property
    def place(self) -> str:
        """Where it was taken."""
        return self._place.said

    def show_subject(self, name: str, folder: str = "") -> None:
        """Say what it is about.

        Args:
            name: The file's name, or how many pictures there are.
            folder: The path of its folder; empty where there are several pictures.
        """
        self._name.say(name)
        self.crumbs.show_folder(folder)

    def show_facts(self, lines: Sequence[str]) -> None:
        """Say what is known, a fact a line."""
        self._facts.say(lines)

    def show_place(self, place: str) -> None:
        """Say where it was taken; empty where nobody knows."""
        self._place.say(place)
        self._place_row.setVisible(bool(place))

    def show_why(self, lines: Sequence[str]) -> None:
        """Say why it is where it is, a reason a line; none where nothing was searched for."""
        self._why_heading.say(tr("Inspector", "Why it is here") if lines else "")
        self._why.say(lines)

    def show_labels(self, labels: CommonLabels | None) -> None:
        """Show rating and tags; None where no picture is chosen."""
        self.stars.setVisible(labels is not None)
        self.tags.setVisible(labels is not None)
        if labels is not None:
            self.stars.show_rating(labels.rating)
            self.tags.show_tags(labels)

    def show_image(self, image: QImage | None, *, has_picture: bool = True) -> None:
        """Show the picture; None keeps its room empty until it comes.

        Args:
            image: The picture.
            has_picture: Whether there is one picture at all.
        """
        self.picture.setVisible(has_picture)
        self.picture.show_image(image)

    def forbid_changes(self) -> None:
        """Only show from now on."""
        self.stars.forbid_changes()
        self.tags.forbid_changes()

    def showEvent(self, event: object) -> None:
        """Say that it is seen."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.appeared.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the panel."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.raised))
        painter.end()

    def _copy_place(self) -> None:
        QGuiApplication.clipboard().setText(self._place.said)


class Lines(QWidget):
    """Lines of text with some air between them; each can be selected."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._labels: list[CopiedLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    @property
    def said(self) -> list[str]:
        """The lines."""
        return [label.said for label in self._labels if label.said]

    def say(self, lines: Sequence[str]) -> None:
        """Show other lines."""
        while len(self._labels) < len(lines):
            label = CopiedLabel(self._theme, self, SMALL_PX, Tint.SECONDARY)
            self._column.addWidget(label)
            self._labels.append(label)
        for number, label in enumerate(self._labels):
            label.say(lines[number] if number < len(lines) else "")
        self.setVisible(bool(lines))


class PictureView(QWidget):
    """A picture as large as its room lets it be; a double click asks for more."""

    opened = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image: QImage | None = None
        self.setFixedHeight(_PICTURE_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Inspector", "The picture"))
        theme.changed.connect(self.update)

    @property
    def image(self) -> QImage | None:
        """What is shown."""
        return self._image

    def show_image(self, image: QImage | None) -> None:
        """Show another one."""
        self._image = image
        self.update()

    def mouseDoubleClickEvent(self, _event: object) -> None:
        """Ask for the large view."""
        self.opened.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it, whole, with the corners that pictures have in the grid."""
        image = self._image
        if image is None or image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self.size()
        size = image.size()
        if size.width() > room.width() or size.height() > room.height():
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(
            (room.width() - size.width()) / 2,
            (room.height() - size.height()) / 2,
            size.width(),
            size.height(),
        )
        corners = QPainterPath()
        corners.addRoundedRect(place, 6, 6)
        painter.setClipPath(corners)
        painter.drawImage(place, image)
        painter.end()


class _Content(QWidget):
    """Asks for the height its text needs at the width it has."""

    def minimumSizeHint(self) -> QSize:
        """Any height: the scroll area gives what `heightForWidth` says."""
        return QSize(0, 0)
