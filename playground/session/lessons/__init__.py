"""Lessons: what their files say, what they begin with, and when a task is done."""
