"""Values and training logic: everything the app does, without a screen, a thread or a clock."""
