"""The window's style: a theme's colours as a Qt palette and style sheet."""

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QFont, QPalette
from PyQt6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from playground.gui.palette import DARK, LIGHT, THEMES, Theme, mix
from playground.resources import asset

FOLLOW_SYSTEM = "system"
SYMBOLS = ("s", "x", "z", "ŷ")


def chosen_theme(preference: str) -> Theme:
    """The theme of that name, or the one that the system's colour scheme asks for."""
    if preference in THEMES:
        return THEMES[preference]
    hints = QApplication.styleHints()
    is_dark = hints is not None and hints.colorScheme() == Qt.ColorScheme.Dark
    return DARK if is_dark else LIGHT


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give every widget the theme's colours."""
    app.setPalette(_palette(theme))
    app.setStyleSheet(_style_sheet(theme))


def tabular(font: QFont) -> QFont:
    """The font with figures of equal width, so that running numbers do not jump."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def text_font() -> QFont:
    """The font of all that is not said to be another."""
    result = QFont(QApplication.font())
    result.setPixelSize(12)
    return result


def small_font(font: QFont) -> QFont:
    """The font at the size of a chart's remarks."""
    result = QFont(font)
    result.setPixelSize(11)
    return result


def steady(label: QLabel, width: int, height: int = 18) -> QLabel:
    """A label for what changes with every frame: of a fixed size, so that no text lays the page out anew."""
    label.setFixedSize(width, height)
    return label


def heading(text: str) -> QLabel:
    """A section's title, in capitals but for symbols: X is not x."""
    words = (word if word.lstrip("+") in SYMBOLS else word.upper() for word in text.split(" "))
    label = QLabel(" ".join(words))
    label.setProperty("role", "heading")
    return label


def card(view: QWidget, margin: int = 5) -> QFrame:
    """A view on a sheet of its own."""
    frame = QFrame()
    frame.setProperty("role", "card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.addWidget(view)
    return frame


def _palette(theme: Theme) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.field,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.accent_text,
        QPalette.ColorRole.ToolTipBase: theme.panel,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Accent: theme.accent,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(mix(theme.muted, theme.window, 0.4)))
    return palette


