"""The bar above the picture in the viewer: what it is, and what can be done with the view."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from desktop_app.ui.kit import icons
from desktop_app.ui.kit.text_label import ElidedLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Colours, text_font
from desktop_app.ui.words import number_wording, wording
from desktop_app.ui.words.language import tr

HEIGHT_PX = 52
BUTTON_PX = 36
_ALPHA = 225
_FACTS_FROM_PX, _TURNS_FROM_PX, _PARTS_FROM_PX = 820, 640, 440
"""Widths of the bar from which on it has room for this too; keys and the menu do it anyway."""


@dataclass(frozen=True, slots=True)
class BarActions:
    """What the buttons of the bar do."""

    close: Callable[[], object]
    toggle_zoom: Callable[[], object]
    toggle_playing: Callable[[], object]
    turn_left: Callable[[], object]
    turn_right: Callable[[], object]
    crop: Callable[[], object]
    explain: Callable[[], object]
    inform: Callable[[], object]
    fill_screen: Callable[[], object]


class ViewerBar(QWidget):
    """Says what is shown; its buttons can be reached with Tab.

    Args:
        actions: What the buttons do.
        theme: For the colours.
        parent: The viewer.
    """

    def __init__(self, actions: BarActions, theme: Colours, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_over_picture = False
        self._can_explain = self._is_animated = self._is_playing = False
        self.name = ElidedLabel(theme, elide=Qt.TextElideMode.ElideMiddle, tint=Tint.TEXT)
        self.facts = ElidedLabel(theme)
        self.position = QLabel()
        self.back = self._button(tr("Viewer", "Back to the pictures (Esc)"), actions.close)
        self.zoom = self._button("", actions.toggle_zoom)
        self.play = self._button("", actions.toggle_playing)
        self.left = self._button(tr("Viewer", "Turn left ([)"), actions.turn_left)
        self.right = self._button(tr("Viewer", "Turn right (])"), actions.turn_right)
        self.crop = self._switch(tr("Viewer", "Search by a part of this picture (C)"), actions.crop)
        self.explain = self._switch(
            tr("Viewer", "Show where it fits the search (E)"), actions.explain
        )
        self.inform = self._switch(tr("Viewer", "Information (I)"), actions.inform)
        self.screen_button = self._button(tr("Viewer", "Full screen (F11)"), actions.fill_screen)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._arrange()
        self.show_zoom(1.0, is_fitted=True)
        theme.changed.connect(self._tint)
        self._tint()

    def _button(self, label: str, act: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("quiet", True)
        button.setFixedHeight(BUTTON_PX)
        button.setMinimumWidth(BUTTON_PX)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: act())
        _name(button, label)
        return button

    def _switch(self, label: str, act: Callable[[], object]) -> QToolButton:
        button = self._button(label, act)
        button.setCheckable(True)
        return button

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(4)
        self.name.setFont(text_font(self.font(), BODY_PX, bold=True))
        self.facts.setFont(text_font(self.font(), SMALL_PX))
        self.zoom.setFont(text_font(self.font(), SMALL_PX, figures=True))
        self.position.setFont(text_font(self.font(), SMALL_PX, figures=True))
        self.name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.back)
        row.addSpacing(4)
        row.addWidget(self.name)
        row.addSpacing(8)
        row.addWidget(self.facts, 1)
        for widget in (
            self.position, self.zoom, self.play, self.left, self.right, self.crop,
            self.explain, self.inform, self.screen_button,
        ):  # fmt: skip
            row.addWidget(widget)
        self.play.hide()
        self.explain.hide()

    @property
    def buttons(self) -> list[QToolButton]:
        """Those that are there, in order."""
        return [each for each in self.findChildren(QToolButton) if not each.isHidden()]

    def show_picture(self, name: str, facts: str, tip: str) -> None:
        """Say what is shown.

        Args:
            name: The file's name; empty while it is not known.
            facts: Date and sizes.
            tip: The whole path.
        """
        self.name.say(name)
        self.name.setToolTip(wording.tooltip(tip))
        self.facts.say(facts)

    def show_position(self, text: str) -> None:
        """Say where one is, where the film strip does not."""
        self.position.setText(text)
        self.position.setVisible(bool(text))

    def show_zoom(self, zoom: float, *, is_fitted: bool) -> None:
        """Say how large it is, 1.0 for a pixel to a pixel."""
        percent = number_wording.percent(zoom * 100, 0 if zoom >= 0.1 else 1)
        self.zoom.setText(percent)
        _name(
            self.zoom,
            tr("Viewer", "Zoom {percent}, whole picture (a click, or 1: every pixel)").format(
                percent=percent
            )
            if is_fitted
            else tr("Viewer", "Zoom {percent} (a click, or 0: whole picture)").format(
                percent=percent
            ),
        )

    def show_animation(self, *, is_animated: bool, is_playing: bool) -> None:
        """Say whether the picture moves."""
        if (is_animated, is_playing) == (self._is_animated, self._is_playing):
            return
        self._is_animated, self._is_playing = is_animated, is_playing
        self.play.setVisible(is_animated)
        _name(
            self.play,
            tr("Viewer", "This picture moves: stop it (P)")
            if is_playing
            else tr("Viewer", "This picture moves: play it (P)"),
        )
        self._tint()

    def show_explain(self, *, can_explain: bool, is_on: bool) -> None:
        """Offer to show where the picture fits the search."""
        self._can_explain = can_explain
        self.explain.setChecked(is_on)
        self._make_room()

    def show_full_screen(self, is_full: bool) -> None:
        """Lie over the picture in full screen."""
        if is_full == self._is_over_picture:
            return
        self._is_over_picture = is_full
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, not is_full)
        _name(
            self.screen_button,
            tr("Viewer", "Leave full screen (F11)")
            if is_full
            else tr("Viewer", "Full screen (F11)"),
        )
        self._tint()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Leave out what has no room."""
        self._make_room()

    def _make_room(self) -> None:
        width_px = self.width()
        self.facts.setVisible(width_px >= _FACTS_FROM_PX)
        for button in (self.left, self.right):
            button.setVisible(width_px >= _TURNS_FROM_PX)
        self.crop.setVisible(width_px >= _PARTS_FROM_PX)
        self.explain.setVisible(self._can_explain and width_px >= _PARTS_FROM_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the background, through which a picture shines."""
        color = QColor(self._theme.tokens.raised)
        if self._is_over_picture:
            color.setAlpha(_ALPHA)
        painter = QPainter(self)
        painter.fillRect(self.rect(), color)
        painter.end()

    def _tint(self) -> None:
        text = QColor(self._theme.tokens.text)
        for button, name in (
            (self.back, "arrow-right" if self.isRightToLeft() else "arrow-left"),
            (self.play, "pause" if self._is_playing else "play"),
            (self.left, "rotate-ccw"),
            (self.right, "rotate-cw"),
            (self.crop, "crop"),
            (self.explain, "scan-search"),
            (self.inform, "info"),
            (self.screen_button, "minimize" if self._is_over_picture else "maximize"),
        ):
            button.setIcon(icons.icon(name, text, 20))
            button.setIconSize(QSize(20, 20))
        palette = self.position.palette()
        palette.setColor(self.position.foregroundRole(), QColor(self._theme.tokens.secondary))
        self.position.setPalette(palette)
        self.update()


def _name(button: QToolButton, label: str) -> None:
    button.setToolTip(label)
    button.setAccessibleName(label)
