"""The main window: lays the views out and connects their wishes to the controller and its news to them."""

from pathlib import Path

from PyQt6.QtCore import QPoint, QSize, Qt, QTimer
from PyQt6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PyQt6.QtWidgets import QApplication, QMainWindow, QMenu, QWidget

from playground.gui.actions import TOOLS, lessons_icon, make_actions, show_icons
from playground.gui.control_panel import ControlPanel
from playground.gui.controller import Controller
from playground.gui.documents import Documents
from playground.gui.drawing_tools import DrawingTools
from playground.gui.explanations import Explanations
from playground.gui.help.words_dialog import WordsDialog
from playground.gui.help_dialogs import KeysDialog, show_about
from playground.gui.layout import lay_out
from playground.gui.lessons.lesson_card import LessonCard
from playground.gui.lessons.lessons import Lessons
from playground.gui.looks import Looks
from playground.gui.menus import fill_menus
from playground.gui.notices import Notice
from playground.gui.pages.pages import Pages
from playground.gui.parts.focus import focus_instead
from playground.gui.parts.formula import prepare
from playground.gui.parts.labels import as_action, as_title
from playground.gui.parts.place_text import point_text
from playground.gui.plots.cost_plot import CostPlot
from playground.gui.plots.plane import Plane
from playground.gui.plots.probability_maps import ProbabilityMaps
from playground.gui.preferences import Preferences
from playground.gui.style import FOLLOW_SYSTEM, apply_theme, chosen_theme
from playground.gui.top_bar import TopBar
from playground.gui.viewfinder import Viewfinder
from playground.gui.wishes import Wishes
from playground.session.csv.words import short
from playground.session.light import Light
from playground.session.looking import OVERLAYS
from playground.session.messages import Snapshot
from playground.session.sources import BUILT_IN, thumbnails
from playground.session.strokes import Touch

WANTED_SIZE = QSize(1440, 900)
SHARE_OF_SCREEN = 0.95  # a first window's, to leave room for its frame
FURNISH_MS = 30  # after the window is shown
LONGEST_ENTRY = 60  # signs of a menu's line, which may have a name in it


