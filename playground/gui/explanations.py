"""The column beside the plane: one probability map for each class, and below them the pages that explain."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from playground.gui.pages.page import Page
from playground.gui.palette import Theme
from playground.gui.parts.labels import as_tip, plain_label, sentence, set_text
from playground.gui.plots.probability_maps import ProbabilityMaps
from playground.gui.style import card, heading
from playground.session.advice import about_own_lens
from playground.session.example_text import as_latex, as_text
from playground.session.light import UNLIT, Light
from playground.session.looking import NO_LENS, PAGES, Looking
from playground.session.messages import Snapshot

MAPS_HEIGHT, PAGE_HEIGHT = 170, 620


class Explanations(QWidget):
    """Maps above, a row of tabs and the chosen page below."""

    page_chosen = pyqtSignal(str)
    lit = pyqtSignal(object)  # Light

    def __init__(self, maps: ProbabilityMaps, pages: dict[str, Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.maps, self.pages = maps, pages
        self._snapshot: Snapshot | None = None
        self._light = UNLIT
        self._temperature, self._lens = plain_label(), sentence()  # of the ŷ of the maps; and that pages have others
        self._temperature.setProperty("role", "muted")
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(False)
        self._tabs.setAccessibleName("Pages")
        self._stack = QStackedWidget()
        for place, name in enumerate(pages):
            title, tip = PAGES[name]
            self._tabs.addTab(title)
            self._tabs.setTabToolTip(place, as_tip(f"{tip} (Alt+{list(PAGES).index(name) + 1})"))
            self._stack.addWidget(_scrolled(pages[name]))
        self._tabs.currentChanged.connect(lambda place: self.page_chosen.emit(list(pages)[place]))
        maps.lit.connect(self.lit)
        for page in pages.values():
            page.lit.connect(self.lit)
        self.splitter = self._lay_out()
        self.parts: dict[str, list[QWidget]] = {  # what can be pointed out
            "maps": [maps],
            "tabs": [self._tabs],
            "page": [self._stack],
        }
        for page in pages.values():
            self.parts |= page.parts()

    def _lay_out(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Vertical)
        title = QWidget()
        row = QHBoxLayout(title)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(heading("Probability of each class  ŷ"))
        row.addWidget(self._temperature, 1)
        splitter.addWidget(_column(title, card(self.maps, margin=10)))
        splitter.addWidget(_column(self._tabs, self._lens, card(self._stack, margin=1)))
        splitter.setSizes([MAPS_HEIGHT, PAGE_HEIGHT])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 6, 8, 0)
        column.addWidget(splitter)
        return splitter

    @property
    def page(self) -> Page:
        """The page on screen."""
        return list(self.pages.values())[self._stack.currentIndex()]

    def text(self, kind: str) -> str:
        """What the page on screen has of its own, or else the calculation at the probe, as "text" or as "latex".

        Empty where there is neither.
        """
        own = self.page.text(kind)
        if own:
            return own
        if self._snapshot is None or self._snapshot.example is None:
            return ""
        write = as_text if kind == "text" else as_latex
        return write(self._snapshot.example, self._snapshot.dataset, self._snapshot.cost)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self.maps.set_theme(theme)
        for page in self.pages.values():
            page.set_theme(theme)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a moment of the run."""
        self._snapshot = snapshot
        self.maps.show_snapshot(snapshot)
        self.page.show_snapshot(snapshot)

    def _name_lens(self, looking: Looking) -> None:
        """Say at which T the ŷ of the maps are, and those of a page that has no T of its own."""
        set_text(self._temperature, f"at T = {looking.temperature:g}" if looking.temperature != NO_LENS else "")
        set_text(self._lens, about_own_lens(looking.temperature) if looking.page != "desk" else "")
        self._lens.setVisible(bool(self._lens.text()))

    def show_looking(self, looking: Looking) -> None:
        """Bring the chosen page up and show on it what is looked at."""
        self._name_lens(looking)
        place = list(self.pages).index(looking.page)
        if place != self._stack.currentIndex():
            self._stack.setCurrentIndex(place)
            self._to_top()
            self._tabs.setCurrentIndex(place)
            self.page.show_light(self._light)
            if self._snapshot is not None:
                self.page.show_snapshot(self._snapshot)
        for page in self.pages.values():
            page.show_looking(looking)

    def _to_top(self) -> None:
        """Show the page from its top, wherever it was left."""
        area = self._stack.currentWidget()
        bar = area.verticalScrollBar() if isinstance(area, QScrollArea) else None
        if bar is not None:
            bar.setValue(0)

    def show_light(self, light: Light) -> None:
        """Light up what stands for this term or class."""
        self._light = light
        self.maps.show_light(light)
        self.page.show_light(light)


def _column(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for widget in widgets:
        column.addWidget(widget)
    column.setStretch(len(widgets) - 1, 1)
    return holder


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click on a button would give it the keys
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
