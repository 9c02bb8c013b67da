"""Colours, type and spacing, in light and dark; follows the system while the program runs."""

import enum
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from desktop_app.ui.kit.contrast import fill_and_text, readable

BODY_PX = 13
SMALL_PX = 11
TITLE_PX = 20
MOTION_MS = 120
SCROLL_BAR_PX = 12
TEXT_SIZES = (100, 115, 130, 150)
"""How large text may be, in percent of what the system has."""
_LARGEST_SCALE = 2.0


class Scheme(enum.StrEnum):
    """Whether the window is light or dark."""

    SYSTEM = enum.auto()
    LIGHT = enum.auto()
    DARK = enum.auto()


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, as ``#rrggbb``.

    Attributes:
        surface: Behind the pictures.
        raised: Bars and panels.
        field: The search field.
        cell: A picture that has not arrived yet.
        fill: A button at rest.
        hover: A button under the mouse.
        text: What is read first.
        secondary: What is read second.
        chosen: What is read second upon `hover`, in a row that is chosen.
        danger: Errors.
        is_dark: Whether this is the dark theme.
    """

    surface: str
    raised: str
    field: str
    cell: str
    fill: str
    hover: str
    text: str
    secondary: str
    chosen: str
    danger: str
    is_dark: bool


LIGHT = Tokens(
    surface="#ffffff",
    raised="#f6f6f7",
    field="#ffffff",
    cell="#ececee",
    fill="#ededf0",
    hover="#e2e2e6",
    text="#1c1c1e",
    secondary="#6b6b70",
    chosen="#636368",
    danger="#b3261e",
    is_dark=False,
)
DARK = Tokens(
    surface="#1b1b1d",
    raised="#242427",
    field="#2a2a2e",
    cell="#2a2a2d",
    fill="#303035",
    hover="#3a3a40",
    text="#f2f2f4",
    secondary="#a0a0a6",
    chosen="#a6a6ac",
    danger="#ff8a80",
    is_dark=True,
)


class Colours(Protocol):
    """What draws itself asks this for its colours: the theme, or what stands for it somewhere."""

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""

    @property
    def accent(self) -> QColor:
        """The system's accent colour."""

    @property
    def changed(self) -> SignalInstance:
        """Tells that they are others."""


class Theme(QObject):
    """Dresses the application and tells widgets when to repaint their own drawings.

    Attributes:
        tokens: The colours in force.
        accent: The system's accent colour.
        accent_text: The same for text on any surface, darker or lighter where it has to be.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = Scheme.SYSTEM
        self._text_percent = TEXT_SIZES[0]
        app.setStyle("Fusion")
        self._scale_text()
        self.tokens = LIGHT
        self.accent = self.accent_text = QColor()
        self.refresh()
        app.styleHints().colorSchemeChanged.connect(self.refresh)

    @property
    def motion_ms(self) -> int:
        """How long a movement may take; 0 where the system asks for none."""
        accessibility = getattr(self._app.styleHints(), "accessibility", None)  # Qt 6.10
        preference = getattr(accessibility and accessibility(), "motionPreference", None)  # 6.12
        if preference is not None and preference().name == "ReducedMotion":
            return 0
        animation = QStyle.StyleHint.SH_Widget_Animation_Duration
        return min(MOTION_MS, self._app.style().styleHint(animation))

    @property
    def scheme(self) -> Scheme:
        """What was chosen."""
        return self._scheme

    def set_scheme(self, scheme: Scheme) -> None:
        """Be light or dark from now on, or as the system is."""
        if scheme is self._scheme:
            return
        self._scheme = scheme
        hints = self._app.styleHints()
        # For what the system draws: its dialogs, and on some platforms the frame of the window.
        if scheme is Scheme.SYSTEM:
            hints.unsetColorScheme()
        else:
            is_dark = scheme is Scheme.DARK
            hints.setColorScheme(Qt.ColorScheme.Dark if is_dark else Qt.ColorScheme.Light)
        self.refresh()

    @property
    def text_percent(self) -> int:
        """How large text is, one of `TEXT_SIZES`."""
        return self._text_percent

    def set_text_percent(self, percent: int) -> None:
        """Write larger or smaller in windows that are made from now on."""
        self._text_percent = percent if percent in TEXT_SIZES else TEXT_SIZES[0]
        self._scale_text()
        self.refresh()

    def _scale_text(self) -> None:
        """Follow the size of the system's own text, where that is larger than ours."""
        system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        system_scale = max(1.0, QFontInfo(system).pixelSize() / BODY_PX)
        _Text.scale = min(_LARGEST_SCALE, system_scale * self._text_percent / 100)
        font = self._app.font()
        font.setPixelSize(scaled_px(BODY_PX))
        self._app.setFont(font)

    def refresh(self) -> None:
        """Ask the system again and dress everything anew."""
        # One sheet in place of another reaches each widget again by way of each widget around it:
        # half a second. First taken off, then put on, it takes a fifth of that.
        self._app.setStyleSheet("")
        # The application's palette hides the system's: take ours off to see it.
        self._app.setPalette(QPalette())
        self.accent = self._app.palette().color(QPalette.ColorRole.Accent)
        self.tokens = DARK if self._is_dark() else LIGHT
        self.accent_text = readable(self.accent, QColor(self.tokens.fill))
        self._app.setPalette(_palette(self.tokens, self.accent, self.accent_text))
        self._app.setStyleSheet(style_sheet(self.tokens, self.accent.name()))
        self.changed.emit()

    def _is_dark(self) -> bool:
        if self._scheme is not Scheme.SYSTEM:
            return self._scheme is Scheme.DARK
        return self._system_is_dark()

    def _system_is_dark(self) -> bool:
        scheme = self._app.styleHints().colorScheme()
        if scheme == Qt.ColorScheme.Unknown:  # a desktop that does not tell, but has colours
            return self._app.palette().color(QPalette.ColorRole.Window).lightness() < 128
        return scheme == Qt.ColorScheme.Dark


