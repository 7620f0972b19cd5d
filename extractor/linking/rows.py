"""Rows of tables: what is to be done, by whom, from when to when, with what result (ANNOTATION.md, "row")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from re import Pattern
from typing import Final, Generic, NamedTuple, TypeVar

from extractor.grammar import Grammar
from extractor.language.view import View
from extractor.linking.broken_cells import agencies_of, times_of
from extractor.outline.cells import is_marker
from extractor.outline.structure import Cell, ColumnKind, Grid
from extractor.plan import Agency, Mention, Row, Table, Time
from extractor.tagging.context import Context

M = TypeVar("M", bound=Mention)


class InOrder(Generic[M]):
    """Mentions in text order, for looking up again and again those that begin in a place."""

    def __init__(self, mentions: Sequence[M]) -> None:
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]

    def within(self, start: int, end: int) -> Sequence[M]:
        """The mentions that begin from ``start`` to before ``end``."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def in_cells(self, cells: Iterable[Cell]) -> list[M]:
        """The mentions that begin in the cells."""
        return [mention for cell in cells for mention in self.within(cell.start, cell.end)]


_QUOTE_LENGTH: Final = 40
"""Code points of a row without a number that stand for it."""
_AGENCY_COLUMNS: Final = ("lead", "coordinate", "lead_coordinate")
_TIME_COLUMNS: Final = ("time", "start_time", "end_time")


def read_tables(view: View, context: Context) -> list[Table]:
    """The tables of a document with their cells as words, rows as long as their table is wide."""
    tables = []
    for number, grid in enumerate(context.outline.tables, 1):
        width = max(cell.column for cell in grid.cells) + 1
        rows = [[""] * width for _ in range(grid.cells[-1].row + 1)]
        for cell in grid.cells:
            said = rows[cell.row][cell.column]
            rows[cell.row][cell.column] = f"{said} {view.words(cell.start, cell.end)}".strip()
        section = context.outline.section_at(grid.start)
        tables.append(
            Table(
                id=f"tb{number}",
                section=None if section is None else f"s{section + 1}",
                start=grid.start,
                end=grid.end,
                columns=list(grid.columns),
                cells=rows,
            )
        )
    return tables


class RowRead(NamedTuple):
    """A row with its cells, and the agencies and times in them, those of a cell over several lines joined."""

    row: Row
    cells: list[Cell]
    agencies: list[Agency]
    times: list[Time]


def read_rows(view: View, agencies: Sequence[Agency], times: Sequence[Time], context: Context) -> list[RowRead]:
    """The data rows of all tables in text order; group headings and totals are none."""
    named, timed = InOrder(agencies), InOrder(times)
    return [
        _read_row(view, cells, grid, f"tb{number}", named, timed, context)
        for number, grid in enumerate(context.outline.tables, 1)
        for cells in data_rows(view, grid, context.grammar)
    ]


def data_rows(view: View, grid: Grid, grammar: Grammar) -> Iterator[list[Cell]]:
    """The cells of each data row, those of a row that was broken over a page together."""
    pending: list[Cell] = []
    for number, group in groupby(grid.cells, key=lambda cell: cell.row):
        cells = list(group)
        if number < grid.header_rows:
            continue
        if pending and _goes_on(view, cells, grid):
            pending += cells
            continue
        if pending:
            yield pending
        pending = cells if _is_data(view, cells, grid, grammar) else []
    if pending:
        yield pending


def _is_data(view: View, cells: list[Cell], grid: Grid, grammar: Grammar) -> bool:
    """Whether a row says more than its number and title, and is no total."""
    titles = [cell for cell in cells if _kind(grid, cell) in ("action", "content")] or cells[:1]
    if is_total(view.lower, titles[0], grammar) or _repeats_headings(view, cells, grid):
        return False
    kinds = {_kind(grid, cell) for cell in cells}
    return len(grid.columns) <= 2 or bool(kinds - {"marker", "action"})


def _goes_on(view: View, cells: list[Cell], grid: Grid) -> bool:
    """Whether a row is the rest of the one above: no number, nobody, no time, and words that begin in mid-sentence."""
    kinds = {_kind(grid, cell) for cell in cells}
    if kinds & {"marker", *_AGENCY_COLUMNS, *_TIME_COLUMNS}:
        return False
    return all(view.plain[cell.start].islower() for cell in cells)


def _kind(grid: Grid, cell: Cell) -> ColumnKind:
    return grid.columns[cell.column] if cell.column < len(grid.columns) else "other"