def _style_sheet(theme: Theme) -> str:
    hover = mix(theme.panel, theme.accent, 0.10)
    faint = mix(theme.muted, theme.window, 0.45)
    check = asset("icons/check.svg").as_posix()
    return f"""
    QWidget {{ font-size: 12px; }}
    QMainWindow, QDialog {{ background: {theme.window}; }}
    QToolTip {{ background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.line}; padding: 6px; }}
    QLabel[role="heading"] {{ color: {theme.muted}; font-size: 11px; font-weight: 700; letter-spacing: 1px; }}
    QLabel[role="muted"] {{ color: {theme.muted}; font-size: 11px; }}
    QLabel[role="value"] {{ font-size: 15px; font-weight: 700; }}
    QLabel[role="lesson-title"] {{ color: {theme.muted}; font-weight: 700; }}
    QLabel[role="strong"] {{ font-weight: 700; }}
    QFrame[role="notice"] {{ background: {theme.panel}; border: 1px solid {theme.accent}; border-radius: 6px; }}
    QFrame[role="notice"][kind="error"], QFrame[role="notice"][kind="refusal"],
    QFrame[role="notice"][kind="fault"] {{ border: 2px solid {theme.warning}; }}
    QFrame[role="chip"] {{ background: {theme.panel}; border: 1px solid {theme.accent}; border-radius: 6px; }}
    QFrame[role="chip"][kind="error"] {{ border: 2px solid {theme.warning}; }}
    QFrame[role="lesson"] {{ background: {theme.panel}; border: 2px solid {theme.accent}; border-radius: 8px; }}
    QFrame[role="card"] {{ background: {theme.panel}; border: 1px solid {theme.line}; border-radius: 8px; }}
    QToolButton, QPushButton {{ background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.line};
        border-radius: 6px; padding: 4px 8px; }}
    QToolButton:hover, QPushButton:hover {{ background: {hover}; border-color: {theme.accent}; }}
    QToolButton:focus, QPushButton:focus {{ border-color: {theme.accent}; }}
    QToolButton:checked {{ background: {theme.accent}; color: {theme.accent_text}; border-color: {theme.accent}; }}
    QToolButton:disabled, QPushButton:disabled {{ color: {faint}; }}
    QToolButton:checked:disabled {{ color: {theme.accent_text}; }}
    QToolButton[role="primary"] {{ background: {theme.accent}; color: {theme.accent_text};
        border-color: {theme.accent}; font-weight: 700; padding: 5px 12px; }}
    QToolButton[role="primary"]:hover {{ background: {mix(theme.accent, theme.text, 0.15)}; }}
    QToolButton[role="tool"] {{ padding: 4px 2px; }}
    QToolButton[role="menu"] {{ padding: 4px 18px 4px 8px; }}
    QToolButton[role="menu"]::menu-indicator {{ subcontrol-position: right center; right: 6px; }}
    QToolButton[role="small"] {{ padding: 0px; min-width: 20px; max-width: 20px; min-height: 18px; max-height: 18px; }}
    QLineEdit[role="number"] {{ background: {theme.field}; color: {theme.text}; border: 1px solid {theme.line};
        border-radius: 4px; padding: 1px 4px; }}
    QLineEdit[role="number"]:focus {{ border-color: {theme.accent}; }}
    QLineEdit[role="number"][valid="false"], QLineEdit[role="number"][valid="false"]:focus {{
        border: 2px solid {theme.warning}; }}
    QSlider::groove:horizontal {{ height: 4px; background: {theme.line}; border-radius: 2px; }}
    QSlider::sub-page:horizontal {{ background: {theme.accent}; border-radius: 2px; }}
    QSlider::sub-page:horizontal:disabled {{ background: {theme.line}; }}
    QSlider::handle:horizontal {{ width: 12px; height: 12px; margin: -5px 0; border-radius: 7px;
        background: {theme.panel}; border: 1px solid {theme.muted}; }}
    QSlider::handle:horizontal:focus {{ border: 2px solid {theme.accent}; }}
    QProgressBar {{ background: {theme.line}; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }}
    QProgressBar::chunk {{ background: {theme.accent}; border-radius: 3px; }}
    QCheckBox::indicator {{ width: 12px; height: 12px; border: 1px solid {theme.muted}; border-radius: 3px;
        background: {theme.field}; }}
    QCheckBox::indicator:checked {{ background: {theme.accent}; border-color: {theme.accent}; image: url("{check}"); }}
    QCheckBox::indicator:disabled {{ border-color: {faint}; }}
    QCheckBox::indicator:focus {{ border-color: {theme.text}; }}
    QRadioButton::indicator {{ width: 12px; height: 12px; border: 1px solid {theme.muted}; border-radius: 7px;
        background: {theme.field}; }}
    QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 4px solid {theme.accent}; }}
    QRadioButton::indicator:disabled {{ border-color: {faint}; }}
    QRadioButton::indicator:focus {{ border-color: {theme.accent}; }}
    QRadioButton:focus {{ color: {theme.accent}; }}
    QRadioButton:disabled {{ color: {faint}; }}
    QTabBar::tab {{ background: transparent; color: {theme.muted}; border: none; border-bottom: 2px solid transparent;
        padding: 4px 9px; margin-right: 2px; }}
    QTabBar::tab:hover {{ color: {theme.text}; }}
    QTabBar::tab:selected {{ color: {theme.text}; border-bottom: 2px solid {theme.accent}; font-weight: 700; }}
    QTabBar:focus {{ border: 1px solid {theme.accent}; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: 8px; }}
    QScrollBar::handle:vertical {{ background: {theme.line}; border-radius: 4px; min-height: 24px; }}
    QScrollBar:horizontal {{ background: transparent; height: 8px; }}
    QScrollBar::handle:horizontal {{ background: {theme.line}; border-radius: 4px; min-width: 24px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QMenuBar {{ background: {theme.window}; color: {theme.text}; }}
    QMenuBar::item:selected {{ background: {hover}; }}
    QMenu {{ background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.line}; padding: 4px; }}
    QMenu::item {{ padding: 4px 24px 4px 16px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {theme.accent}; color: {theme.accent_text}; }}
    QMenu::item:disabled {{ color: {faint}; }}
    QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px 8px; }}
    QTableView {{ background: {theme.field}; color: {theme.text}; border: 1px solid {theme.line};
        gridline-color: {theme.line}; }}
    QHeaderView::section {{ background: {theme.window}; color: {theme.muted}; border: none; padding: 3px 6px; }}
    """
