"""Activities and warnings against their gold: who, when, how many, how much, fact by fact (docs/evaluation.md).

An activity of the gold stands where its section's marker or its row begins, and so does the one that answers it. A fact
is one value of one field; the names found may add their territory. A warning is right where it has the code of one in
the gold and shares a place with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from extractor.evaluation.faults import Fault, Lines
from extractor.evaluation.gold import Item
from extractor.evaluation.matching import overlap
from extractor.evaluation.sameness import normal
from extractor.evaluation.tally import Tally

FIELDS: Final = ("lead", "coordinate", "report_to", "times", "quantities", "amounts")
_NAMES: Final = ("lead", "coordinate", "report_to")
ACTIVITY_SCORES: Final = ("activity.value", *(f"activity_{field}.value" for field in FIELDS), "warning.value")

Fact = tuple[int, str, str]
"""Where the activity begins, the field, the value."""


def score_activities(name: str, gold: Item, plan: Item) -> tuple[dict[str, Tally], list[Fault]]:
    """The tallies of one document by score name, and its faults; ``gold`` holds "activities" and "warnings"."""
    lines = Lines(plan.get("text"))
    wanted = [fact for activity in gold["activities"] for fact in _facts(activity)]
    found = [fact for activity in plan.get("activities", []) for fact in _facts(_worded(activity, plan))]
    missed, extra = _unmatched(wanted, found)
    tallies = {"activity.value": Tally(len(wanted) - len(missed), len(wanted), len(found))}
    for field in FIELDS:
        counts = [sum(fact[1] == field for fact in facts) for facts in (wanted, found, missed)]
        tallies[f"activity_{field}.value"] = Tally(counts[0] - counts[2], counts[0], counts[1])
    faults = [_fault(name, "missed", fact, lines) for fact in missed]
    faults += [_fault(name, "extra", fact, lines) for fact in extra]
    tallies["warning.value"], wrong = _score_warnings(name, gold["warnings"], plan.get("warnings", []), lines)
    return tallies, faults + wrong


def _facts(activity: Item) -> Iterator[Fact]:
    """What an activity states, each once."""
    for field in FIELDS:
        for value in dict.fromkeys(map(normal, activity.get(field, ()))):
            yield activity["start"], field, value


def _worded(activity: Item, plan: Item) -> Item:
    """An activity of a plan with its quantities and amounts as the gold writes them: "440 cái", "955651000"."""
    by_id = {one["id"]: one for field in ("quantities", "amounts") for one in plan.get(field, ())}
    stated = {
        "quantities": [f"{_number(by_id[one])} {by_id[one]['unit']}" for one in _known(activity, "quantities", by_id)],
        "amounts": [_number(by_id[one]) for one in _known(activity, "amounts", by_id)],
    }
    return {**activity, **stated}


def _known(activity: Item, field: str, by_id: Mapping[str, Any]) -> list[str]:
    """The ids of a field that the prediction explains: with ``--fields activities`` it has no mentions."""
    return [one for one in activity.get(field, ()) if one in by_id]


def _number(mention: Mapping[str, Any]) -> str:
    """The value, or "min-max"."""
    values = [mention["value"]] if "value" in mention else [mention[side] for side in ("min", "max") if side in mention]
    return "-".join(f"{value:g}" if isinstance(value, float) else str(value) for value in values)


def _unmatched(wanted: Sequence[Fact], found: Sequence[Fact]) -> tuple[list[Fact], list[Fact]]:
    """The facts that the other side has not."""
    left = Counter(found)
    missed = []
    for fact in wanted:
        answer = next((other for other in left if left[other] and _answers(fact, other)), None)
        if answer is None:
            missed.append(fact)
        else:
            left[answer] -= 1
    return missed, list(left.elements())


def _answers(wanted: Fact, found: Fact) -> bool:
    """Whether a fact found is that of the gold; a name may have more words, a unit more or fewer ("hộ dân", "hộ")."""
    if wanted[:2] != found[:2]:
        return False
    if wanted[1] in _NAMES:
        words = iter(found[2].split())
        return all(word in words for word in wanted[2].split())
    if wanted[1] == "quantities":
        return found[2].startswith(wanted[2]) or wanted[2].startswith(found[2])
    return found[2] == wanted[2]


def _fault(document: str, what: Any, fact: Fact, lines: Lines) -> Fault:
    start, field, value = fact
    context = lines.context({"start": start, "end": start + 1})
    sides = (value, "") if what == "missed" else ("", value)
    return Fault(document, f"activity_{field}", what, context.mention if context else "", *sides, context)


def _score_warnings(
    document: str, wanted: Sequence[Item], found: Sequence[Item], lines: Lines
) -> tuple[Tally, list[Fault]]:
    left = [one for one in found if "start" in one and "end" in one]
    faults = []
    for fault in wanted:
        answer = next((one for one in left if one["code"] == fault["code"] and overlap(fault, one)), None)
        if answer is None:
            context = lines.context(fault)
            faults.append(Fault(document, "warning", "missed", fault["text"], fault["code"], "", context))
        else:
            left.remove(answer)
    right = len(wanted) - len(faults)
    for one in left:
        words = f"{one['code']}: {one['message']}"
        faults.append(Fault(document, "warning", "extra", "", "", words, lines.context(one)))
    return Tally(right, len(wanted), len(found)), faults
