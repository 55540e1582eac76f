"""Benchmarks of the app; ``python -m tests.benchmarks`` from the root of the checkout prints them all."""

import os

# Read once, when NumPy and the rivals load: one thread each, so that the figures compare work and not cores.
os.environ.update(
    OPENBLAS_NUM_THREADS="1",
    OMP_NUM_THREADS="1",
    MKL_NUM_THREADS="1",
    NPROC="1",  # JAX still starts one thread a core with the flags below alone
    XLA_FLAGS="--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    JAX_PLATFORMS="cpu",
)
