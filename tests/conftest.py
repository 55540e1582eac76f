"""Set-up that all tests share: no screen, and preferences that are not the user's."""

import os
import tempfile

import pytest
from hypothesis import settings

from playground.system_libraries import why_no_qt

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="softmax-playground-tests-")

if problem := why_no_qt():
    pytest.exit(problem, returncode=1)

# The same examples in every run, however busy the machine: one that fails once fails again. Trials look for new ones.
settings.register_profile("suite", derandomize=True, deadline=None)
settings.load_profile("suite")