class _Text:
    """How large text is, for everything that asks for a font; there is one application."""

    scale = 1.0


def scaled_px(size_px: int) -> int:
    """A length that grows with the text, such as the height of its line, in pixels."""
    return round(size_px * _Text.scale)


def text_font(base: QFont, size_px: int, *, bold: bool = False, figures: bool = False) -> QFont:
    """A font of the three sizes.

    Args:
        base: The system's font.
        size_px: One of `BODY_PX`, `SMALL_PX`, `TITLE_PX`.
        bold: Half bold.
        figures: Digits of equal width, for numbers that change.
    """
    font = QFont(base)
    font.setPixelSize(scaled_px(size_px))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    if figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def leading(widget: QWidget) -> Qt.AlignmentFlag:
    """The side on which one begins to read the window, whatever the direction of a text in it.

    For painters whose layout direction is automatic: a Latin name keeps its order then.
    """
    side = Qt.AlignmentFlag.AlignRight if widget.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute


def trailing(widget: QWidget) -> Qt.AlignmentFlag:
    """The other side, likewise."""
    return leading(widget) ^ (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight)


def _palette(tokens: Tokens, accent: QColor, accent_text: QColor) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    fill, on_fill = fill_and_text(accent)
    for roles, value in (
        ((role.Window, role.Base), tokens.surface),
        ((role.AlternateBase, role.ToolTipBase), tokens.raised),
        ((role.Button, role.Mid, role.Midlight), tokens.fill),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), tokens.text),
        ((role.PlaceholderText,), tokens.secondary),
        ((role.BrightText,), tokens.danger),
    ):
        for each in roles:
            palette.setColor(each, QColor(value))
    palette.setColor(role.Accent, accent)
    palette.setColor(role.Link, accent_text)
    palette.setColor(role.Highlight, fill)
    palette.setColor(role.HighlightedText, on_fill)
    disabled = QPalette.ColorGroup.Disabled
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, each, QColor(tokens.secondary))
    return palette


