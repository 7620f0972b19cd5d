"""Ruled lines that are not drawn as one: dotted ones, and the sides that tables leave open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

_LARGEST_DOT: Final = 2.5
"""Points of the sides of the largest box that is a dot of a rule."""
_BETWEEN_DOTS: Final = 3.5
_SHORTEST: Final = 10.0
_NEAR: Final = 3.0
"""Points by which ends that belong together may miss each other."""
_FEWEST: Final = 3
"""So many rules that end together show a side that is not drawn."""


class Stroke(NamedTuple):
    """A ruled line, level or upright; points from the upper left corner of its page."""

    x0: float
    top: float
    x1: float
    bottom: float


def is_dot(x0: float, top: float, x1: float, bottom: float) -> bool:
    """Whether a filled box is so small that it is a dot of a dotted rule."""
    return x1 - x0 <= _LARGEST_DOT and bottom - top <= _LARGEST_DOT


def dotted_rules(dots: Iterable[tuple[float, float]]) -> Iterator[Stroke]:
    """The rules that dots (their middles) make: level and upright rows without a gap."""
    level: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    upright: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    for x, y in dots:
        level[round(y)].append((x, y))
        upright[round(x)].append((y, x))
    for row in level.values():
        yield from (Stroke(start, y, end, y) for start, end, y in _chains(row))
    for column in upright.values():
        yield from (Stroke(x, start, x, end) for start, end, x in _chains(column))


def _chains(places: list[tuple[float, float]]) -> Iterator[tuple[float, float, float]]:
    """First and last place, along, and the place across, of dots that follow each other closely."""
    places.sort()
    start, before = places[0], places[0]
    for place in [*places[1:], (float("inf"), 0.0)]:
        if place[0] - before[0] > _BETWEEN_DOTS:
            if before[0] - start[0] >= _SHORTEST:
                yield start[0], before[0], start[1]
            start = place
        before = place


def open_sides(edges: Sequence[dict[str, Any]]) -> Iterator[Stroke]:
    """The sides that a table leaves open: where three level rules begin and end together, or three upright ones do,
    which the end of a page has cut.

    ``edges`` are those of pdfplumber: merged, with their ends and their orientation.
    """
    alike: defaultdict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for edge in edges:
        if edge["orientation"] == "h":
            alike[round(edge["x0"] / _NEAR), round(edge["x1"] / _NEAR)].append(edge)
    for group in alike.values():
        if len(group) >= _FEWEST:
            top, bottom = min(edge["top"] for edge in group), max(edge["top"] for edge in group)
            yield from (Stroke(group[0][side], top, group[0][side], bottom) for side in ("x0", "x1"))
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    for end in ("top", "bottom"):
        for group in _ending_together(upright, end):
            if len(group) >= _FEWEST:
                left, right = min(edge["x0"] for edge in group), max(edge["x0"] for edge in group)
                yield Stroke(left, group[0][end], right, group[0][end])


def _ending_together(edges: Sequence[dict[str, Any]], end: str) -> Iterator[list[dict[str, Any]]]:
    ordered = sorted(edges, key=lambda edge: edge[end])
    breaks = [index for index, (one, other) in enumerate(pairwise(ordered), 1) if other[end] - one[end] > _NEAR]
    for start, stop in pairwise([0, *breaks, len(ordered)]):
        if stop > start:
            yield ordered[start:stop]
