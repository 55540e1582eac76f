"""Pixels as Qt images."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtGui import QImage


def image_of(pixels: NDArray[np.uint32]) -> QImage:
    """An image of its own from pixels (rows, columns) 0xAARRGGBB, top row first."""
    rows, columns = pixels.shape
    data: Any = np.ascontiguousarray(pixels).data  # QImage takes any buffer, though its stub says bytes
    return QImage(data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
