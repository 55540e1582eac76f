"""What several views are made of: formulas, tables, fields, matrices, buttons, and how numbers are written."""
