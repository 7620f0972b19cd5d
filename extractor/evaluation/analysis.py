"""What lies behind the scores: groups of documents, confusions of types, classes of errors, forms of quantities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from extractor.evaluation.faults import Context, Lines, wording
from extractor.evaluation.gold import LISTS, Item
from extractor.evaluation.matching import Matching, overlap
from extractor.evaluation.metadata import GROUPINGS, Metadata, groups_of
from extractor.evaluation.scores import MACRO_TYPES, match_document
from extractor.evaluation.significance import figure
from extractor.evaluation.tally import Tally

ErrorClass = Literal["missed", "extra", "boundary", "value"]
ERROR_CLASSES: Final[tuple[ErrorClass, ...]] = ("missed", "extra", "boundary", "value")
NOTHING: Final = "—"
FORMS: Final = ("plain", "range", "rate", "list")
"""How quantities are said: one number; "20 - 25%"; "04 lần/năm"; a number whose unit stands with a later one."""

_LETTER: Final = re.compile(r"[^\W\d_]|%|‰")


@dataclass(frozen=True, slots=True)
class Error:
    """One error in its line; ``wanted`` and ``found`` are worded fields, and, of boundaries, the words of each side."""

    document: str
    kind: str
    what: ErrorClass
    text: str
    wanted: str
    found: str
    context: Context | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """An evaluation looked into."""

    groups: dict[str, dict[str, tuple[int, dict[str, float]]]]
    """Grouping → group → documents, and F1 by score."""
    confusion: dict[tuple[str, str], int]
    """(type in the gold, type found there) → how often, where they differ; "—" for nothing."""
    errors: list[Error]
    forms: dict[str, Tally]
    """Form of a quantity → its tally on value; what was found wrongly counts where nothing of the gold answers it."""


def analyse(
    golds: Mapping[str, Item],
    plans: Mapping[str, Item],
    tallies: Mapping[str, Mapping[str, Tally]],
    metadata: Mapping[str, Metadata],
) -> Analysis:
    """The groups, confusions, errors and forms of an evaluation; all by document name."""
    confusion: Counter[tuple[str, str]] = Counter()
    errors: list[Error] = []
    forms = dict.fromkeys(FORMS, Tally())
    for name, gold in golds.items():
        plan = plans.get(name, {})
        matchings, _ = match_document(gold, plan)
        confusion.update(_confusions(matchings))
        lines = Lines(plan.get("text"))
        for kind, matching in matchings.items():
            errors += _errors(name, kind, matching, lines)
        for form, tally in _forms(matchings["quantity"]):
            forms[form] += tally
    return Analysis(_groups(tallies, metadata), dict(confusion.most_common()), errors, forms)


def _groups(
    tallies: Mapping[str, Mapping[str, Tally]], metadata: Mapping[str, Metadata]
) -> dict[str, dict[str, tuple[int, dict[str, float]]]]:
    scores = ("macro.value", *(f"{kind}.value" for kind in MACRO_TYPES), "agency_role.value")
    found: dict[str, dict[str, tuple[int, dict[str, float]]]] = {}
    for grouping in GROUPINGS:
        members: dict[str, list[Mapping[str, Tally]]] = {}
        for name, counted in tallies.items():
            for group in groups_of(metadata[name], grouping):
                members.setdefault(group, []).append(counted)
        found[grouping] = {
            group: (len(documents), {score: figure(score, documents) for score in scores})
            for group, documents in sorted(members.items())
        }
    return found


def _confusions(matchings: Mapping[str, Matching]) -> Iterator[tuple[str, str]]:
    """Where a type was taken for another, or for nothing, or nothing for a type; each place once."""
    extra = [(kind, item) for kind, matching in matchings.items() for item in matching.extra]
    used: set[int] = set()
    for kind, matching in matchings.items():
        for item in matching.missed:
            near = [
                (overlap(item, other), place)
                for place, (found, other) in enumerate(extra)
                if place not in used and found != kind and overlap(item, other)
            ]
            if near:
                _, place = max(near)
                used.add(place)
                yield kind, extra[place][0]
            else:
                yield kind, NOTHING
    for place, (kind, _) in enumerate(extra):
        if place not in used:
            yield NOTHING, kind


def _errors(document: str, kind: str, matching: Matching, lines: Lines) -> Iterator[Error]:
    for item in matching.missed:
        yield Error(document, kind, "missed", item["text"], wording(item), "", lines.context(item))
    for item in matching.extra:
        yield Error(document, kind, "extra", item.get("text", ""), "", wording(item), lines.context(item))
    for pair in matching.pairs:
        context = lines.context(pair.gold)
        if not pair.agrees:
            sides = wording(pair.gold), wording(pair.found)
            yield Error(document, kind, "value", pair.gold["text"], *sides, context)
        elif not pair.exact and kind in LISTS:
            sides = pair.gold["text"], pair.found.get("text", "")
            yield Error(document, kind, "boundary", pair.gold["text"], *sides, context)


def _forms(matching: Matching) -> Iterator[tuple[str, Tally]]:
    for pair in matching.pairs:
        yield _form(pair.gold), Tally(int(pair.agrees), 1, 1)
    for item in matching.missed:
        yield _form(item), Tally(0, 1, 0)
    for item in matching.extra:
        yield _form(item), Tally(0, 0, 1)


def _form(item: Item) -> str:
    if item.get("min") is not None and item.get("max") is not None:
        return "range"
    if item.get("per"):
        return "rate"
    return "plain" if _LETTER.search(item.get("text", "")) else "list"


def error_counts(errors: Sequence[Error]) -> dict[str, dict[ErrorClass, int]]:
    """Type → class of error → how many."""
    counted: dict[str, dict[ErrorClass, int]] = {}
    for error in errors:
        row = counted.setdefault(error.kind, dict.fromkeys(ERROR_CLASSES, 0))
        row[error.what] += 1
    return counted
