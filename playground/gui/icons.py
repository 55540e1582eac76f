"""Icons, from the Material Design set that qtawesome carries."""

from functools import lru_cache

import qtawesome
from PyQt6.QtGui import QIcon

from playground.gui.palette import Theme, mix


@lru_cache(maxsize=64)
def icon(name: str, colour: str, theme: Theme) -> QIcon:
    """The icon of that name in a colour, paler where its action is disabled."""
    result: QIcon = qtawesome.icon(f"mdi6.{name}", color=colour, color_disabled=mix(colour, theme.panel, 0.65))
    return result
