"""The rows of a table as lines of figures, and as a tree of groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from typing import Final

from extractor.checking.measures import slack
from extractor.grammar import Grammar
from extractor.language.numbers import read_figure
from extractor.language.view import View
from extractor.linking.rows import is_total
from extractor.outline.cells import is_marker
from extractor.outline.markers import LETTERS, roman_number
from extractor.outline.structure import Cell, Grid

_FIGURE: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){1,6}(?:,[0-9]{1,6})?|[0-9]{1,18}(?:[.,][0-9]{1,6})?")
_EMPTY: Final = re.compile(r"[-–—.…]*")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its number, the figures of its columns, and whether it sums up others."""

    marker: str
    words: str
    """What stands in its first cell of words, in small letters."""
    figures: Mapping[int, tuple[Fraction, Fraction, Cell]]
    """By column: value, half of the last printed place, and the cell."""
    unread: frozenset[int]
    """Columns whose cell holds something else than a figure."""
    is_total: bool

    def value(self, column: int) -> Fraction:
        """The figure of a column; 0 where there is none."""
        return self.figures[column][0] if column in self.figures else Fraction(0)


@dataclass(slots=True)
class Node:
    """A row, and those that it is the group of."""

    line: Line
    below: list[Node] = field(default_factory=list)


def read_lines(view: View, grid: Grid, grammar: Grammar) -> Iterator[Line]:
    """The data rows of a table, totals included."""
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
            if cell.column not in figures and _FIGURE.fullmatch(words):
                value = read_figure(words)
                figures[cell.column] = value, slack(words, value), cell
            elif not _EMPTY.fullmatch(words):
                unread.add(cell.column)  # words, or a second line of figures
        for column in unread & set(figures):
            del figures[column]
        named = next((cell for cell in cells if cell.column in unread), cells[0])
        words = view.lower[named.start : named.end]
        yield Line(marker, words, figures, frozenset(unread), is_total(view.lower, named, grammar))


def tree_of(lines: Sequence[Line]) -> list[Node]:
    """Rows as groups: what is numbered otherwise than the row above it stands below that row."""
    top: list[Node] = []
    open_nodes: list[tuple[str, Node]] = []
    for line in lines:
        node, rank = Node(line), _rank(line.marker)
        ranks = [opened for opened, _ in open_nodes]
        del open_nodes[ranks.index(rank) if rank in ranks else len(ranks) :]
        (open_nodes[-1][1].below if open_nodes else top).append(node)
        open_nodes.append((rank, node))
    return top


def is_clean(nodes: Sequence[Node]) -> bool:
    """Whether every row is numbered, and each list of them 1, 2, 3 … without a gap: none is missing."""
    numbers = [_number(node.line.marker) for node in nodes]
    return numbers == list(range(1, len(nodes) + 1)) and all(is_clean(node.below) for node in nodes)


def _rank(marker: str) -> str:
    """The kind of a number: "1" and "12" are alike, so are "I" and "IV", "1.1" and "2.3"."""
    if not marker or marker in "-+":
        return marker
    if marker.replace(".", "").isdigit():
        return "1" + "." * marker.count(".")
    return "a" if marker.islower() else "I" if roman_number(marker) else "A"


def _number(marker: str) -> int:
    """The last number that a marker says; 0 where it says none."""
    last = marker.rpartition(".")[2]
    if last.isdigit():
        return int(last)
    return roman_number(last) or (LETTERS.replace("đ", "").find(last.lower()) + 1 if last.isalpha() else 0)
