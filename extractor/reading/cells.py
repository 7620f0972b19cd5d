"""Tables that a reader has as cells, as lines of text that the outline reads as a table again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def rows_as_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of Markdown: "| a | b |", a rule below the headings, all as wide as the widest. A pipe becomes "¦"."""
    width = max(map(len, rows), default=0)
    for number, row in enumerate(rows):
        cells = [" ".join(cell.split()).replace("|", "¦") for cell in row] + [""] * (width - len(row))
        yield "| " + " | ".join(cells) + " |"
        if number == 0:
            yield "|" + "---|" * width
