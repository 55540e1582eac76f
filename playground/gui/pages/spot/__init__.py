"""The page of the spot: its head, the switch between its views, and the views that derive and explain."""
