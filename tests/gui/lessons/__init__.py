"""Lessons in the window, played by keys."""
