"""Charts as inline SVG: bars that lie for names, columns that stand for time. Colours come from the page's style."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

Point = tuple[str, float]
"""A label and its figure."""

WIDTH: Final = 860  # of a chart, in points of its own; the page scales it
_LINE: Final = 24  # height of a bar with its gap
_LABELS: Final = 350  # room for labels beside bars
_FIGURES: Final = 70  # and for the figures behind them
_LONGEST_LABEL: Final = 46  # code points that fit there
_HEIGHT: Final = 180  # of the highest column
_WIDEST_COLUMN: Final = 40
_LABEL_ROOM: Final = 38  # between two labels below columns


def bars(points: Sequence[Point], title: str) -> str:
    """One bar a point, with its label before and its figure behind; a long label is cut and whole in its tooltip."""
    scale = (WIDTH - _LABELS - _FIGURES) / (max((value for _, value in points), default=0) or 1)
    shapes = []
    for place, (label, value) in enumerate(points):
        y = place * _LINE
        shown = label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"
        shapes.append(
            f"<g><title>{escape(label)}: {figure(value)}</title>"
            f"<text x='{_LABELS - 10}' y='{y + 16}' text-anchor='end'>{escape(shown)}</text>"
            f"<rect x='{_LABELS}' y='{y + 3}' width='{max(value * scale, 1):.1f}' height='{_LINE - 7}' rx='2'/>"
            f"<text x='{_LABELS + value * scale + 7:.1f}' y='{y + 16}' class='figure'>{figure(value)}</text></g>"
        )
    return _svg(len(points) * _LINE, title, shapes)


def columns(points: Sequence[Point], title: str) -> str:
    """One column a point from left to right, with the highest figure at the left and labels where they have room."""
    highest = max((value for _, value in points), default=0) or 1
    left, top = 36, 14
    step = min((WIDTH - left) / max(len(points), 1), _WIDEST_COLUMN + 10)
    base = top + _HEIGHT
    shapes = [
        f"<path d='M{left} {top}H{WIDTH}M{left} {base}H{WIDTH}'/>"
        f"<text x='{left - 6}' y='{top + 4}' text-anchor='end' class='figure'>{figure(highest)}</text>"
        f"<text x='{left - 6}' y='{base + 4}' text-anchor='end' class='figure'>0</text>"
    ]
    free = 0.0
    for place, (label, value) in enumerate(points):
        x, height = left + place * step, value / highest * _HEIGHT
        text = ""
        year, _, quarter = label.partition("-")
        if x >= free and quarter in ("", "Q1"):
            text = f"<text x='{x + step / 2:.1f}' y='{base + 18}' text-anchor='middle'>{escape(year)}</text>"
            free = x + _LABEL_ROOM
        shapes.append(
            f"<g><title>{escape(label)}: {figure(value)}</title>"
            f"<rect x='{x + step * 0.1:.1f}' y='{base - height:.1f}' width='{step * 0.8:.1f}' height='{height:.1f}'/>"
            f"{text}</g>"
        )
    return _svg(base + 26, title, shapes)


def figure(value: float) -> str:
    """A number as text: thousands parted by a thin blank, three figures that count behind a small one."""
    if value == int(value):
        return f"{int(value):,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return f"{value:,.1f}".replace(",", "\N{NARROW NO-BREAK SPACE}") if value >= 10 else f"{value:.3g}"


def _svg(height: int, title: str, shapes: list[str]) -> str:
    return f"<svg viewBox='0 0 {WIDTH} {height}' role='img' aria-label='{escape(title)}'>{''.join(shapes)}</svg>"