class MainWindow(QMainWindow):
    """Everything visible at once: controls left, plane and J in the middle, probabilities right."""

    def __init__(self, controller: Controller, preferences: Preferences) -> None:
        super().__init__()
        self.setWindowTitle("Softmax Playground")
        self.controller, self._preferences = controller, preferences
        controller.setParent(self)
        self.actions_by_name = make_actions(self)
        self.plane, self.cost_plot, self.maps = Plane(), CostPlot(), ProbabilityMaps()
        self.notice = Notice(
            self.plane, {"undo": self.actions_by_name["undo"], "fault": self.actions_by_name["copy_error"]}
        )
        self.top_bar = TopBar(self.actions_by_name)
        self.controls = ControlPanel([self.actions_by_name[tool.name] for tool in TOOLS], BUILT_IN)
        self.tools = DrawingTools(controller)
        self.pages = Pages()
        self.pages.spot.offer(self.actions_by_name)
        self.plane.offer_overlays([self.actions_by_name[name] for name in OVERLAYS])
        self.explanations = Explanations(self.maps, self.pages.by_name())
        self.looks = Looks(controller, self.plane, self.explanations, self.actions_by_name)
        self.probing = self.looks.probing
        self.lesson_card = LessonCard()
        self.documents = Documents(controller, preferences, self, self.plane)
        self._thumbnail_classes = 0
        self._is_furnished = False
        central, self._splitters = lay_out(
            self.top_bar, self.controls, self.lesson_card, self.plane, self.cost_plot, self.explanations
        )
        self._splitters["explanations"] = self.explanations.splitter
        self.setCentralWidget(central)
        self._resize_to_screen()
        self.menus = fill_menus(self, self.actions_by_name)
        self.lessons = self._make_lessons()
        self.top_bar.lessons_button.setMenu(self.menus["Lessons"])
        self.wishes = self._make_wishes()
        self._connect_views()
        self._connect_controller()
        self.actions_by_name["undo"].setEnabled(False)
        self.actions_by_name["redo"].setEnabled(False)
        self.setAcceptDrops(True)
        self.set_theme(preferences.theme)
        hints = QApplication.styleHints()
        assert hints is not None
        hints.colorSchemeChanged.connect(self._follow_system)
        self.cost_plot.set_log(preferences.log_cost)
        self.actions_by_name["point"].trigger()
        self._restore_layout()

    # -- layout -----------------------------------------------------------------------------------------------------

    def _make_lessons(self) -> Lessons:
        parts: dict[str, list[QWidget]] = {"plane": [self.plane], "cost": [self.cost_plot]}
        parts |= self.controls.parts | self.top_bar.parts | self.explanations.parts
        lessons = Lessons(self.menus["Lessons"], self.actions_by_name, self.controller, self.lesson_card, parts)
        self.documents.opening.lesson_opened.connect(lessons.open)
        return lessons

    def _resize_to_screen(self) -> None:
        screen = self.screen()
        room = screen.availableGeometry().size() * SHARE_OF_SCREEN if screen is not None else WANTED_SIZE
        self.resize(WANTED_SIZE.boundedTo(room))

    def _restore_layout(self) -> None:
        self.restoreGeometry(self._preferences.layout("window"))
        for name, splitter in self._splitters.items():
            splitter.restoreState(self._preferences.layout(name))

    # -- connections ------------------------------------------------------------------------------------------------

    def _make_wishes(self) -> Wishes:
        actions = self.actions_by_name
        wishes = Wishes(
            actions,
            self.controller,
            self.documents,
            self.plane,
            self.tools,
            self.probing,
            self.explanations,
            self.controls.content,
        )
        wishes.connect(
            {
                "close": self.close,
                "quit": QApplication.closeAllWindows,
                "theme": self._toggle_theme,
                "system_theme": lambda: self.set_theme(FOLLOW_SYSTEM),
                "keys": lambda: KeysDialog(self).show(),
                "words": lambda: WordsDialog(self).show(),
                "about": lambda: show_about(self),
            }
        )
        actions["log"].toggled.connect(self._show_log)
        return wishes

    def _connect_views(self) -> None:
        controller = self.controller
        self.plane.pressed.connect(self.tools.press)
        self.plane.dragged.connect(self.tools.drag)
        self.plane.released.connect(self.tools.release)
        self.plane.menu_requested.connect(self._show_plane_menu)
        Viewfinder(self.plane, controller)
        self.maps.enlarged.connect(self.plane.enlarge)
        self.tools.probed.connect(self.probing.pin)
        self.tools.probe_dragged.connect(self.probing.drag)
        self.tools.probe_taken_back.connect(self.probing.take_back)
        self.explanations.page_chosen.connect(lambda page: controller.show(page=page))
        for view in (self.explanations, self.cost_plot, self.top_bar, self.lesson_card):
            view.lit.connect(self._show_light)
        self.cost_plot.log_button.toggled.connect(self.actions_by_name["log"].setChecked)
        self.top_bar.speed_changed.connect(lambda speed: controller.set_setting("speed", speed))
        self.controls.setting_changed.connect(controller.set_setting)
        self.controls.recipe_changed.connect(controller.set_recipe)
        self.controls.rejected.connect(self._reject)
        self.pages.points.point_chosen.connect(lambda index: self.plane.bring_into_view(controller.dataset.X[:, index]))
        self.pages.connect(controller, self.probing, self._reject)
        self.controls.gallery.chosen.connect(controller.load_built_in)
        self.controls.classes.chosen.connect(controller.choose_label)
        self.controls.classes.added.connect(controller.add_class)
        self.controls.classes.removed.connect(controller.remove_class)
        self.controls.classes.renamed.connect(controller.rename_class)

    def _connect_controller(self) -> None:
        controller = self.controller
        controller.dataset_changed.connect(self._show_dataset)
        controller.drawing_replaced.connect(self.wishes.fit)
        controller.settings_changed.connect(self._show_settings)
        controller.label_changed.connect(self._show_classes)
        controller.running_changed.connect(self._show_running)
        controller.snapshot_ready.connect(self._show_snapshot)
        controller.noticed.connect(self.notice.show_notice)
        stack = controller.undo_group
        stack.canUndoChanged.connect(self.actions_by_name["undo"].setEnabled)
        stack.canRedoChanged.connect(self.actions_by_name["redo"].setEnabled)
        stack.undoTextChanged.connect(self._show_undo_text)
        stack.redoTextChanged.connect(self._show_redo_text)
        self.documents.changed.connect(self._show_title)

    # -- showing ----------------------------------------------------------------------------------------------------

    def set_theme(self, preference: str) -> None:
        """Light, dark, or as the system is; remembered."""
        self._preferences.theme = preference
        self.theme = chosen_theme(preference)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, self.theme)
        for view in (self.plane, self.cost_plot, self.explanations, self.controls, self.lessons):
            view.set_theme(self.theme)
        if self._is_furnished:
            self._furnish()

    def _furnish(self) -> None:
        """Icons and pictures of the data sets, which a window can be used without: they come after the first paint."""
        self._is_furnished = True
        show_icons(self.actions_by_name, self.theme, running=self.controller.request.running)
        self.top_bar.lessons_button.setIcon(lessons_icon(self.theme))
        self._show_thumbnails()

    def _show_thumbnails(self) -> None:
        if self._thumbnail_classes != self.controller.dataset.C:
            self._thumbnail_classes = self.controller.dataset.C
            self.controls.gallery.show_thumbnails(thumbnails(self._thumbnail_classes))
            prepare(self.explanations.page.formulas(), self.theme)

    def _follow_system(self) -> None:
        if self._preferences.theme == FOLLOW_SYSTEM:
            self.set_theme(FOLLOW_SYSTEM)

    def _toggle_theme(self) -> None:
        self.set_theme("light" if self.theme.name == "dark" else "dark")

    def _show_dataset(self) -> None:
        dataset, settings = self.controller.dataset, self.controller.settings
        self.plane.show_dataset(dataset, settings.test_share)
        self._show_classes()
        self.controls.show_recipe(self.controller.recipe, dataset)
        self._show_title()
        if self._is_furnished:
            self._show_thumbnails()

    def _show_classes(self) -> None:
        self.controls.classes.show_dataset(self.controller.dataset, self.controller.label)

    def _show_settings(self) -> None:
        self.controls.show_settings(self.controller.settings)
        self.top_bar.show_speed(self.controller.settings.speed)

    def _show_running(self, running: bool) -> None:
        self.actions_by_name["train"].setText("Pause" if running else "Train")
        if self._is_furnished:
            show_icons(self.actions_by_name, self.theme, running=running)

    def _show_snapshot(self, snapshot: Snapshot) -> None:
        self.plane.show_snapshot(snapshot)
        self.explanations.show_snapshot(snapshot)
        self.cost_plot.show_curve(snapshot.curve, snapshot.landmarks)
        self.top_bar.show_snapshot(snapshot)

    def _show_light(self, light: Light) -> None:
        for view in (self.explanations, self.cost_plot, self.top_bar, self.plane, self.lesson_card):
            view.show_light(light)

    def _show_undo_text(self, text: str) -> None:
        self.actions_by_name["undo"].setText(_entry("Undo", text))

    def _show_redo_text(self, text: str) -> None:
        self.actions_by_name["redo"].setText(_entry("Redo", text))

    def _show_title(self) -> None:
        name = as_title(self.documents.name)
        changed = "*" if self.controller.has_unsaved_work else ""
        self.setWindowTitle(f"{name}{changed} – Softmax Playground" if name else "Softmax Playground")

    def _show_log(self, is_log: bool) -> None:
        self.cost_plot.set_log(is_log)
        self._preferences.log_cost = is_log

    # -- wishes -----------------------------------------------------------------------------------------------------

    def _reject(self, text: str) -> None:
        self.notice.show_notice(text, "refusal")

    def _show_plane_menu(self, touch: Touch, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSection(f"x = {point_text(touch[:2], touch[2:4])}")
        for name in ("fit", "zoom_in", "zoom_out", "undo", "redo", "clear"):
            menu.addAction(self.actions_by_name[name])
        menu.popup(at)

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
            self.documents.opening.open(Path(data.urls()[0].toLocalFile()))

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802 - Qt's names
        """Tab goes on; what was hidden or switched off while it had the keys gives them back."""
        gone = self.focusWidget()
        if gone is None or (gone.isVisible() and gone.isEnabled()):
            return super().focusNextPrevChild(next)
        focus_instead(gone, self.plane)
        return True

    def showEvent(self, event: QShowEvent | None) -> None:
        """Furnish the window as soon as it is there."""
        super().showEvent(event)
        if not self._is_furnished:
            self.plane.setFocus()  # else the first button would have the keys, and Space
            QTimer.singleShot(FURNISH_MS, self._furnish)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Ask about unsaved work, remember the layout, end the worker."""
        assert event is not None
        event.ignore()  # it comes accepted: refused first, so that whatever fails from here on keeps the window open
        self.lessons.player.leave()  # what may be lost is the user's own work
        if not self.documents.may_close():
            return
        layouts = {name: splitter.saveState() for name, splitter in self._splitters.items()}
        self._preferences.remember_layouts(layouts | {"window": self.saveGeometry()})
        self.documents.opening.stop()
        self.controller.stop()
        event.accept()


def _entry(verb: str, text: str) -> str:
    """A line of a menu that names a change."""
    return as_action(short(f"{verb} {text[:1].lower()}{text[1:]}".strip(), LONGEST_ENTRY))
