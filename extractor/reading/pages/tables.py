"""Ruled lines of a page into tables of cells, by the table finder of pdfplumber."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from extractor.reading.pages.glyphs import Glyph, Sheet
from extractor.reading.pages.lines import Line, make_lines
from extractor.reading.pages.paragraphs import opens_item
from extractor.reading.pages.rules import Stroke, open_sides

_SNAP: Final = 3.0
"""Points by which the sides of cells may miss each other."""
_SHORTEST: Final = 6.0
"""Points of the shortest side of a cell."""
_FEWEST_STROKES: Final = 6
"""Fewer are an underlined heading or a frame."""
_PAGE_SHARE: Final = 0.9
"""A frame round the whole page is no table."""
_SAME_SIDES: Final = 6.0
"""Points by which a table may move from page to page."""
_MOSTLY: Final = 0.7


@dataclass(slots=True)
class Table:
    """A ruled table of one page: where it stands, and the lines of each cell, row by row; none where a cell spans."""

    top: float
    bottom: float
    x0: float
    x1: float
    page: int
    rows: list[list[list[Line]]]


Box = tuple[float, float, float, float]
"""x0, top, x1, bottom"""


def find_tables(sheet: Sheet) -> tuple[list[Table], list[Glyph]]:
    """The ruled tables of a page that hold words, and the signs that stand outside of them."""
    boxes = _cells_of_tables(sheet.strokes) if len(sheet.strokes) >= _FEWEST_STROKES else []
    boxes = [cells for cells in boxes if len(cells) > 1 and not _is_frame(cells, sheet)]
    if not boxes:
        return [], sheet.glyphs
    inside: list[list[list[Glyph]]] = [[[] for _ in cells] for cells in boxes]
    outside: list[Glyph] = []
    places = [(cell, inside[number][index]) for number, cells in enumerate(boxes) for index, cell in enumerate(cells)]
    around = [_around(cells) for cells in boxes]
    last = places[0]
    for glyph in sheet.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        if _holds(last[0], x, y):  # signs of one cell are mostly drawn together
            last[1].append(glyph)
            continue
        found = any(_holds(box, x, y) for box in around) and next((p for p in places if _holds(p[0], x, y)), None)
        if found:
            last = found
            last[1].append(glyph)
        else:
            outside.append(glyph)
    tables = []
    for cells, glyphs in zip(boxes, inside, strict=True):
        if any(glyphs):
            tables.append(_table(cells, glyphs, sheet.number))
    return tables, outside


def _cells_of_tables(strokes: Sequence[Stroke]) -> list[list[Box]]:
    """The cells of each table that ruled lines make."""
    from pdfplumber import table as finder  # only pages with ruled lines need it

    edges = finder.merge_edges([_edge(stroke) for stroke in strokes], _SNAP, _SNAP, _SNAP, _SNAP)
    edges = [edge for edge in edges if edge["x1"] - edge["x0"] + edge["bottom"] - edge["top"] >= _SHORTEST]
    edges = finder.merge_edges([*edges, *map(_edge, open_sides(edges))], _SNAP, _SNAP, _SNAP, _SNAP)
    crossings = finder.edges_to_intersections(edges, _SNAP, _SNAP)
    tables: list[list[Box]] = finder.cells_to_tables(finder.intersections_to_cells(crossings))
    return tables


def _edge(stroke: Stroke) -> dict[str, Any]:
    width, height = stroke.x1 - stroke.x0, stroke.bottom - stroke.top
    return {
        "x0": stroke.x0, "x1": stroke.x1, "top": stroke.top, "bottom": stroke.bottom,
        "width": width, "height": height, "orientation": "h" if width > height else "v", "object_type": "line",
    }  # fmt: skip


def _table(cells: list[Box], glyphs: list[list[Glyph]], page: int) -> Table:
    x0, top, x1, bottom = _around(cells)
    lefts, tops = _levels([cell[0] for cell in cells]), _levels([cell[1] for cell in cells])
    rows: list[list[list[Line]]] = [[[] for _ in lefts] for _ in tops]
    for cell, held in zip(cells, glyphs, strict=True):
        rows[_nearest(tops, cell[1])][_nearest(lefts, cell[0])] += make_lines(held, page)
    return Table(top, bottom, x0, x1, page, rows)


def _levels(places: list[float]) -> list[float]:
    """Places that differ, those that miss each other by little counted once."""
    levels: list[float] = []
    for place in sorted(places):
        if not levels or place - levels[-1] > _SNAP:
            levels.append(place)
    return levels


def _nearest(levels: list[float], place: float) -> int:
    return min(range(len(levels)), key=lambda index: abs(levels[index] - place))


def _around(cells: Sequence[Box]) -> Box:
    return (
        min(cell[0] for cell in cells),
        min(cell[1] for cell in cells),
        max(cell[2] for cell in cells),
        max(cell[3] for cell in cells),
    )


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_frame(cells: Sequence[Box], sheet: Sheet) -> bool:
    x0, top, x1, bottom = _around(cells)
    return len(cells) < 3 and (x1 - x0) * (bottom - top) > _PAGE_SHARE * sheet.width * sheet.height


@dataclass(slots=True)
class Grid:
    """A table of one or more pages: the lines of each cell, row by row; none where a cell spans."""

    rows: list[list[list[Line]]]

    def go_on(self, more: Grid) -> None:
        """Adds what stands on the next page, without the headings that are said anew."""
        rows = more.rows
        repeated = 0
        while repeated < min(len(rows), len(self.rows)) and _words(rows[repeated]) == _words(self.rows[repeated]):
            repeated += 1
        rows = rows[repeated:]
        if rows and self._is_broken(rows[0]):
            for cell, rest in zip(self.rows[-1], rows[0], strict=True):
                cell.extend(rest)
            rows = rows[1:]
        self.rows += rows

    def _is_broken(self, row: list[list[Line]]) -> bool:
        """Whether a row goes on with one of the page before.

        It has no number where nearly all others have one, or its first words stand in the midst of a sentence.
        """
        if len(row) < 2:
            return False
        numbered = sum(bool(row[0]) for row in self.rows)
        if not row[0] and numbered > _MOSTLY * len(self.rows):
            return True
        above, cell = next(pair for pair in zip(self.rows[-1], row, strict=True) if pair[1])
        first = cell[0]
        return bool(above) and first.text[0].islower() and not opens_item(first) and above[-1].text[-1] not in ".;:!?"


def grid_of(table: Table) -> Grid:
    """The rows of a table of one page in which something stands."""
    return Grid([[list(lines) for lines in row] for row in table.rows if any(row)])


def continued(table: Table, after: Table) -> bool:
    """Whether ``after`` goes on with ``table``: on the next page, with the same columns between the same sides."""
    return (
        after.page == table.page + 1
        and len(after.rows[0]) == len(table.rows[0])
        and abs(after.x0 - table.x0) < _SAME_SIDES
        and abs(after.x1 - table.x1) < _SAME_SIDES
    )


def _words(row: list[list[Line]]) -> list[str]:
    return [" ".join(line.text for line in cell) for cell in row]
