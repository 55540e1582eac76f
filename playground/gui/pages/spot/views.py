"""The page of the spot: its head, a switch between what it can show of the spot, and the view that is chosen."""

from collections.abc import Callable, Mapping

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.gui.actions import view_action
from playground.gui.pages.page import Page
from playground.gui.pages.spot.class_choice import ClassChoice
from playground.gui.pages.spot.derivation_view import DerivationView
from playground.gui.pages.spot.head import SpotHead
from playground.gui.pages.spot.why_log_view import WhyLogView
from playground.gui.pages.spot_page import SpotPage
from playground.gui.palette import Theme
from playground.gui.parts.buttons import action_button, fill_menu, menu_button
from playground.session.light import UNLIT, Light
from playground.session.looking import SPOT_VIEWS, Looking
from playground.session.messages import Snapshot

VIEWS: dict[str, Callable[[], Page]] = {
    "calculation": SpotPage,
    "derivation": DerivationView,
    "why_log": WhyLogView,
}
PARTS = ("short_way", "jacobian", "long_way", "likelihood", "two_losses", "gradients")
WITH_Y = ("derivation", "why_log")  # the views that need a y, where no point lies too


class SpotViews(Page):
    """Shows one view at a time, each made when it is first looked at, since the window opens with the first alone."""

    class_supposed = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looking, self._light = Looking(), UNLIT
        self._snapshot: Snapshot | None = None
        self._views: dict[str, Page] = {}
        self._parts: dict[str, list[QWidget]] = {name: [] for name in PARTS}
        self.copy_button = menu_button("Copy", "Copy what is shown here of the spot")
        self._head, self._choice = SpotHead(), ClassChoice()
        self._head.lit.connect(self.lit)
        self._choice.chosen.connect(self.class_supposed)
        self._switch = QHBoxLayout()
        self._switch.setSpacing(2)
        self._switch.addStretch(1)
        self._switch.addWidget(self.copy_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(9, 8, 7, 8)
        self._column.setSpacing(6)
        self._column.addLayout(self._switch)
        for widget in (self._head, self._choice):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._bring_up("calculation")

    def offer(self, actions: Mapping[str, QAction]) -> None:
        """Have a button for each view, and what can be copied under another, of the window's ``actions``."""
        fill_menu(self.copy_button, [actions[name] for name in ("copy_text", "copy_latex")])
        for place, (view, (title, _, _)) in enumerate(SPOT_VIEWS.items()):
            action = actions[view_action(view)]
            action.setIconText(title)
            button = action_button(action, icon=False)
            self._switch.insertWidget(place, button)

    @property
    def _view(self) -> Page:
        return self._views[self._looking.spot_view]

    def parts(self) -> dict[str, list[QWidget]]:
        """What a lesson can point out of each view: nothing until the view has been made."""
        return self._parts

    def formulas(self) -> tuple[str, ...]:
        """The LaTeX that the view is sure to show at a data point."""
        return self._view.formulas()

    def text(self, kind: str) -> str:
        """What the view has to be copied of its own."""
        return self._view.text(kind)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        super().set_theme(theme)
        self._choice.set_theme(theme)
        for view in self._views.values():
            view.set_theme(theme)

    def show_light(self, light: Light) -> None:
        """Light up what stands for this term or class."""
        self._light = light
        self._head.show_light(light)
        self._view.show_light(light)

    def show_looking(self, looking: Looking) -> None:
        """Bring up the chosen view, and say whether the probe is pinned."""
        before, self._looking = self._looking, looking
        self._head.show_looking(looking)
        if looking.spot_view != before.spot_view:
            self._bring_up(looking.spot_view)
        elif self._snapshot is not None and looking.supposed != before.supposed:
            self._choice.show_snapshot(self._snapshot, looking.supposed)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show this moment at the probe."""
        self._snapshot = snapshot
        self._head.show_snapshot(snapshot)
        self._choice.show_snapshot(snapshot, self._looking.supposed)
        self._view.show_snapshot(snapshot)
        has_likelihood = snapshot.why_log is not None and snapshot.why_log.likelihood is not None
        self.copy_button.setEnabled(snapshot.example is not None or has_likelihood)

    def _bring_up(self, name: str) -> None:
        if name not in self._views:
            self._views[name] = self._make(name)
        for other, view in self._views.items():
            view.setVisible(other == name)
        self._choice.setVisible(name in WITH_Y)
        view = self._views[name]
        view.show_light(self._light)
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def _make(self, name: str) -> Page:
        view = VIEWS[name]()
        view.lit.connect(self.lit)
        view.set_theme(self.theme)
        self._column.insertWidget(self._column.count() - 1, view)
        for part, widgets in view.parts().items():
            self._parts[part].extend(widgets)
        return view
