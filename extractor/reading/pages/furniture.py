"""What stands on pages and is none of the text: running heads, page numbers; and footnotes, which are kept apart."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from extractor.reading.pages.lines import Line, rows_of
from extractor.reading.pages.rules import Stroke

_EDGE_ROWS: Final = 2
"""Running heads and feet stand on the first or the last two levels of a page."""
_EDGE_SHARE: Final = 0.14
"""… and within this share of its height."""
_PAGE_NUMBER: Final = re.compile(r"[-–—\s]*(?:trang\s*)?(\d{1,4})(?:\s*[/|]\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_NUMBER_IN_HEAD: Final = re.compile(r"(?:[|–—-]|trang|page)\s*\d{1,4}(?:\s*/\s*\d{1,4})?\W*$", re.IGNORECASE)
_REPEATED_SHARE: Final = 0.3
"""A running head stands on so many of the pages (left and right ones may differ), and on two at least."""
_SAME_HEIGHT: Final = 6.0
"""Points by which a running head may move from page to page."""
_RULE: Final = (0.08, 0.45)
"""The width of the rule over footnotes, shares of that of the page."""
_TOUCHING: Final = 3.0
"""Points by which rules that meet may miss each other."""
_SMALLER: Final = 0.97
"""Footnotes are set smaller than that share of the text's height."""
_MEASURE: Final = re.compile(r"(?<![^\W_])[kdcm]?m$", re.IGNORECASE)
"""What a raised figure is an exponent of: m², km³."""
_NOTE: Final = re.compile(r"\[?(\d{1,3})\]?[.)]?\s*")


def without_furniture(pages: Sequence[tuple[list[Line], float]]) -> list[list[Line]]:
    """The lines of each page without running heads and page numbers; ``pages``: its lines, and its height in points."""
    edges = [_edge_rows(lines, height) for lines, height in pages]
    needed = max(2, _REPEATED_SHARE * len(pages))
    heads = Counter(key for rows in edges for key in {_head(line) for row in rows for line in row})
    shifts = Counter(
        shift for page, rows in enumerate(edges) for row in rows for line in row for shift in _shift(line, page)
    )
    numbered = {shift for shift, count in shifts.items() if count >= needed or shift == 1}
    kept = []
    for page, ((lines, _), rows) in enumerate(zip(pages, edges, strict=True)):
        gone: list[Line] = []
        for row in rows:
            repeated = [line for line in row if heads[_head(line)] >= needed]
            rest = [line for line in row if not any(line is one for one in repeated)]
            gone += repeated
            if len(rest) == 1 and not numbered.isdisjoint(_shift(rest[0], page)):
                gone += rest
        kept.append([line for line in lines if not any(line is one for one in gone)])
    return kept


def _edge_rows(lines: Iterable[Line], height: float) -> list[list[Line]]:
    rows = rows_of(lines)
    first = [row for row in rows[:_EDGE_ROWS] if row[0].bottom < _EDGE_SHARE * height]
    last = [row for row in rows[-_EDGE_ROWS:] if row[0].top > (1 - _EDGE_SHARE) * height]
    return first + [row for row in last if row not in first]


def _head(line: Line) -> tuple[str, int]:
    """What a running head has in common on all its pages: its words, but for the page's number, and its height."""
    return _NUMBER_IN_HEAD.sub("", line.text).casefold(), round(line.top / _SAME_HEIGHT)


def _shift(line: Line, page: int) -> list[int]:
    """By how much a line that is a number is ahead of its page, counted from 0."""
    match = _PAGE_NUMBER.fullmatch(line.text)
    return [int(match[1]) - page] if match else []


def rules_over_notes(strokes: Sequence[Stroke], width: float, height: float) -> list[Stroke]:
    """The ruled lines of a page, from above, that may part footnotes from the text: short, low, and of no table."""
    upright = [stroke for stroke in strokes if stroke.bottom - stroke.top > stroke.x1 - stroke.x0]
    found = (
        stroke
        for stroke in strokes
        if _RULE[0] * width < stroke.x1 - stroke.x0 < _RULE[1] * width
        and stroke.top > height / 3
        and not any(_touch(stroke, other) for other in upright)
    )
    return sorted(found, key=lambda stroke: stroke.top)


def _touch(level: Stroke, upright: Stroke) -> bool:
    return (
        level.x0 - _TOUCHING < upright.x0 < level.x1 + _TOUCHING
        and upright.top - _TOUCHING < level.top < upright.bottom + _TOUCHING
    )


def part_footnotes(lines: list[Line], rules: Iterable[Stroke], body: float) -> tuple[list[Line], list[Line]]:
    """The lines of the text and those of the footnotes of a page; ``body`` is the usual height of a line."""
    for rule in rules:
        below = [line for line in lines if line.top > rule.top - 1]
        first = min(below, key=lambda line: (line.top, line.x0), default=None)
        if (
            first is not None
            and (match := _NOTE.match(first.text))
            and match.end() < len(first.text)
            and all(line.height < _SMALLER * body for line in below)
        ):
            return [line for line in lines if not any(line is one for one in below)], below
    return lines, []


def note_numbers(notes: Iterable[Line]) -> list[int]:
    """The numbers with which footnotes begin, in order: each one more than the last."""
    numbers: list[int] = []
    for line in notes:
        match = _NOTE.match(line.text)
        if match and (not numbers or int(match[1]) == numbers[-1] + 1):
            numbers.append(int(match[1]))
    return numbers


def bracket_marks(line: Line, marks: Collection[str]) -> Line:
    """The line with raised digits that are ``marks`` of footnotes as "[1]"."""
    for start, end in reversed(line.raised):
        if line.text[start:end] in marks and not _MEASURE.search(line.text, 0, start):
            line = _with(line, start, end, f"[{line.text[start:end]}]")
    return line


def bracket_opening(line: Line) -> Line:
    """The first line of a footnote with its number as "[1] "."""
    match = _NOTE.match(line.text)
    return _with(line, 0, match.end(), f"[{match[1]}] ") if match else line


def _with(line: Line, start: int, end: int, words: str) -> Line:
    """The line with ``words`` in the place, and in the room, of its characters from ``start`` to ``end``."""
    step = (line.edges[end] - line.edges[start]) / len(words)
    between = [line.edges[start] + step * number for number in range(len(words))]
    edges = array("f", [*line.edges[:start], *between, *line.edges[end:]])
    return replace(line, text=line.text[:start] + words + line.text[end:], edges=edges)
