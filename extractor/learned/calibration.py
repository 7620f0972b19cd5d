"""What a model's chance comes to: how often it was right on plans that neither it nor the rules had seen.

A table per situation ("rule.name", "model.role" …): steps of the model's chance, and the share that was right there.
It is the reliability table of docs/model.md, and the confidence that a mention gets.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

EDGES: Final = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98)
"""Where the steps of the model's chance part."""
_PRIOR: Final = 3.0
"""A step begins with so many cases, as right as its situation: few cases prove little."""
_PARENT: Final = 10.0
"""A situation begins with so many cases, as right as what its side, rules or model, says elsewhere."""


@dataclass(frozen=True, slots=True)
class Table:
    """One situation: how many cases each step had, how many of them were right, and the confidence they give."""

    right: tuple[int, ...]
    cases: tuple[int, ...]
    confidence: tuple[float, ...]

    def at(self, chance: float) -> float:
        """The confidence that a model's chance (0 to 1) gives."""
        return self.confidence[bisect_right(EDGES, chance)]

    def to_dict(self) -> dict[str, Any]:
        """As the model's card keeps it."""
        return {"right": self.right, "cases": self.cases, "confidence": [round(one, 4) for one in self.confidence]}


def fit_table(cases: Iterable[tuple[float, bool]], share: float) -> Table:
    """The table of one situation from cases: the model's chance, and whether it was right.

    ``share`` is how often such proposals are right elsewhere.
    """
    right, total = [0] * (len(EDGES) + 1), [0] * (len(EDGES) + 1)
    for chance, held in cases:
        step = bisect_right(EDGES, chance)
        right[step] += held
        total[step] += 1
    share = (sum(right) + _PARENT * share) / (sum(total) + _PARENT)
    blocks: list[list[float]] = []  # right, cases, steps: a step never gives less than the one before it
    for good, count in zip(right, total, strict=True):
        blocks.append([good + _PRIOR * share, count + _PRIOR, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            last = blocks.pop()
            blocks[-1] = [one + other for one, other in zip(blocks[-1], last, strict=True)]
    confidence = [good / count for good, count, steps in blocks for _ in range(int(steps))]
    return Table(tuple(right), tuple(total), tuple(confidence))


def read_tables(data: Mapping[str, Any]) -> dict[str, Table]:
    """The tables of a card."""
    return {
        situation: Table(tuple(table["right"]), tuple(table["cases"]), tuple(table["confidence"]))
        for situation, table in data.items()
    }
