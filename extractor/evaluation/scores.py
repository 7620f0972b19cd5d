"""Precision, recall and F1 by type, with intervals: the figures of the reference scorer."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from extractor.evaluation.activities import ACTIVITY_SCORES, score_activities
from extractor.evaluation.faults import Fault, Lines, list_faults, list_header_faults
from extractor.evaluation.gold import LISTS, Item
from extractor.evaluation.matching import Matching, match, overlap
from extractor.evaluation.sameness import header_pairs, row_cells
from extractor.evaluation.tally import Tally

MACRO: Final = "macro.value"
MACRO_TYPES: Final = ("citation", "amount", "quantity", "time", "agency", "section", "header")
SCORES: Final = (
    *(f"{kind}.{level}" for kind in LISTS for level in ("span", "value", "strict")),
    *("agency_generic.span", "agency_role.value", "row_cells.value", "header.value", MACRO),
)
"""The names of the scores that every gold has; ``ACTIVITY_SCORES`` are those of gold with activities."""

INSIDE_CITATIONS: Final = {"quantity", "time", "agency", "amount"}  # types not scored within a gold citation
DRAWS: Final = 1000
SEED: Final = 20261121


@dataclass(frozen=True, slots=True)
class Score:
    """A tally and the 95 % interval of its F1, by drawing documents anew."""

    tally: Tally
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found: scores by name ("citation.value"), faults in text order, names without a plan."""

    tallies: dict[str, dict[str, Tally]]
    """Document → score → what was counted there."""
    missing: list[str]
    scores: dict[str, Score]
    faults: list[Fault]

    @property
    def documents(self) -> int:
        """How many documents were scored."""
        return len(self.tallies)

    @property
    def macro(self) -> float:
        """The mean value F1 of the main types."""
        return macro({name: score.tally for name, score in self.scores.items()})

    def f1(self, name: str) -> float:
        """The F1 of a score; 0 where the gold has no such annotation."""
        if name == MACRO:
            return self.macro
        return self.scores[name].tally.f1 if name in self.scores else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the reference scorer."""
        rows: dict[str, Any] = {
            name: {
                "p": round(score.tally.precision, 4),
                "r": round(score.tally.recall, 4),
                "f1": score.tally.f1,
                "right": score.tally.right,
                "gold": score.tally.gold,
                "pred": score.tally.found,
                "ci95": list(score.interval),
            }
            for name, score in self.scores.items()
        }
        return {**rows, MACRO: {"f1": self.macro}}


def evaluate(golds: Mapping[str, Item], plans: Mapping[str, Item]) -> Report:
    """Scores plans (the JSON's objects) against gold (of ``read_gold``); a name without a plan found nothing."""
    tallies: dict[str, dict[str, Tally]] = {}
    faults: list[Fault] = []
    for name, gold in golds.items():
        tallies[name], wrong = score_document(name, gold, plans.get(name, {}))
        faults += wrong
    rng = random.Random(SEED)
    order = next(iter(tallies.values()), {})  # as the reference scorer draws its intervals
    scores = {score: _score([counted[score] for counted in tallies.values()], rng) for score in order}
    judged = [name for name, gold in golds.items() if "activities" in gold]
    for name in judged:
        counted, wrong = score_activities(name, golds[name], plans.get(name, {}))
        tallies[name] |= counted
        faults += wrong
    for score in ACTIVITY_SCORES if judged else ():
        scores[score] = _score([tallies[name][score] for name in judged], rng)
    return Report(
        tallies=tallies,
        missing=[name for name in golds if name not in plans],
        scores=dict(sorted(scores.items())),
        faults=faults,
    )


def macro(tallies: Mapping[str, Tally]) -> float:
    """The mean value F1 of the main types, to four places."""
    return round(sum(tallies[f"{kind}.value"].f1 for kind in MACRO_TYPES) / len(MACRO_TYPES), 4)


def score_document(name: str, gold: Item, plan: Item) -> tuple[dict[str, Tally], list[Fault]]:
    """The tallies of one document by score name, and its faults."""
    tallies: dict[str, Tally] = {}
    faults: list[Fault] = []
    lines = Lines(plan.get("text"))
    matchings, groups = match_document(gold, plan)
    for kind, matching in matchings.items():
        if kind == "agency":
            tallies["agency_generic.span"] = groups
        tallies |= _tally(kind, matching)
        faults += list_faults(name, kind, matching, lines)
    header = plan.get("header") or {}
    pairs = list(header_pairs(gold["header"], header))
    tallies["header.value"] = Tally(
        right=sum(agrees for *_, agrees in pairs),
        gold=sum(bool(wanted) for _, wanted, _, _ in pairs),
        found=sum(bool(got) for _, _, got, _ in pairs),
    )
    faults += list_header_faults(name, gold["header"], header)
    return tallies, faults


def match_document(gold: Item, plan: Item) -> tuple[dict[str, Matching], Tally]:
    """What answers what in one document, type by type, and the tally of the groups of agencies, which are set aside."""
    matchings: dict[str, Matching] = {}
    groups = Tally()
    citations = [item for item in gold["entities"] if item["type"] == "citation"]
    for kind, plural in LISTS.items():
        wanted = [item for item in gold["entities"] if item["type"] == kind]
        found: list[Item] = list(plan.get(plural, []))
        if kind in INSIDE_CITATIONS:
            found = [item for item in found if not _touches(item, citations)]
        if kind == "agency":
            wanted, found, groups = _set_groups_aside(wanted, found)
        matchings[kind] = match(kind, wanted, found)
    return matchings, groups


def _tally(kind: str, matching: Matching) -> dict[str, Tally]:
    """The scores of one type, in the order in which the reference scorer draws its intervals."""
    pairs = matching.pairs
    gold, found = len(pairs) + len(matching.missed), len(pairs) + len(matching.extra)
    tallies = {
        f"{kind}.span": Tally(len(pairs), gold, found),
        f"{kind}.value": Tally(sum(pair.agrees for pair in pairs), gold, found),
        f"{kind}.strict": Tally(sum(pair.agrees and pair.exact for pair in pairs), gold, found),
    }
    if kind == "agency":
        tallies["agency_role.value"] = _tally_roles(matching)
    if kind == "row":
        tallies["row_cells.value"] = _tally_cells(matching)
    return tallies


def _tally_roles(matching: Matching) -> Tally:
    roles = [(pair.gold.get("role"), pair.found.get("role")) for pair in matching.pairs]
    roles += [(item.get("role"), None) for item in matching.missed]
    return Tally(
        right=sum(wanted == got for wanted, got in roles if wanted),
        gold=sum(bool(wanted) for wanted, _ in roles),
        found=sum(bool(got) for _, got in roles),
    )


def _tally_cells(matching: Matching) -> Tally:
    cells = [(row_cells(pair.gold), row_cells(pair.found)) for pair in matching.pairs]
    cells += [(row_cells(item), set()) for item in matching.missed]
    return Tally(
        right=sum(len(wanted & got) for wanted, got in cells),
        gold=sum(len(wanted) for wanted, _ in cells),
        found=sum(len(got) for _, got in cells),
    )


def _set_groups_aside(gold: Sequence[Item], found: Sequence[Item]) -> tuple[list[Item], list[Item], Tally]:
    """Named agencies of both sides, and the tally of the groups ("các sở, ban, ngành").

    A group's bounds and whether it is one are often a matter of taste, so a named agency found on a gold group
    is neither right nor wrong.
    """
    groups = [item for item in gold if item.get("generic")]
    named = [item for item in gold if not item.get("generic")]

    def is_free(item: Item) -> bool:
        return bool(item.get("generic")) or (_touches(item, groups) and not _touches(item, named))

    matched = len(match("agency", groups, found).pairs)
    free = sum(map(is_free, found))
    return named, [item for item in found if not is_free(item)], Tally(matched, len(groups), free or matched)


def _touches(item: Item, others: Sequence[Item]) -> bool:
    return any(overlap(item, other) for other in others)


def _score(tallies: Sequence[Tally], rng: random.Random) -> Score:
    """The sum over documents, and the interval over as many documents as there are, drawn with replacement."""
    draws = sorted(sum((rng.choice(tallies) for _ in tallies), Tally()).f1 for _ in range(DRAWS))
    tail = DRAWS // 40
    return Score(sum(tallies, Tally()), (draws[tail], draws[-tail - 1]))
