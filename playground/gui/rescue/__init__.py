"""What becomes of a drawing when the program is ended and nobody can be asked."""