def style_sheet(tokens: Tokens, accent: str) -> str:
    """How the style draws its controls in the colours of a theme.

    Args:
        tokens: The theme's colours.
        accent: The system's accent colour, as ``#rrggbb``.
    """
    fill, on_fill = (each.name() for each in fill_and_text(QColor(accent)))
    return f"""
    QToolTip {{ color: {tokens.text}; background: {tokens.raised}; border: 1px solid {tokens.hover};
        padding: 4px 6px; }}
    QPushButton {{ color: {tokens.text}; background: {tokens.fill}; border: none;
        border-radius: 8px; padding: 0 12px; min-height: 32px; outline: none;
        qproperty-autoDefault: true; }}
    QPushButton:hover {{ background: {tokens.hover}; }}
    QPushButton:focus {{ border: 2px solid {accent}; padding: 0 10px;
        min-height: 28px; }}
    QPushButton:disabled {{ color: {tokens.secondary}; }}
    QToolButton[quiet="true"] {{ color: {tokens.text}; background: transparent; border: none;
        border-radius: 8px; }}
    QToolButton[quiet="true"]:disabled {{ color: {tokens.secondary}; }}
    QToolButton[quiet="true"]:focus {{ border: 2px solid {accent}; }}
    QToolButton[quiet="true"]:checked {{ background: {tokens.hover}; }}
    QToolButton[quiet="true"]:hover {{ background: {tokens.hover}; }}
    QToolButton[over="true"] {{ background: #c8{tokens.raised[1:]}; border: none;
        border-radius: 20px; }}
    QToolButton[over="true"]:focus {{ border: 2px solid {accent}; }}
    QToolButton[over="true"]:hover {{ background: {tokens.hover}; }}
    QToolButton[worded="true"] {{ padding: 0 8px; min-height: 32px; }}
    QToolButton[worded="true"]:focus {{ padding: 0 6px; min-height: 28px; }}
    QPushButton[primary="true"] {{ color: {on_fill}; background: {fill}; font-weight: 600;
        padding: 0 20px; min-height: 36px; }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {tokens.text}; padding: 0 18px;
        min-height: 32px; }}
    QPushButton[primary="true"]:disabled {{ color: {tokens.secondary}; background: {tokens.fill}; }}
    QPushButton[small="true"] {{ background: {tokens.hover}; min-height: 20px; padding: 0 8px;
        border-radius: 6px; font-size: {scaled_px(SMALL_PX)}px; }}
    QPushButton[small="true"]:focus {{ min-height: 16px; padding: 0 6px; }}
    QPushButton[bare="true"], QPushButton[bare="true"]:focus {{ padding: 0; }}
    QPushButton[compact="true"] {{ min-height: 26px; border-radius: 6px; }}
    QPushButton[compact="true"]:focus {{ min-height: 22px; }}
    QPushButton[compact="true"]:disabled {{ color: {tokens.secondary}; }}
    QPushButton[segment="true"]:checked {{ background: {fill}; color: {on_fill}; }}
    QPushButton[segment="true"]:checked:focus {{ border: 2px solid {tokens.text}; }}
    QRadioButton {{ color: {tokens.text}; spacing: 8px; padding: 4px 6px;
        border: 2px solid transparent; border-radius: 6px; }}
    QRadioButton:focus {{ border-color: {accent}; }}
    QRadioButton::indicator {{ width: 12px; height: 12px; border-radius: 8px;
        border: 2px solid {tokens.secondary}; background: {tokens.field}; }}
    QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {accent}; }}
    QLineEdit, QPlainTextEdit, QAbstractItemView#suggestions {{
        placeholder-text-color: {tokens.secondary}; }}
    QPlainTextEdit {{ background: {tokens.field}; color: {tokens.text}; border-radius: 6px;
        border: 1px solid {tokens.hover}; padding: 4px; selection-background-color: {fill}; }}
    QPlainTextEdit:focus {{ border: 2px solid {accent}; padding: 3px; }}
    QLineEdit[boxed="true"] {{ background: {tokens.field}; color: {tokens.text}; padding: 0 8px;
        border: 1px solid {tokens.hover}; border-radius: 8px; min-height: 30px;
        selection-background-color: {fill}; }}
    QLineEdit[boxed="true"]:focus {{ border: 2px solid {accent}; padding: 0 7px;
        min-height: 28px; }}
    QPushButton::menu-indicator {{ width: 0; }}
    QToolButton::menu-indicator {{ width: 0; image: none; }}
    QPushButton[link="true"] {{ background: transparent; color: {tokens.secondary}; padding: 0 4px;
        min-height: 18px; border-radius: 4px; font-size: {scaled_px(SMALL_PX)}px;
        text-decoration: underline; }}
    QPushButton[link="true"]:focus {{ padding: 0 2px; min-height: 14px; }}
    QPushButton[link="true"]:hover {{ color: {tokens.text}; }}
    QAbstractItemView#suggestions {{ background: {tokens.raised}; color: {tokens.text};
        border: 1px solid {tokens.hover}; padding: 4px; outline: none; }}
    QAbstractItemView#suggestions::item {{ padding: 5px 8px; border-radius: 4px; }}
    QAbstractItemView#suggestions::item:hover {{ background: {tokens.fill}; }}
    QAbstractItemView#suggestions::item:selected {{ background: {tokens.hover};
        color: {tokens.text}; }}
    QLineEdit[quiet="true"] {{ background: transparent; border: none; color: {tokens.text};
        selection-background-color: {fill}; }}
    QLineEdit[tag="true"] {{ background: {tokens.field}; border: 1px solid {tokens.hover};
        border-radius: 6px; padding: 0 6px; color: {tokens.text}; }}
    QLineEdit[tag="true"]:focus {{ border: 2px solid {accent}; padding: 0 5px; }}
    QRadioButton {{ spacing: 8px; min-height: 24px; }}
    QRadioButton::indicator {{ width: 12px; height: 12px; border-radius: 7px;
        border: 1px solid {tokens.secondary}; background: {tokens.surface}; }}
    QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 4px solid {accent}; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {tokens.hover}; }}
    QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
        background: {tokens.secondary}; }}
    QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus {{ background: {accent}; }}
    QProgressBar {{ background: {tokens.hover}; border: none; border-radius: 2px;
        min-height: 4px; max-height: 4px; }}
    QProgressBar::chunk {{ background: {accent}; border-radius: 2px; }}
    QScrollBar:vertical {{ background: transparent; width: {SCROLL_BAR_PX}px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {tokens.hover}; border-radius: 4px; min-height: 40px;
        margin: 2px; }}
    QScrollBar::handle:vertical:hover {{ background: {tokens.secondary}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QMenuBar {{ background: {tokens.surface}; color: {tokens.text}; border: none;
        padding: 2px 8px 0; }}
    QMenuBar::item {{ background: transparent; padding: 4px 8px; border-radius: 6px; }}
    QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {tokens.hover}; }}
    QMenu {{ background: {tokens.raised}; color: {tokens.text}; border: 1px solid {tokens.hover};
        padding: 4px; }}
    QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
    QMenu::icon {{ padding-left: 8px; }}
    QMenu::item:selected {{ background: {tokens.hover}; }}
    QMenu::item:disabled {{ color: {tokens.secondary}; }}
    QMenu::separator {{ height: 1px; margin: 4px 8px; background: {tokens.hover}; }}
    """