def is_total(lower: str, cell: Cell, grammar: Grammar) -> bool:
    """Whether a cell names a sum of rows: "Cộng", "Tổng số:", "Tổng cộng (I + II)", not "Tổng kết công tác năm"."""
    return _totals(grammar).fullmatch(lower, cell.start, cell.end) is not None


@cache
def _totals(grammar: Grammar) -> Pattern[str]:
    return grammar.compile(r"(?:{grand_totals}(?!\w)[^.;]*|{totals}(?: ?[:(=][^.;]*)?)")


def _repeats_headings(view: View, cells: list[Cell], grid: Grid) -> bool:
    """Whether a row says the headings again, as behind a break of the page."""
    titles = dict(enumerate(grid.titles))
    return all(" ".join(view.lower[cell.start : cell.end].split()) == titles.get(cell.column) for cell in cells)


def _read_row(
    view: View,
    cells: list[Cell],
    grid: Grid,
    table: str,
    named: InOrder[Agency],
    timed: InOrder[Time],
    context: Context,
) -> RowRead:
    agencies: list[tuple[ColumnKind, list[Agency]]] = []
    times: list[tuple[ColumnKind, list[Time]]] = []
    for parts in _columns(cells):
        kind = _kind(grid, parts[0])
        whole = len(parts) == 1
        joined = not whole and kind in _AGENCY_COLUMNS
        agencies.append((kind, agencies_of(view, parts, kind, context) if joined else named.in_cells(parts)))
        joined = not whole and kind in _TIME_COLUMNS
        times.append((kind, times_of(view, parts, context) if joined else timed.in_cells(parts)))
    row = _row(view, cells, grid, table, agencies, times)
    return RowRead(
        row, cells, [one for _, found in agencies for one in found], [one for _, found in times for one in found]
    )


def _row(
    view: View,
    cells: list[Cell],
    grid: Grid,
    table: str,
    agencies: Sequence[tuple[ColumnKind, list[Agency]]],
    times: Sequence[tuple[ColumnKind, list[Time]]],
) -> Row:
    first = cells[0]
    numbered = _kind(grid, first) == "marker" and is_marker(view.plain[first.start : first.end])
    end = first.end if numbered else min(first.end, first.start + _QUOTE_LENGTH)
    start_time, end_time = _span_of_time(times)
    names = _names(agencies)
    return Row(
        start=first.start,
        end=end,
        text=view.composed[first.start : end],
        rule="table.row",
        confidence=0.95,
        table=table,
        marker=view.plain[first.start : first.end].rstrip(".) ") if numbered else None,
        title=_words(view, grid, cells, ("action",)),
        lead=names.get("lead"),
        coordinate=names.get("coordinate"),
        start_time=start_time,
        end_time=end_time,
        outputs=_words(view, grid, cells, ("output",)),
    )


def _words(view: View, grid: Grid, cells: Iterable[Cell], kinds: tuple[ColumnKind, ...]) -> str | None:
    return " ".join(view.words(cell.start, cell.end) for cell in cells if _kind(grid, cell) in kinds) or None


def _columns(cells: Iterable[Cell]) -> Iterator[list[Cell]]:
    """The cells of a row by column, several of one where it runs over lines."""
    by_column: dict[int, list[Cell]] = {}
    for cell in cells:
        by_column.setdefault(cell.column, []).append(cell)
    yield from by_column.values()


def _names(agencies: Sequence[tuple[ColumnKind, list[Agency]]]) -> dict[str, list[str]]:
    """The agencies in the row's columns of agencies by role, each once."""
    named: dict[str, dict[str, None]] = {}
    for kind, found in agencies:
        for agency in found if kind in _AGENCY_COLUMNS else ():
            if agency.role is not None:
                named.setdefault(agency.role, {})[agency.name] = None
    return {role: list(names) for role, names in named.items()}


def _span_of_time(times: Sequence[tuple[ColumnKind, list[Time]]]) -> tuple[str | None, str | None]:
    """When the row begins and ends: "2025/2026" gives both, a point or an interval its end."""
    start = end = None
    for kind, said in times:
        values = [value for time in said for value in time.values]
        if kind not in _TIME_COLUMNS or not values:
            continue
        first, last = values[0].split("/")[0], values[-1].split("/")[-1]
        if kind == "start_time":
            start = first
        elif kind == "end_time" or (len(values) == 1 and "/" not in values[0]):
            end = last
        else:
            start, end = (first if first != ".." else None), (last if last != ".." else None)
    return start, end
