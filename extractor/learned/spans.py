"""Agencies as the model of words reads them: where it sees one, and how sure it is of any place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from extractor.learned.lines import OUTSIDE, Line

NAME: Final = "name"
GROUP: Final = "group"
"""The kinds of the model's mentions: a body, and a group without a name of its own."""
_LONGEST: Final = 80
"""So many words a mention has at most; a longer one is no name, and writing it out would take its square in time."""


class Span(NamedTuple):
    """A place of the view, what kind of agency stands there, and the chance (0 to 1) that one stands just there."""

    start: int
    end: int
    kind: str
    chance: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One line and, for each of its words, the chance of each label (in the order of ``labels``)."""

    line: Line
    labels: Sequence[str]
    columns: Mapping[str, int]
    """The place of each label in the rows."""
    rows: Sequence[Sequence[float]]

    def spans(self) -> list[Span]:
        """The mentions that the most likely label of each word makes."""
        found: list[tuple[int, int, str]] = []
        kind = ""
        for number, row in enumerate(self.rows):
            label = self.labels[row.index(max(row))]
            here = "" if label == OUTSIDE else label[2:]
            if here and (label[0] == "B" or here != kind):
                found.append((number, number + 1, here))
            elif here:
                found[-1] = (found[-1][0], number + 1, here)
            kind = here
        return [
            Span(self.line[first].start, self.line[last - 1].end, kind, self._chance(first, last, kind))
            for first, last, kind in found
            if last - first <= _LONGEST
        ]

    def chance(self, start: int, end: int, kind: str) -> float:
        """The chance that a mention of a kind covers just a place of the view; 0 where the line holds no part of it."""
        first = bisect_right(self.line, start, key=lambda word: word.end)
        last = bisect_left(self.line, end, lo=first, key=lambda word: word.start)
        return self._chance(first, last, kind) if first < last else 0.0

    def _chance(self, first: int, last: int, kind: str) -> float:
        """That of the weakest of the words ``first`` to ``last - 1``, and that the next word goes on with none."""
        begin, inside = self.columns.get(f"B-{kind}"), self.columns.get(f"I-{kind}")
        if begin is None:
            return 0.0
        chance = self.rows[first][begin]
        if inside is None:
            return chance if last == first + 1 else 0.0
        for row in self.rows[first + 1 : last]:
            chance = min(chance, row[inside])
        return min(chance, 1.0 - self.rows[last][inside]) if last < len(self.rows) else chance
