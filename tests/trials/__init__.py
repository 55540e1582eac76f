"""Reliability trials, seeded; ``python -m tests.trials`` from the root of the checkout runs all. Not for pytest."""

import os

# Read once, when Qt and NumPy load.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
