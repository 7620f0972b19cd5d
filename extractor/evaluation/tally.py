"""Counting what was right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, how many the gold has, how many were found."""

    right: int = 0
    gold: int = 0
    found: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.gold + other.gold, self.found + other.found)

    @property
    def precision(self) -> float:
        """Right of the found; 1 where there was nothing to find and nothing was found."""
        return self.right / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        """Right of the gold; 1 where there is no gold."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, to four places."""
        precision, recall = self.precision, self.recall
        return round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0
