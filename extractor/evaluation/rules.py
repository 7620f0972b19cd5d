"""Every rule of a grammar against its examples and near misses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from extractor.errors import GrammarError
from extractor.evaluation.markup import Marked, parse_markup
from extractor.grammar import Rule, load_grammar
from extractor.pipeline import Extractor
from extractor.plan import Mention, Plan

FIELDS: Final = {
    "citation": "citations",
    "amount": "amounts",
    "quantity": "quantities",
    "time": "times",
    "agency": "agencies",
    "abbreviation": "abbreviations",
    "section": "sections",
}
"""Kind of a mention in markup and rule files → field of the plan."""


def check_grammar(folder: Path | str | None = None) -> list[str]:
    """What is wrong with a grammar folder (default: the packaged one), one sentence a fault; empty when all is well.

    A rule must find each of its examples, with the fields that the markup states, and nothing in its near misses.
    """
    try:
        grammar = load_grammar(folder)
    except GrammarError as error:
        return [str(error)]
    extractor = Extractor(folder)
    rules = [rule for group in grammar.rules.values() for rule in group]
    return [f"{rule.mention}: {rule.id}: {fault}" for rule in rules for fault in rule_faults(rule, extractor)]


def rule_faults(rule: Rule, extractor: Extractor) -> Iterator[str]:
    """What is wrong with one rule."""
    if not rule.examples:
        yield "has no examples"
    if not rule.misses:
        yield "has no misses"
    for example in rule.examples:
        try:
            text, marked = parse_markup(example)
        except ValueError as error:
            yield str(error)
            continue
        plan = extractor.extract(text)
        yield from markup_faults(plan, marked)
        if not any(finding == rule.id for finding in findings(rule, plan)):
            yield f"is not what reads its example: {example}"
    for miss in rule.misses:
        if any(finding == rule.id for finding in findings(rule, extractor.extract(miss))):
            yield f"finds something in its near miss: {miss}"


def markup_faults(plan: Plan, marked: list[Marked]) -> Iterator[str]:
    """Where a plan does not hold what the markup of its text states."""
    for element in marked:
        mention = next(
            (
                mention
                for mention in getattr(plan, FIELDS[element.kind])
                if (mention.start, mention.end) == (element.start, element.end)
            ),
            None,
        )
        words = plan.text[element.start : element.end]
        if mention is None:
            yield f"no {element.kind} at {words!r} in {plan.text!r}"
            continue
        for field, wanted in element.fields.items():
            found: Any = getattr(mention, field)
            if found != wanted and not (wanted is False and found is None):
                yield f"{words!r} in {plan.text!r}: {field} is {found!r}, not {wanted!r}"


def findings(rule: Rule, plan: Plan) -> Iterator[str]:
    """The ids of the rules of this kind that have found something in a plan; a role's rules stand for its role."""
    if rule.mention == "role":
        if any(agency.role == rule.set["role"] for agency in plan.agencies):
            yield rule.id
        return
    mentions: list[Mention] = getattr(plan, FIELDS.get(rule.mention, ""), [])
    yield from (mention.rule for mention in mentions)
