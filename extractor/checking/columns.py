"""The total of a table's column against the rows that it sums up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any, Final

from extractor.checking.measures import slack
from extractor.grammar import Grammar
from extractor.language.numbers import read_figure, write_figure
from extractor.language.view import View
from extractor.linking.rows import InOrder, is_total
from extractor.outline.cells import is_marker
from extractor.outline.structure import Cell, Grid
from extractor.plan import Warning
from extractor.tagging.context import Context

CODE: Final = "sum-mismatch"

_FIGURE: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?")
_SUMMED: Final = ("budget", "quantity", "other")
_EMPTY: Final = re.compile(r"[-–—.…]*")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its number, the figures of its columns, and whether it sums up others."""

    marker: str
    figures: Mapping[int, tuple[Fraction, Fraction, Cell]]
    """By column: value, half of the last printed place, and the cell."""
    unread: frozenset[int]
    """Columns whose cell holds something else than a figure."""
    is_total: bool


def check_columns(view: View, mentions: Mapping[str, Any], context: Context) -> Iterator[Warning]:
    """Rows "Tổng cộng" that are not the sum of the rows above them (or below, where they come first)."""
    for number, grid in enumerate(context.outline.tables, 1):
        lines = list(_lines(view, grid, context.grammar))
        totals = [index for index, line in enumerate(lines) if line.is_total]
        if len(totals) != 1 or len(lines) < 3:
            continue
        (at,) = totals
        summed = lines[:at] if at == len(lines) - 1 else lines[1:] if at == 0 else []
        yield from _check_total(lines[at], summed, grid, f"tb{number}", mentions)


def _lines(view: View, grid: Grid, grammar: Grammar) -> Iterator[Line]:
    for row, group in groupby(grid.cells, key=lambda cell: cell.row):
        if row < grid.header_rows:
            continue
        cells = list(group)
        first = view.plain[cells[0].start : cells[0].end]
        marker = first.rstrip(".) ") if cells[0].column == 0 and is_marker(first) else ""
        figures: dict[int, tuple[Fraction, Fraction, Cell]] = {}
        unread = set()
        for cell in cells[1:] if marker else cells:
            words = view.plain[cell.start : cell.end]
            if _FIGURE.fullmatch(words):
                value = read_figure(words)
                figures[cell.column] = value, slack(words, value), cell
            elif not _EMPTY.fullmatch(words):
                unread.add(cell.column)
        named = next((cell for cell in cells if cell.column in unread), cells[0])
        yield Line(marker, figures, frozenset(unread), is_total(view.lower, named, grammar))


def _check_total(
    total: Line, summed: Sequence[Line], grid: Grid, table: str, mentions: Mapping[str, Any]
) -> Iterator[Warning]:
    """Warnings for the columns of a total that differ where another column, or the numbering, proves the sum right."""
    top = [line for line in summed if _rank(line.marker) == _rank(summed[0].marker)]
    ways = [list(summed)] if len(top) == len(summed) else [list(summed), top, [one for one in summed if one not in top]]
    columns = [
        column
        for column in total.figures
        if column < len(grid.columns)
        and grid.columns[column] in _SUMMED
        and not any(column in line.unread for line in summed)
        and sum(column in line.figures for line in summed) >= 2
    ]
    right = {column: [way for way in ways if _adds_up(total, way, column)] for column in columns}
    proven = [way for column in columns for way in right[column]]
    for column in columns:
        if right[column]:
            continue
        if not proven and not (len(ways) == 1 and _is_numbered(summed) and _counts(grid, column)):
            continue
        way = proven[0] if proven else ways[0]
        value, _, cell = total.figures[column]
        added = sum((line.figures[column][0] for line in way if column in line.figures), start=Fraction(0))
        refs = [one.id for one in InOrder(mentions["amounts"]).within(cell.start, cell.end)]
        yield Warning(
            code=CODE,
            message=f"the rows of table {table} add up to {write_figure(added)}, the total says {write_figure(value)}",
            refs=[table, *refs],
            start=cell.start,
            end=cell.end,
        )


def _rank(marker: str) -> str:
    """The kind of numbering of a row: "1" and "12" are alike, so are "I" and "IV", "1.1" and "2.3"."""
    if not marker:
        return ""
    if marker.replace(".", "").isdigit():
        return "1" + "." * marker.count(".")
    return "I" if marker.isupper() else "a"


def _adds_up(total: Line, lines: Sequence[Line], column: int) -> bool:
    value, off, _ = total.figures[column]
    figures = [line.figures[column] for line in lines if column in line.figures]
    added = sum((figure[0] for figure in figures), start=Fraction(0))
    return abs(added - value) <= off + sum((figure[1] for figure in figures), start=Fraction(0))


def _is_numbered(lines: Sequence[Line]) -> bool:
    """Whether rows are numbered 1, 2, 3 … without a gap: none is missing, none sums up others."""
    return [line.marker for line in lines] == [str(number) for number in range(1, len(lines) + 1)]


def _counts(grid: Grid, column: int) -> bool:
    """Whether a column surely holds what can be added: money or a number of things."""
    return grid.columns[column] in ("budget", "quantity")
