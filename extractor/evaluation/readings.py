"""Two readings of the same documents: how far the annotators agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from extractor.evaluation.gold import LISTS, Item
from extractor.evaluation.matching import match
from extractor.evaluation.sameness import header_pairs
from extractor.evaluation.tally import Tally

NO_ROLE: Final = "none"
GROUPS: Final = "agency_generic"
HEADER: Final = "header"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two readings agree: tallies by type, in which "right" is what both have; kappa of the roles.

    ``spans`` count exact places, ``values`` places that overlap and agree on the key fields (docs/evaluation.md). F1 of
    such a tally is pairwise F1, the same whichever reading is called gold.
    """

    documents: int
    spans: dict[str, Tally]
    values: dict[str, Tally]
    roles: Tally
    """Named agencies with a role in one of the readings at least: those with the same role, and how many each has."""
    kappa: float
    """Cohen's kappa of the roles, "none" among them, over the named agencies that both readings have."""


def compare_readings(pairs: Sequence[tuple[Item, Item]]) -> Agreement:
    """The agreement over documents, each as gold of the first reading and of the second."""
    spans: dict[str, Tally] = {}
    values: dict[str, Tally] = {}
    roles: list[tuple[str, str]] = []
    alone = [0, 0]  # roles of agencies that the other reading does not have
    for first, second in pairs:
        for kind, left, right in _by_type(first, second):
            matching = match(kind.removesuffix("_generic"), left, right)
            exact = sum(pair.exact for pair in matching.pairs)
            agreeing = sum(pair.agrees for pair in matching.pairs)
            spans[kind] = spans.get(kind, Tally()) + Tally(exact, len(left), len(right))
            values[kind] = values.get(kind, Tally()) + Tally(agreeing, len(left), len(right))
            if kind == "agency":
                roles += [(pair.gold.get("role", NO_ROLE), pair.found.get("role", NO_ROLE)) for pair in matching.pairs]
                alone[0] += sum("role" in item for item in matching.missed)
                alone[1] += sum("role" in item for item in matching.extra)
        values[HEADER] = values.get(HEADER, Tally()) + _header(first, second)
    both = Counter(roles)
    return Agreement(
        documents=len(pairs),
        spans=spans,
        values=values,
        roles=Tally(
            right=sum(count for (left, right), count in both.items() if left == right != NO_ROLE),
            gold=sum(count for (left, _), count in both.items() if left != NO_ROLE) + alone[0],
            found=sum(count for (_, right), count in both.items() if right != NO_ROLE) + alone[1],
        ),
        kappa=kappa(both),
    )


def kappa(pairs: Counter[tuple[str, str]]) -> float:
    """Cohen's kappa: how much of the agreement that chance leaves open is reached; 1 when all agree."""
    total = sum(pairs.values())
    labels = {label for pair in pairs for label in pair}
    observed = sum(count for (left, right), count in pairs.items() if left == right) / total if total else 1.0
    by_chance = sum(
        sum(count for (left, _), count in pairs.items() if left == label)
        * sum(count for (_, right), count in pairs.items() if right == label)
        for label in labels
    )
    expected = by_chance / total**2 if total else 1.0
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def _by_type(first: Item, second: Item) -> Iterable[tuple[str, list[Item], list[Item]]]:
    """The entities of both readings type by type, groups of agencies apart from the named ones."""
    for kind in LISTS:
        left, right = ([item for item in one["entities"] if item["type"] == kind] for one in (first, second))
        if kind == "agency":
            yield (
                GROUPS,
                [item for item in left if item.get("generic")],
                [item for item in right if item.get("generic")],
            )
            left, right = ([item for item in side if not item.get("generic")] for side in (left, right))
        yield kind, left, right


def _header(first: Item, second: Item) -> Tally:
    pairs = list(header_pairs(first["header"], second["header"]))
    return Tally(
        right=sum(agrees for *_, agrees in pairs),
        gold=sum(bool(left) for _, left, _, _ in pairs),
        found=sum(bool(right) for _, _, right, _ in pairs),
    )
