"""The main window: lays the views out and connects their wishes to the controller and its news to them."""

from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from playground import __version__
from playground.gui.actions import ACTIONS, TOOLS, make_actions, show_icons, show_training
from playground.gui.control_panel import ControlPanel
from playground.gui.controller import Controller
from playground.gui.cost_plot import CostPlot
from playground.gui.documents import Documents
from playground.gui.drawing_tools import BRUSH_RADII, DrawingTools
from playground.gui.keys_dialog import KeysDialog
from playground.gui.notices import Notice
from playground.gui.plane import Plane
from playground.gui.preferences import Preferences
from playground.gui.probability_maps import ProbabilityMaps
from playground.gui.style import FOLLOW_SYSTEM, apply_theme, chosen_theme, heading
from playground.gui.top_bar import TopBar
from playground.session.dataset import MAX_CLASSES, Dataset
from playground.session.generators import GENERATORS, Recipe, generate
from playground.session.grid import Point
from playground.session.messages import Snapshot
from playground.session.settings import Settings
from playground.session.sources import SHIPPED, load_built_in
from playground.session.strokes import Touch

RUNNING_RESOLUTION = 256
PAUSED_RESOLUTION = 512
GENERATOR_TIPS = {
    "blobs": "a cloud of points for each class.",
    "wedges": "sectors around the origin, which straight lines can separate.",
    "spiral": "arms wound into each other; needs hidden layers.",
    "rings": "a ring in a ring.",
    "moons": "half circles that reach into each other.",
    "checkerboard": "squares in turn; the hardest.",
}
THUMBNAIL = Recipe(points=120, noise=0.06)


