"""The column of controls on the left: classes, tools, data sets, network, training."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from playground.gui.class_list import ClassList
from playground.gui.data_gallery import DataGallery
from playground.gui.palette import Theme
from playground.gui.parts.buttons import action_button
from playground.gui.setting_widgets import NumberWidget, SettingWidget, setting_widget
from playground.gui.style import heading
from playground.session.dataset import Dataset
from playground.session.generators import GENERATORS, RECIPE_SPECS, Recipe
from playground.session.settings import SPECS, Settings
from playground.session.specs import Spec

WIDTH = 264
SECTIONS = {
    "Network": ("hidden", "activation", "standardise", "seed"),
    "Training": ("optimizer", "learning_rate", "batch_size", "l2"),
}
TOOLS_IN_A_ROW = 3
RECIPE_SHOWN = ("points", "noise", "data_seed")


class ControlPanel(QScrollArea):
    """Shows settings and recipe; reports each wish for another value by its field's name."""

    setting_changed = pyqtSignal(str, object)
    recipe_changed = pyqtSignal(str, object, int)  # the last: which drag of a slider it is part of, or -1
    rejected = pyqtSignal(str)

    def __init__(self, tool_actions: list[QAction], tips: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.classes = ClassList()
        self.gallery = DataGallery(tips)
        self._settings = {spec.name: self._setting(spec) for spec in SPECS if spec.name != "speed"}
        self._recipe = {spec.name: self._recipe_part(spec) for spec in RECIPE_SPECS if spec.name in RECIPE_SHOWN}
        self.parts: dict[str, list[QWidget]] = {}  # what can be pointed out
        self.content = QWidget()
        column = QVBoxLayout(self.content)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(5)
        self._fill(column, tool_actions)
        self.setWidget(self.content)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click on a button would give it the keys
        self.setFixedWidth(WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _fill(self, column: QVBoxLayout, tool_actions: list[QAction]) -> None:
        column.addWidget(self.classes)
        column.addWidget(heading("Tool"))
        tools = _tool_row(tool_actions)
        column.addLayout(tools)
        column.addWidget(heading("Data sets"))
        self.parts["classes"] = [self.classes]
        self.parts["tools"] = [widget for i in range(tools.count()) if (widget := _widget_at(tools, i)) is not None]
        self.parts["data"] = [self.gallery, *self._recipe.values()]
        column.addWidget(self.gallery)
        for widget in self._recipe.values():
            column.addWidget(widget)
        column.addWidget(self._settings["test_share"])
        for title, names in SECTIONS.items():
            column.addWidget(heading(title))
            for name in names:
                column.addWidget(self._settings[name])
            self.parts[title.lower()] = [self._settings[name] for name in names]
        column.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self.classes.set_theme(theme)
        self.gallery.set_theme(theme)

    def show_settings(self, settings: Settings) -> None:
        """Show these settings."""
        for name, widget in self._settings.items():
            widget.show_value(getattr(settings, name))

    def show_recipe(self, recipe: Recipe, dataset: Dataset) -> None:
        """Show how many points there are, and what else they were made from; that is unknown where they were not."""
        self.gallery.show_current(dataset.name if dataset.m else "")
        is_generated = dataset.name in GENERATORS and dataset.m > 0
        for name, widget in self._recipe.items():
            if name == "points":
                widget.show_value(dataset.m)
            elif is_generated:
                widget.show_value(getattr(recipe, name))
            else:
                widget.show_unknown()
            widget.setEnabled(is_generated)

    def _setting(self, spec: Spec) -> SettingWidget:
        widget = setting_widget(spec)
        widget.changed.connect(lambda value: self.setting_changed.emit(spec.name, value))
        widget.rejected.connect(self.rejected)
        return widget

    def _recipe_part(self, spec: Spec) -> NumberWidget:
        widget = NumberWidget(spec)
        widget.changed.connect(lambda value: self.recipe_changed.emit(spec.name, value, widget.drag))
        widget.rejected.connect(self.rejected)
        return widget


def _tool_row(actions: list[QAction]) -> QGridLayout:
    row = QGridLayout()
    row.setSpacing(4)
    for i, action in enumerate(actions):
        button = action_button(action, icon=False, role="tool")
        button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
        row.addWidget(button, i // TOOLS_IN_A_ROW, i % TOOLS_IN_A_ROW)
    return row


def _widget_at(layout: QGridLayout, place: int) -> QWidget | None:
    item = layout.itemAt(place)
    return item.widget() if item is not None else None
