"""Whether a change is more than chance: two evaluations of the same documents, by a paired bootstrap."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extractor.evaluation.scores import MACRO, MACRO_TYPES, SEED, macro
from extractor.evaluation.tally import Tally

DRAWS: Final = 2000
COMPARED: Final = (
    MACRO,
    *(f"{kind}.value" for kind in MACRO_TYPES),
    "agency_role.value",
    "row.value",
    "row_cells.value",
)

Tallies = Mapping[str, Mapping[str, Tally]]
"""Document → score → what was counted there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One score then and now, and the 95 % interval of the difference over documents drawn anew."""

    score: str
    before: float
    after: float
    interval: tuple[float, float]

    @property
    def is_loss(self) -> bool:
        """Whether the whole interval lies below nothing."""
        return self.interval[1] < 0

    @property
    def is_gain(self) -> bool:
        """Whether the whole interval lies above nothing."""
        return self.interval[0] > 0


def compare(before: Tallies, after: Tallies) -> list[Change]:
    """The change of every main score over the documents that both evaluations have."""
    shared = [name for name in after if name in before]
    rng = random.Random(SEED)
    draws = [rng.choices(shared, k=len(shared)) for _ in range(DRAWS)] if shared else []
    return [_change(score, before, after, shared, draws) for score in COMPARED]


def document_changes(before: Tallies, after: Tallies) -> list[tuple[str, str, float, float]]:
    """Document, score, F1 then and now, wherever one of the main scores has changed."""
    return [
        (name, score, then, now)
        for name in after
        if name in before
        for score in COMPARED
        if (then := figure(score, [before[name]])) != (now := figure(score, [after[name]]))
    ]


def figure(score: str, documents: Sequence[Mapping[str, Tally]]) -> float:
    """A score over documents: F1 of what was counted in them all, or the mean of the main types."""
    if score == MACRO:
        return macro({f"{kind}.value": _sum(f"{kind}.value", documents) for kind in MACRO_TYPES})
    return _sum(score, documents).f1


def _sum(score: str, documents: Sequence[Mapping[str, Tally]]) -> Tally:
    counted = [tallies[score] for tallies in documents if score in tallies]
    return Tally(
        right=sum(tally.right for tally in counted),
        gold=sum(tally.gold for tally in counted),
        found=sum(tally.found for tally in counted),
    )


def _change(score: str, before: Tallies, after: Tallies, shared: Sequence[str], draws: Sequence[list[str]]) -> Change:
    then, now = (figure(score, [side[name] for name in shared]) for side in (before, after))
    if all(before[name].get(one) == after[name].get(one) for name in shared for one in _parts(score)):
        return Change(score, then, now, (0.0, 0.0))
    differences = sorted(
        figure(score, [after[name] for name in drawn]) - figure(score, [before[name] for name in drawn])
        for drawn in draws
    )
    tail = DRAWS // 40
    return Change(score, then, now, (differences[tail], differences[-tail - 1]))


def _parts(score: str) -> list[str]:
    return [f"{kind}.value" for kind in MACRO_TYPES] if score == MACRO else [score]
