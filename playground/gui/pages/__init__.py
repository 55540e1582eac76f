"""The pages beside the plane, what they are made of, and which of them the window has."""
