"""Totals of a table: of a column against its rows, of a group against its own, of a row against its other columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import prod
from typing import Any, Final

from extractor.checking.lines import Line, Node, is_clean, read_lines, tree_of
from extractor.checking.rules import any_of
from extractor.language.numbers import write_figure
from extractor.language.view import View
from extractor.linking.rows import InOrder
from extractor.outline.structure import Cell, Grid
from extractor.plan import Warning
from extractor.tagging.context import Context

SUM: Final = "sum-mismatch"
PRODUCT: Final = "product-mismatch"

_SUMMED: Final = ("budget", "quantity", "other")
_COUNTED: Final = ("budget", "quantity")
_MOST_FACTORS: Final = 4
_PROOF: Final = 2
"""So many rows show that one column is the sum of others."""
_SCALES_LEFT_OUT: Final = (1, 10**3, 10**6)


def check_columns(view: View, mentions: Mapping[str, Any], context: Context) -> Iterator[Warning]:
    """Figures of tables that are not the sum or the product that their headings say."""
    placed = InOrder(mentions["amounts"])
    for number, grid in enumerate(context.outline.tables, 1):
        lines = list(read_lines(view, grid, context.grammar))
        faults = [*_totals(lines, grid, context), *_across(lines, grid, context)]
        for cell, code, message in faults:
            refs = [one.id for one in placed.within(cell.start, cell.end)]
            yield Warning(code=code, message=message, refs=[f"tb{number}", *refs], start=cell.start, end=cell.end)


Fault = tuple[Cell, str, str]


def _totals(lines: Sequence[Line], grid: Grid, context: Context) -> Iterator[Fault]:
    """Rows "Tổng cộng" that are not the sum of the rows above them (or below, where they come first), and groups."""
    totals = [index for index, line in enumerate(lines) if line.is_total]
    if len(totals) != 1 or len(lines) < 3:
        return
    (at,) = totals
    summed = lines[:at] if at == len(lines) - 1 else lines[1:] if at == 0 else []
    if not summed:
        return
    total, nodes = lines[at], tree_of(summed)
    ways = [list(summed), [node.line for node in nodes], [leaf for node in nodes for leaf in _leaves(node)]]
    columns = [column for column in total.figures if _is_summed(grid, column, summed)]
    right = {column: [number for number, way in enumerate(ways) if _adds_up(total, way, column)] for column in columns}
    proven = sorted({number for found in right.values() for number in found})
    for column in columns:
        if right[column]:
            if is_clean(nodes) and 1 in right[column]:
                yield from _groups(nodes, column, context)
            continue
        if proven or (is_clean(nodes) and _counts(grid, column, context)):
            way = ways[proven[0] if proven else 1]
            added = sum((line.value(column) for line in way), start=Fraction(0))
            yield _unequal("the rows add up to", added, total, column)


def _groups(nodes: Sequence[Node], column: int, context: Context) -> Iterator[Fault]:
    """Groups that are not the sum of their rows, in a column whose total is the sum of the groups."""
    partial = any_of(context.grammar, "partial_lists")
    for node in nodes:
        if any(partial.match(below.line.words) for below in node.below):
            continue  # "Trong đó: …" names some of them
        parts = [below.line for below in node.below if column in below.line.figures]
        if column in node.line.figures and len(parts) == len(node.below) > 1 and not _adds_up(node.line, parts, column):
            added = sum((line.value(column) for line in parts), start=Fraction(0))
            yield _unequal("the rows of the group add up to", added, node.line, column)


def _leaves(node: Node) -> list[Line]:
    return [leaf for below in node.below for leaf in _leaves(below)] if node.below else [node.line]


def _is_summed(grid: Grid, column: int, lines: Sequence[Line]) -> bool:
    """Whether a column of figures may be added up: it holds nothing else, and two figures at least."""
    if column >= len(grid.columns) or grid.columns[column] not in _SUMMED:
        return False
    return not any(column in line.unread for line in lines) and sum(column in line.figures for line in lines) > 1


def _counts(grid: Grid, column: int, context: Context) -> bool:
    """Whether a column surely holds what can be added: money, or a number of things ("Số lớp")."""
    counted = any_of(context.grammar, "counted_columns").match(grid.titles[column]) is not None
    return grid.columns[column] in _COUNTED or counted


def _adds_up(total: Line, lines: Sequence[Line], column: int) -> bool:
    value, off, _ = total.figures[column]
    figures = [line.figures[column] for line in lines if column in line.figures]
    added = sum((figure[0] for figure in figures), start=Fraction(0))
    return abs(added - value) <= off + sum((figure[1] for figure in figures), start=Fraction(0))


def _unequal(words: str, worked_out: Fraction, line: Line, column: int, code: str = SUM) -> Fault:
    value, _, cell = line.figures[column]
    return cell, code, f"{words} {write_figure(worked_out)}, the table says {write_figure(value)}"


def _across(lines: Sequence[Line], grid: Grid, context: Context) -> Iterator[Fault]:
    """Rows whose sum is not number × price, or whose total is not the sum of the columns beside it."""
    found = {name: _columns(grid, context, name) for name in ("price", "product", "total", "share")}
    numeric = [
        column for column in range(1, len(grid.columns)) if any(column in line.figures for line in lines)
        and column not in found["share"]
    ]  # fmt: skip
    if len(found["price"]) == 1 and len(found["product"]) == 1:
        (price,), (product,) = found["price"], found["product"]
        factors = [column for column in numeric if column < product and column != price]
        yield from _products(lines, price, factors, product)
    for total in found["total"]:
        after = [column for column in numeric if column > total]
        before = [column for column in numeric if column < total]
        for parts in (after, before):
            yield from _sums(lines, total, parts)


def _columns(grid: Grid, context: Context, name: str) -> list[int]:
    pattern = any_of(context.grammar, f"{name}_columns")
    return [column for column, title in enumerate(grid.titles) if pattern.search(title)]


def _products(lines: Sequence[Line], price: int, factors: Sequence[int], product: int) -> Iterator[Fault]:
    """Rows in which no choice of factors gives the product, where at least as many rows have one that does."""
    wrong, right = [], 0
    for line in lines:
        known = [column for column in factors if column in line.figures]
        if line.is_total or price not in line.figures or product not in line.figures:
            continue
        if not 0 < len(known) <= _MOST_FACTORS:
            continue
        chosen = [choice for count in range(1, len(known) + 1) for choice in combinations(known, count)]
        if any(_gives(line, [price, *choice], product) for choice in chosen):
            right += 1
        else:
            wrong.append((line, known))
    if right < len(wrong):
        return
    for line, known in wrong:
        worked_out = prod((line.value(column) for column in (price, *known)), start=Fraction(1))
        yield _unequal("number × price is", worked_out, line, product, PRODUCT)


def _gives(line: Line, columns: Sequence[int], product: int) -> bool:
    worked_out = prod((line.value(column) for column in columns), start=Fraction(1))
    value, off, _ = line.figures[product]
    return any(
        abs(worked_out - value * scale) <= max(off * scale, worked_out / 1000) or abs(worked_out * scale - value) <= off
        for scale in _SCALES_LEFT_OUT
    )


def _sums(lines: Sequence[Line], total: int, parts: Sequence[int]) -> Iterator[Fault]:
    """Rows whose total is not the sum of the other columns, where most rows show that it should be."""
    wrong, right = [], 0
    for line in lines:
        known = [column for column in parts if column in line.figures]
        if total not in line.figures or len(known) < 2:
            continue
        value, off, _ = line.figures[total]
        added = sum((line.value(column) for column in known), start=Fraction(0))
        off += sum((line.figures[column][1] for column in known), start=Fraction(0))
        if abs(added - value) <= off:
            right += 1
        else:
            wrong.append((line, added))
    if right >= _PROOF and right > 2 * len(wrong):
        for line, added in wrong:
            yield _unequal("the columns add up to", added, line, total)
