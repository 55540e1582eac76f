"""``python -m playground`` is the same as ``softmax-playground``."""

import sys

from playground.app import main

sys.exit(main())
