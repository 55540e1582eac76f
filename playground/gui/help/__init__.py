"""What the menu Help opens."""
