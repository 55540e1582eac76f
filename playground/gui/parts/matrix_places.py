"""Where the cells of a matrix lie in a room of pixels, which may be too small to show every row and column."""

from dataclasses import dataclass

WIDEST, HIGHEST = 72, 24  # pixels of a cell
EQUAL = 6  # pixels from which cells are of one width and have lines between them; narrower ones fill their room


@dataclass(frozen=True, slots=True)
class Places:
    """Cells side by side; where there is not a pixel for each column, every ``column_step``-th has its place.

    Cells are ``cell_width`` pixels wide, or, where ``spread`` is not 0, share so many pixels as evenly as they can.
    """

    rows: int
    columns: int
    left: int
    top: int
    cell_width: int
    cell_height: int
    row_step: int = 1
    column_step: int = 1
    spread: int = 0

    @property
    def shown_rows(self) -> int:
        """How many rows have a place."""
        return -(-self.rows // self.row_step)

    @property
    def shown_columns(self) -> int:
        """How many columns have a place."""
        return -(-self.columns // self.column_step)

    @property
    def width(self) -> int:
        """Pixels of all cells."""
        return self.spread or self.shown_columns * self.cell_width

    @property
    def height(self) -> int:
        """Pixels of all cells."""
        return self.shown_rows * self.cell_height

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and column shown at a pixel, or None beside the cells."""
        across, down = x - self.left, y - self.top
        if not (0 <= across < self.width and 0 <= down < self.height):
            return None
        place = ((int(across) + 1) * self.shown_columns - 1) // self.width  # the last whose left edge is not beyond
        return int(down // self.cell_height) * self.row_step, place * self.column_step

    def left_of(self, place: int) -> int:
        """The left pixel of the column shown at a place, from 0; one place beyond the last, where the cells end."""
        return self.left + place * self.width // self.shown_columns

    def corner_of(self, row: int, column: int) -> tuple[int, int]:
        """The left and top pixel of a cell, or of the one that has a place for it and its neighbours."""
        return self.left_of(column // self.column_step), self.top + row // self.row_step * self.cell_height

    def remark(self) -> str:
        """What is left out, for the reader; nothing where every cell is shown."""
        parts = (
            f"every {_ordinal(step)} {name}"
            for step, name in ((self.row_step, "row"), (self.column_step, "column"))
            if step > 1
        )
        text = " and ".join(parts)
        return f"{text} shown" if text else ""


def fit(rows: int, columns: int, left: int, top: int, width: int, height: int) -> Places:
    """The largest places for the cells of a matrix in a room that begins at (left, top)."""
    row_step, cell_height = _step_and_size(rows, height, HIGHEST)
    column_step, cell_width = _step_and_size(columns, width, WIDEST)
    spread = width if width > 0 and cell_width < EQUAL and columns else 0
    return Places(rows, columns, left, top, cell_width, cell_height, row_step, column_step, spread)


def _step_and_size(count: int, room: int, largest: int) -> tuple[int, int]:
    if count == 0 or room <= 0:
        return max(count, 1), 1
    step = -(-count // room)
    return step, min(largest, room // -(-count // step))


def _ordinal(number: int) -> str:
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
