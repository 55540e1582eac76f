"""The classes: shape, number, name and count of each; click to draw with one, plus and minus to change how many."""

from PyQt6.QtCore import QPoint, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFont, QFontMetrics
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QInputDialog, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from playground.gui.palette import CLASS_COLOURS, LIGHT, Theme, mix
from playground.gui.parts.buttons import keep_space_for, small_button
from playground.gui.parts.labels import as_action, set_tip
from playground.gui.parts.markers import marker_icon
from playground.gui.style import heading
from playground.session.dataset import MAX_CLASSES, MIN_CLASSES, Dataset

COLUMNS, SPACING = 2, 4
MOST_IN_ONE = 5  # classes in a single column, which has as many rows as two with all ten
WIDTH, TEXT_WIDTH = 117, 84  # of a button, in pixels; two of them are as wide as the list


class ClassList(QWidget):
    """Shows a data set's classes; reports which is chosen, added, removed or renamed."""

    chosen = pyqtSignal(int)
    added = pyqtSignal()
    removed = pyqtSignal(int)
    renamed = pyqtSignal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._dataset: Dataset | None = None
        self._current = 0
        self._buttons: list[QToolButton] = []
        self._columns = 0
        self._count = QLabel()
        self._fewer = small_button("−", "Remove the chosen class and its points; undo brings them back")
        self._more = small_button("+", "Add a class: the network keeps what it knows and grows an output")
        self._fewer.clicked.connect(lambda: self.removed.emit(self._current))
        self._more.clicked.connect(self.added)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(heading("Classes"))
        head.addStretch(1)
        for widget in (self._count, self._fewer, self._more):
            head.addWidget(widget)
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACING)
        self._grid.setColumnStretch(COLUMNS, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(head)
        column.addLayout(self._grid)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        if self._dataset is not None:
            self._show_markers(self._dataset)

    def show_dataset(self, dataset: Dataset, current: int) -> None:
        """Show these classes, the current one chosen."""
        has_other_classes = self._dataset is None or dataset.classes != self._dataset.classes
        self._dataset, self._current = dataset, current
        self._count.setText(f"C = {dataset.C}")
        self._fewer.setEnabled(dataset.C > MIN_CLASSES)
        self._more.setEnabled(dataset.C < MAX_CLASSES)
        while len(self._buttons) > dataset.C:
            button = self._buttons.pop()
            button.hide()  # until it is deleted it would keep its place in the grid
            button.deleteLater()
        while len(self._buttons) < dataset.C:
            self._add_button()
            QWidget.setTabOrder([self._more, *self._buttons][-2], self._buttons[-1])
        if has_other_classes:
            self._show_markers(dataset)
            self._place_buttons(dataset)
        for index, (button, count) in enumerate(zip(self._buttons, dataset.counts(), strict=True)):
            self._show_count(button, index, int(count))
            button.setChecked(index == current)

    def _place_buttons(self, dataset: Dataset) -> None:
        """In two columns, or in one where few classes have names that are too long for that."""
        longest = max(self._bold().horizontalAdvance(_text(i, it.name, "000")) for i, it in enumerate(dataset.classes))
        self._columns = COLUMNS if dataset.C > MOST_IN_ONE or longest <= TEXT_WIDTH else 1
        for index, button in enumerate(self._buttons):
            button.setFixedWidth(WIDTH + self._extra())
            self._grid.removeWidget(button)
            self._grid.addWidget(button, index // self._columns, index % self._columns)

    def _extra(self) -> int:
        """Pixels that a button is wider where it has its row to itself."""
        return WIDTH + SPACING if self._columns == 1 else 0

    def _bold(self) -> QFontMetrics:
        bold = QFont(self._buttons[0].font())
        bold.setBold(True)
        return QFontMetrics(bold)

    def _show_count(self, button: QToolButton, index: int, count: int) -> None:
        assert self._dataset is not None
        name, metrics = self._dataset.classes[index].name, self._bold()
        room = TEXT_WIDTH + self._extra() - metrics.horizontalAdvance(_text(index, " ", str(count)))
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        button.setText(as_action(_text(index, shown, str(count))))
        set_tip(
            button,
            f"Draw with {self._dataset.class_name(index)}, which has {count} points (key {(index + 1) % 10}). "
            "Double-click to name it, right-click for more.",
        )
        button.setAccessibleName(f"{self._dataset.class_name(index)}, {count} points")

    def _show_markers(self, dataset: Dataset) -> None:
        for button, class_label in zip(self._buttons, dataset.classes, strict=True):
            button.setIcon(marker_icon(class_label.style, self._theme))
            colour = CLASS_COLOURS[class_label.style]
            button.setStyleSheet(
                f"QToolButton {{ padding: 3px 6px; text-align: left; }} QToolButton:checked {{ "
                f"background: {mix(self._theme.panel, colour, 0.3)}; color: {self._theme.text}; "
                f"border: 2px solid {colour}; padding: 2px 5px; font-weight: 700; }}"
            )

    def _add_button(self) -> None:
        index = len(self._buttons)
        button = _ClassButton(self)
        button.setCheckable(True)
        button.setIconSize(QSize(14, 14))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(lambda: self.chosen.emit(index))
        button.double_clicked.connect(lambda: self._ask_name(index))
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(lambda at: self._show_menu(index, button.mapToGlobal(at)))
        keep_space_for(button)
        self._buttons.append(button)

    def _show_menu(self, index: int, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rename = menu.addAction("Name this class…")
        remove = menu.addAction("Remove this class and its points")
        assert rename is not None
        assert remove is not None
        rename.triggered.connect(lambda: self._ask_name(index))
        remove.triggered.connect(lambda: self.removed.emit(index))
        remove.setEnabled(self._fewer.isEnabled())
        menu.popup(at)

    def _ask_name(self, index: int) -> None:
        assert self._dataset is not None
        old = self._dataset.classes[index].name
        name, is_given = QInputDialog.getText(self, "Name the class", f"Name of class {index + 1}:", text=old)
        if is_given and name.strip() != old:
            self.renamed.emit(index, name.strip())


def _text(index: int, name: str, count: str) -> str:
    return f"{index + 1} {name or '·'} {count}"


class _ClassButton(QToolButton):
    double_clicked = pyqtSignal()

    def mouseDoubleClickEvent(self, event: object) -> None:
        self.double_clicked.emit()
