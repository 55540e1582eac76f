"""Plain text tables."""

from collections.abc import Sequence


def text(rows: Sequence[Sequence[str]]) -> str:
    """Rows of equal length, the header first, as aligned lines; columns that hold numbers go to the right."""
    columns = [_aligned(column) for column in zip(*rows, strict=True)]
    header, *body = ["  ".join(cells).rstrip() for cells in zip(*columns, strict=True)]
    return "\n".join([header, "-" * max(map(len, [header, *body])), *body])


def _aligned(column: Sequence[str]) -> list[str]:
    width = max(map(len, column))
    has_numbers = any(_is_number(cell) for cell in column)
    return [cell.rjust(width) if has_numbers else cell.ljust(width) for cell in column]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
