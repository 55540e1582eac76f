"""Points from files of comma-separated values and their kin: which columns, which rows, a clear word for what fails."""

from playground.session.csv.guess import Columns, choose_columns, guess_columns, likely_columns
from playground.session.csv.points import dataset_from, doubts, judge, skipped_rows
from playground.session.csv.table import Table, read_table

__all__ = [
    "Columns",
    "Table",
    "choose_columns",
    "dataset_from",
    "doubts",
    "guess_columns",
    "judge",
    "likely_columns",
    "read_table",
    "skipped_rows",
]
