"""The one place where rules and model meet: which mention stays, which role it has, and how sure that is.

Every proposal has a situation, and the chance that the model gives just this place. Situations: "both.name" (rules and
model see one body there; "group" for a group without a name), "rule.name" (the rules alone), "model.name" (the model
alone), "bounds.rule.name" and "bounds.model.name" (they see it with other bounds, or as another kind), "role.rule" (the
rules give a role), "role.model" (the model alone does). The situation's table says how often such a proposal was right;
of those that overlap the surer one stays, and none below ``ENOUGH``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple, cast

from extractor.learned.calibration import Table
from extractor.learned.spans import GROUP, NAME, Reading
from extractor.plan import Agency, Role

ENOUGH: Final = 0.5
"""More often right than wrong."""

NONE: Final = "none"
"""The label of an agency without a role."""

How = Literal["rules", "model", "hybrid"]
"""Who reads agencies and roles: the rules, the model, or both."""

SITUATIONS: Final = (
    *(
        f"{source}.{kind}"
        for source in ("both", "rule", "model", "bounds.rule", "bounds.model")
        for kind in (NAME, GROUP)
    ),
    "role.rule",
    "role.model",
)
"""Each has its table of confidence."""


class Proposal(NamedTuple):
    """A mention that may stay: who says so in what situation, and the model's chance for just this place."""

    agency: Agency
    situation: str
    chance: float


def propose(rules: Sequence[Agency], readings: Sequence[Reading], found: Sequence[Agency]) -> list[Proposal]:
    """What the rules and the model (``found``, each with its chance) see, in text order, offsets of the view."""
    lines = [reading.line[0].start for reading in readings]
    proposals = []
    for agency, met in zip(rules, met_by(rules, found), strict=True):
        kind = kind_of(agency)
        place = bisect_right(lines, agency.start) - 1
        chance = readings[place].chance(agency.start, agency.end, kind) if place >= 0 else 0.0
        source = "both" if any(_is_same(agency, other) for other in met) else "bounds.rule" if met else "rule"
        proposals.append(Proposal(agency, f"{source}.{kind}", chance))
    for agency, met in zip(found, met_by(found, rules), strict=True):
        if not any(_is_same(agency, other) for other in met):
            source = "bounds.model" if met else "model"
            proposals.append(Proposal(agency, f"{source}.{kind_of(agency)}", agency.confidence))
    return proposals


def merge(proposals: Sequence[Proposal], tables: Mapping[str, Table]) -> list[Agency]:
    """The mentions that stay, in text order, each with its confidence."""
    judged = [(tables[one.situation].at(one.chance), one.agency) for one in proposals]
    kept: list[Agency] = []
    for sure, agency in sorted(judged, key=lambda entry: (-entry[0], entry[1].start)):
        place = bisect_left(kept, agency.end, key=lambda other: other.start)
        if sure >= ENOUGH and (place == 0 or kept[place - 1].end <= agency.start):
            agency.settle(confidence=round(sure, 3))
            kept.insert(place, agency)
    return kept


def judge_role(
    said: Role | None, chances: Mapping[str, float], tables: Mapping[str, Table], how: How
) -> tuple[Role | None, float]:
    """The role of an agency and how sure it is, from the rules' word and the model's chance of each role."""
    if how == "hybrid" and said is not None:
        sure = tables["role.rule"].at(chances.get(said, 0.0))
        return (said, sure) if sure >= ENOUGH else (None, 1 - sure)
    seen = max(chances, key=chances.__getitem__)
    if seen == NONE:
        return None, chances[seen]
    sure = chances[seen] if how == "model" else tables["role.model"].at(chances[seen])
    return (cast(Role, seen), sure) if sure >= ENOUGH else (None, 1 - sure)


def kind_of(agency: Agency) -> str:
    """The model's kind of an agency."""
    return GROUP if agency.generic else NAME


def met_by(agencies: Sequence[Agency], others: Sequence[Agency]) -> list[list[Agency]]:
    """For each agency those of the others that it overlaps; both in text order, without overlaps of their own."""
    begins = [other.start for other in others]
    return [
        [
            other
            for other in others[max(bisect_right(begins, agency.start) - 1, 0) : bisect_left(begins, agency.end)]
            if other.end > agency.start
        ]
        for agency in agencies
    ]


def _is_same(one: Agency, other: Agency) -> bool:
    return (one.start, one.end, kind_of(one)) == (other.start, other.end, kind_of(other))
