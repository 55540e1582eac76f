"""What several views are made of, each part on its own."""
