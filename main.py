"""Run Softmax Playground from a checkout: ``python main.py [FILE]``."""

import sys

from playground.app import main

if __name__ == "__main__":
    sys.exit(main())
