"""Lessons in the window: played, shown on a card, and pointed out."""
