"""Agencies and roles of one document, read by rules, model or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from extractor.language.view import View
from extractor.learned.features import word_features
from extractor.learned.lines import Line, label_words, read_lines
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


def read_document(
    view: View, mentions: Mapping[str, Sequence[Any]], context: Context, model: Model
) -> list[Reading]:
    """What the model makes of the lines that may hold an agency."""
    return [
        read_line(line, mentions["agencies"], model)
        for line in read_lines(view, mentions, context)
        if not model.openings.isdisjoint(word.form for word in line)
    ]


def agencies_of(readings: Sequence[Reading], view: View, context: Context) -> list[Agency]:
    """The agencies that the model sees in text order, their names written out as those of the rules are."""
    return [
        Agency(
            start=span.start,
            end=span.end,
            text=view.composed[span.start : span.end],
            source="model",
            rule=MODEL_RULE,
            confidence=round(span.chance, 3),
            name=write_name(view.words(span.start, span.end), context),
            generic=span.kind == GROUP or None,
        )
        for reading in readings
        for span in reading.spans()
    ]


def read_line(line: Line, rules: Sequence[Agency], model: Model) -> Reading:
    """What the model makes of one line."""
    hints = label_line(line, rules) if model.hints else None
    chain = model.words
    return Reading(line, chain.labels, chain.columns, chain.chances(word_features(line, hints)))


def label_line(line: Line, agencies: Sequence[Agency]) -> list[str]:
    """The labels that agencies give the words of a line."""
    start, end = line[0].start, line[-1].end
    within = [agency for agency in agencies if agency.start < end and start < agency.end]
    return label_words(line, [(agency.start, agency.end, kind_of(agency)) for agency in within])


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
