"""The page of the spot: the whole calculation where the probe is, with the numbers of this very moment."""

import math

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from playground.gui.buttons import keep_space_for
from playground.gui.formula import Formula
from playground.gui.layer_pictures import LayerPictures
from playground.gui.number_table import Column, NumberTable
from playground.gui.number_text import fixed, signed, significant
from playground.gui.page import Page
from playground.gui.palette import Theme
from playground.gui.style import heading, tabular
from playground.session.dataset import Dataset
from playground.session.example_text import as_latex, as_text
from playground.session.light import UNLIT, Light
from playground.session.looking import Looking
from playground.session.messages import Snapshot
from playground.session.softmax_table import SoftmaxTable
from playground.session.worked_example import WorkedExample

EXPONENTIAL, SHIFTED = "eᶻ", "eᶻ⁻ᵐᵃˣ"
UNKNOWN = "–"


def columns(exponential: str = EXPONENTIAL) -> tuple[Column, ...]:
    """The columns of the softmax, by the terms that they show."""
    return (
        Column("class", "class", kind="marker", chars=3),
        Column("z", "z", chars=9),
        Column("exp", exponential, chars=9),
        Column("y_hat", "ŷ", chars=7),
        Column("y_hat", "", kind="bar", chars=6),
        Column("hard", "hard", chars=4),
        Column("y", "y", chars=2),
        Column("dz", "dz = ŷ − y", chars=8),
    )
