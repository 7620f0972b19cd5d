"""Lines of a page in reading order: the two sides of a letterhead or a signature block one after the other.

Decree 30/2020, Phụ lục I, sets issuer and number on the left, the motto, place and date on the right; recipients on the
left, the signer on the right. Read level by level they would interleave.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from extractor.reading.pages.lines import Line, rows_of
from extractor.reading.pages.paragraphs import is_marker, opens_item

Row = list[Line]
"""What stands on one level, from the left."""

_NARROWEST: Final = 8.0
"""Points of the narrowest gap between two columns."""
_NEAR: Final = 2.0
"""Heights of a line within which what stands above belongs to a column."""
_EVEN: Final = 1.25
"""Gaps between single words that differ by less are those of one line."""
_LIST: Final = 3
"""So many lines on the left are a list of recipients, though the signer stands alone beside it."""
_MOSTLY: Final = 0.6
_TABLE_ROWS: Final = 3
_TABLE_COLUMNS: Final = 3
"""So many levels of so many pieces are a table without rules, read level by level."""


@dataclass(slots=True)
class Block:
    """Lines that follow each other; those of a column keep their line ends."""

    lines: list[Line]
    column: bool


def in_reading_order(lines: Sequence[Line]) -> list[Block]:
    """The lines of a page, or of a part of it, as blocks in the order in which one reads them."""
    rows = [_joined_row(sorted(row, key=lambda line: line.x0)) for row in rows_of(lines)]
    blocks: list[Block] = []
    flow: list[Row] = []
    index = 0
    while index < len(rows):
        columns = _columns(rows, index) if len(rows[index]) > 1 else None
        if columns is None:
            flow.append(rows[index])
            index += 1
            continue
        left, right, index = columns
        while flow and len(flow[-1]) == 1 and _stands_over(flow[-1][0], right[0], left):
            right.insert(0, flow.pop()[0])
        blocks += [*_flowing(flow), *_column(left), *_column(right)]
        flow = []
    return [*blocks, *_flowing(flow)]


def _joined_row(row: Row) -> Row:
    """One level, a marker with the words behind its tab, and words that a justified line has set far apart, as one."""
    if len(row) > 1 and is_marker(row[0]):
        row = [side_by_side(row[:2], " "), *row[2:]]
    gaps = [after.x0 - before.x1 for before, after in pairwise(row)]
    if len(gaps) > 1 and max(gaps) < _EVEN * min(gaps) and not any(" " in line.text for line in row):
        row = [side_by_side(row, " ")]
    return row


def _flowing(rows: Sequence[Row]) -> Iterator[Block]:
    if rows:
        yield Block([side_by_side(row) for row in rows], column=False)


def _column(lines: list[Line]) -> Iterator[Block]:
    for block in in_reading_order(lines):
        yield Block(block.lines, column=True)


def _columns(rows: Sequence[Row], first: int) -> tuple[Row, Row, int] | None:
    """Left lines, right lines, and the level behind them, of two columns that begin on level ``first``."""
    end, gutter = _reach(rows, first)
    if gutter is None:
        return None
    block = rows[first:end]
    left = [line for row in block for line in row if line.x1 <= gutter]
    right = [line for row in block for line in row if line.x1 > gutter]
    # What stands on the left below the last line on the right goes with the left if it was drawn before that line,
    # or is an item of its list.
    lowest = max(line.bottom for line in right)
    in_list = any(opens_item(line) and line.top < lowest for line in left)
    last_drawn = max(line.order for line in right)
    while end > first + 1 and rows[end - 1][-1].x1 <= gutter and rows[end - 1][0].top > lowest - 1:
        if all(line.order < last_drawn or (in_list and opens_item(line)) for line in rows[end - 1]):
            break
        end -= 1
        left = [line for line in left if line not in rows[end]]
    shared = sum(len(row) > 1 for row in rows[first:end])
    alone = shared < 2 and len(right) < 2 and len(left) < _LIST
    if alone or not left or _is_table(rows[first:end]) or _is_figures(right):
        return None
    return left, right, end


def _reach(rows: Sequence[Row], first: int) -> tuple[int, float | None]:
    """How far down a gap between two columns reaches that is open on level ``first``, and where it is."""
    width, start, stop = max((after.x0 - before.x1, before.x1, after.x0) for before, after in pairwise(rows[first]))
    if width < _NARROWEST:
        return first, None
    end = first + 1
    while end < len(rows):
        new_start, new_stop = start, stop
        for line in rows[end]:
            if line.x1 <= stop - _NARROWEST and line.x0 < start:
                new_start = max(new_start, line.x1)
            elif line.x0 >= start + _NARROWEST:
                new_stop = min(new_stop, line.x0)
            else:
                return end, (start + stop) / 2
        if new_stop - new_start < _NARROWEST:
            break
        start, stop = new_start, new_stop
        end += 1
    return end, (start + stop) / 2


def _stands_over(line: Line, right: Line, left: Sequence[Line]) -> bool:
    """Whether a line just above two columns belongs to the right one."""
    return line.x0 > max(one.x1 for one in left) and right.top - line.bottom < _NEAR * line.height


def _is_table(rows: Sequence[Row]) -> bool:
    wide = sum(len(row) >= _TABLE_COLUMNS for row in rows)
    return wide >= _TABLE_ROWS and wide >= _MOSTLY * len(rows)


def _is_figures(lines: Sequence[Line]) -> bool:
    """Whether a column holds figures: they belong to the words on their left."""
    signs = "".join(line.text for line in lines).replace(" ", "")
    return sum(map(str.isdigit, signs)) > _MOSTLY * len(signs)


def side_by_side(row: Row, parting: str = "") -> Line:
    """One level as one line; what stands far apart is parted as in a text that is set with blanks."""
    if len(row) == 1:
        return row[0]
    parting = parting or ("\t" if len(row) >= _TABLE_COLUMNS else "   ")
    edges = array("f")
    raised: list[tuple[int, int]] = []
    length = 0
    for number, line in enumerate(row):
        raised += [(start + length, end + length) for start, end in line.raised]
        edges.extend(line.edges[:-1])
        length += len(line.text) + len(parting)
        if number < len(row) - 1:
            edges.extend([line.x1] * len(parting))
    edges.append(row[-1].x1)
    return Line(
        parting.join(line.text for line in row), edges, min(line.top for line in row),
        max(line.bottom for line in row), row[0].page, row[0].order, raised,
        row[0].style if len({line.style for line in row}) == 1 else None, min(line.confidence for line in row),
    )  # fmt: skip