class MainWindow(QMainWindow):
    """Everything visible at once: controls left, plane and J in the middle, probabilities right."""

    def __init__(self, controller: Controller, preferences: Preferences) -> None:
        super().__init__()
        self.setWindowTitle("Softmax Playground")
        self.controller, self._preferences = controller, preferences
        controller.setParent(self)
        self.actions_by_name = make_actions(self)
        self.plane, self.cost_plot, self.maps = Plane(), CostPlot(), ProbabilityMaps()
        self.notice = Notice(self.plane)
        self.top_bar = TopBar(self.actions_by_name)
        tips = GENERATOR_TIPS | {name: shipped.tip for name, shipped in SHIPPED.items()}
        self.controls = ControlPanel([self.actions_by_name[tool.name] for tool in TOOLS], tips)
        self.tools = DrawingTools(controller)
        self.documents = Documents(controller, preferences, self)
        self._thumbnail_classes = 0
        self._lay_out()
        self._fill_menus()
        self._connect_actions()
        self._connect_views()
        self._connect_controller()
        self.actions_by_name["undo"].setEnabled(False)
        self.actions_by_name["redo"].setEnabled(False)
        self.setAcceptDrops(True)
        self.set_theme(preferences.theme)
        self.cost_plot.set_log(preferences.log_cost)
        self.actions_by_name["point"].trigger()
        self._restore_layout()

    # -- layout -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._column = QSplitter(Qt.Orientation.Vertical)
        self._column.addWidget(_card(self.plane))
        self._column.addWidget(_card(self.cost_plot))
        self._column.setSizes([610, 190])
        self._column.setStretchFactor(0, 1)
        right = QWidget()
        right_column = QVBoxLayout(right)
        right_column.setContentsMargins(4, 6, 12, 8)
        right_column.setSpacing(6)
        right_column.addWidget(heading("Probability of each class  ŷ"))
        right_column.addWidget(_card(self.maps, margin=10), 1)
        self._row = QSplitter(Qt.Orientation.Horizontal)
        self._row.addWidget(self._column)
        self._row.addWidget(right)
        self._row.setSizes([800, 340])
        self._row.setStretchFactor(0, 1)
        for splitter in (self._row, self._column):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(8)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.controls)
        body.addWidget(self._row, 1)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addLayout(body, 1)
        self.setCentralWidget(central)
        self.resize(1440, 900)

    def _fill_menus(self) -> None:
        bar = self.menuBar()
        assert bar is not None
        menus: dict[str, QMenu] = {}
        for spec in ACTIONS:
            menu = menus.get(spec.menu)
            if menu is None:
                menu = bar.addMenu(f"&{spec.menu}")
                assert menu is not None
                menus[spec.menu] = menu
            menu.addAction(self.actions_by_name[spec.name])
        for tool in TOOLS:
            self.addAction(self.actions_by_name[tool.name])

    def _restore_layout(self) -> None:
        self.restoreGeometry(self._preferences.layout("window"))
        self._row.restoreState(self._preferences.layout("row"))
        self._column.restoreState(self._preferences.layout("column"))

    # -- connections ------------------------------------------------------------------------------------------------

    def _connect_actions(self) -> None:
        controller, documents = self.controller, self.documents
        slots = {
            "open": documents.ask_open,
            "save": documents.save,
            "save_as": documents.ask_save,
            "quit": self.close,
            "undo": controller.undo_stack.undo,
            "redo": controller.undo_stack.redo,
            "clear": controller.clear,
            "add_class": controller.add_class,
            "remove_class": lambda: controller.remove_class(controller.label),
            "train": controller.toggle_training,
            "step": controller.single_step,
            "epoch": controller.single_epoch,
            "reset": controller.reset,
            "new_start": controller.new_start,
            "fit": self._fit,
            "zoom_in": lambda: self.plane.zoom(0.8),
            "zoom_out": lambda: self.plane.zoom(1.25),
            "theme": self._toggle_theme,
            "system_theme": lambda: self.set_theme(FOLLOW_SYSTEM),
            "keys": lambda: KeysDialog(self).show(),
            "about": self._show_about,
        }
        for name, slot in slots.items():
            self.actions_by_name[name].triggered.connect(lambda _checked, slot=slot: slot())
        self.actions_by_name["log"].toggled.connect(self._show_log)
        for tool in TOOLS:
            self.actions_by_name[tool.name].triggered.connect(lambda _checked, name=tool.name: self._choose_tool(name))
        for digit in range(MAX_CLASSES):
            QShortcut(QKeySequence(str((digit + 1) % 10)), self, lambda label=digit: controller.choose_label(label))

    def _connect_views(self) -> None:
        controller = self.controller
        self.plane.pressed.connect(self.tools.press)
        self.plane.dragged.connect(self.tools.drag)
        self.plane.released.connect(self.tools.release)
        self.plane.hovered.connect(self._probe)
        self.plane.view_changed.connect(self._look)
        self.plane.menu_requested.connect(self._show_plane_menu)
        self.maps.enlarged.connect(self.plane.enlarge)
        self.maps.hovered.connect(self._probe)
        self.cost_plot.log_button.toggled.connect(self.actions_by_name["log"].setChecked)
        self.top_bar.speed_changed.connect(lambda speed: controller.set_setting("speed", speed))
        self.controls.setting_changed.connect(controller.set_setting)
        self.controls.recipe_changed.connect(controller.set_recipe)
        self.controls.rejected.connect(lambda text: self.notice.show_notice(text, "error"))
        self.controls.gallery.chosen.connect(controller.load_built_in)
        self.controls.classes.chosen.connect(controller.choose_label)
        self.controls.classes.added.connect(controller.add_class)
        self.controls.classes.removed.connect(controller.remove_class)
        self.controls.classes.renamed.connect(controller.rename_class)

    def _connect_controller(self) -> None:
        controller = self.controller
        controller.dataset_changed.connect(self._show_dataset)
        controller.drawing_loaded.connect(self._fit)
        controller.settings_changed.connect(self._show_settings)
        controller.label_changed.connect(self._show_classes)
        controller.running_changed.connect(self._show_running)
        controller.snapshot_ready.connect(self._show_snapshot)
        controller.noticed.connect(self.notice.show_notice)
        stack = controller.undo_stack
        stack.canUndoChanged.connect(self.actions_by_name["undo"].setEnabled)
        stack.canRedoChanged.connect(self.actions_by_name["redo"].setEnabled)
        stack.undoTextChanged.connect(self._show_undo_text)
        stack.redoTextChanged.connect(self._show_redo_text)
        stack.cleanChanged.connect(self._show_title)
        self.documents.changed.connect(self._show_title)

    # -- showing ----------------------------------------------------------------------------------------------------

    def set_theme(self, preference: str) -> None:
        """Light, dark, or as the system is; remembered."""
        self._preferences.theme = preference
        self.theme = chosen_theme(preference)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, self.theme)
        for view in (self.plane, self.cost_plot, self.maps, self.controls):
            view.set_theme(self.theme)
        show_icons(self.actions_by_name, self.theme)
        self._show_running(self.controller.request.running)

    def _toggle_theme(self) -> None:
        self.set_theme("light" if self.theme.name == "dark" else "dark")

    def _show_dataset(self) -> None:
        dataset, settings = self.controller.dataset, self.controller.settings
        self.plane.show_dataset(dataset, settings.test_share)
        self._show_classes()
        self.controls.show_recipe(self.controller.recipe, dataset.name)
        if self._thumbnail_classes != dataset.C:
            self._thumbnail_classes = dataset.C
            self.controls.gallery.show_thumbnails(_thumbnails(dataset.C))

    def _show_classes(self) -> None:
        self.controls.classes.show_dataset(self.controller.dataset, self.controller.label)

    def _show_settings(self) -> None:
        self.controls.show_settings(self.controller.settings)
        self.top_bar.show_speed(self.controller.settings.speed)

    def _show_running(self, running: bool) -> None:
        show_training(self.actions_by_name["train"], self.theme, running=running)
        self._look()

    def _show_snapshot(self, snapshot: Snapshot) -> None:
        self.plane.show_snapshot(snapshot)
        self.maps.show_snapshot(snapshot)
        self.cost_plot.show_curve(snapshot.curve)
        self.top_bar.show_snapshot(snapshot)

    def _show_undo_text(self, text: str) -> None:
        self.actions_by_name["undo"].setText(f"Undo {text[:1].lower()}{text[1:]}".strip())

    def _show_redo_text(self, text: str) -> None:
        self.actions_by_name["redo"].setText(f"Redo {text[:1].lower()}{text[1:]}".strip())

    def _show_title(self) -> None:
        name = self.documents.path.name if self.documents.path else ""
        changed = "" if self.controller.undo_stack.isClean() else "*"
        self.setWindowTitle(f"{name}{changed} – Softmax Playground" if name else "Softmax Playground")

    def _show_log(self, is_log: bool) -> None:
        self.cost_plot.set_log(is_log)
        self._preferences.log_cost = is_log

    # -- wishes -----------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        self.plane.fit(self.controller.dataset)

    def _look(self) -> None:
        """Ask for the part of the plane in view, finer while there is time."""
        running = self.controller.request.running
        grid = self.plane.grid(RUNNING_RESOLUTION if running else PAUSED_RESOLUTION)
        self.controller.look(grid, self.controller.request.probe)

    def _probe(self, point: Point | None) -> None:
        self.plane.show_crosshair(point)
        self.controller.look(self.controller.request.grid, point)

    def _choose_tool(self, name: str) -> None:
        self.tools.tool = name
        self.plane.set_brush_radius(BRUSH_RADII[name])
        show_icons({**self.actions_by_name}, self.theme)
        self._show_running(self.controller.request.running)

    def _show_plane_menu(self, touch: Touch, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addSection(f"x = ({touch.x1:.4g}, {touch.x2:.4g})")
        for name in ("fit", "zoom_in", "zoom_out", "undo", "redo", "clear"):
            menu.addAction(self.actions_by_name[name])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _show_about(self) -> None:
        QMessageBox.about(
            self,
            "About Softmax Playground",
            f"<h3>Softmax Playground {__version__}</h3><p>Draw points of up to ten classes and watch a softmax network "
            "learn them.</p><p>Free software under the GNU General Public License, version 3 or later.</p>",
        )

    # -- Qt's events ------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        """Welcome one file."""
        data = event.mimeData() if event is not None else None
        if event is not None and data is not None and len(data.urls()) == 1 and data.urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        """Open the file."""
        data = event.mimeData() if event is not None else None
        if data is not None:
            self.documents.open(Path(data.urls()[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Ask about unsaved work, remember the layout, end the worker."""
        assert event is not None
        if not self.documents.may_close():
            event.ignore()
            return
        self._preferences.remember_layout("window", self.saveGeometry())
        self._preferences.remember_layout("row", self._row.saveState())
        self._preferences.remember_layout("column", self._column.saveState())
        self.controller.stop()
        event.accept()


def _card(view: QWidget, margin: int = 5) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.addWidget(view)
    return frame


def _thumbnails(classes: int) -> dict[str, Dataset]:
    generated = {name: generate(replace(THUMBNAIL, name=name, classes=classes)) for name in GENERATORS}
    return generated | {name: load_built_in(name, THUMBNAIL, Settings()).dataset for name in SHIPPED}
