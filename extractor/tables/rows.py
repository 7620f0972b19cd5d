"""The rows of one plan: the JSON's objects, each with the key of its plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.tables.columns import PLAN_KEY, TABLES

Rows = dict[str, list[dict[str, Any]]]
KeyedPlan = tuple[str, Mapping[str, Any]]
"""The key of a plan and its JSON's object."""


def rows_of(key: str, plan: Mapping[str, Any]) -> Rows:
    """Table → its rows, from a plan as ``Plan.to_dict`` or the JSON gives it; a value that is not there is left out.

    ``key`` goes into the column ``plan``. Warnings have no id in the JSON; here they are w1, w2 … in its order.
    """
    header = dict(plan.get("header", {}))
    spans = [{"field": field, "start": start, "end": end} for field, (start, end) in header.pop("spans", {}).items()]
    whole = {**plan["source"], **header, "schema_version": plan["schema_version"]}
    if spans:
        whole["spans"] = spans
    if "text" in plan:
        whole["text"] = plan["text"]
    rows: Rows = {name: [{PLAN_KEY: key, **item} for item in plan.get(name, ())] for name in TABLES}
    rows["plans"] = [{PLAN_KEY: key, **whole}]
    for number, warning in enumerate(rows["warnings"], 1):
        warning["id"] = f"w{number}"
    return rows
