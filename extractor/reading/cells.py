"""Tables that a reader has as cells, as lines of text that the outline reads as a table again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

Cell = Sequence[str]
"""The lines of a cell."""

_LAYOUT_ROWS: Final = 3
_LAYOUT_COLUMNS: Final = 2
"""A table no larger than that lays out a letterhead or a signature block (Decree 30/2020, Phụ lục I)."""


def table_lines(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """A table of data as rows of Markdown; of one that only lays out, the cells one after the other."""
    rows = _without_empty_columns(rows)
    width = max(map(len, rows), default=0)
    if width <= 1 or (len(rows) <= _LAYOUT_ROWS and width <= _LAYOUT_COLUMNS):
        yield from (line for row in rows for cell in row for line in cell)
        return
    for number, row in enumerate(rows):
        cells = [cell_words(" ".join(cell)) for cell in row] + [""] * (width - len(row))
        yield "| " + " | ".join(cells) + " |"
        if number == 0:
            yield "|" + "---|" * width


def cell_words(words: str) -> str:
    """Words as they stand in a row: blanks single, the sign that parts cells as another one of the same length."""
    return " ".join(words.split()).replace("|", "¦")


def _without_empty_columns(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows without the columns in which nothing stands: the gap between the two sides of a letterhead."""
    filled = sorted({column for row in rows for column, cell in enumerate(row) if cell})
    return [[row[column] if column < len(row) else () for column in filled] for row in rows]
