"""The outline of a document: its sections, zones and tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extractor.grammar import Grammar
from extractor.language.view import View
from extractor.outline.markers import Marker, find_markers
from extractor.outline.nesting import nest
from extractor.outline.structure import Grid, Outline, Stretches, Zone
from extractor.outline.tables import find_tables
from extractor.outline.zones import find_zones, main_title

_NO_SECTIONS: Final = ("furniture", "letterhead", "title", "recipients", "signature")
_NO_TABLES: Final = ("furniture", "letterhead", "recipients", "signature")


def read_outline(view: View, grammar: Grammar) -> Outline:
    """Sections, zones and tables of a document (ANNOTATION.md, "section"; Decree 30/2020, Điều 8)."""
    tables = find_tables(view, grammar)
    table_spans = [(grid.start, grid.end) for grid in tables]
    markers = _outside(find_markers(view, grammar), table_spans)
    zones, close = find_zones(view, grammar, Stretches(table_spans), markers)
    markers = _outside(markers, [(zone.start, zone.end) for zone in zones if zone.kind in _NO_SECTIONS])
    headings = nest(view, grammar, markers, _breaks(zones))
    body = min(
        [heading.start for heading in headings[:1]] + [start for start, _ in table_spans[:1]], default=len(view.folded)
    )
    preamble = _preamble(zones, body)
    hidden = [zone for zone in zones if zone.kind in _NO_TABLES]
    visible = [grid for table in tables if (grid := _outside_of(table, hidden)) is not None]
    return Outline(
        headings=headings,
        zones=tuple(sorted([*zones, *preamble], key=lambda zone: zone.start)),
        tables=tuple(visible),
        close=close,
        _starts=tuple(heading.start for heading in headings),
    )


def _outside(markers: Sequence[Marker], spans: Sequence[tuple[int, int]]) -> list[Marker]:
    """The markers that none of the spans (in text order) covers."""
    spans = sorted(spans)
    starts = [start for start, _ in spans]
    reach: list[int] = []
    for _, end in spans:
        reach.append(max(end, reach[-1]) if reach else end)
    kept = []
    for marker in markers:
        index = bisect_right(starts, marker.start) - 1
        if index < 0 or marker.start >= reach[index]:
            kept.append(marker)
    return kept


def _outside_of(grid: Grid, hidden: Sequence[Zone]) -> Grid | None:
    """A table without the cells that it took from a zone behind it; ``None`` when it begins in a zone."""
    zone = next((zone for zone in hidden if zone.start < grid.end and grid.start < zone.end), None)
    if zone is None:
        return grid
    cells = tuple(cell for cell in grid.cells if cell.end <= zone.start)
    if grid.start >= zone.start or not cells:
        return None
    return replace(grid, cells=cells, end=cells[-1].end)


def _breaks(zones: Sequence[Zone]) -> list[int]:
    """Where no section goes on: at another document's letterhead or title, at recipients and signatures."""
    return [zone.start for zone in zones if zone.kind in _NO_SECTIONS]


def _preamble(zones: Sequence[Zone], body: int) -> list[Zone]:
    """From the first title (or letterhead) to the first section or table, recipients or signature."""
    title = main_title(zones)
    start = title.end if title else next((zone.end for zone in zones if zone.kind == "letterhead"), 0)
    ends = [zone.start for zone in zones if zone.start >= start and zone.kind != "title"]
    end = min([body, *ends])
    return [Zone("preamble", start, end)] if start < end else []
