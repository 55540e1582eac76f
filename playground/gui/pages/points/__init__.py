"""Parts of the page of the points."""
