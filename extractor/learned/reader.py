"""Agencies and roles of one document, read by rules, model or both."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any, Final

from extractor.language.view import View
from extractor.learned.features import word_features
from extractor.learned.lines import OUTSIDE, Line, label_words, read_lines
from extractor.learned.merging import How, judge_role, kind_of, merge, propose
from extractor.learned.model import Model
from extractor.learned.role_features import RoleFeatures
from extractor.learned.spans import GROUP, Reading
from extractor.plan import Agency
from extractor.tagging.agency_names import write_name
from extractor.tagging.context import Context

MODEL_RULE: Final = "model.agency"
"""What stands for the rule of a mention that the model found."""


def read_agencies(
    view: View, mentions: Mapping[str, Sequence[Any]], context: Context, model: Model, how: How
) -> list[Agency]:
    """The agencies of a document in text order: ``mentions`` are those that the rules found, offsets of the view."""
    readings = read_document(view, mentions, context, model)
    found = agencies_of(readings, view, context)
    return found if how == "model" else merge(propose(mentions["agencies"], readings, found), model.tables)


def read_document(view: View, mentions: Mapping[str, Sequence[Any]], context: Context, model: Model) -> list[Reading]:
    """What the model makes of the sentences that may hold an agency: the rules found one, or a word may begin one."""
    lines = read_lines(view, mentions, context)
    return [
        read_line(line, hints, model)
        for line, hints in zip(lines, label_lines(lines, mentions["agencies"]), strict=True)
        if any(hint != OUTSIDE for hint in hints)
        or not model.openings.isdisjoint((word.form, word.shape) for word in line)
    ]


def agencies_of(readings: Sequence[Reading], view: View, context: Context) -> list[Agency]:
    """The agencies that the model sees in text order, their names written out as those of the rules are."""
    return [agency_at(*span, view, context) for reading in readings for span in reading.spans()]


def agency_at(start: int, end: int, kind: str, chance: float, view: View, context: Context) -> Agency:
    """The agency that a model sees at a place of the view."""
    return Agency(
        start=start,
        end=end,
        text=view.composed[start:end],
        source="model",
        rule=MODEL_RULE,
        confidence=round(chance, 3),
        name=write_name(view.words(start, end), context),
        generic=kind == GROUP or None,
    )


def read_line(line: Line, hints: Sequence[str], model: Model) -> Reading:
    """What the model makes of one sentence; ``hints`` are the labels that the rules give its words."""
    chain = model.words
    features = word_features(line, hints if model.hints else None)
    return Reading(line, chain.labels, chain.columns, chain.chances(features))


def label_lines(lines: Sequence[Line], agencies: Sequence[Agency]) -> list[list[str]]:
    """The labels that agencies give the words of each line; both in text order."""
    ends = [agency.end for agency in agencies]
    labels = []
    for line in lines:
        first = bisect_right(ends, line[0].start)
        within = takewhile(lambda agency: agency.start < line[-1].end, agencies[first:])  # noqa: B023  used at once
        labels.append(label_words(line, [(agency.start, agency.end, kind_of(agency)) for agency in within]))
    return labels


def revise_roles(
    view: View, agencies: Sequence[Agency], context: Context, model: Model, how: How, least: float = 0.0
) -> None:
    """Sets the roles of agencies (in text order) anew; before, they have those of the rules.

    A role less sure than ``least`` is none.
    """
    features = RoleFeatures(view, context)
    for line in features.lines(agencies):
        rows = model.roles.chances(features.of_line(line, model.role_hints))
        for agency, row in zip(line, rows, strict=True):
            chances = dict(zip(model.roles.labels, row, strict=True))
            role, sure = judge_role(agency.role, chances, model.tables, how)
            agency.settle(role=role if sure >= least else None)
