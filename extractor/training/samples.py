"""Documents made ready for training: what the rules read, and the gold at its places in the view."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Any, Final

from extractor.grammar import Grammar
from extractor.language.view import View
from extractor.learned.lines import OUTSIDE, Labelled, Line, read_lines
from extractor.learned.merging import NONE
from extractor.learned.reader import label_lines
from extractor.learned.role_features import RoleFeatures
from extractor.linking.roles import assign_roles
from extractor.pipeline import look, tag
from extractor.plan import Agency, Role
from extractor.tagging.context import Context
from extractor.training.sources import Source

_SURE: Final = 0.9
"""A rule less sure than this says nothing as silver."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One document: the rules' mentions (agencies without roles), the agencies of the gold, in the view."""

    source: Source
    view: View
    context: Context
    mentions: dict[str, Any]
    lines: list[Line]
    gold: list[Agency]


@dataclass(frozen=True, slots=True)
class RoleLine:
    """The agencies of one line: their features with and without the rules' word, and their roles in gold."""

    features: dict[bool, list[list[str]]]
    said: list[Role | None]
    """What the rules say."""
    roles: list[str]


def make_sample(source: Source, grammar: Grammar) -> Sample:
    """The sample of one document."""
    view, context = look(source.text, grammar)
    mentions = tag(view, context)
    gold = [_gold_agency(item, view) for item in source.gold["entities"] if item["type"] == "agency"]
    return Sample(source, view, context, mentions, read_lines(view, mentions, context), gold)


def labelled_lines(sample: Sample) -> list[Labelled]:
    """The sentences of an annotated document with the gold's labels and the rules'."""
    found = (
        sample.lines,
        label_lines(sample.lines, sample.gold),
        label_lines(sample.lines, sample.mentions["agencies"]),
    )
    return [Labelled(*one) for one in zip(*found, strict=True)]


def sure_lines(sample: Sample) -> list[Labelled]:
    """Silver: the sentences in which the rules found something, all of it by rules that are sure."""
    rules: list[Agency] = sample.mentions["agencies"]
    unsure = label_lines(sample.lines, [agency for agency in rules if agency.confidence < _SURE])
    return [
        Labelled(line, labels, labels)
        for line, labels, doubts in zip(sample.lines, label_lines(sample.lines, rules), unsure, strict=True)
        if set(labels) != {OUTSIDE} == set(doubts)
    ]


def role_lines(sample: Sample) -> list[RoleLine]:
    """The agencies of the gold line by line, the rules' roles given to them by the rules."""
    ruled = [agency.model_copy(update={"role": None}) for agency in sample.gold]
    assign_roles(sample.view, ruled, sample.context)
    roles = {agency.start: agency.role or NONE for agency in sample.gold}
    features = RoleFeatures(sample.view, sample.context)
    return [
        RoleLine(
            {hints: features.of_line(line, hints) for hints in (False, True)},
            [agency.role for agency in line],
            [roles[agency.start] for agency in line],
        )
        for line in features.lines(ruled)
    ]


def _gold_agency(item: Any, view: View) -> Agency:
    start, end = item["start"], item["end"]
    if view.offsets is not None:
        start, end = bisect_right(view.offsets, start) - 1, bisect_left(view.offsets, end)
        while view.plain[start] == " ":  # a blank that was restored stands where the next letter does
            start += 1
    return Agency(
        start=start,
        end=end,
        text=item["text"],
        rule="gold",
        name=item["name"],
        generic=item.get("generic"),
        role=item.get("role"),
    )
