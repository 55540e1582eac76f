"""Set-up that all tests share: no screen, and preferences that are not the user's."""

import os
import tempfile

import pytest

from playground.system_libraries import why_no_qt

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="softmax-playground-tests-")

if problem := why_no_qt():
    pytest.exit(problem, returncode=1)
