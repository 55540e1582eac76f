"""Drawings that are rescued."""
