"""Everything with a pixel: views that show values and report wishes, and what lies between them and the trainer."""
