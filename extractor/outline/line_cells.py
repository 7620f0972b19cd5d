"""Tables that were flattened so that every cell stands on a line of its own.

The headings come first, from that of the column of numbers ("TT") on, then the cells of row after row. Nothing but the
numbers tells the rows: a row begins with the number that follows the one above. An empty cell is an empty line, unless
empty lines stand between all cells; then it leaves no trace, and a row that is too short lacks its last cells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extractor.language.numbers import write_roman
from extractor.outline.cells import Place, Rows, trim

_NUMBER: Final = re.compile(r"(?:(?P<figures>[0-9]{1,3}(?:\.[0-9]{1,3}){0,3})|(?P<group>[IVX]{1,5}|[A-H]))[.)]?")
_GROUPS: Final = {write_roman(group): group for group in range(1, 40)} | dict(zip("ABCDEFGH", range(1, 9), strict=True))
_WIDEST: Final = 12
"""So many cells may a row have."""
_LONGEST_HEADING: Final = 90
_LONGEST_CELL: Final = 600


@dataclass(frozen=True, slots=True)
class Number:
    """How far rows are counted: the figures of the last one, and its group ("II" is 2)."""

    figures: tuple[int, ...] = ()
    group: int = 0
    opens_group: bool = False

    def following(self, words: str) -> Number | None:
        """The number that ``words`` are, if it follows this one: "2.1" follows "2" and "1.3", "1" follows "II"."""
        match = _NUMBER.fullmatch(words)
        if match is None:
            return None
        if match["group"]:
            is_next = _GROUPS.get(match["group"]) == self.group + 1
            return Number(self.figures, self.group + 1, opens_group=True) if is_next else None
        figures = tuple(map(int, match["figures"].split(".")))
        return Number(figures, self.group) if self._counts_on(figures) else None

    def _counts_on(self, figures: tuple[int, ...]) -> bool:
        depth = len(figures) - 1
        if figures[-1] == 1 and figures[:-1] == self.figures[: len(self.figures) if depth else 0]:
            return bool(depth) or self.opens_group or not self.figures
        return len(self.figures) > depth and figures == (*self.figures[:depth], self.figures[depth] + 1)


def line_tables(folded: str, opening: re.Pattern[str], totals: re.Pattern[str]) -> Iterator[Rows]:
    """The rows of each table in the lines of a text, headings first.

    ``opening``: a line feed, and the heading of a column of numbers as its only ``words``; ``totals``: how a row that
    sums up begins.
    """
    lines: list[Place] = []
    filled: list[Place] = []
    done = 0
    for heading in opening.finditer("\n" + folded):
        start = heading.start("words") - 1
        if start < done:
            continue
        if not lines:
            lines = _lines(folded)
            filled = [line for line in lines if line[0] < line[1]]
        rows = _rows(folded, lines, start, totals) or _rows(folded, filled, start, totals)
        if len(rows) > 2:
            yield rows
            done = max(end for _, end in rows[-1])


def _lines(folded: str) -> list[Place]:
    """The lines of a text without the blanks round them."""
    lines = []
    start = 0
    for line in folded.split("\n"):
        end = start + len(line)
        lines.append(trim(folded, start, end))
        start = end + 1
    return lines


def _rows(folded: str, lines: Sequence[Place], start: int, totals: re.Pattern[str]) -> Rows:
    """Headings and rows of the table that begins at ``start``, as far as its numbers go on.

    No rows where empty lines stand between the headings: they are no cells then, and the other lines tell the rows.
    """
    first = bisect_left(lines, (start, 0))
    window = lines[first : first + 2 * _WIDEST]
    top = next((at for at, line in enumerate(window) if Number().following(folded[slice(*line)])), 0)
    headings = window[:top]
    while headings and headings[-1][0] == headings[-1][1]:
        headings = headings[:-1]
    if not 3 <= len(headings) <= _WIDEST or not all(_is_heading(folded, *line) for line in headings):
        return []
    return [list(headings), *_numbered(folded, lines, first + top, len(headings), totals)]


def _numbered(
    folded: str, lines: Sequence[Place], at: int, width: int, totals: re.Pattern[str]
) -> Iterator[list[Place]]:
    """The rows from line ``at`` on, of ``width`` cells, or fewer where an empty cell has left no line."""
    number = Number().following(folded[slice(*lines[at])])
    while number is not None:
        ends = (at + width, *range(at + 2, at + width))
        nexts = ((end, number.following(folded[slice(*lines[end])])) for end in ends if end < len(lines))
        end, number = next((found for found in nexts if found[1]), (at + width, None))
        row = lines[at:end]
        if any(right - left > _LONGEST_CELL for left, right in row):
            return
        yield list(row)
        at = end
    is_empty = at < len(lines) and lines[at][0] == lines[at][1]
    named = at + is_empty
    if named < len(lines) and totals.match(folded[slice(*lines[named])].lower()):
        start = lines[named][0]
        yield [(start, start), *lines[named : named + width - 1]]


def _is_heading(folded: str, start: int, end: int) -> bool:
    return start < end <= start + _LONGEST_HEADING and not any(sign in folded[start:end] for sign in "|\t")
