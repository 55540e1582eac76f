"""Tests of what the menu Help opens."""
