"""Every rule of a grammar against its examples and near misses."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from extractor.errors import GrammarError
from extractor.evaluation.markup import Marked, parse_markup
from extractor.grammar import Rule, load_grammar
from extractor.language.folding import lower_same_length
from extractor.language.view import make_view
from extractor.pipeline import Extractor
from extractor.plan import Mention, Plan
from extractor.reading.document import Document, Layout, Run

FIELDS: Final = {
    "citation": "citations",
    "amount": "amounts",
    "quantity": "quantities",
    "time": "times",
    "agency": "agencies",
    "abbreviation": "abbreviations",
    "section": "sections",
    "warning": "warnings",
}
"""Kind of a mention in markup and rule files → field of the plan."""

REPAIRS: Final = "repair"
"""Rules of what Tesseract has read; an element of their examples says the words that must come out."""

PARTS_OF_DOCUMENTS: Final = "header"
"""Rules that are tried at one part of a document each; their examples mark what the pattern covers."""


def check_grammar(folder: Path | str | None = None) -> list[str]:
    """What is wrong with a grammar folder (default: the packaged one), one sentence a fault; empty when all is well.

    A rule must find each of its examples, with the fields that the markup states, and nothing in its near misses.
    """
    try:
        grammar = load_grammar(folder)
    except GrammarError as error:
        return [str(error)]
    extractor = Extractor(folder, tagger="rules")
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
        if rule.mention == PARTS_OF_DOCUMENTS:
            if [(element.start, element.end) for element in marked] != covered(rule, text):
                yield f"covers something else in its example: {example}"
            continue
        if rule.mention == REPAIRS:
            if [(text[each.start : each.end], str(each.fields["words"])) for each in marked] != repaired(
                rule, text, extractor
            ):
                yield f"repairs something else in its example: {example}"
            continue
        plan = extractor.extract(text)
        yield from markup_faults(plan, marked)
        if rule.starts and rule.mention != "section" and rule.id not in findings(rule, plan):
            yield f"is not what reads its example: {example}"
    for miss in rule.misses:
        if finds(rule, miss, extractor):
            yield f"finds something in its near miss: {miss}"


def finds(rule: Rule, text: str, extractor: Extractor) -> bool:
    """Whether a rule has found something in a text."""
    if rule.mention == PARTS_OF_DOCUMENTS:
        return bool(covered(rule, text))
    if rule.mention == REPAIRS:
        return bool(repaired(rule, text, extractor))
    return rule.id in findings(rule, extractor.extract(text))


def repaired(rule: Rule, text: str, extractor: Extractor) -> list[tuple[str, str]]:
    """What a rule repairs in a text, and what comes out."""
    plan = extractor.extract_document(as_recognised(text))
    return [
        (repair.read, plan.text[repair.start : repair.end])
        for repair in plan.source.repairs or ()
        if repair.rule == rule.id
    ]


def as_recognised(text: str) -> Document:
    """A document of one page that says ``text`` as if Tesseract had read it from a picture."""
    runs: list[Run] = []
    start = 0
    for line in text.splitlines(keepends=True):
        words = line.rstrip("\r\n")
        edges = array("f", (50 + 5 * number for number in range(len(words) + 1)))
        runs.append(Run(start, 1, 20.0 * len(runs), 20.0 * len(runs) + 12, edges, confidence=0.9))
        start += len(line)
    layout = Layout(1, [0], [run for run in runs if len(run.edges) > 1])
    return Document(text, None, "", "application/pdf", len(text.encode()), "utf-8", layout, ocr=True)


def covered(rule: Rule, text: str) -> list[tuple[int, int]]:
    """Where a rule of the header matches in a text: its example marks what the pattern covers."""
    view = make_view(text)
    match = rule.pattern.search(view.folded if rule.keeps_case else lower_same_length(view.folded))
    return [match.span()] if match else []


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
            if found != wanted and str(found) != str(wanted) and not (wanted is False and found is None):
                yield f"{words!r} in {plan.text!r}: {field} is {found!r}, not {wanted!r}"


def findings(rule: Rule, plan: Plan) -> set[str]:
    """The ids of the rules of this kind that have found something in a plan; a role's rules stand for its role."""
    if rule.mention == "role":
        return {rule.id for agency in plan.agencies if agency.role == rule.set["role"]}
    if rule.mention == "warning":  # a warning names no rule, only its code
        return {rule.id for warning in plan.warnings if warning.code == rule.set["code"]}
    if rule.mention == "section":  # a section does not say which rule read its marker
        return {rule.id for _ in plan.sections}
    mentions: list[Mention] = getattr(plan, FIELDS[rule.mention])
    return {mention.rule for mention in mentions}
