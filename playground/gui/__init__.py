"""Everything with a pixel: views that show values and report wishes, and the controller between them and the trainer."""
