"""Which mention found answers which of the gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.evaluation.gold import Item
from extractor.evaluation.sameness import agree


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold entity and the one that answers it; ``agrees`` on the key fields, ``exact`` in start and end too."""

    gold: Item
    found: Item
    agrees: bool

    @property
    def exact(self) -> bool:
        """Whether both have one span."""
        return bool(self.gold["start"] == self.found["start"] and self.gold["end"] == self.found["end"])


@dataclass(frozen=True, slots=True)
class Matching:
    """One type of one document: pairs in gold order, gold that nothing answers, and what answers nothing."""

    pairs: list[Pair]
    missed: list[Item]
    extra: list[Item]


def overlap(left: Item, right: Item) -> int:
    """How many code points two spans share."""
    return int(max(0, min(left["end"], right["end"]) - max(left["start"], right["start"])))


def match(kind: str, gold: Sequence[Item], found: Sequence[Item]) -> Matching:
    """Pairs one to one, greedily: those that agree first, of these the longest overlap first."""
    options = [
        (agree(kind, wanted, got), shared, place, other)
        for place, wanted in enumerate(gold)
        for other, got in enumerate(found)
        if (shared := overlap(wanted, got))
    ]
    options.sort(key=lambda option: option[:2], reverse=True)
    taken: dict[int, tuple[int, bool]] = {}
    used: set[int] = set()
    for agrees, _, place, other in options:
        if place not in taken and other not in used:
            taken[place] = other, agrees
            used.add(other)
    return Matching(
        pairs=[Pair(gold[place], found[other], agrees) for place, (other, agrees) in sorted(taken.items())],
        missed=[item for place, item in enumerate(gold) if place not in taken],
        extra=[item for place, item in enumerate(found) if place not in used],
    )
