"""A first annotation of a document, for a person to correct: what the rules read, in the fields of the guideline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.annotating.documents import Annotated, entity, in_order
from extractor.annotating.schema import FIELDS, HEADER_FIELDS
from extractor.evaluation.gold import LISTS
from extractor.evaluation.matching import overlap
from extractor.plan import Plan

_SILENT_IN_CITATIONS = {"quantity", "time", "agency", "amount"}


def preannotate(plan: Plan, name: str) -> Annotated:
    """The document that a plan makes, without what the guideline does not know (ids, rules, canonical names)."""
    data = plan.to_dict()
    header = {field: value for field, value in data["header"].items() if field in HEADER_FIELDS}
    entities = [
        entity(kind, plan.text, item["start"], item["end"], _fields(kind, item))
        for kind, plural in LISTS.items()
        for item in data[plural]
        if not (kind in _SILENT_IN_CITATIONS and any(overlap(item, zone) for zone in data["citations"]))
    ]
    return Annotated(name, plan.text, header, in_order(entities))


def _fields(kind: str, item: Mapping[str, Any]) -> dict[str, Any]:
    required, allowed = FIELDS[kind]
    fields = {field: value for field, value in item.items() if field in required | allowed}
    if fields.get("currency") == "VND":  # what the guideline takes for granted
        del fields["currency"]
    if fields.get("generic") is False:
        del fields["generic"]
    return fields
