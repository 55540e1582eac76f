"""Softmax Playground: draw points, watch a softmax network learn them, read every number of it."""

import os

__version__ = "0.1.0"

# NumPy's BLAS reads these once, when it is first imported. The matrices here are a few rows high, so a second
# thread only costs: it would take the core that draws the window, and the same seed would not give the same bits.
for _variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_variable, "1")
